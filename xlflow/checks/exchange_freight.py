"""Freight of an exchange is claimed in the platform (F2, S0 一.2), unless that will not take it (F3)."""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.finding import Hit
from xlflow.freight_terms import kind_of, platform_refused
from xlflow.model import Level, Text
from xlflow.registers.freight import Freight, FreightKind

LEVEL, NEEDS = Level.ERROR, (Freight,)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Freight):
        if kind_of(day, row) == FreightKind.EXCHANGE and platform_refused(row) is False:
            yield Hit(
                row, "kind",
                Text("freight of an exchange: the customer claims it in the platform"),
                Text("ask the customer to claim it there; if the platform will not take it, write 无法申请 in 备注"),
            )  # fmt: skip
