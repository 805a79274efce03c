"""Invented ledgers and statements with noise and overlap, against a slow second matcher and simple sums."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reconcile.desk import BUYER, OTHER, asked, bill, entry, key, money, remember
from xlflow.money.entry import Entry, State
from xlflow.reconcile import Memory, Outcome, Reconciliation, match
from xlflow.statement import Movement, Statement

ACCOUNTS = (BUYER, OTHER, "a@example.com")
AMOUNTS = ("5.00", "12.00", "12.10")
WORDS = "abcdef"
DAYS = st.integers(0, 40).map(lambda n: date(2026, 2, 24) + timedelta(n))
PAYS = (Outcome.MATCHED, Outcome.AMOUNT_DIFFERS, Outcome.PAID_TWICE)


@st.composite
def ledgers(draw: st.DrawFn, *, unlike: bool = False) -> list[Entry]:
    """Up to six entries; ``unlike`` ones share no payee and amount."""
    owed = draw(st.lists(st.tuples(st.sampled_from(ACCOUNTS), st.sampled_from(AMOUNTS)), max_size=6, unique=unlike))
    states = [draw(st.sampled_from(list(State))) for _ in owed]
    return [
        entry(word, state, amount, account=account)
        for word, state, (account, amount) in zip(WORDS, states, owed, strict=False)
    ]


@st.composite
def movements(draw: st.DrawFn, row: int, *, back: bool = True) -> Movement:
    """A transaction: perhaps with an id, a known payee, an amount somebody is owed, a word for money that came back."""
    word = draw(st.sampled_from([*WORDS, "z", None, None, None]))
    mark = draw(st.sampled_from(["", "", "退款", "运费"]))
    words = " ".join(filter(None, (mark, key(word) if word else "")))
    amount = Decimal(draw(st.sampled_from(AMOUNTS))) * (draw(st.sampled_from([-1, -1, 1])) if back else -1)
    account = draw(st.sampled_from([*ACCOUNTS, None, "138****1111", "zz@example.com"] if back else [*ACCOUNTS, None]))
    return Movement(row, draw(DAYS), f"T{row}", amount, f"B{row}", account, None, words, words)


LINES = st.integers(0, 8).flatmap(lambda n: st.tuples(*(movements(row) for row in range(1, n + 1))))


@st.composite
def downloads(draw: st.DrawFn) -> list[Statement]:
    """The same transactions in one to three statements that overlap as they like."""
    lines = draw(LINES)
    parts = draw(st.lists(st.sets(st.sampled_from(lines)) if lines else st.just(set()), max_size=2))
    rest = [line for line in lines if not any(line in part for part in parts)]
    each = [sorted(part, key=lambda line: line.row) for part in parts]
    return [bill(*part, file=f"{number}.csv") for number, part in enumerate([rest, *each])]


def check_sums(found: Reconciliation, statements: list[Statement]) -> None:
    """Each line is in one place, and each statement adds up."""
    for statement in statements:
        told = [r for r in found.results if r.file == statement.file]
        other, again = found.others.get(statement.file), found.repeated.get(statement.file)
        counted = len(told) + (other.count if other else 0) + (again.count if again else 0)
        assert counted == len(statement.movements)
    rows = [r.row for r in found.results if r.row is not None]
    assert len(rows) == len(set(rows))


@settings(max_examples=50)
@given(ledgers(), downloads())
def test_every_line_counts_once(entries: list[Entry], statements: list[Statement]) -> None:
    made = money(*entries)
    found = match(asked(made), Memory(), statements)
    check_sums(found, statements)
    shown = {m.row: -int(m.amount * 100) for s in statements for m in s.movements}
    for known in made.entries.values():
        after = found.after.entries[known.id]
        mine = [r for r in found.results if r.entry == known and r.outcome in PAYS]
        assert sum(r.outcome is not Outcome.PAID_TWICE for r in mine) <= 1
        if after.paid_amount is not None:
            assert after.paid_amount <= sum(shown[r.row] for r in mine if r.row is not None)
        if known.state in (State.FAILED, State.VOID):
            assert after.state is known.state
            assert mine == []
    again = match(asked(found.after), remember(found), statements)
    assert again.events == ()
    assert [(r.outcome, r.row) for r in again.results] == [(r.outcome, r.row) for r in found.results]


@settings(max_examples=20)
@given(ledgers(), downloads())
def test_one_after_the_other_pays_nobody_twice(entries: list[Entry], statements: list[Statement]) -> None:
    made, memory = money(*entries), Memory()
    paid: Counter[int | None] = Counter()
    for statement in statements:
        found = match(asked(made), memory, [statement])
        new = [event.body["transaction"] for event in found.events if event.kind == "transaction-counted"]
        assert len(new) == len(set(new))
        assert not set(map(str, new)) & memory.counted.keys()
        made, memory = found.after, remember(found, memory)
        paid.update(r.row for r in found.results if r.outcome in PAYS)
    for known in made.entries.values():
        if known.transaction is not None:
            assert paid[int(known.transaction[1:])] >= 1


def naive(entries: list[Entry], lines: list[Movement]) -> Counter[tuple[str, str | None, int]]:
    """The rules for money that went out, one line at a time, where no two entries share payee and amount."""
    told: Counter[tuple[str, str | None, int]] = Counter()
    first: dict[str, bool] = {e.id: e.state is State.PAID for e in entries}  # marked, and without a payment so far
    living = {e.id: e for e in entries if e.state not in (State.FAILED, State.VOID)}
    paid: dict[str, date | None] = {e.id: e.paid_on for e in entries}
    done: set[int] = set()
    had: set[str] = set()

    def pay(e: Entry, line: Movement) -> None:
        if e.id in had:
            outcome = "paid-twice"
        else:
            outcome = "matched" if -line.amount * 100 == e.amount else "amount-differs"
            paid[e.id] = line.on
        had.add(e.id)
        first[e.id] = False
        told[outcome, e.id, line.row] += 1
        done.add(line.row)

    for e in entries:
        own = [line for line in lines if e.id in line.words]
        for line in sorted(own, key=lambda line: (-line.amount * 100 != e.amount, line.on, line.row)):
            if line.account is not None and f"#{line.account}" != e.payee:
                told["account-differs", e.id, line.row] += 1
                done.add(line.row)
            elif e.id not in living:
                told["unknown-payment", e.id, line.row] += 1
                done.add(line.row)
            else:
                pay(e, line)
    for line in sorted(lines, key=lambda line: (line.on or date.min, line.row)):
        if line.row in done or "XF" in line.words or line.account is None:
            continue
        for e in living.values():
            expected = paid[e.id] or e.exported_on or e.registered_on
            fits = e.payee == f"#{line.account}" and e.amount == -line.amount * 100
            if fits and expected and line.on and abs((line.on - expected).days) <= 15:
                pay(e, line)
    for line in lines:
        known = any(e.payee == f"#{line.account}" for e in entries)
        if line.row not in done and (known or "XF" in line.words or "运费" in line.words):
            told["unknown-payment", None, line.row] += 1
    return told


@settings(max_examples=50)
@given(
    ledgers(unlike=True),
    st.integers(0, 7).flatmap(lambda n: st.tuples(*(movements(row, back=False) for row in range(1, n + 1)))),
)
def test_a_second_matcher_says_the_same(entries: list[Entry], lines: tuple[Movement, ...]) -> None:
    found = match(asked(money(*entries)), Memory(), [bill(*lines)])
    told = Counter(
        (r.outcome.value, r.entry.id if r.entry is not None else None, r.row)
        for r in found.results
        if r.row is not None
    )
    assert told == naive(entries, list(lines))
