"""A transaction in its statement, with what it is compared by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xlflow import identity
from xlflow.reconcile.evidence import is_masked
from xlflow.reconcile.memory import Names, names
from xlflow.statement import Movement, Statement


@dataclass(frozen=True, slots=True)
class Line:
    """A transaction. ``payee`` and ``name`` are digests like an entry's, None where they are hidden or not there."""

    movement: Movement
    statement: Statement
    names: Names
    payee: str | None
    name: str | None

    @classmethod
    def of(cls, movement: Movement, statement: Statement, digest: Callable[[str], str]) -> Line:
        """The line of a movement; ``digest`` is the ledger's."""
        account, name = _shown(movement.account), _shown(movement.name)
        return cls(
            movement,
            statement,
            names(movement, statement.format, digest),
            digest(identity.account(account)) if account is not None else None,
            digest(identity.name(name)) if name is not None else None,
        )

    @property
    def fen(self) -> int:
        """The amount in 分, what went out below 0."""
        return int(self.movement.amount * 100)

    @property
    def masked_account(self) -> str | None:
        """The account, where a part of it is hidden."""
        return self.movement.account if self.payee is None else None

    @property
    def masked_name(self) -> str | None:
        """The name, where a part of it is hidden."""
        return self.movement.name if self.name is None else None


def _shown(text: str | None) -> str | None:
    return text if text is not None and not is_masked(text) else None
