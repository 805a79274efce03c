"""Claims over several months of generated desks against a plain second computation from the cells themselves."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.build import QUALITY, RECEIVING, day, verdict
from tests.clean_parcels import LOST
from xlflow.claims import CLAIMED, claimed, claims
from xlflow.event import Event
from xlflow.once import fold
from xlflow.period import parse

Cells = dict[str, Any]
START = date(2026, 1, 5)
MONTHS = ("2026-01", "2026-02", "2026-03")


def generated(chance: random.Random) -> tuple[list[Cells], list[Cells], list[Cells]]:
    """Rows of lost, quality and receiving; parcels repeat at times."""
    parcels = [f"YT{2000000000000 + n * 13}" for n in range(14)]
    any_day = lambda: date(2025, 12, 25) + timedelta(chance.randrange(100))  # noqa: E731
    lost = [
        LOST
        | {
            "登记日期": any_day(),
            "订单编号": chance.choice([None, *(str(3 * 10**18 + n * 7919 * 10**6) for n in range(1, 9))]),
            "快递单号": chance.choice(parcels),
            "快递公司": chance.choice(["圆通", "圆通速递", "中通"]),
            "产品": chance.choice(["路由器", "电源", None]),
            "类型": chance.choice(["丢失", None, "破损", "短少", "延误", "拦截"]),
            "最后物流日期": chance.choice([None, any_day()]),
            "货值": chance.choice([None, 0, 59, Decimal("99.9")]),
            "运费": chance.choice([None, 8]),
            "保价金额": chance.choice([None, None, None, 300]),
            "索赔金额": chance.choice([None, None, None, 250, 0]),
            "索赔日期": chance.choice([None] * 6 + [any_day()]),
            "赔付日期": chance.choice([None] * 8 + [any_day()]),
            "赔付金额": chance.choice([None] * 6 + [0, 10]),
        }
        for _ in range(12)
    ]
    quality = [
        QUALITY
        | {
            "登记日期": any_day(),
            "订单号": str(4 * 10**18 + chance.randrange(1, 30) * 7919 * 10**6),
            "数量": chance.choice([None, 1, 3]),
            "供应商": chance.choice([None, "甲厂", " 甲厂", "乙厂"]),
            "单价": chance.choice([None, 10, Decimal("4.55")]),
        }
        for _ in range(8)
    ]
    received = [RECEIVING | {"退回单号": parcel, "收货日期": date(2026, 1, 2)} for parcel in chance.sample(parcels, 4)]
    return lost, quality, received


def order(row: Cells) -> date:
    on: date = row["登记日期"]
    return on


def first_of_each(rows: list[Cells], *key: str) -> list[bool]:
    """Whether each row is the first of its kind by date, then place: the later ones are duplicates."""
    seen: set[tuple[Any, ...]] = set()
    first = [False] * len(rows)
    for at in sorted(range(len(rows)), key=lambda i: (order(rows[i]), i)):
        thing = tuple(str(rows[at][name] or "").strip() for name in key)
        first[at] = thing not in seen
        seen.add(thing)
    return first


def naive(lost: list[Cells], quality: list[Cells], received: list[Cells]) -> Iterator[tuple[str, Counter[Any]]]:
    """By month, the claims as (party, place, amount), each claimed once."""
    back = {row["退回单号"] for row in received}
    done: set[str] = set()
    for month in MONTHS:
        last = parse(month).last
        found: Counter[Any] = Counter()
        for at, (row, first) in enumerate(zip(lost, first_of_each(lost, "快递单号", "产品"), strict=True), start=2):
            place = f"lost!{at}"
            if place in done or not START <= row["登记日期"] <= last or row["订单编号"] is None:
                continue
            if row["索赔日期"] or row["赔付日期"] or row["赔付金额"] or row["类型"] == "延误" or not first:
                continue
            spoilt = row["类型"] in ("破损", "短少")
            silent = (last - (row["最后物流日期"] or row["登记日期"])).days
            if not spoilt and (row["快递单号"] in back or silent < 10):
                continue
            known = [row["索赔金额"], row["保价金额"]]
            parts = [row["货值"], row["运费"]]
            amount = next((value for value in known if value is not None), sum(part or 0 for part in parts))
            found[("圆通" if row["快递公司"] == "圆通速递" else row["快递公司"], place, f"{amount:.2f}")] += 1
            if amount or all(part is not None for part in parts) or any(value is not None for value in known):
                done.add(place)
        for at, (row, first) in enumerate(zip(quality, first_of_each(quality, "订单号"), strict=True), start=2):
            place = f"quality!{at}"
            if place in done or not START <= row["登记日期"] <= last or row["供应商"] is None or not first:
                continue
            amount = (row["单价"] or 0) * (row["数量"] or 1)
            found[(row["供应商"].strip(), place, f"{amount:.2f}")] += 1
            if row["单价"] is not None:
                done.add(place)
        yield month, found


def ours(lost: list[Cells], quality: list[Cells], received: list[Cells]) -> Iterator[tuple[str, Counter[Any]]]:
    made = day(start=START, today=date(2026, 4, 20), lost=lost, quality=quality, receiving=received)
    judged = verdict(made)
    events: list[Event] = []
    for month in MONTHS:
        before = fold(CLAIMED, events)
        found = claims(made, judged, parse(month), before, str)
        again = claims(made, judged, parse(month), before, str)
        assert found == again
        new = claimed(found, before, str)
        names = [event.unique[0] for event in (*events, *new)]
        assert len(names) == len(set(names))
        events += new
        remade = claims(made, judged, parse(month), fold(CLAIMED, events), str)
        assert remade.sheets == found.sheets
        yield (
            month,
            Counter(
                (sheet.party, f"{claim.row.register}!{claim.row.number}", f"{claim.amount:.2f}")
                for sheet in found.sheets
                for claim in sheet.claims
            ),
        )
        assert all(sheet.total == sum(claim.amount for claim in sheet.claims) for sheet in found.sheets)


def compare(seeds: range) -> None:
    claims_seen = 0
    for seed in seeds:
        desk = generated(random.Random(seed))
        expected = list(naive(*desk))
        assert list(ours(*desk)) == expected, seed
        claims_seen += sum(found.total() for _, found in expected)
    assert claims_seen > 4 * len(seeds)


def test_generated_desks() -> None:
    compare(range(12))


@pytest.mark.slow
def test_many_generated_desks() -> None:
    compare(range(1000, 1600))
