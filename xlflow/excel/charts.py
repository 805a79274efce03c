"""The charts of a filled template: their ranges end where its tables do, and they are saved with the new values.

A chart is drawn from the values saved in it wherever nothing is calculated, such as in a preview on a telephone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xlflow.excel.celltext import escaped
from xlflow.excel.patch.changes import New
from xlflow.excel.patch.content import content
from xlflow.excel.patch.markup import Element, encoded, text_of
from xlflow.excel.patch.opened import Opened, Part
from xlflow.excel.patch.repack import repacked
from xlflow.excel.patch.splices import Splice, spliced
from xlflow.excel.places import in_sheet
from xlflow.grid import Merge, letters

CHART = re.compile(r"(?:.*/)?charts/[^/]+\.xml", re.IGNORECASE)
#: What may be named by text; the values of a chart are numbers.
_NAMED = frozenset({"cat", "xVal", "tx"})


class Filled(NamedTuple):
    """A table written into a sheet, its first row into ``area``."""

    sheet: str
    area: Merge
    rows: Sequence[Sequence[New]]


def refreshed(package: bytes, filled: Sequence[Filled]) -> bytes:
    """The workbook with its charts as the tables in it now are.

    A range that begins with the first row of a table shows as many of its rows as before, or all where there are fewer.
    """
    opened = Opened(package)
    changed = {}
    for member in opened.archive.members:
        if CHART.fullmatch(member.name):
            part = opened.part(member.name)
            splices = list(_splices(part, filled)) if part.root.local == "chartSpace" else []
            if splices:
                changed[member.name] = spliced(part.data, splices)
    return repacked(opened.archive, changed) if changed else package


def _splices(part: Part, filled: Sequence[Filled]) -> Iterator[Splice]:
    for parent in part.root.walk():
        for reference in parent.children:
            formula = reference.first("f") if reference.local in ("numRef", "strRef") else None
            if formula is not None:
                found = _found(text_of(formula, part.data), filled)
                if found is not None:
                    yield Splice(reference.start, reference.end, _written(part, reference, parent, *found))


def _found(formula: str, filled: Sequence[Filled]) -> tuple[str, list[New]] | None:
    """The range as it now should be, and its values; None for one that is in no table."""
    said = in_sheet(formula)
    if said is None or said[1].first_column != said[1].last_column:
        return None
    sheet, place = said
    for table in filled:
        at = place.first_column - table.area.first_column
        is_in = place.first_row == table.area.first_row and place.first_column <= table.area.last_column
        if table.sheet.casefold() == sheet.casefold() and is_in and at >= 0:
            rows = table.rows[: place.last_row - place.first_row + 1]
            last = place.first_row + max(len(rows), 1) - 1
            column = letters(place.first_column)
            name = formula[: formula.rindex("!")]
            return f"{name}!${column}${place.first_row}:${column}${last}", [row[at] for row in rows] or [None]
    return None


def _written(part: Part, reference: Element, parent: Element, formula: str, values: Sequence[New]) -> bytes:
    """The reference with its range and its values saved; a chart's values keep the format they are shown in."""
    p = reference.prefix
    is_text = parent.local in _NAMED and any(isinstance(value, str) for value in values)
    kind = "str" if is_text or reference.local == "strRef" else "num"
    form = reference.first("numCache", "formatCode")
    code = f"<{p}formatCode>{_text(text_of(form, part.data) if form else 'General')}</{p}formatCode>"
    points = "".join(
        f'<{p}pt idx="{index}"><{p}v>{shown}</{p}v></{p}pt>'
        for index, value in enumerate(values)
        if (shown := _shown(value, kind)) is not None
    )
    cache = f'{code if kind == "num" else ""}<{p}ptCount val="{len(values)}"/>{points}'
    return (
        f"<{p}{kind}Ref><{p}f>{_text(formula)}</{p}f><{p}{kind}Cache>{cache}</{p}{kind}Cache></{p}{kind}Ref>"
    ).encode()


def _shown(value: New, kind: str) -> str | None:
    if value is None or (kind == "num" and isinstance(value, str)):
        return None
    if kind == "str":
        return escaped(str(value))
    return re.sub("<[^<>]*>", "", content(value, "", since_1904=False).inner.decode())


def _text(text: str) -> str:
    return encoded(text).decode()
