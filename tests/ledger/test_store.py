"""Events go in and come out, whole and in order, or not at all."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from xlflow.event import Event
from xlflow.ledger import Ledger, Refused, Taken, open_ledger, read_ledger


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / ".xlflow"


def opened(state: Path) -> Ledger:
    return open_ledger(state, state.parent)


def test_a_new_ledger_is_empty_and_whole(state: Path) -> None:
    with opened(state) as ledger:
        assert (ledger.head.seq, ledger.events(), ledger.verify()) == (0, (), [])
    assert sorted((path.name, path.stat().st_mode & 0o777) for path in state.iterdir()) == [
        ("ledger.db", 0o600),
        ("ledger.key", 0o600),
    ]


def test_what_goes_in_comes_out(state: Path) -> None:
    events = [
        Event(
            "entry",
            {"id": "XF7K2M9QAT", "amount": 1250, "payee": "138****1234", "tracking": None},
            ("entry/XF7K2M9QAT",),
        ),
        Event("note", {"lines": ["一\n行", "\ud800", ""], "nested": {"b": True, "a": []}}),
    ]
    with opened(state) as ledger:
        head = ledger.commit(events)
        assert (head.seq, ledger.head, ledger.commit([])) == (2, head, head)
    with opened(state) as ledger:
        assert ledger.head == head
        found = ledger.events()
    assert [recorded.event for recorded in found] == events
    assert [recorded.seq for recorded in found] == [1, 2]
    assert abs(time.time() - time.mktime(time.strptime(found[0].at, "%Y-%m-%dT%H:%M:%SZ")) + time.timezone) < 60


def test_a_taken_name_stops_the_whole_step(state: Path) -> None:
    with opened(state) as ledger:
        head = ledger.commit([Event("a", {}, ("n/1", "n/2"))])
        for events in (
            [Event("b", {}), Event("c", {}, ("n/3", "n/2"))],
            [Event("b", {}, ("n/4",)), Event("c", {}, ("n/4",))],
            [Event("b", {}, ("n/5", "n/5"))],
        ):
            with pytest.raises(Taken) as taken:
                ledger.commit(events)
            assert taken.value.name == events[-1].unique[-1]
            assert ledger.head == head
        assert ledger.commit([Event("d", {}, ("n/3", "n/4", "n/5"))]).seq == 2
        assert [recorded.event.kind for recorded in ledger.events()] == ["a", "d"]


@pytest.mark.parametrize("body", [{"x": 1.5}, {"x": [1.0]}, {"x": float("nan")}, {1: 2}, {"x": (1,)}, {"x": b""}])
def test_what_json_would_change_is_refused(state: Path, body: dict[str, int]) -> None:
    with opened(state) as ledger:
        with pytest.raises(TypeError):
            ledger.commit([Event("a", {}), Event("b", body)])
        assert ledger.events() == ()


def test_a_kind_is_one_line(state: Path) -> None:
    with opened(state) as ledger, pytest.raises(ValueError):
        ledger.commit([Event("a\nb", {})])


def test_who_comes_second_is_refused(state: Path) -> None:
    with opened(state) as one, opened(state) as other:
        one.commit([Event("one", {})])
        with pytest.raises(Refused) as refused:
            other.commit([Event("other", {})])
        assert (refused.value.code, refused.value.exit_code) == ("ledger-moved", 3)
        assert other.events() == ()
        assert [recorded.event.kind for recorded in one.events()] == ["one"]


def test_reading_makes_nothing(state: Path) -> None:
    assert read_ledger(state) is None
    assert not state.exists()
    with opened(state) as ledger:
        ledger.commit([Event("a", {})])
        digest = ledger.digest("13800001234")
    before = [(path.name, path.stat().st_mtime_ns) for path in sorted(state.rglob("*"))]
    found = read_ledger(state)
    assert found is not None
    with found as ledger:
        assert [recorded.event.kind for recorded in ledger.events()] == ["a"]
        assert (ledger.digest("13800001234"), ledger.verify()) == (digest, [])
    assert [(path.name, path.stat().st_mtime_ns) for path in sorted(state.rglob("*"))] == before


def test_digests_are_the_ledger_s_own(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with opened(tmp_path / "one" / "s") as one:
        first = one.digest("张三")
        assert one.digest("\ud800") != one.digest("")
        assert (len(first), first, first != one.digest("张三 ")) == (32, one.digest("张三"), True)
    (tmp_path / "other").mkdir()
    with opened(tmp_path / "other" / "s") as other:
        assert other.digest("张三") != first
