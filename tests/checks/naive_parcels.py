"""A second implementation of the rules about parcels and invoices, from the words of contract §3 and §4 alone.

Rows are as in ``naive.py``: field → value, None for a blank cell, BAD for one that cannot be read; ``n`` is the row's
number in its sheet.
"""

from __future__ import annotations

from datetime import date

from tests.checks.naive import BAD, Found, Row, by_date_then_place, real


class NaiveParcels:
    """The findings of a small desk with its registers of lost and intercepted parcels, of goods received, of invoices."""

    def __init__(self, today: date, start: date, desk: dict[str, list[Row]], own: dict[str, int]) -> None:
        self.today, self.start, self.desk, self.own = today, start, desk, own
        self.found: Found = set()
        for row in desk["lost"]:
            if self.judged(row):
                self.judge_lost(row)
        for row in desk["interception"]:
            if self.judged(row):
                self.judge_interception(row)
        for row in desk["invoice"]:
            if self.judged(row):
                self.judge_invoice(row)
        self.find_duplicates()

    def judged(self, row: Row) -> bool:
        return not real(row["date"]) or row["date"] >= self.start

    def say(self, code: str, register: str, row: Row, field: str, level: str) -> None:
        self.found.add((code, register, row["n"], field, level))

    def with_tracking(self, register: str, tracking: str) -> list[Row]:
        return [row for row in self.desk[register] if row["tracking"] == tracking]

    def judge_lost(self, row: Row) -> None:
        if not real(row["tracking"]):
            return
        kind = "lost" if row["kind"] is None else row["kind"]
        is_back = bool(self.with_tracking("receiving", row["tracking"]))
        if is_back and kind in ("lost", "damaged", "short"):
            self.say("lost-found", "lost", row, "tracking_no", "W")
        if kind in ("lost", "intercepted") and not is_back and self.is_open(row):
            since = row["date"] if row["scan"] is None else row["scan"]
            if real(since):
                silent = (self.today - since).days
                chase = self.own.get(f"lost.chase_days.{row['courier']}", self.own.get("lost.chase_days", 7))
                claim = self.own.get(f"lost.claim_days.{row['courier']}", self.own.get("lost.claim_days", 10))
                if silent >= claim:
                    self.say("lost-claim", "lost", row, "tracking_no", "W")
                elif silent >= chase:
                    self.say("lost-chase", "lost", row, "tracking_no", "W")
        if kind == "intercepted" and real(row["courier"]) and row["courier"] != "EMS":
            if row["returning"] == BAD or row["promised"] == BAD:
                return
            everywhere = [row, *self.with_tracking("interception", row["tracking"])]
            if not any(real(one["returning"]) or one["promised"] is True for one in everywhere):
                self.say("intercept-not-returning", "lost", row, "tracking_no", "E")

    @staticmethod
    def is_open(row: Row) -> bool:
        return row["claimed"] is None and row["settled"] is None and row["settled_amount"] in (None, 0)

    def judge_interception(self, row: Row) -> None:
        courier, upgraded = row["courier"], row["upgraded"]
        stops = courier in ("中通", "EMS", "韵达", "圆通") or (courier == "顺丰" and upgraded is True)
        if real(courier) and not stops and upgraded != BAD:
            self.say("intercept-carrier", "interception", row, "courier", "W")
        bears = (courier == "顺丰" and upgraded is True) or (real(row["quantity"]) and row["quantity"] >= 5)
        paid, freight, refund = row["paid"], row["freight"], row["refund"]
        if real(refund) and bears and BAD not in (paid, freight):
            is_due = paid is not None and freight is not None and refund <= paid - freight
            if not is_due:
                self.say("roundtrip-not-deducted", "interception", row, "refund_amount", "E")
        if courier == "EMS" and real(row["tracking"]) and real(row["date"]):
            booked = self.with_tracking("lost", row["tracking"])
            early = any(real(lost["date"]) and lost["date"] <= row["date"] for lost in booked)
            late = row["date"] < self.today and row["confirmed"] is None and not booked
            if early or late:
                self.say("intercept-unconfirmed", "interception", row, "tracking_no", "W")

    def judge_invoice(self, row: Row) -> None:
        if row["tax"] == "wrong":
            self.say("tax-number", "invoice", row, "tax_no", "E")
        if row["kind"] == "special":
            if row["tax"] is None:
                self.say("missing", "invoice", row, "tax_no", "E")
            for field, cell in (("address_phone", row["address"]), ("bank_account", row["bank"])):
                if cell is None:
                    self.say("invoice-incomplete", "invoice", row, field, "W")
            unissued = row["issued"] is None and row["number"] is None
            if unissued and real(row["date"]) and row["date"] < self.today:
                self.say("invoice-due", "invoice", row, "requested_on", "W")
        if real(row["issued"]) and (self.today - row["issued"]).days > 3 and row["tracking"] is None:
            self.say("invoice-not-posted", "invoice", row, "issued_on", "I")

    def find_duplicates(self) -> None:
        for register, key, field in (
            ("lost", ("tracking", "product"), "tracking_no"),
            ("interception", ("tracking",), "tracking_no"),
            ("invoice", ("order", "kind", "amount"), "order_no"),
        ):
            ordered = sorted(self.desk[register], key=by_date_then_place)
            for index, later in enumerate(ordered):
                values = [later[part] for part in key]
                if BAD in values or any(v is None for part, v in zip(key, values, strict=True) if part != "product"):
                    continue
                if self.judged(later) and any([e[part] for part in key] == values for e in ordered[:index]):
                    self.say("duplicate-row", register, later, field, "E")
