"""A second implementation of the rules about reissues and compensations, from the words of contract §3 and §4 alone.

Rows are as in ``naive.py``: field → value, None for a blank cell, BAD for one that cannot be read; ``n`` is the row's
number in its sheet. A problem is its text, whose group stands in ``PROBLEMS``.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.checks.naive import BAD, Found, Row, by_date_then_place, newest, real

PROBLEMS = {
    "没收到网线": "missing", "漏发": "missing", "网线坏了": "broken", "灯不亮": "broken", "有声音": "noisy",
    "换个颜色": "other", "改评": "other",
}  # fmt: skip
Desk = dict[str, list[Row]]


def group(row: Row) -> Any:
    return PROBLEMS[row["problem"]] if real(row["problem"]) else None


def three_months_after(day: date) -> date:
    """The same day three months on; where there is none, the last before it."""
    year, month = (day.year, day.month + 3) if day.month < 10 else (day.year + 1, day.month - 9)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class NaiveGoods:
    """The findings of a small desk with what it sends again, what it compensates, and what customers say."""

    def __init__(self, start: date, desk: Desk) -> None:
        self.start, self.desk = start, desk
        self.refunds = newest(desk["taobao_refunds"])
        self.found: Found = set()
        for register, judge in (
            ("compensation", self.judge_compensation), ("reissue", self.judge_reissue),
            ("badreview", self.judge_review), ("quality", self.judge_quality), ("freight", self.judge_freight),
        ):  # fmt: skip
            for row in desk[register]:
                if self.judged(row):
                    judge(row)
        self.judge_caps()
        self.find_duplicates()

    def judged(self, row: Row) -> bool:
        return not real(row["date"]) or row["date"] >= self.start

    def say(self, code: str, register: str, row: Row, field: str, level: str) -> None:
        self.found.add((code, register, row["n"], field, level))

    def of_order(self, register: str, row: Row) -> list[Row]:
        return [other for other in self.desk[register] if real(row["order"]) and other["order"] == row["order"]]

    # Compensations

    def judge_compensation(self, row: Row) -> None:
        pieces = 1 if row["quantity"] is None else row["quantity"]
        if real(row["amount"]) and pieces != BAD:
            if row["item"] == "cable" and row["amount"] > 2 * pieces:
                self.say("cable-over-unit", "compensation", row, "amount", "W")
            if row["item"] == "adapter" and row["amount"] > 10 * pieces:
                self.say("adapter-amount", "compensation", row, "amount", "E")
        self.judge_days(row)
        if row["item"] == "adapter" and group(row) == "broken" and row["evidence"] is None:
            self.say("adapter-evidence", "compensation", row, "evidence", "W")
        if row["item"] in ("cable", "adapter") and row["channel"] == "manager_alipay":
            self.say("compensation-channel", "compensation", row, "channel", "H")
        if row["channel"] == "manager_alipay" and row["account"] is None:
            self.say("missing", "compensation", row, "payee_account", "E")
        for field in ("problem", "memo"):
            if real(row[field]) and "改评" in row[field]:
                self.say("paid-review", "compensation", row, field, "H")

    def judge_days(self, row: Row) -> None:
        told = row["date"] if row["feedback"] is None else row["feedback"]
        if not real(told) or not real(row["signed"]):
            return
        if row["item"] == "cable" and group(row) == "missing" and told > row["signed"] + timedelta(7):
            self.say("cable-late", "compensation", row, "feedback_on", "E")
        fails = row["item"] == "adapter" and group(row) in ("broken", "noisy")
        if fails and told > three_months_after(row["signed"]):
            self.say("adapter-late", "compensation", row, "feedback_on", "E")

    def judge_caps(self) -> None:
        spent: dict[str, Decimal] = {}
        for row in sorted(filter(self.judged, self.desk["compensation"]), key=by_date_then_place):
            if row["item"] == "cable" and real(row["order"]) and real(row["amount"]):
                spent[row["order"]] = spent.get(row["order"], Decimal(0)) + row["amount"]
                if spent[row["order"]] > 4:
                    self.say("cable-over-cap", "compensation", row, "amount", "E")

    # Reissues

    def judge_reissue(self, row: Row) -> None:
        items = row["items"] if real(row["items"]) else ()
        if "cable" in items and group(row) == "broken":
            self.say("cable-broken-reissue", "reissue", row, "items", "E")
        if "cable" in items and self.lacks_invoice(row):
            self.say("cable-invoice", "reissue", row, "items", "W")
        if "adapter" in items and row["serial"] is None:
            self.say("serial-missing", "reissue", row, "serial_no", "E")
        if "adapter" in items and group(row) == "broken" and row["evidence"] is None:
            self.say("adapter-evidence", "reissue", row, "evidence", "W")
        if {other["item"] for other in self.of_order("compensation", row)} & {"cable", "adapter"} & set(items):
            self.say("reissue-and-compensation", "reissue", row, "items", "E")
        if "product" in items and self.is_refunded(row):
            self.say("reissue-and-refund", "reissue", row, "items", "E")

    def lacks_invoice(self, row: Row) -> bool:
        if not real(row["order"]) or row["with_invoice"] in (True, BAD) or row["before"] in (True, BAD):
            return False
        issued = [i for i in self.of_order("invoice", row) if real(i["issued"]) or real(i["number"])]
        sent = [r for r in self.of_order("reissue", row) if real(r["items"]) and "invoice" in r["items"]]
        return not issued and not sent

    def is_refunded(self, row: Row) -> bool:
        lost = [r for r in self.of_order("lost", row) if real(r["refunded"]) or r["handling"] == "refund"]
        paid = [r for r in self.refunds if real(row["order"]) and r["order"] == row["order"]]
        return bool(lost) or any(r["status"] == "退款成功" and r["why"] == "质量问题" for r in paid)

    # What customers say, and the platform

    def judge_review(self, row: Row) -> None:
        for field in ("reason", "memo", "handling", "result"):
            said = row[field]
            if real(said) and "改评" in said and any(word in said for word in ("返现", "红包", "5元")):
                self.say("paid-review", "badreview", row, field, "H")

    def judge_quality(self, row: Row) -> None:
        if row["evidence"] is None:
            self.say("no-picture", "quality", row, "evidence", "W")

    def judge_freight(self, row: Row) -> None:
        paid = [
            r["amount"]
            for r in self.refunds
            if real(row["order"]) and r["order"] == row["order"] and r["status"] == "退款成功" and r["why"] == "退运费"
        ]
        for other in self.of_order("compensation", row):
            accounts = other["channel"] == "platform" and real(other["item"]) and other["item"] != "freight"
            if accounts and other["amount"] in paid:
                paid.remove(other["amount"])
        if paid:
            level = "H" if all(amount in (2, 4, 10) for amount in paid) else "E"
            self.say("paid-by-platform", "freight", row, "order_no", level)

    # Twins

    def find_duplicates(self) -> None:
        for register, fields, may_be_blank, level in (
            ("compensation", ("order", "item", "amount", "date"), (), "W"),
            ("reissue", ("order", "items", "date"), (), "E"),
            ("quality", ("order", "product", "batch", "reason"), ("batch",), "E"),
            ("badreview", ("order", "product"), ("product",), "E"),
        ):
            seen: list[tuple[Any, ...]] = []
            for row in sorted(self.desk[register], key=by_date_then_place):
                if any(row[name] == BAD or (row[name] is None and name not in may_be_blank) for name in fields):
                    continue
                key = tuple(row[name] for name in fields)
                if key in seen and self.judged(row):
                    self.say("duplicate-row", register, row, "order_no", level)
                seen.append(key)
