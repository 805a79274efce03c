"""The only "is it the same?": canonical forms, twins of an obligation, a row known again from run to run."""

from __future__ import annotations

from xlflow.identity.align import Alignment, align, known_again
from xlflow.identity.anchor import Anchor, anchor
from xlflow.identity.forms import account, fen, name, number
from xlflow.identity.twins import TWIN_DAYS, Claim, Twin, Why, twins
from xlflow.identity.typing_error import one_error

__all__ = [
    "TWIN_DAYS", "Alignment", "Anchor", "Claim", "Twin", "Why",
    "account", "align", "anchor", "fen", "known_again", "name", "number", "one_error", "twins",
]  # fmt: skip
