"""What a desk remembers of its fix lists (contract §4)."""

from __future__ import annotations

import pytest

from tests.build import O2, RECEIVING, T2, day
from tests.fixes.lists import digest, recorded, send
from xlflow import codes
from xlflow.event import Event
from xlflow.fixes.memory import Memory, fold, row_id
from xlflow.fixes.remember import accepted, answered, taught

ROW = RECEIVING | {"数量": None}
OTHER = RECEIVING | {"数量": None, "退回单号": T2, "订单号": O2}


def test_a_list_and_its_rows() -> None:
    out = send(day(receiving=[ROW, OTHER]))
    memory = fold(recorded(out.events))
    name = out.offer.rows[1].id
    sent = memory.sent(name)
    assert sent is not None
    assert (sent.register, sent.place, sent.numbers) == (
        "receiving",
        "receiving.xlsx 3月!3",
        {"order_no": O2, "tracking": T2},
    )
    assert (sent.asked, sent.codes, sent.sole) == (("quantity",), (("missing", "quantity"),), True)
    assert (memory.owner(name), memory.owner("ABC-0001-X"), memory.sent("ABC-0001-X")) == ("warehouse", None, None)
    assert [place for place, _ in memory.all_sent()] == [row.id for row in out.offer.rows]


def test_rows_that_share_a_number_are_not_the_only_ones_with_it() -> None:
    memory = fold(recorded(send(day(receiving=[ROW, ROW | {"退回单号": T2, "产品": "电源"}])).events))
    assert [sent.sole for _, sent in memory.all_sent()] == [False, False]


def test_the_same_list_is_remembered_once_and_the_same_row_too() -> None:
    first = send(day(receiving=[ROW, OTHER]))
    assert send(day(receiving=[ROW, OTHER]), first.events).events == first.events
    second = send(day(receiving=[RECEIVING, OTHER]), first.events)
    (event,) = second.events[len(first.events) :]
    assert (event.body["new"], event.unique) == ({}, (f"fix-list/{second.offer.export}",))
    memory = fold(recorded(second.events))
    assert memory.sent(second.offer.rows[0].id) == memory.sent(first.offer.rows[1].id)


def test_two_lists_never_bear_one_name() -> None:
    """Three characters are soon taken: a thousand lists, a few a day, are a year."""
    memory, names = Memory(), set()
    for number in range(1000):
        content = f"list {number}"
        name = memory.export_id(content, digest)
        body = {"export": name, "owner": "warehouse", "date": "", "mark": digest(content), "rows": [], "new": {}}
        memory.exports |= fold(recorded([Event("fix-list", body)])).exports
        names.add(name)
    assert len(names) == 1000
    assert {len(name) for name in names} == {3}
    assert memory.export_id("list 7", digest) == codes.from_content("list 7", 3)
    assert {memory.export_id(f"list {number}", digest) for number in range(1000)} == names


@pytest.mark.parametrize(("export", "number"), [("K3F", 1), ("K3F", 9999), ("0ZA", 12345)])
def test_an_id_can_be_checked(export: str, number: int) -> None:
    made = row_id(export, number)
    assert made.rsplit("-", 1)[0] == f"{export}-{number:04d}"
    assert codes.check_character(made.rsplit("-", 1)[0].replace("-", "")) == made[-1]


def test_answers_acceptances_and_lessons() -> None:
    events = [
        answered("a.xlsx", None, "2026-03-31", [("K3F-0001-X", "quantity", "d1")]),
        answered("a.xlsx", "f" * 64, "2026-04-01", []),
        accepted("missing", "receiving", "收货表.xlsx 3月!7", "c1", "没有", "2026-03-31"),
        accepted("missing", "receiving", "收货表.xlsx 3月!9", "c2", "没有", "2026-03-31"),
        taught("receiving", "kind", "退", "return", "2026-03-31"),
        taught("receiving", "kind", "退", "refused", "2026-04-01"),
        Event("entry", {"id": "XF1"}),
    ]
    memory = fold(recorded(events))
    assert memory.decided == {("K3F-0001-X", "quantity", "d1")}
    assert memory.imported == {"f" * 64}
    assert memory.accepted == {("missing", "receiving"): {"c1", "c2"}}
    assert memory.taught == {"receiving": {"kind": {"退": "refused"}}}
