"""What a desk's ledger knows: of its fix lists (contract §4), and of money (contract §5)."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from xlflow.event import Event
from xlflow.fixes.memory import Digest, Memory, fold
from xlflow.ledger import Ledger, read_ledger
from xlflow.model import XlflowError
from xlflow.money.fold import fold as money
from xlflow.settings import RegisterSettings, Settings
from xlflow.standing import Standing, unkeyed
from xlflow.steps.source import Trouble


@dataclass(frozen=True, slots=True)
class Past:
    """All events of a ledger, the oldest first, and its own digest; empty where there is no ledger yet.

    It is not ``whole`` where there is a ledger that cannot be used.
    """

    events: tuple[Event, ...] = ()
    digest: Digest = unkeyed
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Recalled:
    """The memory of fix lists, the digests of the ledger that it is written in, and what stands there of money.

    ``past`` is for what is looked up at need only.
    """

    memory: Memory
    digest: Digest
    standing: Standing = field(default_factory=Standing)
    past: Past = field(default_factory=Past)


def recall(state: Path, ledger: Ledger | None) -> tuple[Recalled, list[Trouble]]:
    """What the open ledger remembers, else the one in the state folder, which is only read.

    A desk whose ledger cannot be read remembers nothing, and says so.
    """
    try:
        with nullcontext(ledger) if ledger is not None else read_ledger(state) or nullcontext() as found:
            if found is None:
                return Recalled(Memory(), lambda _: ""), []
            events = found.events()
            past = Past(tuple(recorded.event for recorded in events), found.digest)
            return Recalled(fold(events), found.digest, Standing(found.head, money(events), found.digest), past), []
    except XlflowError as problem:
        trouble = Trouble(problem.code, "ledger.db", None, problem.message, problem.fix)
        return Recalled(Memory(), lambda _: "", past=Past(whole=False)), [trouble]


def with_taught(settings: Settings, memory: Memory) -> Settings:
    """The settings with the spellings that were taught in fix lists; the desk's own go before them."""
    registers = {name: _taught(own, memory.taught.get(name, {})) for name, own in settings.registers.items()}
    return replace(settings, registers=registers)


def _taught(own: RegisterSettings, taught: dict[str, dict[str, str]]) -> RegisterSettings:
    fields = {**taught, **own.values}
    return replace(own, values={name: {**taught.get(name, {}), **own.values.get(name, {})} for name in fields})
