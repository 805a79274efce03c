"""What came of returned fix lists → the JSON of contract §8."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xlflow.finding import shown
from xlflow.fixes.results import Merge, Spot
from xlflow.model import Text

Say = Callable[[Text], str]
Document = dict[str, Any]


def answers_document(made: Merge, say: Say) -> Document:
    """``fixes import --json``, without errors and outputs."""
    return {
        "applied": [_spot(one.spot) | {"old": shown(one.old), "new": shown(one.new)} for one in made.applied],
        "accepted": [_spot(one.spot) | {"code": one.code, "note": one.note} for one in made.accepted],
        "taught": [_spot(one.spot) | {"spelling": one.spelling, "value": one.value} for one in made.taught],
        "conflicts": [
            _spot(one.spot) | {"now": shown(one.now), "returned": shown(one.returned)} for one in made.conflicts
        ],
        "rejected": [
            _spot(one.spot)
            | {
                "value": shown(one.value),
                "reason": say(one.reason),
                "fix": say(one.fix) if one.fix is not None else None,
            }
            for one in made.rejected
        ],
        "unchanged": made.unchanged,
    }


def _spot(spot: Spot) -> Document:
    """``id`` is 编号, ``answer`` the place in the list; what is not known of the register is null."""
    return {
        "register": spot.register,
        "file": spot.file,
        "sheet": spot.sheet,
        "row": spot.number,
        "cell": spot.cell,
        "field": spot.field,
        "heading": spot.heading,
        "id": spot.id,
        "answer": spot.answer,
    }
