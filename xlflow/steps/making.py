"""What a day's outputs are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xlflow.judge import Verdict
from xlflow.model import Text
from xlflow.passwords import Secret
from xlflow.steps.reading import Desk, Request
from xlflow.steps.recall import Past
from xlflow.steps.sealing import Sealing

Say = Callable[[Text], str]


@dataclass(frozen=True, slots=True)
class Making:
    """The desk as read and judged, and what its ledger knows; ``say`` puts messages into the outputs' language."""

    asked: Request
    desk: Desk
    verdict: Verdict
    say: Say

    @property
    def past(self) -> Past:
        """What the ledger knew when the desk was read."""
        return self.desk.recalled.past

    def password(self, kind: str) -> Secret | None:
        """What an output of this kind is sealed with; None where it may be plain. Raises NoOutputPassword."""
        return Sealing(self.desk, self.asked.passwords).password(kind, "outputs")
