"""Why a cell could not be read, whatever its type: the reader's own reasons."""

from __future__ import annotations

from xlflow.fields import Unreadable
from xlflow.model import Text


def error_cell(shown: str) -> Unreadable:
    """The reason for a cell that shows an error such as ``#N/A``."""
    return Unreadable(
        "error-cell",
        Text("the cell shows {shown}", {"shown": shown}),
        Text("mend the formula, or type the value itself"),
    )


UNCACHED_FORMULA = Unreadable(
    "uncached-formula",
    Text("the formula was saved without its result"),
    Text("open the workbook in Excel or WPS and save it again, or type the value itself"),
)
MERGED = Unreadable(
    "merged-cells",
    Text("one amount or quantity is merged over several rows, so nobody knows which row it belongs to"),
    Text("unmerge the cells and give each row its own number"),
)
