"""Whatever people do to a list and to the register meanwhile: nothing is written that a side did not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.build import O1, O2, O3, RECEIVING, T1, T2, T3, day
from tests.fixes.lists import Out, back, send
from xlflow.day import Day
from xlflow.fixes.results import Merge
from xlflow.grid import Value

Cells = dict[str, Value]

#: Few values a column, so that rows share orders and parcels, and some cells are blank or cannot be read.
VALUES: Mapping[str, Sequence[Value]] = {
    "收货日期": (date(2026, 3, 5), date(2026, 3, 6), "昨天", None),
    "退回单号": (T1, T2, T3, None),
    "订单号": (O1, O2, O3, None, "123"),
    "产品": ("路由器", "电源", None),
    "型号": ("AX3000", "AX1500", None),
    "数量": (1, 2, "3", "几个", None),
    "类型": ("退货", "换货", "客户拒收", "维修", None),
    "备注": ("甲", "乙", None),
}
ANSWERS: Mapping[str, Sequence[Value]] = VALUES | {"数量": (*VALUES["数量"], "4个", 5), "备注": ("丙", "丁", 7)}

row = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()})


@dataclass
class Desk:
    """Rows that keep their names while they are moved about."""

    rows: list[tuple[int, Cells]]

    def day(self) -> Day:
        return day(receiving=[RECEIVING | cells for _, cells in self.rows] or [RECEIVING])

    def at(self, number: int | None) -> tuple[int, Cells]:
        assert number is not None
        return self.rows[number - 2]


@dataclass
class Deeds:
    """What was done to each row of a list, by the name of its row."""

    said: dict[int, Cells] = field(default_factory=dict)


def change_register(data: st.DataObject, desk: Desk) -> Desk:
    rows = [(name, dict(cells)) for name, cells in desk.rows]
    for _ in range(data.draw(st.integers(0, 4))):
        deed = data.draw(st.sampled_from(["edit", "delete", "move", "add"]))
        at = data.draw(st.integers(0, len(rows) - 1)) if rows else 0
        if deed == "add":
            rows.insert(at, (1000 + len(rows) + at, data.draw(row)))
        elif rows and deed == "delete":
            del rows[at]
        elif rows and deed == "move":
            rows.insert(data.draw(st.integers(0, len(rows))), rows.pop(at))
        elif rows:
            name = data.draw(st.sampled_from(sorted(VALUES)))
            rows[at][1][name] = data.draw(st.sampled_from(VALUES[name]))
    return Desk(rows)


def change_list(data: st.DataObject, out: Out, desk: Desk) -> Deeds:
    """Fill in cells, delete rows, sort, lose 编号."""
    deeds = Deeds()
    headings = out.heading_line()
    for values in out.rows():
        name = desk.at(int(str(values[1]).rpartition("!")[2]))[0]
        for heading in data.draw(st.sets(st.sampled_from(sorted(ANSWERS)), max_size=3)):
            answer = data.draw(st.sampled_from(ANSWERS[heading]))
            values[headings.index(heading)] = answer
            deeds.said.setdefault(name, {})[heading] = answer
    lines = out.page().lines
    rows = [line for line in lines if any(line.values is values for values in out.rows())]
    kept = data.draw(st.permutations(rows))[: data.draw(st.integers(0, len(rows)))]
    lines[:] = [line for line in lines if line not in rows] + kept
    lost = data.draw(st.sampled_from([(), (0,), (0, 1)]))
    for values in out.rows():
        for column in lost:
            values[column] = None
    return deeds


def written(desk: Desk, made: Merge) -> Desk:
    """The register with the answers in it."""
    rows = [(name, dict(cells)) for name, cells in desk.rows]
    for one in made.applied:
        assert one.spot.number is not None
        assert one.spot.heading is not None
        rows[one.spot.number - 2][1][one.spot.heading] = one.new
    return Desk(rows)


ROWS = st.lists(row, min_size=1, max_size=5)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), ROWS)
def test_nothing_is_written_that_a_side_did_not_say(data: st.DataObject, rows: list[Cells]) -> None:
    play(data, rows)


@pytest.mark.slow
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), ROWS)
def test_however_often(data: st.DataObject, rows: list[Cells]) -> None:
    play(data, rows)


def may_be(old: Cells, cells: Cells, now: Desk) -> bool:
    """Whether nobody could tell a row from another: the same in every cell, or typed anew under its very numbers."""
    numbers = [name for name in ("订单号", "退回单号") if old[name] not in (None, "123") and old[name] == cells[name]]
    sharing = [other for _, other in now.rows if any(other[name] == old[name] for name in numbers)]
    return old == cells or (bool(numbers) and len(sharing) == 1)


def play(data: st.DataObject, rows: list[Cells]) -> None:
    """A list goes out, people change it and the register, and it comes back twice."""
    sent = Desk(list(enumerate(rows)))
    try:
        out = send(sent.day(), owner="warehouse")
    except ValueError:
        return  # nobody has anything to mend
    if not any(sheet.name == "待补录" for sheet in out.sheets):
        return
    deeds = change_list(data, out, sent)
    now = change_register(data, sent)
    made = back(out, now.day())
    before = dict(sent.rows)
    for one in made.applied:
        name, cells = now.at(one.spot.number)
        heading = str(one.spot.heading)
        said = [
            deeds.said.get(other, {}).get(heading, "")
            for other, old in sent.rows
            if other == name or may_be(old, cells, now)
        ]
        assert any(_same(answer, one.new) for answer in said), (one, name, deeds.said)
        assert cells[heading] in (
            before.get(name, cells)[heading],
            *(old[heading] for old in before.values() if may_be(old, cells, now)),
        )
    again = back(out, written(now, made).day())
    answered = [now.at(one.spot.number)[1] for one in made.applied]
    # Of two rows that were one to the letter, the other may be taken for the one that was sent: the ledger knows better.
    assert all(now.at(one.spot.number)[1] in answered for one in again.applied)
    assert {c.spot.place for c in again.conflicts} <= {c.spot.place for c in made.conflicts}


def _same(answer: Value, new: object) -> bool:
    return str(answer).removesuffix("个") == str(new) or (answer, new) == ("客户拒收", "拒收")
