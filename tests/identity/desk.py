"""A year of an invented desk: honest claims, and the seven ways in which one is registered a second time by mistake."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from xlflow.identity import Claim, account, number

AMOUNTS = (800, 1000, 1200, 1500, 1800)
FIRST_DAY, DAYS = date(2026, 1, 1), 365
DIGITS = "0123456789"


class Desk:
    """Honest claims, in 分: 5 % of the parcels hold two orders, 20 % of the customers come again."""

    def __init__(self, size: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.honest: list[Claim] = []
        self.customers: list[str] = []
        while len(self.honest) < size:
            self._case(in_one_parcel=2 if self.chance.random() < 0.05 else 1)

    def _case(self, in_one_parcel: int) -> None:
        payee, tracking = self._customer(), f"YT{self._digits(13)}"
        on = FIRST_DAY + timedelta(days=self.chance.randrange(DAYS))
        for _ in range(in_one_parcel):
            self.honest.append(self._claim(payee, tracking, on))

    def _customer(self) -> str:
        if self.customers and self.chance.random() < 0.2:
            return self.chance.choice(self.customers)
        self.customers.append(f"1{self.chance.choice('3589')}{self._digits(9)}")
        return self.customers[-1]

    def _claim(self, payee: str, tracking: str, on: date) -> Claim:
        key = len(self.honest)
        amount = self.chance.choice(AMOUNTS)
        return Claim(key, "freight", None, self._digits(19), tracking, payee, amount, on, on, ("freight", "a", 0, key))

    def _digits(self, count: int) -> str:
        return "".join(self.chance.choices(DIGITS, k=count))

    def again(self, claim: Claim, how: tuple[str, ...]) -> Claim:
        """The claim registered up to 20 days later in another file, retyped in these ways."""
        day = claim.on + timedelta(days=self.chance.randrange(21)) if claim.on else None
        copy = replace(claim, key=(how, claim.key), on=day, seen=day, place=("freight", "b", 0, claim.place[3]))
        for kind in how:
            copy = RETYPED[kind](copy, self.chance)
        return copy


def slip(text: str, chance: random.Random) -> str:
    """One typing error in the digits of a number."""
    at = chance.randrange(2, len(text) - 1)
    kind = chance.choice(("changed", "dropped", "added", "swapped"))
    if kind == "swapped" and text[at] != text[at + 1]:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == "dropped":
        return text[:at] + text[at + 1 :]
    if kind == "added":
        return text[:at] + chance.choice(DIGITS) + text[at:]
    return text[:at] + chance.choice([d for d in DIGITS if d != text[at]]) + text[at + 1 :]


def _full_width(text: str) -> str:
    return " " + "".join(chr(ord(c) + 0xFEE0) for c in text) + "\u200b"


def _written_wide(claim: Claim, _: random.Random) -> Claim:
    wide = {
        name: number(_full_width(getattr(claim, name))) for name in ("order_no", "tracking") if getattr(claim, name)
    }
    return replace(claim, **wide)


def _account_written_otherwise(claim: Claim, _: random.Random) -> Claim:
    return replace(claim, payee=account(f"+86 {claim.payee[:3]}-{claim.payee[3:7]} {claim.payee[7:]}"))


def _moved(claim: Claim, chance: random.Random) -> Claim:
    return replace(claim, place=("freight", "c", 3, chance.randrange(10**6)))


def _amount_corrected(claim: Claim, chance: random.Random) -> Claim:
    return replace(claim, amount=chance.choice([a for a in AMOUNTS if a != claim.amount]))


def _without_tracking(claim: Claim, _: random.Random) -> Claim:
    return replace(claim, tracking=None)


def _order_mistyped(claim: Claim, chance: random.Random) -> Claim:
    return replace(claim, order_no=slip(claim.order_no, chance))


def _tracking_mistyped(claim: Claim, chance: random.Random) -> Claim:
    return replace(claim, tracking=slip(claim.tracking, chance) if claim.tracking else None)


RETYPED: dict[str, Callable[[Claim, random.Random], Claim]] = {
    "wide": _written_wide,
    "account": _account_written_otherwise,
    "moved": _moved,
    "amount": _amount_corrected,
    "no tracking": _without_tracking,
    "order": _order_mistyped,
    "tracking": _tracking_mistyped,
}
KINDS = [*((kind,) for kind in RETYPED), *combinations(RETYPED, 2)]
#: Contract §5 calls this honest: the same order, another tracking, another amount.
HONEST_BY_CONTRACT = ("amount", "tracking")
