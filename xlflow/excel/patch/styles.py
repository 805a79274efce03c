"""The styles of a workbook: a cell that needs another look gets a changed copy of its style, at the end of the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from xlflow.excel.formats import CLOCK, DAY, NUMBER, shown_as
from xlflow.excel.patch.markup import Element, parse
from xlflow.excel.patch.opened import Opened
from xlflow.excel.patch.refusals import unusual
from xlflow.excel.patch.splices import add_child, set_attribute, spliced
from xlflow.excel.xml import TRUE

#: Excel takes no more styles.
MOST_STYLES = 65_490
#: Numbers of Excel's own formats; those of days and times follow the language of the computer.
GENERAL, A_DAY, A_CLOCK, A_MOMENT, AS_TEXT = "0", "14", "21", "22", "49"
LOOKS = {GENERAL: NUMBER, A_DAY: DAY, A_CLOCK: CLOCK, A_MOMENT: DAY | CLOCK}
#: What Excel takes for a formula when somebody opens and leaves a text that begins with it, wide forms included.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class NoStyleError(Exception):
    """The workbook has no such style, or no room for another."""


class Styles:
    """The cell styles of a workbook, in the order of their numbers."""

    def __init__(self, opened: Opened) -> None:
        name = opened.book.others.get("styles")
        self.part = opened.part(name) if name else None
        self._list = self.part.root.first("cellXfs") if self.part else None
        self._raw = [] if self.part is None or self._list is None else [
            self.part.data[style.start : style.end] for style in self._list.all("xf")
        ]  # fmt: skip
        self._known = len(self._raw)
        formats = self.part.root.all("numFmts", "numFmt") if self.part else ()
        self._codes = {code.get("numFmtId") or "": code.get("formatCode") or "" for code in formats}
        self._looks = list(opened.looks)
        if self.part and len(self._looks) != self._known:
            raise unusual(self.part.name)

    def fit(self, style: int, value: object) -> int:
        """The style for a cell of this style that gets this value; NoStyleError where there can be none.

        A date or time needs a format of its kind, a number one that is no date's. A text that begins like a formula
        is marked as text, as Excel marks it: it must not become one when somebody opens the cell.
        """
        if isinstance(value, str):
            risky = len(value) > 1 and value.startswith(FORMULA_STARTS) and self._raw and not self._is_text(style)
            return self._copy(style, {"quotePrefix": "1"}) if risky else style
        wanted = _format(value, self._looks[style] if style < len(self._looks) else NUMBER)
        if not wanted:
            return style
        if wanted in self._codes and shown_as(self._codes[wanted]) != LOOKS[wanted]:
            raise NoStyleError
        return self._copy(style, {"numFmtId": wanted, "applyNumberFormat": "1"})

    def locked(self, style: int) -> bool:
        """Whether a cell of this style is locked where its sheet is protected, as it is without a word."""
        protection = self._element(style).first("protection") if style < len(self._raw) else None
        return protection is None or (protection.get("locked") or "1") in TRUE

    def wraps(self, style: int) -> bool:
        """Whether the text in a cell of this style goes on in a second line."""
        alignment = self._element(style).first("alignment") if style < len(self._raw) else None
        return alignment is not None and alignment.get("wrapText") in TRUE

    @property
    def new(self) -> range:
        """The numbers of the styles that are new."""
        return range(self._known, len(self._raw))

    def written(self) -> bytes | None:
        """The part with the new styles; None without any."""
        new = self._raw[self._known :]
        if self.part is None or self._list is None or not new:
            return None
        splices = [add_child(self._list, b"".join(new))]
        if self._list.get("count") is not None:
            splices.append(set_attribute(self._list, "count", str(len(self._raw))))
        return b"".join(spliced(self.part.data, splices))

    def _element(self, style: int) -> Element:
        return parse("", self._raw[style])

    def _is_text(self, style: int) -> bool:
        element = self._element(style) if style < len(self._raw) else None
        if element is None:
            return False
        number = element.get("numFmtId") or GENERAL
        return element.get("quotePrefix") in TRUE or self._codes.get(number, number) in (AS_TEXT, "@")

    def _copy(self, style: int, changes: Mapping[str, str]) -> int:
        """The number of a style that differs in some attributes; one that is there already is taken."""
        if style >= len(self._raw):
            raise NoStyleError
        element = self._element(style)
        new = b"".join(spliced(self._raw[style], [set_attribute(element, *change) for change in changes.items()]))
        if new not in self._raw:
            if len(self._raw) >= MOST_STYLES:
                raise NoStyleError
            self._raw.append(new)
            self._looks.append(LOOKS.get(changes.get("numFmtId", ""), self._looks[style]))
        return self._raw.index(new)


def _format(value: object, look: int) -> str:
    """The number of the format that a cell needs; nothing where what it shows now will do."""
    match value:
        case datetime():
            return "" if look & DAY else A_MOMENT
        case date():
            return "" if look & DAY else A_DAY
        case time():
            return "" if look == CLOCK else A_CLOCK
        case int() | Decimal() if look and not isinstance(value, bool):
            return GENERAL
        case _:
            return ""
