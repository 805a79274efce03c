"""A desk's ledger is looked at from all sides, and nothing is changed (``xlflow verify``)."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from xlflow.ledger.errors import Refused, told_plainly
from xlflow.ledger.open import FILE, read_ledger
from xlflow.ledger.owner import ensure_known, ensure_machine, read_owner, this_machine


def verify_ledger(state: Path, home: Path) -> list[Refused]:
    """What is wrong with it, or stops money commands here; nothing where there never was a ledger.

    Raises XlflowError ``busy``, and ``cannot-write`` where a file may not be opened.
    """
    try:
        with told_plainly(state / FILE), read_ledger(state) or nullcontext() as ledger:
            found = [] if ledger is None else ledger.verify()
            if not found:
                owner = read_owner(home)
                ensure_machine(owner, this_machine())
                ensure_known(owner, ledger)
            return found
    except Refused as problem:
        return [problem]
