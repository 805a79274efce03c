"""Drop-downs of a new workbook: short lists stand in their rule, the others on a hidden sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import zip_longest
from typing import TypeAlias

from xlflow.excel.celltext import utf16_length
from xlflow.excel.draw import Place
from xlflow.grid import letters
from xlflow.layout import Block, Column, NewSheet

Choices: TypeAlias = tuple[str, ...]
#: What a rule draws its list from: the texts themselves, or a range as a formula.
Source: TypeAlias = list[str] | str

_LONGEST_LIST_IN_RULE = 255
_SHEET = "_choices"


def sources(offered: Iterable[Choices], taken: Collection[str]) -> tuple[dict[Choices, Source], NewSheet | None]:
    """Where each list stands, and the sheet with those that no rule can hold; ``taken`` are names of sheets."""
    found: dict[Choices, Source] = {}
    long: list[Choices] = []
    for choices in dict.fromkeys(offered):
        if _fits_in_rule(choices):
            found[choices] = list(choices)
        else:
            long.append(choices)
    if not long:
        return found, None
    name = _SHEET
    while name in taken:
        name += "_"
    for index, choices in enumerate(long):
        column = letters(index)
        found[choices] = f"={name}!${column}$2:${column}${len(choices) + 1}"
    columns = tuple(Column(f"{letters(index)}") for index in range(len(long)))
    return found, NewSheet(name, (Block(columns=columns, rows=tuple(zip_longest(*long))),))


def _fits_in_rule(choices: Choices) -> bool:
    return utf16_length(",".join(choices)) <= _LONGEST_LIST_IN_RULE and not any(
        "," in choice or '"' in choice or not choice.isprintable() or choice != choice.strip() for choice in choices
    )


def ranges(places: Iterable[Place]) -> list[str]:
    """The cells as few ranges, neighbours below each other joined: ``C7:C9``, ``D2``."""
    runs: list[list[int]] = []  # column, first row, last row
    for row, column in sorted(places, key=lambda place: (place.column, place.row)):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    return [f"{letters(c)}{first}" + (f":{letters(c)}{last}" if last > first else "") for c, first, last in runs]
