"""Raw texts become values, a whole column of one kind of cell at a time; no text is no value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import TypeAlias

from xlflow.excel.formats import DAY
from xlflow.excel.moments import moment
from xlflow.excel.numbers import FORM, number
from xlflow.excel.text import WHITE, characters, shown, trimmed
from xlflow.grid import CellError, Value

Raws: TypeAlias = Sequence[bytes]
#: How the cells of one kind become values.
Kind: TypeAlias = Callable[[Raws], list[Value]]

#: Texts that are remembered; in a column with more of them they do not repeat.
MOST_REMEMBERED = 1 << 14
#: Cells of a column that tell whether its texts repeat.
PROBED = 64
#: Characters shown of what is no value of its kind.
LONGEST_GARBAGE = 80
YES_NO: dict[str, Value] = {"1": True, "0": False, "true": True, "false": False}
#: What the tag of a text in the cell itself says, when its white space counts.
PRESERVED = ' xml:space="preserve">'


class BadCellError(Exception):
    """A cell names a text that is not there; ``at`` is its place in the column, ``cell`` its name in the sheet."""

    def __init__(self, at: int, cell: str = "") -> None:
        super().__init__(at, cell)
        self.at, self.cell = at, cell


def remembered(value: Callable[[str], Value]) -> Kind:
    """Kind of cells whose values are worked out one by one, each text once as long as there are not too many."""
    known: dict[bytes, Value] = {b"": None}

    def work_out(raws: Raws) -> list[Value]:
        return [value(text) if (text := raw.strip(WHITE)) else None for raw in characters(raws)]

    def column(raws: Raws) -> list[Value]:
        if len(known) > MOST_REMEMBERED:
            return work_out(raws)
        try:
            return list(map(known.__getitem__, raws))
        except KeyError:
            new = [raw for raw in set(raws) if raw not in known]
        known.update(zip(new, work_out(new), strict=True))
        return list(map(known.__getitem__, raws))

    return column


def numeric(text: str) -> Value:
    """A number; what is none is shown as an error, for Excel cannot show it either."""
    value = number(text)
    return _garbage(text) if value is None else value


def dated(look: int, since_1904: bool) -> Callable[[str], Value]:
    """A number shown as a day or time, or the number where there is no such day."""

    def value(text: str) -> Value:
        at = moment(float(text), look, since_1904) if FORM.fullmatch(text) else None
        return numeric(text) if at is None else at

    return value


def iso(look: int) -> Callable[[str], Value]:
    """A day or time spelt out, as strict workbooks have it; at midnight a day where only days are shown."""

    def value(text: str) -> Value:
        try:
            if "T" in text:
                at = datetime.fromisoformat(text).replace(tzinfo=None)
                return at.date() if look == DAY and at.time() == time() else at
            if ":" in text:
                return time.fromisoformat(text).replace(tzinfo=None)
            return date.fromisoformat(text)
        except ValueError:
            return _garbage(text)

    return value


def yes_or_no(text: str) -> Value:
    """A truth value."""
    return YES_NO[text] if text in YES_NO else _garbage(text)


def _garbage(text: str) -> CellError:
    return CellError(text[:LONGEST_GARBAGE])


def plain(raws: Raws) -> list[Value]:
    """Kind of texts that a formula gives."""
    return [shown(text) if "_x" in text else text or None for text in characters(raws)]


def inline(raws: Raws) -> list[Value]:
    """Kind of texts in the cell itself, with what their tag says in front."""
    return [
        text[1:].strip(WHITE) or None if text[:1] == ">" and "_x" not in text else _inlined(text)
        for text in characters(raws)
    ]


def _inlined(text: str) -> str | None:
    return shown(text[len(PRESERVED) :] if text.startswith(PRESERVED) else trimmed(text[1:]))


def shared(texts: Sequence[str | None]) -> Kind:
    """Kind of texts that stand in the table of shared strings; BadCellError for one that does not."""

    def column(raws: Raws) -> list[Value]:
        joined = b"".join(raws)
        if joined and not joined.isdigit():
            raws = [raw.strip() for raw in raws]
        try:
            if len(set(raws[:PROBED])) > PROBED // 2:
                if all(raws):
                    return list(map(texts.__getitem__, map(int, raws)))
                return [texts[int(raw)] if raw else None for raw in raws]
            named = {raw: texts[int(raw)] if raw else None for raw in set(raws)}
            return list(map(named.__getitem__, raws))
        except (IndexError, ValueError):
            raise BadCellError(next(at for at, raw in enumerate(raws) if not _names_one(raw))) from None

    def _names_one(raw: bytes) -> bool:
        return not raw or (raw.isdigit() and len(raw) < 9 and int(raw) < len(texts))

    return column
