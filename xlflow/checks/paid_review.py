"""Money for a changed or deleted review (T26): the platform and the law forbid it; recorded, never paid by itself.

In the register of bad reviews a changed review is nothing wrong, unless money is named in the same cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlflow.checks._cells import text_of
from xlflow.day import Day
from xlflow.fields.text import fold
from xlflow.finding import Hit
from xlflow.model import Level, Text
from xlflow.registers.badreview import BadReview
from xlflow.registers.compensation import Compensation
from xlflow.registers.freight import Freight
from xlflow.table.columns import Row

LEVEL, NEEDS, OWNER = Level.HOLD, (Freight,), "manager"
ALSO = (Compensation, BadReview)

WORDS = ("改评", "删评", "好评返现")
FIELDS: dict[type[Row], tuple[str, ...]] = {
    Freight: ("reason", "memo"),
    Compensation: ("problem", "memo"),
    BadReview: ("reason", "memo", "handling", "result"),
}
MONEY = re.compile("返现|红包|[0-9一二两三四五六七八九十百] *元(?!件)|¥ *[0-9]")


def check(day: Day) -> Iterator[Hit]:
    for table, fields in FIELDS.items():
        for row in day.rows(table):
            for field in fields:
                said = text_of(row, field)
                if _is_about_a_review(said) and (table is not BadReview or MONEY.search(fold(said))):
                    yield Hit(
                        row, field,
                        Text("this reads like money for a review: {text}", {"text": said}),
                        Text("such money is not paid; ask the manager"),
                    )  # fmt: skip


def _is_about_a_review(said: str) -> bool:
    return any(word in said for word in WORDS)
