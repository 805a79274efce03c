"""A plan is approved exactly as it was seen, by who may; and what is decided about single entries (contract §5)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.money.test_fold import BATCH, DAY, ENTRY, ID, WAYS, WHY, stands
from xlflow.event import Event
from xlflow.locale import render
from xlflow.model import XlflowError
from xlflow.money import decide, events
from xlflow.money.approve import Approval, Refused, Rules, approve
from xlflow.money.entry import State, Why
from xlflow.money.fold import Money
from xlflow.money.plan import line
from xlflow.money.reasons import Reason

PLANNED = events.planned("P1", {ID: line(ENTRY)}, 1200, "张三")
OPEN = [*WAYS[State.OPEN], PLANNED]
SAID = Approval("P1", Decimal("12.00"), "李四", DAY)


def refused(call: Callable[[], object]) -> str:
    """``code: message; fix`` of what is refused."""
    with pytest.raises(Refused) as caught:
        call()
    problem: XlflowError = caught.value
    assert problem.exit_code == 3
    assert problem.fix is not None
    return f"{problem.code}: {render(problem.message, 'en')}; {render(problem.fix, 'en')}"


class TestApprove:
    def test_as_it_was_seen(self) -> None:
        event = approve(stands(*OPEN), SAID, Rules())
        assert event == events.approved("P1", [ID], 1200, "李四", DAY)

    def test_the_fingerprint_may_be_typed_small(self) -> None:
        assert approve(stands(*OPEN), dataclasses.replace(SAID, fingerprint=" p1 "), Rules()) is not None

    @pytest.mark.parametrize(
        "later", [[], [events.exported(BATCH)], [events.exported(BATCH), events.paid(ID, DAY, 1200, "T", "s")]]
    )
    def test_twice_is_once(self, later: list[Event]) -> None:
        done = stands(*OPEN, events.approved("P1", [ID], 1200, "李四", DAY), *later)
        assert approve(done, SAID, Rules()) is None

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            (
                {"fingerprint": "P2"},
                "unknown-plan: there is no plan P2; copy the fingerprint from the newest plan: `xlflow payouts plan`",
            ),
            (
                {"total": Decimal("12.01")},
                "total-differs: the plan adds up to 12.00 yuan, and not to 12.01; "
                "look at the plan once more, and type the total that stands there",
            ),
            ({"by": " "}, "not-approver: nobody is named who decides; say who you are with --by"),
        ],
    )
    def test_what_is_typed_must_be_right(self, said: dict[str, object], told: str) -> None:
        assert refused(lambda: approve(stands(*OPEN), dataclasses.replace(SAID, **said), Rules())) == told  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("since", "state"),
        [
            ([events.held(ID, ["shop-fault"])], "held"),
            ([events.paid(ID, DAY, None, None, "register")], "paid"),
            ([events.voided(ID, WHY)], "void"),
            ([events.corrected(dataclasses.replace(ENTRY, amount=1300))], "open"),
            ([events.corrected(dataclasses.replace(ENTRY, name="d3"))], "open"),
        ],
    )
    def test_refused_where_an_entry_of_it_is_another_by_now(self, since: list[Event], state: str) -> None:
        assert refused(lambda: approve(stands(*OPEN, *since), SAID, Rules())) == (
            f"plan-changed: since that plan was made, 1 of its entries changed, were held, or paid: {ID} ({state}); "
            "make a new plan with `xlflow payouts plan`, look at it, and approve that one"
        )

    def test_what_came_since_is_of_another_plan(self) -> None:
        more = events.made(dataclasses.replace(ENTRY, id="XF00000000", state=State.OPEN, reasons=()))
        event = approve(stands(*OPEN, more), SAID, Rules())
        assert event is not None
        assert event.body["ids"] == [ID]

    def test_an_empty_plan_is_nothing(self) -> None:
        empty = Money().after([events.planned("P0", {}, 0, "张三")])
        said = dataclasses.replace(SAID, fingerprint="P0", total=Decimal(0))
        assert refused(lambda: approve(empty, said, Rules())) == (
            "nothing-to-approve: the plan has no entries; there is nothing to do"
        )


class TestWhoMay:
    RULES = Rules({"李四": Decimal("12.00"), "王五": Decimal("11.99")})

    def test_up_to_their_limit(self) -> None:
        assert approve(stands(*OPEN), SAID, self.RULES) is not None
        assert refused(lambda: approve(stands(*OPEN), dataclasses.replace(SAID, by="王五"), self.RULES)) == (
            "above-limit: 王五 may decide about up to 11.99 yuan, and this is 12.00; "
            "ask somebody who may decide about more"
        )

    def test_nobody_else(self) -> None:
        assert refused(lambda: approve(stands(*OPEN), dataclasses.replace(SAID, by="赵六"), self.RULES)) == (
            "not-approver: 赵六 may not decide about payouts here; "
            "ask one of 李四、王五, who are named under [payouts] approvers in xlflow.toml"
        )

    def test_with_four_eyes_not_who_planned(self) -> None:
        own = dataclasses.replace(SAID, by="张三")
        assert approve(stands(*OPEN), own, Rules()) is not None
        assert approve(stands(*OPEN), SAID, Rules(four_eyes=True)) is not None
        assert refused(lambda: approve(stands(*OPEN), own, Rules(four_eyes=True))) == (
            "four-eyes: 张三 made the plan, so somebody else must approve it; "
            "ask a second person: [payouts] four_eyes is on in xlflow.toml"
        )

    def test_with_four_eyes_not_who_released(self) -> None:
        released = events.released(ENTRY, ["shop-fault"], [], dataclasses.replace(WHY, by="李四"))
        money = stands(released, PLANNED)
        assert approve(money, SAID, Rules()) is not None
        assert refused(lambda: approve(money, SAID, Rules(four_eyes=True))) == (
            f"four-eyes: 李四 released {ID}, so somebody else must approve the plan; "
            "ask a second person: [payouts] four_eyes is on in xlflow.toml"
        )


class TestRelease:
    HELD = dataclasses.replace(ENTRY, reasons=("freight-too-high", "not-received", "shop-fault"))
    H1, H2 = (Reason(code, True, frozenset({code})) for code in ("freight-too-high", "shop-fault"))
    E = Reason("not-received")

    def test_what_may_be_lifted_is(self) -> None:
        entry = dataclasses.replace(ENTRY, reasons=("freight-too-high", "shop-fault"))
        event = decide.release(entry, [self.H1, self.H2], WHY)
        assert event == events.released(entry, ["freight-too-high", "shop-fault"], [], WHY)

    def test_an_error_never_is(self) -> None:
        event = decide.release(self.HELD, [self.H1, self.E, self.H2], WHY)
        assert event == events.released(self.HELD, ["freight-too-high", "shop-fault"], ["not-received"], WHY)
        assert refused(lambda: decide.release(ENTRY, [self.E], WHY)) == (
            f"not-releasable: {ID} is held by not-received, which nobody can release; "
            "mend what these findings say: the entry opens by itself then"
        )

    def test_a_change_after_approval_is_lifted_a_row_that_is_gone_is_not(self) -> None:
        entry = dataclasses.replace(ENTRY, reasons=("row-changed",))
        assert decide.release(entry, [], WHY) == events.released(entry, [], [], WHY)
        entry = dataclasses.replace(ENTRY, reasons=("row-changed", "row-gone"))
        assert decide.release(entry, [], WHY) == events.released(entry, [], ["row-gone"], WHY)
        assert "not-releasable" in refused(
            lambda: decide.release(dataclasses.replace(ENTRY, reasons=("row-gone",)), [], WHY)
        )

    @pytest.mark.parametrize("state", [state for state in State if state is not State.HELD])
    def test_only_what_is_held(self, state: State) -> None:
        entry = stands(*WAYS[state]).entries[ID]
        assert refused(lambda: decide.release(entry, [self.H1], WHY)) == (
            f"wrong-state: {ID} is {state}; only what is held can be released"
        )


class TestVoidFailRetry:
    @pytest.mark.parametrize("state", State)
    def test_void(self, state: State) -> None:
        entry = stands(*WAYS[state]).entries[ID]
        if state in (State.HELD, State.OPEN, State.APPROVED):
            assert decide.void(entry, WHY) == events.voided(ID, WHY)
        else:
            assert refused(lambda: decide.void(entry, WHY)) == (
                f"wrong-state: {ID} is {state}; only what is in no batch file yet can be made void"
            )

    def test_fail_needs_a_statement(self) -> None:
        sent = stands(*WAYS[State.EXPORTED])
        assert refused(lambda: decide.fail(sent.entries[ID], WHY)) == (
            f"not-shown-unpaid: no complete statement shows {ID} unpaid; reconcile a statement that ends two days or "
            "more after the export, or the bank's result file"
        )
        shown = sent.after([events.shown_unpaid(ID, "s")])
        assert decide.fail(shown.entries[ID], WHY) == events.failed(ID, WHY)
        assert refused(lambda: decide.fail(stands().entries[ID], WHY)) == (
            f"wrong-state: {ID} is held; only what is in a batch file can fail"
        )

    def test_retry_once(self) -> None:
        failed = stands(*WAYS[State.FAILED])
        event = decide.retry(failed.entries[ID], "XF00000000", {"status": "已打款"}, 9, WHY)
        after = failed.after([event])
        new = after.entries["XF00000000"]
        assert (new.state, new.reasons, new.replaces, new.amount, new.batch, new.marked, new.seen_in) == (
            State.HELD, ("row-gone",), ID, 1200, None, {"status": "已打款"}, 9,
        )  # fmt: skip
        assert refused(lambda: decide.retry(after.entries[ID], "XF11111111", {}, 9, WHY)) == (
            f"replaced: {ID} was replaced by XF00000000 already; look at that one"
        )
        assert refused(lambda: decide.retry(new, "XF11111111", {}, 9, WHY)) == (
            "wrong-state: XF00000000 is held; only what failed can be tried again"
        )


class TestVoidBatch:
    WHY = Why("银行整批退回", "张三", DAY)

    def test_one_that_was_never_uploaded_needs_its_total(self) -> None:
        sent = stands(*WAYS[State.EXPORTED])
        assert decide.void_batch(sent, BATCH, Decimal("12.00"), self.WHY) == [events.failed(ID, self.WHY)]
        assert refused(lambda: decide.void_batch(sent, BATCH, None, self.WHY)) == (
            "not-shown-unpaid: no complete statement shows batch B20260331001 unpaid; reconcile the statement first; if "
            "the file was never uploaded, say so with --total and its total"
        )
        assert refused(lambda: decide.void_batch(sent, BATCH, Decimal("12.10"), self.WHY)) == (
            "total-differs: batch B20260331001 adds up to 12.00 yuan, and not to 12.10; look at the file once more, and "
            "type its total"
        )

    def test_one_that_a_statement_shows_unpaid_does_not(self) -> None:
        shown = stands(*WAYS[State.EXPORTED], events.shown_unpaid(ID, "s"))
        assert decide.void_batch(shown, BATCH, None, self.WHY) == [events.failed(ID, self.WHY)]

    def test_twice_is_once(self) -> None:
        done = stands(*WAYS[State.FAILED])
        assert decide.void_batch(done, BATCH, Decimal("12.00"), self.WHY) == []

    def test_not_when_something_of_it_is_paid(self) -> None:
        paid = stands(*WAYS[State.EXPORTED], events.paid(ID, DAY, 1200, "T1", "statement"))
        assert refused(lambda: decide.void_batch(paid, BATCH, Decimal("12.00"), self.WHY)) == (
            f"batch-paid: of batch B20260331001 {ID} are paid, so it was not refused whole; reconcile the newest "
            "statement; then `xlflow payouts fail` what it shows unpaid, one by one"
        )


def test_ids_are_found_as_people_type_them() -> None:
    assert decide.find(stands(), f" {ID.lower()} ").id == ID
    assert refused(lambda: decide.find(stands(), "XF00000000")) == (
        "unknown-entry: there is no entry XF00000000; copy its id from the payout list or from `xlflow payouts status`"
    )
    assert decide.find_batch(stands(*WAYS[State.EXPORTED]), " b20260331001 ") == BATCH
    assert refused(lambda: decide.find_batch(stands(), "B1")) == (
        "unknown-batch: there is no batch B1; copy its number from the payout list or from the name of its file"
    )
