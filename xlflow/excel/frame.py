"""The frame of a new workbook, by XlsxWriter: every part of it, the sheets still without their rows."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from xlflow.excel.choices import Choices, Source, ranges
from xlflow.excel.draw import Drawn, Place
from xlflow.excel.looks import FONT, STYLES

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_OPTIONS = {
    "in_memory": True,
    "default_row_height": 19,
    "default_column_width": 72,
}
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (the same book is the same bytes, whenever it is made)
_A4 = 9
_RANGES_IN_RULE = 500


def frame(sheets: Sequence[Drawn], sources: Mapping[Choices, Source], hidden: int) -> dict[str, bytes]:
    """The members of the workbook's archive, by name; the last ``hidden`` sheets cannot be seen.

    A sheet with comments has a placeholder for one. The first sheet has a row with all ``STYLES`` in order.
    """
    from xlsxwriter import Workbook

    file = BytesIO()
    book = Workbook(file, {**_OPTIONS, "default_format_properties": dict(FONT)})  # it writes into the latter
    book.calc_on_load = False  # there is nothing to calculate: closing must not ask whether to save
    book.set_properties({"created": _CREATED})
    for index, drawn in enumerate(sheets):
        worksheet = book.add_worksheet(drawn.sheet.name)
        _arrange(worksheet, drawn)
        _offer(worksheet, drawn.choices, sources)
        if index >= len(sheets) - hidden:
            worksheet.hide()
    for column, style in enumerate(STYLES):
        book.worksheets()[0].write_blank(0, column, None, book.add_format(style))
    book.close()
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _arrange(worksheet: Worksheet, drawn: Drawn) -> None:
    for column, width in enumerate(drawn.widths):
        worksheet.set_column(column, column, width)
    if drawn.comments:
        worksheet.write_comment(0, 0, "")
    worksheet.ignore_errors({"number_stored_as_text": drawn.extent})
    _set_page(worksheet)
    if len(drawn.tables) == 1:
        heading_row, last_row, columns = drawn.tables[0]
        worksheet.freeze_panes(heading_row, drawn.sheet.frozen_columns)
        worksheet.repeat_rows(heading_row - 1)
        worksheet.autofilter(heading_row - 1, 0, last_row - 1, columns - 1)
    elif drawn.sheet.frozen_columns:
        worksheet.freeze_panes(0, drawn.sheet.frozen_columns)


def _set_page(worksheet: Worksheet) -> None:
    worksheet.set_paper(_A4)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    worksheet.set_footer("&L&A&R&P / &N")


def _offer(worksheet: Worksheet, offered: Mapping[Choices, list[Place]], sources: Mapping[Choices, Source]) -> None:
    for choices, places in offered.items():
        rule = {"validate": "list", "source": sources[choices], "error_type": "warning"}
        cells = ranges(places)
        for start in range(0, len(cells), _RANGES_IN_RULE):
            some = " ".join(cells[start : start + _RANGES_IN_RULE])
            worksheet.data_validation(0, 0, 0, 0, rule | {"multi_range": some})
