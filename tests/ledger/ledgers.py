"""Ledgers to try things on."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from xlflow.event import Event
from xlflow.ledger import Ledger, open_ledger
from xlflow.model import XlflowError

STATE = ".xlflow"


def opened(home: Path) -> Ledger:
    """The ledger of a desk."""
    return open_ledger(home / STATE, home)


def entry(number: int) -> Event:
    """An event that takes two names."""
    body = {"id": f"XF{number:07}", "amount": number * 100 + 5, "payee": "王*", "reasons": ["missing"], "paid_on": None}
    return Event("entry", body, (f"entry/XF{number:07}", f"place/退运费表.xlsx 3月!{number}"))


def filled(home: Path, count: int = 40) -> list[Event]:
    """Make a desk's ledger with so many entries, some a step."""
    events = [entry(number) for number in range(1, count + 1)]
    home.mkdir(exist_ok=True, parents=True)
    with opened(home) as ledger:
        for at in range(0, count, 7):
            ledger.commit(events[at : at + 7])
    return events


def code_of(call: Callable[[], object]) -> str:
    """The code that a call ends with, empty when it does not fail."""
    try:
        call()
    except XlflowError as problem:
        return problem.code
    return ""


def in_child(call: Callable[[], object]) -> Callable[[], int]:
    """Run in a process of its own, which ends with what ``call`` returns; call the result to wait for it."""
    child = os.fork()
    if not child:
        code = 99
        try:
            code = int(call())  # type: ignore[call-overload]
        finally:
            os._exit(code)
    return lambda: os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
