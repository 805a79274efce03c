"""Whatever is typed, moved, run again, approved, exported, paid, refused or undone, in any order: nobody is paid twice.

A desk and its ledger in memory. After every step the promises of contract §5 are looked at, and every command is done
twice: the second time it does nothing.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.build import EXCHANGE, FREIGHT, RECEIVING, START, day, verdict
from tests.money.ledgers import drawing
from xlflow.day import Day
from xlflow.event import Event, Head, Recorded
from xlflow.identity import Claim, twins
from xlflow.money import decide, events
from xlflow.money.approve import Approval, Refused, Rules, approve
from xlflow.money.batch import batch_files
from xlflow.money.entry import LIVING, Entry, State, Why
from xlflow.money.fold import Money, fold
from xlflow.money.gather import entry_id, gather
from xlflow.money.marks import marks_of
from xlflow.money.match import matched
from xlflow.money.payment import obstacle
from xlflow.money.plan import in_order, line, payment, plan, yuan
from xlflow.money.reasons import Holding
from xlflow.obligations import obligation
from xlflow.policies import Policies
from xlflow.standing import Standing

ORDERS = ("1234567890123456789", "2345678901234567891", "3456789012345678912", "3456789012345678921")
PARCELS = ("YT1234567890123", "YT2345678901234", "YT3456789012345", "YT4567890123456")
PAYEES = ("a@example.com", "13800001111", "2088123412341234")
AMOUNTS = (8, "12.50", 12, 60, 7, "9.99", 11, 13)
FILES = ("一.xlsx", "二.xlsx")
PAID = ("已打款", "√", "已付")
SENT = (State.EXPORTED, State.PAID)

pick = st.integers(0, 7)


def retyped(row: dict[str, Any], how: int) -> dict[str, Any]:
    """The same row as another person types it."""
    order, payee = str(row["订单号"]), str(row["支付宝账号"])
    ways: tuple[dict[str, Any], ...] = (
        {"订单号": f" {order}"},
        {"订单号": order.translate({48 + digit: 0xFF10 + digit for digit in range(10)})},
        {"支付宝账号": payee.upper() if "@" in payee else f"+86 {payee}" if len(payee) == 11 else f"{payee} "},
        {"运费金额": f"￥{row['运费金额']}元"},
    )
    return row | ways[how % len(ways)]


class Machine(RuleBasedStateMachine):
    """A desk with two freight files, and what its ledger recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in FILES}
        self.back: list[dict[str, Any]] = []
        self.today = date(2026, 3, 10)
        self.recorded: list[Recorded] = []
        self.money = Money()
        self.taken: set[str] = set()
        self.draw = drawing()
        self.plans: list[str] = []
        self.bank: dict[str, Decimal] = {}  # what left, by entry
        self.transactions = 0

    # -- the desk

    def _day(self) -> Day:
        freight = {name: rows or [FREIGHT | {"登记日期": date(2026, 1, 1)}] for name, rows in self.rows.items()}
        made = day(today=self.today, start=START, freight=freight, receiving=[*self.back, RECEIVING | {"登记日期": None}],
                   exchange=[EXCHANGE | {"退回单号": None}], taobao_refunds=[])  # fmt: skip
        return dataclasses.replace(made, standing=Standing(Head(len(self.recorded), ""), self.money))

    def _look(self) -> tuple[Day, Money, Holding, list[Event]]:
        """As a command looks: what is new is not recorded yet, and looked at again nothing is."""
        before = self._day()
        judged = verdict(before)
        found = gather(before, judged, self.draw)
        after = found.day
        again = dataclasses.replace(after, standing=dataclasses.replace(after.standing, head=Head(10**6, "")), memo={})
        more = gather(again, verdict(again), self.draw).events
        assert more == (), (found.events, more)
        return after, found.money, Holding.of(after, judged), list(found.events)

    def _commit(self, happened: list[Event]) -> None:
        for event in happened:
            assert not self.taken & set(event.unique), event
            self.taken |= set(event.unique)
            read_back = Event(event.kind, json.loads(json.dumps(event.body)), event.unique)
            self.recorded.append(Recorded(len(self.recorded) + 1, "", read_back))
        self.money = self.money.after(happened)

    def _places(self) -> list[tuple[str, int]]:
        return [(name, index) for name, rows in self.rows.items() for index in range(len(rows))]

    def _row(self, which: int) -> tuple[str, int] | None:
        places = self._places()
        return places[which % len(places)] if places else None

    # -- what people do to the registers

    @initialize(orders=st.sets(st.integers(0, 3)))
    def an_ordinary_desk(self, orders: set[int]) -> None:
        self.back = [RECEIVING | {"订单号": o, "退回单号": p} for o, p in zip(ORDERS, PARCELS, strict=True)]
        for order in orders:
            self.register(order, order, order, order, order, -1)

    @rule(order=pick, parcel=pick, payee=pick, amount=pick, file=pick, days=st.integers(-40, 0))
    def register(self, order: int, parcel: int, payee: int, amount: int, file: int, days: int) -> None:
        on = max(date(2026, 2, 1), self.today + timedelta(days))
        row = FREIGHT | {
            "登记日期": on, "订单号": ORDERS[order % 4], "退回单号": (*PARCELS, None)[parcel % 5 if parcel > 3 else order % 4],
            "支付宝账号": PAYEES[payee % 3], "运费金额": AMOUNTS[amount], "打款状态": None, "打款日期": None,
        }  # fmt: skip
        self.rows[FILES[file % 2]].append(row)

    @rule(order=pick, parcel=pick)
    def receive(self, order: int, parcel: int) -> None:
        row = RECEIVING | {"收货日期": self.today, "订单号": ORDERS[order % 4], "退回单号": PARCELS[parcel % 4]}
        if row not in self.back:
            self.back.append(row)

    @rule(which=pick)
    def miss(self, which: int) -> None:
        if len(self.back) > 1:
            del self.back[which % len(self.back)]

    @precondition(lambda self: self._places())
    @rule(which=pick, how=pick, file=pick)
    def copy(self, which: int, how: int, file: int) -> None:
        name, index = self._row(which) or ("", 0)
        self.rows[FILES[file % 2]].append(retyped(self.rows[name][index], how) | {"打款状态": None, "打款日期": None})

    @precondition(lambda self: self._places())
    @rule(which=pick, how=pick)
    def retype(self, which: int, how: int) -> None:
        name, index = self._row(which) or ("", 0)
        self.rows[name][index] = retyped(self.rows[name][index], how)

    @precondition(lambda self: self._places())
    @rule(which=pick, file=pick, at=pick)
    def move(self, which: int, file: int, at: int) -> None:
        name, index = self._row(which) or ("", 0)
        row = self.rows[name].pop(index)
        self.rows[FILES[file % 2]].insert(at, row)

    @precondition(lambda self: self._places())
    @rule(which=pick, change=pick, value=pick)
    def correct(self, which: int, change: int, value: int) -> None:
        name, index = self._row(which) or ("", 0)
        changes: tuple[dict[str, Any], ...] = (
            {"运费金额": AMOUNTS[value]},
            {"退回单号": (*PARCELS, None)[value % 5]},
            {"支付宝账号": PAYEES[value % 3]},
            {"订单号": ORDERS[value % 4]},
            {"收款人姓名": (None, "张三", "李𠮷")[value % 3]},
            {"登记日期": self.today - timedelta(value)},
            {"运费金额": ("看不清", None)[value % 2]},
        )
        self.rows[name][index] = self.rows[name][index] | changes[change % len(changes)]

    @precondition(lambda self: self._places())
    @rule(which=pick)
    def delete(self, which: int) -> None:
        name, index = self._row(which) or ("", 0)
        del self.rows[name][index]

    @precondition(lambda self: self._places())
    @rule(which=pick, how=pick)
    def mark(self, which: int, how: int) -> None:
        name, index = self._row(which) or ("", 0)
        marks: tuple[dict[str, Any], ...] = (
            {"打款状态": PAID[how % 3]}, {"打款日期": self.today}, {"打款状态": None, "打款日期": None}, {"打款状态": "打款失败"},
        )  # fmt: skip
        self.rows[name][index] = self.rows[name][index] | marks[how % 4]

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.today += timedelta(days)

    # -- what xlflow does

    @rule()
    def run(self) -> None:
        today, money, holding, happened = self._look()
        self._commit(happened)
        self._look_at(today, money, holding)

    @rule()
    def plan(self) -> None:
        today, money, _, happened = self._look()
        view = plan(today, money)
        assert view.total == sum(entry.amount for entry in view.entries)
        assert all(entry.state is State.OPEN for entry in view.entries)
        self._commit([*happened, events.planned(view.fingerprint, view.lines, view.total, "甲")])
        assert plan(*self._look()[:2]).fingerprint == view.fingerprint
        self.plans.append(view.fingerprint)

    @precondition(lambda self: self.plans)
    @rule(which=pick, off=st.sampled_from(["0", "0", "0.01"]))
    def approve(self, which: int, off: str) -> None:
        _, money, _, happened = self._look()
        known = money.plans[self.plans[-1 - which % min(3, len(self.plans))]]
        total = yuan(known.total) + Decimal(off)
        event = self._approved(money, Approval(known.fingerprint, total, "乙", self.today))
        if event is None:
            return
        self._commit([*happened, event])
        ready = [self.money.entries[each] for each in known.lines]
        assert sum(entry.amount for entry in ready) == known.total == event.body["total"]
        assert approve(self.money, Approval(known.fingerprint, total, "乙", self.today), Rules()) is None

    def _approved(self, money: Money, said: Approval) -> Event | None:
        try:
            return approve(money, said, Rules(four_eyes=True))
        except Refused as problem:
            known = money.plans[said.fingerprint]
            same = all(
                money.entries[each].state is State.OPEN and line(money.entries[each]) == seen
                for each, seen in known.lines.items()
            )
            done = any(money.entries[each].plan == known.fingerprint for each in known.lines)
            assert problem.code in ("total-differs", "nothing-to-approve", "plan-changed")
            assert problem.code != "plan-changed" or not same or done
            return None

    @rule()
    def pay_day(self) -> None:
        """Nobody touches anything between plan and export."""
        self.run()
        self.plan()
        self.approve(0, "0")
        self.export()

    @rule()
    def export(self) -> None:
        for again in (False, True):
            today, money, _, happened = self._look()
            approved = [entry for entry in in_order(money.entries.values()) if entry.state is State.APPROVED]
            paying = [payment(today, entry) for entry in approved]
            ready = [each for each in paying if obstacle(each) is None]
            files = batch_files(money, ready, self.today, 2, "")
            assert not (again and files)
            assert sum(file.batch.total for file in files) == sum(each.amount for each in ready)
            for file in files:
                told = [row.split(",") for row in file.content.decode("gbk").split("\r\n")[2:-1]]
                assert [Decimal(row[3]) for row in told] == [
                    yuan(money.entries[each].amount) for each in file.batch.ids
                ]
                assert tuple(row[4] for row in told) == file.batch.ids
            self._ensure_no_twin_was_sent(money, [each.id for each in ready])
            self._commit([*happened, *(events.exported(file.batch) for file in files)])

    # -- what the bank and the statements say

    def _some(self, which: int, *states: State) -> Entry | None:
        found = [entry for entry in in_order(self.money.entries.values()) if entry.state in states]
        return found[which % len(found)] if found else None

    @rule(which=pick)
    def paid(self, which: int) -> None:
        entry = self._some(which, State.EXPORTED)
        if entry is not None and entry.id not in self.bank:
            self.bank[entry.id] = yuan(entry.amount)
            self.transactions += 1
            self._commit([events.paid(entry.id, self.today, entry.amount, f"T{self.transactions}", "statement")])

    @rule(which=pick)
    def returned(self, which: int) -> None:
        entry = self._some(which, State.PAID)
        if entry is not None and entry.id in self.bank:
            del self.bank[entry.id]
            self._commit([events.failed(entry.id, Why("账户不存在", "对账单", self.today))])

    @rule(which=pick, shown=st.booleans())
    def fail(self, which: int, shown: bool) -> None:
        entry = self._some(which, State.EXPORTED)
        if entry is None or entry.id in self.bank:
            return
        if not shown:
            if not entry.shown_unpaid:
                with pytest.raises(Refused):
                    decide.fail(entry, Why("银行退回", "甲", self.today))
            return
        self._commit([events.shown_unpaid(entry.id, "对账单")])
        self._commit([decide.fail(self.money.entries[entry.id], Why("银行退回", "甲", self.today))])

    @rule(which=pick)
    def give_up_batch(self, which: int) -> None:
        batches = [b for b in self.money.batches.values() if not any(each in self.bank for each in b.ids)]
        if not batches:
            return
        batch = batches[which % len(batches)]
        try:
            happened = decide.void_batch(self.money, batch, yuan(batch.total), Why("没有上传", "甲", self.today))
        except Refused as problem:
            assert problem.code == "batch-paid"
            return
        self._commit(happened)
        assert decide.void_batch(self.money, batch, yuan(batch.total), Why("没有上传", "甲", self.today)) == []

    # -- what somebody decides

    @rule(which=pick)
    def void(self, which: int) -> None:
        happened = self._look()[3]
        self._commit(happened)
        entry = self._some(which, State.HELD, State.OPEN, State.APPROVED)
        if entry is not None:
            self._commit([decide.void(entry, Why("不付了", "甲", self.today))])

    @rule(which=pick)
    def release(self, which: int) -> None:
        today, money, holding, happened = self._look()
        self._commit(happened)
        entry = self._some(which, State.HELD)
        if entry is None:
            return
        row = matched(today).rows.get(entry.id)
        try:
            event = decide.release(entry, holding.of_row(row) if row else (), Why("看过了", "丙", self.today))
        except Refused:
            return
        self._commit([event])
        today, money, holding, happened = self._look()
        assert not [event for event in happened if event.body.get("id") == entry.id]
        self._look_at(today, money, holding)

    @rule(which=pick)
    def retry(self, which: int) -> None:
        today, _, _, happened = self._look()
        self._commit(happened)
        failed = [e for e in in_order(self.money.entries.values()) if e.state is State.FAILED and not e.replaced_by]
        if not failed:
            return
        entry = failed[which % len(failed)]
        row = matched(today).rows.get(entry.id)
        marked = marks_of(row) if row else {}
        new = entry_id(self.draw())
        self._commit([decide.retry(entry, new, marked, len(self.recorded), Why("再试", "甲", self.today))])
        with pytest.raises(Refused):
            decide.retry(self.money.entries[entry.id], new, marked, 0, Why("再试", "甲", self.today))

    # -- what must hold

    def _look_at(self, today: Day, money: Money, holding: Holding) -> None:
        """After a look: what may be paid is seen, judged, unpaid, and the only one of its kind."""
        rows = matched(today).rows
        for entry in money.entries.values():
            if entry.state in (State.OPEN, State.APPROVED):
                row = rows[entry.id]
                owed = obligation(row)
                assert owed is not None
                assert (owed.amount, owed.order_no) == (yuan(entry.amount), entry.order_no)
                assert [r.code for r in holding.of_row(row) if r.stands(entry.released)] == []
                assert not owed.marked_paid or marks_of(row) == entry.marked
        living = [entry for entry in money.entries.values() if entry.state in LIVING]
        for later, several in self._twins(living).items():
            for twin in several:
                pair = (money.entries[str(later)], money.entries[str(twin.earlier.key)])
                assert not twin.why.exact or all(entry.state in SENT for entry in pair), pair

    def _ensure_no_twin_was_sent(self, money: Money, ids: list[str]) -> None:
        sent = [entry for entry in money.entries.values() if entry.state in SENT]
        for later, several in self._twins([*sent, *(money.entries[each] for each in ids)]).items():
            for twin in several:
                assert not (twin.why.exact and {later, twin.earlier.key} & set(ids))

    def _twins(self, entries: list[Entry]) -> Any:
        return twins((_claim(entry) for entry in entries), Policies({}))

    @invariant()
    def what_is_recorded_is_what_stands(self) -> None:
        assert fold(self.recorded) == self.money

    @invariant()
    def no_entry_is_in_two_batches(self) -> None:
        ids = [each for batch in self.money.batches.values() for each in batch.ids]
        assert len(ids) == len(set(ids))
        for batch in self.money.batches.values():
            assert batch.total == sum(self.money.entries[each].amount for each in batch.ids)
            assert all(self.money.entries[each].batch == batch.number for each in batch.ids)

    @invariant()
    def nothing_left_that_was_not_in_a_batch(self) -> None:
        for entry_id_, amount in self.bank.items():
            entry = self.money.entries[entry_id_]
            assert (entry.batch is not None, entry.state) == (True, State.PAID)
            assert amount <= yuan(entry.amount)

    @invariant()
    def a_failed_entry_is_tried_again_once(self) -> None:
        tried = [entry.replaces for entry in self.money.entries.values() if entry.replaces is not None]
        assert len(tried) == len(set(tried))
        assert all(self.money.entries[each].state is State.FAILED for each in tried)


def _claim(entry: Entry) -> Claim:
    return Claim(
        entry.id, entry.kind, entry.item, entry.order_no, entry.tracking, entry.payee, entry.amount,
        entry.registered_on, entry.first_seen, ("", "", 0, 0),
    )  # fmt: skip


QUICK = settings(max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=250, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck))


def test_nobody_is_paid_twice() -> None:
    run_state_machine_as_test(Machine, settings=QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_nobody_is_paid_twice_in_a_hundred_thousand_steps(part: int) -> None:
    run_state_machine_as_test(Machine, settings=LONG)
