"""A second implementation of the freight rules, written from the words of contract §3 and §4 alone.

A row is a dict: field → value, None for a blank cell, BAD for one that cannot be read; ``n`` is its number in its
sheet. Everything is looked for by going through everything: slow, flat, and with nothing in common with xlflow.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

BAD = "BAD"
Row = dict[str, Any]
Found = set[tuple[str, str, int, str, str]]  # code, register, row, field, level


def real(value: Any) -> bool:
    return value is not None and value != BAD


def by_date_then_place(row: Row) -> tuple[date, int]:
    return (row["date"] if real(row["date"]) else date.max, row["n"])


class Naive:
    """The findings of a small desk, and what becomes of its freight rows."""

    def __init__(self, today: date, start: date, desk: dict[str, list[Row]]) -> None:
        self.today, self.start = today, start
        self.receiving, self.exchange, self.freight = desk["receiving"], desk["exchange"], desk["freight"]
        self.refunds = newest(desk["taobao_refunds"])
        self.found: Found = set()
        self.held: dict[int, set[str]] = {row["n"]: set() for row in self.freight}
        self.parcels = self.match_parcels()
        for row in filter(self.judged, self.freight):
            self.judge_freight(row)
        for row in filter(self.judged, self.receiving):
            self.judge_quantity(row)
        self.find_duplicates()
        self.find_third_exchanges()

    def judged(self, row: Row) -> bool:
        return not real(row["date"]) or row["date"] >= self.start

    def say(self, code: str, register: str, row: Row, field: str, level: str) -> None:
        self.found.add((code, register, row["n"], field, level))
        if register == "freight" and level in "EH":
            self.held[row["n"]].add(code)

    # Which parcel is whose

    def match_parcels(self) -> dict[int, tuple[list[Row], bool]]:
        came_back = [r for r in self.receiving if r["kind"] in ("return", "exchange") and real(r["date"])]
        came_back = sorted((r for r in came_back if r["date"] <= self.today), key=by_date_then_place)
        matched: dict[int, tuple[list[Row], bool]] = {}
        serves: dict[Any, list[Row]] = {}
        in_order = sorted(self.freight, key=by_date_then_place)
        for row in in_order:
            rows = [r for r in came_back if real(row["tracking"]) and r["tracking"] == row["tracking"]]
            if rows:
                matched[row["n"]] = (rows, True)
                serves.setdefault(row["tracking"], []).append(row)
        for row in in_order:
            if row["n"] in matched or row["tracking"] == BAD or not real(row["order"]):
                continue
            of_order = [r for r in came_back if r["order"] == row["order"]]
            for name in dict.fromkeys(parcel_name(r) for r in of_order):
                if all(self.same_claim(row, other) for other in serves.get(name, [])):
                    matched[row["n"]] = ([r for r in of_order if parcel_name(r) == name], False)
                    serves.setdefault(name, []).append(row)
                    break
        return matched

    @staticmethod
    def same_claim(row: Row, other: Row) -> bool:
        trackings = {row["tracking"], other["tracking"]} - {None}
        return bool(row["order"] == other["order"]) and len(trackings) < 2

    # What a freight row says

    def reason(self, row: Row) -> Any:
        """Its group; None when blank here and there; BAD when it cannot be read."""
        if row["reason"] is not None:
            return row["reason"]
        reasons = [r["reason"] for r in self.parcels.get(row["n"], ([], False))[0]]
        return next((r for r in reasons if real(r)), BAD if BAD in reasons else None)

    def kind(self, row: Row) -> Any:
        if row["kind"] is not None:
            return row["kind"]
        if row["tracking"] == BAD:
            return BAD
        known = real(row["tracking"]) and any(e["tracking"] == row["tracking"] for e in self.exchange)
        return "exchange" if known else "return"

    def judge_freight(self, row: Row) -> None:
        parcel, by_tracking = self.parcels.get(row["n"], ([], False))
        if not parcel:
            if real(row["order"]) and row["tracking"] != BAD:
                self.say("not-received", "freight", row, "order_no", "E")
        elif real(row["tracking"]) and not by_tracking:
            self.say("tracking-differs", "freight", row, "return_tracking", "W")
        elif real(row["tracking"]) and real(row["order"]):
            orders = {r["order"] for r in parcel if real(r["order"])}
            if orders and row["order"] not in orders:
                self.say("tracking-differs", "freight", row, "return_tracking", "H")
        reason = self.reason(row)
        if reason in ("non_quality", "other"):
            self.say("not-quality", "freight", row, "reason", "E")
        if reason == "shop_fault":
            self.say("shop-fault", "freight", row, "reason", "H")
        if real(row["amount"]) and row["amount"] > Decimal("50.00"):
            self.say("freight-too-high", "freight", row, "amount", "H")
        if self.kind(row) == "exchange":
            self.judge_exchange(row, parcel)
        self.judge_platform(row)
        if reason in (None, BAD) or not real(row["date"]) or BAD in (row["tracking"], row["problem"], row["status"]):
            self.held[row["n"]].add("cells")

    def judge_exchange(self, row: Row, parcel: list[Row]) -> None:
        unavailable = row["unavailable"] is True or "申请不了" in (row["memo"] or "")
        if not unavailable and BAD not in (row["unavailable"], row["reason"]):
            self.say("exchange-freight", "freight", row, "kind", "E")
        if not parcel or row["problem"] == BAD or not real(row["order"]):
            return
        received = min(r["date"] for r in parcel)
        sent = [e["sent_on"] for e in self.exchange if e["order"] == row["order"] and real(e["sent_on"])]
        sent = [day for day in sent if day < received]
        if not sent:
            return
        if row["problem"] is not None:
            if row["problem"] > max(sent) + timedelta(15):
                self.say("replacement-too-late", "freight", row, "problem_on", "E")
        elif received > max(sent) + timedelta(22):
            self.say("replacement-too-late", "freight", row, "registered_on", "H")

    def judge_platform(self, row: Row) -> None:
        paid = [
            r["amount"]
            for r in self.refunds
            if real(row["order"]) and r["order"] == row["order"] and r["status"] == "退款成功" and r["why"] == "退运费"
        ]
        if paid:
            level = "H" if all(amount in (2, 4, 10) for amount in paid) else "E"
            self.say("paid-by-platform", "freight", row, "order_no", level)

    # The other registers

    def judge_quantity(self, row: Row) -> None:
        if real(row["quantity"]) and real(row["expected"]) and row["quantity"] != row["expected"]:
            self.say("quantity-mismatch", "receiving", row, "quantity", "E")
            for freight in self.freight:
                came_in_it = any(received is row for received in self.parcels.get(freight["n"], ([], False))[0])
                if came_in_it or (real(row["order"]) and freight["order"] == row["order"]):
                    self.held[freight["n"]].add("quantity-mismatch")

    def find_duplicates(self) -> None:
        for register, rows, same, field in (
            ("receiving", self.receiving, self.same_parcel, "tracking_no"),
            ("exchange", self.exchange, self.same_exchange, "order_no"),
            ("freight", self.freight, self.same_freight, "order_no"),
        ):
            ordered = sorted(rows, key=by_date_then_place)
            for index, later in enumerate(ordered):
                if self.judged(later) and any(same(later, earlier) for earlier in ordered[:index]):
                    self.say("duplicate-row", register, later, field, "E")

    @staticmethod
    def same_parcel(row: Row, other: Row) -> bool:
        return real(row["tracking"]) and row["tracking"] == other["tracking"] and row["product"] == other["product"]

    @staticmethod
    def same_exchange(row: Row, other: Row) -> bool:
        if not real(row["order"]) or row["order"] != other["order"] or row["product"] != other["product"]:
            return False
        if row["tracking"] is None and other["tracking"] is None:
            return real(row["date"]) and bool(row["date"] == other["date"])
        return real(row["tracking"]) and bool(row["tracking"] == other["tracking"])

    @staticmethod
    def same_freight(row: Row, other: Row) -> bool:
        if not real(row["order"]) or row["order"] != other["order"] or row["tracking"] == BAD:
            return False
        return len({row["tracking"], other["tracking"]} - {None, BAD}) < 2

    def find_third_exchanges(self) -> None:
        counted: dict[str, int] = {}
        for row in sorted(filter(self.judged, self.exchange), key=by_date_then_place):
            if real(row["order"]):
                counted[row["order"]] = counted.get(row["order"], 0) + 1
                if counted[row["order"]] > 2:
                    self.say("third-exchange", "exchange", row, "order_no", "W")

    # Money

    def states(self) -> dict[int, str]:
        """What becomes of each freight row that counts and whose order number and amount can be read."""
        owed = [r for r in self.freight if self.judged(r) and real(r["order"]) and real(r["amount"])]
        return {r["n"]: self.state(r) for r in owed}

    def state(self, row: Row) -> str:
        """Paid when it is marked so; held by a finding, or because a row that may be the same is marked paid."""
        if row["status"] == "paid":
            return "paid"
        twins = [r for r in self.freight if r["order"] == row["order"] and r["status"] == "paid"]
        same = [
            r for r in twins if not (real(r["tracking"]) and real(row["tracking"])) or r["tracking"] == row["tracking"]
        ]
        return "held" if self.held[row["n"]] or same else "open"


def parcel_name(row: Row) -> Any:
    """Its tracking number; a row without one is a parcel of its own."""
    return row["tracking"] if real(row["tracking"]) else ("row", row["n"])


def newest(refunds: list[Row]) -> list[Row]:
    """Each refund by its newest row; of one day the later one."""
    kept: dict[str, Row] = {}
    for row in refunds:
        known = kept.get(row["number"])
        if known is None or (row["finished"] or date.min) >= (known["finished"] or date.min):
            kept[row["number"]] = row
    return list(kept.values())
