"""The cells of a fix list: how a register's cell is written there, and what a returned one says (contract §4)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from xlflow import layout
from xlflow.fields import FieldType, Unreadable, dates, ids
from xlflow.fields.choices import Choice, spelling_key, split
from xlflow.fields.reasons import Reason
from xlflow.fields.text import fold, plain
from xlflow.finding import spelled
from xlflow.grid import Value
from xlflow.table.columns import Row
from xlflow.table.parse import parse_cell

YES, NO = "是", "否"
#: Between an unknown spelling and the word that it is taught to mean.
TEACHES = "="
#: Between several choices of one cell.
AND = "、"

_DATE = dates.date_type()


def written(row: Row, field: str) -> layout.Value:
    """How a register's cell stands in a fix list: a choice by its word, what cannot be read as it is."""
    value = spelled(row, field)
    if field in row.unread:
        return plain(value)  # type: ignore[arg-type]  # an unread cell is a grid value
    match value:
        case bool():
            return YES if value else NO
        case Reason():
            return value.text
        case None | str() | int() | Decimal() | date():
            return value
    return plain(value)  # type: ignore[arg-type]  # what is left are grid values


def says(kind: FieldType, value: Value) -> str:
    """What a cell says: the same for two cells that differ only in how their value is stored; "" is blank."""
    found = parse_cell(kind.parse, value)
    match found:
        case None:
            return ""
        case bool():
            return YES if found else NO
        case Reason():
            return _one_line_end(found.text)
        case Decimal():
            return format(found.normalize(), "f")
        case tuple():
            return AND.join(found)
        case Unreadable():
            return _one_line_end(plain(value))
    return _one_line_end(str(found))


def cleaned(kind: FieldType, value: Value) -> str | int | Decimal | date | None:
    """What is written into the register for an answer that can be read (contract §4, "Fix lists")."""
    found = parse_cell(kind.parse, value)
    match found:
        case Reason():
            return _as_spelt(kind, found.text)
        case bool():
            return plain(value)
        case tuple():
            return AND.join(_word(kind, part) for part in found)
        case str():
            return _word(kind, found)
        case None | int() | Decimal() | date():
            return found
    return plain(value)


def _word(kind: FieldType, value: object) -> str:
    return kind.shown(str(value)) if isinstance(kind, Choice) else str(value)


def _as_spelt(kind: FieldType, text: str) -> str:
    """The known spelling that the text is, else the text itself."""
    words = (word for known in kind.spellings.values() for word in known) if isinstance(kind, Choice) else ()
    key = spelling_key(text)
    return next((word for word in words if spelling_key(word) == key), text)


def strange_spelling(kind: Choice, value: Value) -> str | None:
    """The spelling in a cell that nothing knows; of several choices in one cell the first such."""
    found = parse_cell(kind.parse, value)
    if not isinstance(found, Unreadable) or found.code != "unknown-value":
        return None
    parts = split(plain(value)) if kind.name == "choices" else [plain(value)]
    return next((part for part in parts if isinstance(kind.parse(part), Unreadable)), None)


def lesson(kind: FieldType, value: Value) -> tuple[str, str] | None:
    """The spelling and the choice's value that an answer such as ``退=退货`` teaches; None where it teaches nothing."""
    if not isinstance(kind, Choice) or not isinstance(value, str):
        return None
    spelling, _, word = (part.strip() for part in fold(value).rpartition(TEACHES))
    meant = meaning(kind, word)
    return (spelling, meant) if spelling and meant is not None else None


def meaning(kind: FieldType, spelling: str) -> str | None:
    """The choice's value that a spelling stands for, of a reason its group; None when nothing knows it."""
    match kind.parse(spelling):
        case Reason() as reason:
            return reason.group
        case (str(first), *_) | str(first):
            return first
    return None


def differs_in_type_only(sent: layout.Value, returned: Value) -> bool:
    """Whether a program has made a number or a date of the text that was sent, digits lost on the way included."""
    if not isinstance(sent, str):
        return False
    if isinstance(returned, int | Decimal) and not isinstance(returned, bool):
        return _number(sent) == returned or ids.fits(returned, sent)
    return isinstance(returned, date) and _DATE.parse(sent) == _day(returned)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        return None


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
