"""Why a change is refused, before anything is written (contract §7): what is wrong, in which cell, and the remedy."""

from __future__ import annotations

from xlflow.excel.errors import BookError
from xlflow.model import Text

_SAVE_AGAIN = Text("open the workbook in Excel or WPS, save it there and try again")
_BY_HAND = Text("make this change by hand in Excel or WPS")


def no_sheet(sheet: str) -> BookError:
    """The workbook has no worksheet of that name."""
    return BookError(
        "no-sheet",
        Text("there is no sheet {sheet} in the workbook", {"sheet": sheet}),
        Text("write the name as it stands on the sheet's tab"),
    )


def no_cell(sheet: str, cell: str) -> BookError:
    """No sheet has such a cell, or no row is left below."""
    return BookError(
        "no-cell",
        Text("sheet {sheet} has no cell {cell}", {"sheet": sheet, "cell": cell[:20]}),
        Text("a cell is named like C7; the last one is XFD1048576"),
    )


def merged(sheet: str, cell: str, area: str) -> BookError:
    """The cell lies in a merged range and is not its first one."""
    return BookError(
        "merged",
        Text(
            "cell {cell} of sheet {sheet} is hidden by the merged range {area}",
            dict(sheet=sheet, cell=cell, area=area),
        ),
        Text("change the first cell of {area}, or unmerge it in Excel or WPS", {"area": area}),
    )


def array(sheet: str, cell: str, area: str) -> BookError:
    """The cell belongs to an array formula or a data table."""
    return BookError(
        "array",
        Text(
            "cell {cell} of sheet {sheet} belongs to one formula over {area}, which changes only as a whole",
            dict(sheet=sheet, cell=cell, area=area),
        ),
        _BY_HAND,
    )


def table_head(sheet: str, cell: str, table: str) -> BookError:
    """The cell is a heading of a table."""
    return BookError(
        "table-head",
        Text(
            "cell {cell} of sheet {sheet} is a heading of the table {table}", dict(sheet=sheet, cell=cell, table=table)
        ),
        Text("rename the column in Excel or WPS: there the formulas that use it follow"),
    )


def table_total(sheet: str, cell: str, table: str) -> BookError:
    """The cell stands in the total row of a table."""
    return BookError(
        "total-row",
        Text(
            "cell {cell} of sheet {sheet} stands in the total row of the table {table}",
            dict(sheet=sheet, cell=cell, table=table),
        ),
        _BY_HAND,
    )


def below_total(sheet: str, row: int) -> BookError:
    """The last filled row is a total; a row below it would not be counted."""
    return BookError(
        "total-row",
        Text("row {row} of sheet {sheet} is a total: a row below it would not count", dict(sheet=sheet, row=row)),
        Text("move the total above the headings or to another sheet, or add the rows by hand above it"),
    )


def formula(sheet: str, cell: str) -> BookError:
    """The cell holds a formula or an error, and overwriting it was not allowed."""
    return BookError(
        "formula",
        Text("cell {cell} of sheet {sheet} holds a formula or an error", dict(sheet=sheet, cell=cell)),
        Text("correct the cells it is made of, or replace it by hand; a script may say over_formula=True"),
    )


def cell_differs(sheet: str, cell: str) -> BookError:
    """The cell no longer has the value that was read. (The values may be private and are not told.)"""
    return BookError(
        "cell-differs",
        Text("cell {cell} of sheet {sheet} has another value than was read", dict(sheet=sheet, cell=cell)),
        Text("somebody changed it in the meantime: read the workbook again and look at the cell"),
    )


def picture_cell(sheet: str, cell: str) -> BookError:
    """The cell shows a picture, which would be lost."""
    return BookError(
        "picture-cell",
        Text("cell {cell} of sheet {sheet} holds a picture", dict(sheet=sheet, cell=cell)),
        Text("write into another cell, or remove the picture in Excel or WPS first"),
    )


def signed() -> BookError:
    """Any change would break the digital signature."""
    return BookError(
        "signed",
        Text("the workbook is signed: any change would break the signature"),
        Text("remove the signature in Excel (File, Info), or make the change by hand and sign again"),
    )


def shared_workbook() -> BookError:
    """The workbook keeps a log of changes that would no longer be right."""
    return BookError(
        "shared-workbook",
        Text("the workbook is shared in the old way and keeps a log of its changes"),
        Text("stop sharing it in Excel (Review, Share Workbook) or WPS, and save it"),
    )


def unusual(part: str) -> BookError:
    """The part is written in a form that is not changed without risk."""
    return BookError(
        "unsupported-file",
        Text("its part {part} is written in an unusual way and cannot be changed without loss", {"part": part}),
        _SAVE_AGAIN,
    )


def not_whole(part: str) -> BookError:
    """The changed workbook could not be proven whole."""
    return BookError(
        "cannot-write",
        Text("the changed workbook is not as it should be in its part {part}; nothing was written", {"part": part}),
        _BY_HAND,
    )


def bad_value(sheet: str, cell: str, why: Text, fix: Text) -> BookError:
    """A value that the cell cannot hold as it is."""
    return BookError(
        "bad-value",
        Text("cell {cell} of sheet {sheet} cannot take the value: {why}", dict(sheet=sheet, cell=cell, why=why)),
        fix,
    )


def nothing_to_append(sheet: str) -> BookError:
    """A row to append has no value."""
    return BookError(
        "bad-value",
        Text("the row to append to sheet {sheet} has no value", {"sheet": sheet}),
        Text("give at least one cell a value"),
    )


def no_styles(sheet: str, cell: str) -> BookError:
    """The workbook has no styles to which that of a date could be added."""
    return BookError(
        "unsupported-file",
        Text("cell {cell} of sheet {sheet} needs a format, and the workbook has none", dict(sheet=sheet, cell=cell)),
        _SAVE_AGAIN,
    )
