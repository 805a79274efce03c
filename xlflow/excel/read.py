"""A worksheet becomes a grid.Sheet: fast where its form allows, else through the XML parser, to the same cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from xlflow.excel import cells_xml, rows_fast
from xlflow.excel.columns import Common
from xlflow.excel.gather import Gathered
from xlflow.excel.parts import Package, SheetPart
from xlflow.excel.pictures import over_cells
from xlflow.excel.places import area
from xlflow.excel.sheet_xml import SheetXml
from xlflow.excel.stream import Stream, UnfitError
from xlflow.excel.values import BadCellError
from xlflow.excel.xml import ill_formed
from xlflow.grid import Merge, Sheet, letters

#: Sheets below this size, unpacked, are through the parser before a pattern for them is made.
SMALL = 1 << 14

Unpack = Callable[[], Iterator[bytes]]


def read_sheet(package: Package, sheet: SheetPart, common: Common) -> Sheet:
    """The cells of one worksheet. BookError ``damaged-file`` or ``too-large``."""
    member = package.find(sheet.part)

    def unpack() -> Iterator[bytes]:
        return package.pieces(sheet.part)

    try:
        if member is None or member.size < SMALL:
            raise UnfitError
        gathered, xml = fast(sheet, unpack(), common)
    except UnfitError:
        gathered, xml = slow(sheet, unpack(), common)
    pictures = gathered.pictures | over_cells(package, sheet.part, xml, gathered.heights)
    return Sheet(
        sheet.name,
        gathered.lines,
        sheet.hidden,
        _merges(sheet.part, xml),
        frozenset(gathered.hidden),
        frozenset(pictures),
    )


def fast(sheet: SheetPart, pieces: Iterator[bytes], common: Common) -> tuple[Gathered, SheetXml]:
    """The sheet by patterns; UnfitError where it is not written in the usual form or anything is wrong with it."""
    xml, gathered = SheetXml(sheet.part), Gathered(sheet.name, common)
    try:
        for batch in rows_fast.batches(xml, Stream(sheet.part, pieces)):
            gathered.add(batch)
    except (ValueError, BadCellError):
        raise UnfitError from None
    return gathered, xml


def slow(sheet: SheetPart, pieces: Iterator[bytes], common: Common) -> tuple[Gathered, SheetXml]:
    """The sheet in any form, through the XML parser."""
    rows, gathered = cells_xml.Rows(sheet.part, sheet.name), Gathered(sheet.name, common)
    xml = SheetXml(sheet.part, rows)
    try:
        for batch in cells_xml.batches(xml, rows, pieces):
            gathered.add(batch)
    except BadCellError as bad:
        raise cells_xml.bad_cell(sheet.name, bad.cell) from None
    except UnfitError:  # a cell's own attributes say what no cell can be
        raise ill_formed(sheet.part) from None
    gathered.lines.sort(key=lambda line: line.number)
    for line, again in pairwise(gathered.lines):
        if line.number == again.number:
            first = next(at for at, value in enumerate(again.values) if value is not None)
            raise cells_xml.twice(sheet.name, f"{letters(first)}{again.number}")
    return gathered, xml


def _merges(part: str, xml: SheetXml) -> tuple[Merge, ...]:
    """The merged ranges of more than one cell."""
    merges = []
    for reference in xml.merges:
        merge = area(reference)
        if merge is None:
            raise ill_formed(part)
        if merge[:2] != merge[2:]:
            merges.append(merge)
    return tuple(merges)
