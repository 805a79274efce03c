"""One cell of a returned list: taken, the same, a conflict, or rejected with its reason (contract §4, "Fix lists")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xlflow import layout
from xlflow.fields import FieldType, Unreadable, dates
from xlflow.fields.choices import Choice, spelling_key
from xlflow.fields.text import plain
from xlflow.fixes.cells import cleaned, differs_in_type_only, lesson, meaning, says, strange_spelling, written
from xlflow.fixes.marks import Marks
from xlflow.fixes.memory import Sent
from xlflow.fixes.results import Applied, Conflict, Outcome, Rejected, Same, Spot, Taught
from xlflow.grid import Uncached, Value
from xlflow.model import Text
from xlflow.table.columns import Row
from xlflow.table.defects import UNCACHED_FORMULA
from xlflow.table.parse import parse_cell

_NOT_ASKED = Text("this cell was not asked for")
_TORN = Text("two columns of the list have this heading, and they do not say the same")
_NOT_BLANK = Text("this cell may not be blank")
_NOT_SENT = Text("it is not the spelling that was sent")


@dataclass(frozen=True, slots=True)
class Cell:
    """One returned cell with all that is known of it: where it belongs, what was sent, and how it is read."""

    spot: Spot
    sent: Sent
    field: str
    value: Value
    torn: bool
    marks: Marks
    today: date

    @property
    def row(self) -> Row:
        """The register's row."""
        assert self.spot.row is not None  # noqa: S101  # cells of rows that were not found are not looked at
        return self.spot.row

    @property
    def kind(self) -> FieldType:
        """The field's type on this desk."""
        return self.marks.kind(self.row.register, self.field)

    @property
    def base(self) -> str:
        """The digest of what was sent; a column that xlflow did not know then was blank."""
        return self.sent.cells.get(self.field, self.marks.said(""))

    @property
    def digest(self) -> str:
        """The digest of what came back."""
        return self.marks.said(says(self.kind, self.value))

    @property
    def now(self) -> layout.Value:
        """What the register's cell would say in a list now."""
        return written(self.row, self.field)

    @property
    def still(self) -> bool:
        """Whether the register's cell still says what was sent."""
        return self.marks.cell(self.row, self.field) == self.base

    def rejected(self, reason: Text, fix: Text | None = None) -> Rejected:
        """The cell is not taken."""
        return Rejected(self.spot, self.value, reason, fix)


def answer(cell: Cell) -> Outcome | None:
    """What becomes of the cell; None when nobody changed it in the list."""
    if isinstance(cell.value, Uncached):
        return cell.rejected(UNCACHED_FORMULA.message, UNCACHED_FORMULA.fix)
    if cell.digest == cell.base or (cell.still and differs_in_type_only(cell.now, cell.value)):
        return None
    if cell.digest == cell.marks.cell(cell.row, cell.field):
        return Same(cell.spot, cell.digest)
    if cell.field not in cell.sent.asked:
        return cell.rejected(_NOT_ASKED)
    if cell.torn:
        return cell.rejected(_TORN)
    return _taught(cell) or _refused(cell) or _merged(cell)


def _taught(cell: Cell) -> Taught | Same | Rejected | None:
    """A line such as ``退=退货``, where it was the spelling that was asked about."""
    if ("unknown-value", cell.field) not in cell.sent.codes:
        return None
    taught = lesson(cell.kind, cell.value)
    if taught is None:
        return None
    spelling, value = taught
    if meaning(cell.kind, spelling) == value:
        return Same(cell.spot, cell.digest)
    return Taught(cell.spot, spelling, value, cell.digest) if _was_sent(cell, spelling) else cell.rejected(_NOT_SENT)


def _was_sent(cell: Cell, spelling: str) -> bool:
    if cell.marks.said(says(cell.kind, spelling)) == cell.base:
        return True
    kind = cell.kind
    strange = strange_spelling(kind, cell.now) if isinstance(kind, Choice) else None
    return strange is not None and spelling_key(strange) == spelling_key(spelling)


def _refused(cell: Cell) -> Rejected | None:
    found = parse_cell(cell.kind.parse, cell.value)
    if isinstance(found, Unreadable):
        return cell.rejected(found.message, found.fix)
    if found is None and cell.field in cell.row.sheet.required:
        return cell.rejected(_NOT_BLANK)
    column = type(cell.row).columns[cell.field]
    wrong = dates.in_range(found, None if column.ahead else cell.today) if isinstance(found, date) else None
    return cell.rejected(wrong.message, wrong.fix) if wrong is not None else None


def _merged(cell: Cell) -> Applied | Conflict:
    if not cell.still:
        return Conflict(cell.spot, cell.now, cell.value)
    new = cleaned(cell.kind, cell.value)
    beside = type(cell.row).columns[cell.field].beside
    if any(getattr(cell.row, name) is None and find(cell.value) is not None for name, find in beside):
        new = plain(cell.value)  # the name beside an account would be lost
    return Applied(cell.spot, cell.now, new, cell.digest)
