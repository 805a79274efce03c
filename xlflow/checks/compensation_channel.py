"""Cables and adapters are compensated in the platform, else sent again, not paid by Alipay (C1, C7, S0 二.4, 三.2)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.compensation import Channel, Compensation, Item

LEVEL, NEEDS, OWNER = Level.HOLD, (Compensation,), "manager"


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Compensation):
        if row.channel == Channel.MANAGER_ALIPAY and row.item in (Item.CABLE, Item.ADAPTER):
            yield Hit(
                row, "channel",
                Text("a cable or an adapter is compensated in the platform, not by Alipay"),
                Text("let the customer apply there, or send it again; release it if the shop is to pay all the same"),
            )  # fmt: skip
