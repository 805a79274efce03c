"""The table of contract §5: which event leads from which state to which, and that no other does."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest

from xlflow.event import Event
from xlflow.identity import Anchor
from xlflow.money import events
from xlflow.money.entry import Batch, Entry, State, Why
from xlflow.money.fold import ImpossibleEvent, Money
from xlflow.money.plan import line

DAY = date(2026, 3, 31)
ID = "XF7K2M9QAT"
WHY = Why("看过了", "张三", DAY)
ENTRY = Entry(
    id=ID, kind="freight", item=None, order_no="1234567890123456789", tracking="YT1234567890123", payee="d1",
    payee_masked="bu***@example.com", name="d2", amount=1200, registered_on=date(2026, 3, 8), first_seen=DAY,
    anchor=Anchor("freight", "退运费表.xlsx", "3月", 7, "c1"), state=State.HELD, reasons=("not-received",),
)  # fmt: skip
BATCH = Batch("B20260331001", "out/2026-03-31/支付宝批量付款_B20260331001.csv", "ab", (ID,), 1200, "", DAY)


def planned() -> list[Event]:
    return [events.planned("P1", {ID: line(ENTRY)}, 1200, "张三"), events.approved("P1", [ID], 1200, "李四", DAY)]


#: How an entry comes into each state, step by step.
WAYS: dict[State, list[Event]] = {
    State.HELD: [],
    State.OPEN: [events.opened(ID)],
    State.APPROVED: [events.opened(ID), *planned()],
    State.EXPORTED: [events.opened(ID), *planned(), events.exported(BATCH)],
    State.PAID: [events.paid(ID, DAY, None, None, "register")],
    State.FAILED: [events.opened(ID), *planned(), events.exported(BATCH), events.failed(ID, WHY)],
    State.VOID: [events.voided(ID, WHY)],
}
#: What each event makes of an entry, by the states in which it may happen.
TO: dict[str, tuple[Callable[[], list[Event]], dict[State, State]]] = {
    "held": (
        lambda: [events.held(ID, ["row-gone"])],
        dict.fromkeys((State.HELD, State.OPEN, State.APPROVED), State.HELD),
    ),
    "opened": (lambda: [events.opened(ID)], {State.HELD: State.OPEN}),
    "released": (lambda: [events.released(ENTRY, ["shop-fault"], [], WHY)], {State.HELD: State.OPEN}),
    "released in part": (lambda: [events.released(ENTRY, ["shop-fault"], ["missing"], WHY)], {State.HELD: State.HELD}),
    "approved": (planned, {State.OPEN: State.APPROVED}),
    "exported": (
        lambda: [events.exported(dataclasses.replace(BATCH, number="B2", path="out/B2.csv"))],
        {State.APPROVED: State.EXPORTED},
    ),
    "paid": (
        lambda: [events.paid(ID, DAY, 1200, "T1", "statement")],
        dict.fromkeys((State.HELD, State.OPEN, State.APPROVED, State.EXPORTED, State.PAID), State.PAID),
    ),
    "failed": (lambda: [events.failed(ID, WHY)], {State.EXPORTED: State.FAILED, State.PAID: State.FAILED}),
    "voided": (lambda: [events.voided(ID, WHY)], dict.fromkeys((State.HELD, State.OPEN, State.APPROVED), State.VOID)),
    "shown unpaid": (lambda: [events.shown_unpaid(ID, "s")], {State.EXPORTED: State.EXPORTED}),
    "corrected": (
        lambda: [events.corrected(ENTRY)],
        {state: state for state in (State.HELD, State.OPEN, State.EXPORTED, State.PAID)},
    ),
    "tried again": (
        lambda: [events.made(dataclasses.replace(ENTRY, id="XF00000000", replaces=ID), WHY)],
        {State.FAILED: State.FAILED},
    ),
}


def stands(*happened: Event) -> Money:
    return Money().after([events.made(ENTRY), *happened])


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("what", TO)
def test_the_table(what: str, state: State) -> None:
    make, goes = TO[what]
    before = stands(*WAYS[state])
    assert before.entries[ID].state is state
    if state in goes:
        assert before.after(make()).entries[ID].state is goes[state]
    else:
        with pytest.raises(ImpossibleEvent):
            before.after(make())


@pytest.mark.parametrize("state", State)
def test_an_entry_begins_held_open_or_paid(state: State) -> None:
    made = events.made(dataclasses.replace(ENTRY, state=state))
    if state in (State.HELD, State.OPEN, State.PAID):
        assert Money().after([made]).entries[ID].state is state
    else:
        with pytest.raises(ImpossibleEvent):
            Money().after([made])


class TestWhatIsKept:
    def test_a_new_entry_is_what_it_was_made_of(self) -> None:
        assert stands().entries[ID] == ENTRY

    def test_of_an_exported_one_amount_and_payee_never_change(self) -> None:
        other = dataclasses.replace(
            ENTRY, amount=9900, payee="x", payee_masked="y", name=None, order_no="2345678901234567891", tracking=None,
        )  # fmt: skip
        after = stands(*WAYS[State.EXPORTED], events.corrected(other)).entries[ID]
        assert (after.amount, after.payee, after.payee_masked, after.name) == (1200, "d1", "bu***@example.com", "d2")
        assert (after.order_no, after.tracking) == ("2345678901234567891", None)

    def test_a_release_is_of_the_row_as_it_was(self) -> None:
        released = stands(events.released(ENTRY, ["freight-too-high"], [], WHY))
        assert released.entries[ID].released == {"freight-too-high"}
        named = released.after([events.corrected(dataclasses.replace(ENTRY, name="d3"))]).entries[ID]
        assert (named.released, named.released_by) == ({"freight-too-high"}, {"张三"})
        dearer = released.after([events.corrected(dataclasses.replace(ENTRY, amount=99900))]).entries[ID]
        assert (dearer.released, dearer.released_by) == (frozenset(), frozenset())

    def test_it_remembers_that_it_was_open(self) -> None:
        assert [stands(*WAYS[state]).entries[ID].was_open for state in (State.HELD, State.OPEN, State.PAID)] == [
            False, True, False,
        ]  # fmt: skip
        assert stands(events.opened(ID), events.held(ID, ["row-gone"])).entries[ID].was_open

    def test_held_again_it_is_of_no_plan(self) -> None:
        assert stands(*WAYS[State.APPROVED]).entries[ID].plan == "P1"
        assert stands(*WAYS[State.APPROVED], events.held(ID, ["row-changed"])).entries[ID].plan is None

    def test_a_row_moves_changes_goes_and_comes_back(self) -> None:
        moved = stands(events.seen({ID: ("四月.xlsx", "4月", 9)}))
        assert moved.entries[ID].source == "四月.xlsx 4月!9"
        assert moved.entries[ID].anchor.content == "c1"
        gone = moved.after([events.seen({ID: None})])
        assert (gone.entries[ID].there, gone.entries[ID].source) == (False, "四月.xlsx 4月!9")
        back = gone.after([events.seen({ID: Anchor("freight", "a.xlsx", "b", 2, "c2", date=DAY)})])
        assert (back.entries[ID].there, back.entries[ID].anchor.content) == (True, "c2")

    def test_a_replaced_entry_names_the_new_one(self) -> None:
        new = dataclasses.replace(ENTRY, id="XF00000000", replaces=ID)
        after = stands(*WAYS[State.FAILED], events.made(new, WHY))
        assert (after.entries[ID].replaced_by, after.entries["XF00000000"].replaces) == ("XF00000000", ID)
        with pytest.raises(ImpossibleEvent):
            after.after([events.made(dataclasses.replace(new, id="XF11111111"), WHY)])

    def test_what_the_list_and_the_register_say(self) -> None:
        after = stands(events.listed({ID: {"状态": "待批准"}}), events.marked({ID: {"status": "已打款"}})).entries[ID]
        assert (after.listed, after.marked) == ({"状态": "待批准"}, {"status": "已打款"})

    def test_what_others_tell_is_no_business_of_money(self) -> None:
        assert stands(Event("list-offered", {})) == stands()


class TestTransactions:
    OTHER = dataclasses.replace(ENTRY, id="XF00000000")

    def test_one_pays_one_entry(self) -> None:
        both = stands(events.made(self.OTHER), events.paid(ID, DAY, 1200, "T1", "statement"))
        assert both.transactions == {"T1": ID}
        with pytest.raises(ImpossibleEvent):
            both.after([events.paid(self.OTHER.id, DAY, 1200, "T1", "statement")])

    def test_a_paid_entry_takes_its_first_payment_and_no_second(self) -> None:
        proven = stands(*WAYS[State.PAID], events.paid(ID, DAY, 1300, "T1", "statement"))
        assert (proven.entries[ID].transaction, proven.entries[ID].amount, proven.entries[ID].paid_amount) == (
            "T1", 1200, 1300,
        )  # fmt: skip
        with pytest.raises(ImpossibleEvent):
            proven.after([events.paid(ID, DAY, 1200, "T2", "statement")])


class TestBatches:
    def test_its_total_is_that_of_its_entries(self) -> None:
        with pytest.raises(ImpossibleEvent):
            stands(*WAYS[State.APPROVED], events.exported(dataclasses.replace(BATCH, total=1300)))

    def test_seen_or_gone(self) -> None:
        sent = stands(*WAYS[State.EXPORTED])
        assert sent.batches[BATCH.number].there is None
        for there in (True, False):
            assert sent.after([events.confirmed(BATCH.number, there=there)]).batches[BATCH.number].there is there

    def test_names_are_taken_for_ever(self) -> None:
        assert events.exported(BATCH).unique == (
            "batch/B20260331001", "file/支付宝批量付款_B20260331001.csv", f"exported/{ID}",
        )  # fmt: skip
        assert events.made(dataclasses.replace(ENTRY, replaces="XF00000000")).unique == (
            f"entry/{ID}", "replaces/XF00000000",
        )  # fmt: skip
