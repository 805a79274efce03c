"""Entries as the ledger has them, and statements, from a few words; digests are texts that one can read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from xlflow import codes
from xlflow.event import Recorded
from xlflow.identity import Anchor
from xlflow.money.entry import Batch, Entry, State
from xlflow.money.fold import Money
from xlflow.money.masks import masked
from xlflow.reconcile import Asked, Memory, Payee, Reconciliation, fold, match
from xlflow.statement import Movement, Refund, Statement

TODAY = date(2026, 3, 31)
BATCH = "B20260305001"
BUYER, OTHER = "13800001111", "13900002222"


def digest(text: str) -> str:
    """Nobody's secret."""
    return f"#{text}"


def key(word: str) -> str:
    """The id of an entry, by a short word for it."""
    body = codes.from_content(word, 7)
    return f"XF{body}{codes.check_character(body)}"


def entry(word: str = "a", state: State = State.EXPORTED, amount: str = "12.00", **own: Any) -> Entry:
    """An entry called by a word, exported on March 5 where it was."""
    account, name = own.pop("account", BUYER), own.pop("name", "张三")
    sent = state in (State.EXPORTED, State.PAID, State.FAILED)
    facts: dict[str, Any] = {
        "kind": "freight", "item": None, "order_no": "1234567890123456789", "tracking": None,
        "registered_on": date(2026, 3, 3), "first_seen": date(2026, 3, 3), "batch": BATCH if sent else None,
        "exported_on": date(2026, 3, 5) if sent else None, "paid_on": date(2026, 3, 5) if state is State.PAID else None,
    }  # fmt: skip
    anchor = Anchor("freight", "退运费表.xlsx", "3月", 7, "")
    return Entry(
        key(word), payee=digest(account), payee_masked=masked(account), name=digest(name) if name else None,
        amount=int(Decimal(amount) * 100), anchor=anchor, state=state, **{**facts, **own},
    )  # fmt: skip


def money(*entries: Entry, account: str = "") -> Money:
    """A ledger with these entries, the sent ones in one batch."""
    ids = tuple(e.id for e in entries if e.batch == BATCH)
    batch = Batch(BATCH, "out/batch.csv", "", ids, 0, account, date(2026, 3, 5))
    typed = {e.transaction: e.id for e in entries if e.transaction is not None}
    return Money({e.id: e for e in entries}, {}, {BATCH: batch}, typed)


def asked(made: Money, **own: Any) -> Asked:
    """What a reconciliation looks at."""
    return Asked(made, digest, **{"today": TODAY, "days": 15, "prove_days": 35, **own})


def out(row: int, amount: str = "12.00", words: str = "", **own: Any) -> Movement:
    """A payment of March 6; its transaction is T and its line."""
    facts: dict[str, Any] = {"on": date(2026, 3, 6), "transaction": f"T{row}", "account": BUYER}
    facts |= {"remark": words, "words": words} | own
    return Movement(row, amount=-Decimal(amount), **facts)


def back(row: int, amount: str = "12.00", words: str = "", **own: Any) -> Movement:
    """Money in, on March 8."""
    made = out(row, amount, words, **{"on": date(2026, 3, 8), **own})
    return replace(made, amount=-made.amount)


def bill(*movements: Movement, **own: Any) -> Statement:
    """A statement of all March."""
    facts: dict[str, Any] = {
        "file": "三月.csv", "format": "alipay_ledger", "rows": len(movements), "first": date(2026, 3, 1),
        "last": date(2026, 3, 31), "declared": True,
    }  # fmt: skip
    facts |= own
    return Statement(sha256=f"sha of {facts['file']}", movements=movements, **facts)


def answers(*movements: Movement) -> Statement:
    """The bank's answer to the batch."""
    return bill(*movements, file="结果.csv", format="alipay_batch_result", answers=True)


def refunds(*found: Refund) -> Statement:
    """The platform's refunds."""
    return bill(file="退款.csv", format="taobao_refunds", refunds=found)


def remember(found: Reconciliation, memory: Memory = Memory()) -> Memory:  # noqa: B008
    """The memory when these events have been recorded too."""
    made = fold(Recorded(number, "", event) for number, event in enumerate(found.events, start=1))
    return Memory({**memory.counted, **made.counted}, memory.read | made.read, memory.proved + made.proved)


def told(found: Reconciliation) -> list[str]:
    """Each result: outcome, entry, line, what was owed and what the statement says."""
    words = {key(word): word for word in "abcdefgh"}
    return [
        f"{r.outcome} {words[r.entry.id] if r.entry else '-'} {r.row or '-'} {r.amount if r.amount is not None else '-'} "
        f"{r.statement_amount if r.statement_amount is not None else '-'}"
        for r in found.results
    ]  # fmt: skip


def states(found: Reconciliation) -> dict[str, str]:
    """The states that the entries have then, by their words."""
    words = {key(word): word for word in "abcdefgh"}
    return {words[name]: made.state.value for name, made in found.after.entries.items()}


def reconciled(made: Money, *statements: Statement, memory: Memory = Memory(), **own: Any) -> Reconciliation:  # noqa: B008
    """A reconciliation, which said twice adds nothing and says the same."""
    found = match(asked(made, **own), memory, statements)
    again = match(asked(found.after, **own), remember(found, memory), statements)
    assert again.events == ()
    assert _lines(again) == _lines(found)
    assert (again.others, again.repeated) == (found.others, found.repeated)
    return found


def _lines(found: Reconciliation) -> list[tuple[object, ...]]:
    shown: Iterable[tuple[object, ...]] = (
        (r.outcome, r.entry.id if r.entry else None, r.file, r.row, r.statement_amount, r.why) for r in found.results
    )
    return list(shown)


def payee(account: str = BUYER, name: str | None = "张三") -> Payee:
    """Whom a row names."""
    return Payee(account, name)
