"""One cell → its value, or the reason why not (contract §3, Types)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xlflow.grid import Value
from xlflow.model import Text


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a cell has no value of its type.

    ``code`` is one of contract §4: unreadable, unknown-value, damaged-number, date-out-of-range.
    ``message`` says what is wrong without the place, which the caller knows; ``fix`` says what to do.
    """

    code: str
    message: Text
    fix: Text


@dataclass(frozen=True, slots=True)
class FieldType:
    """What a column holds, by the contract's word for it, and how a cell of it is read.

    ``parse`` gives the value, None for a blank cell, or Unreadable. It never raises. Error cells and uncached
    formulas are reported before it is asked.
    """

    name: str
    parse: Callable[[Value], object]
