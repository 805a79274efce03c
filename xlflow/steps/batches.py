"""Batch files on the disk: staged, recorded, then put where people find them; never over another, never made again.

The order is that of the design, "Order on disk": a batch file is visible only after its entries are ``exported``, and
a batch whose file is gone counts as sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from xlflow.event import Event
from xlflow.excel.atomic import remove, settle, sweep, write_new
from xlflow.ledger import Ledger
from xlflow.ledger.files import make
from xlflow.model import Text
from xlflow.money import events
from xlflow.money.approve import Refused
from xlflow.money.batch import ENDING, PREFIX, BatchFile
from xlflow.money.entry import Batch
from xlflow.money.fold import Money, fold
from xlflow.steps.reading import Request

FOLDER = "staging"


@dataclass(frozen=True, slots=True)
class Counter:
    """Where batch files are handed out: the desk's folder, and that of its state, where they are staged."""

    home: Path
    state: Path

    def stage(self, files: Iterable[BatchFile]) -> None:
        """Write the files where nobody looks, for nobody else to read. Raises OSError."""
        folder = self.state / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in files:
            staged = self._staged(file.batch)
            remove(staged)  # of a batch that was never recorded, or its number would not be free
            write_new(staged, file.content)
        settle(folder)

    def hand_out(self, batch: Batch) -> Event:
        """Put a recorded batch's file where people find it, if it is still to be had. Raises OSError."""
        staged, target = self._staged(batch), self.home / batch.path
        if _digest(staged) == batch.sha256 and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            sweep(target)
            content = staged.read_bytes()
            make(target, lambda new: new.write_bytes(content))
        there = _digest(target) == batch.sha256
        remove(staged)
        return events.confirmed(batch.number, there=there)

    def unfinished(self, money: Money) -> list[Batch]:
        """The recorded batches of which nobody has seen the file yet; what was staged without a record is removed."""
        found = [batch for batch in money.batches.values() if batch.there is None]
        kept = {self._staged(batch) for batch in found}
        for staged in (self.state / FOLDER).glob(f"{PREFIX}*"):
            if staged not in kept:
                remove(staged)
        return found

    def ensure_known(self, money: Money) -> None:
        """Refused ``ledger-behind`` where batch files lie in ``out`` that the ledger never made."""
        strange = self.strange(money)
        if strange:
            raise knows_less([path.relative_to(self.home).as_posix() for path in strange])

    def strange(self, money: Money) -> list[Path]:
        """The batch files in ``out`` that the ledger never made."""
        names = {batch.path.rpartition("/")[2] for batch in money.batches.values()}
        return [path for path in sorted((self.home / "out").glob(f"*/{PREFIX}*{ENDING}")) if path.name not in names]

    def is_changed(self, batch: Batch) -> bool:
        """Whether the file of a batch lies there and is another one; a file that somebody took away is as sent."""
        return _digest(self.home / batch.path) not in (None, batch.sha256)

    def _staged(self, batch: Batch) -> Path:
        return self.state / FOLDER / batch.path.rpartition("/")[2]


def hand_out(asked: Request, ledger: Ledger, batches: Iterable[Batch], *, again: bool = False) -> None:
    """Put the files of recorded batches where people find them, and record that. Raises OSError, what commits raise."""
    counter = Counter(asked.home, asked.settings.state)
    for batch in batches:
        confirmed = counter.hand_out(batch)
        ledger.commit([confirmed])
        facts = {"batch": batch.number, "path": batch.path}
        if not confirmed.body["there"]:
            asked.tell(
                Text("the file of batch {batch}, {path}, is gone; it counts as sent and is never made again", facts)
            )
        elif again:
            asked.tell(Text("batch {batch} of an interrupted export is put in its place: {path}", facts))


def finish(asked: Request, ledger: Ledger) -> None:
    """What an interrupted export recorded is handed out; what it only staged is removed."""
    recorded = ledger.events()
    kinds = [one.event.kind for one in recorded]
    money = fold(recorded) if kinds.count("batch-exported") != kinds.count("batch-confirmed") else Money()
    hand_out(asked, ledger, Counter(asked.home, asked.settings.state).unfinished(money), again=True)


def knows_less(what: list[str]) -> Refused:
    """The desk has what its ledger does not know."""
    return Refused(
        "ledger-behind",
        Text("the ledger does not know {what}: it is an older copy, or that of another computer", {"what": what}),
        Text(
            "put the newest ledger.db and ledger.key in their place; only if they are lost for good, move these files "
            "or rows away, and reconcile all statements before anything is paid"
        ),
    )


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
