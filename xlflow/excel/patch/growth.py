"""What ends at the last row of a sheet gets longer with a row below it, as in Excel (contract §7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlflow.excel.patch.markup import Element, Splice, encoded, set_attribute, text_of
from xlflow.excel.patch.ranges import lengthened
from xlflow.excel.patch.worksheet import Worksheet

FILTER = ("autoFilter",)
#: What holds for the cells of the rows: in attributes, and in texts of newer elements.
RULES = (
    ("dataValidations", "dataValidation"),
    ("conditionalFormatting",),
    ("ignoredErrors", "ignoredError"),
)
NEW_RULES = (
    ("extLst", "ext", "dataValidations", "dataValidation", "sqref"),
    ("extLst", "ext", "conditionalFormattings", "conditionalFormatting", "sqref"),
)


@dataclass(slots=True)
class Ranges:
    """Ranges in an attribute of an element, or in its text where there is no ``attribute``."""

    element: Element
    attribute: str
    was: str
    now: str

    def lengthen(self, last: int) -> None:
        """Take in the row below ``last``, if they end there."""
        self.now = lengthened(self.now, last)

    def written(self) -> Iterator[Splice]:
        """What sets them, if they have changed."""
        if self.now != self.was and self.attribute:
            yield set_attribute(self.element, self.attribute, self.now)
        elif self.now != self.was:
            yield Splice(self.element.head, self.element.stop, encoded(self.now))


def in_attribute(element: Element, name: str) -> Ranges:
    """The ranges that an attribute names."""
    ranges = element.get(name) or ""
    return Ranges(element, name, ranges, ranges)


def in_text(element: Element, data: bytes) -> Ranges:
    """The ranges that the text of an element names."""
    ranges = text_of(element, data)
    return Ranges(element, "", ranges, ranges)


class Growth:
    """The ranges of a worksheet that can grow: its filter, and its rules for cells."""

    def __init__(self, xml: Worksheet) -> None:
        self._filters = [in_attribute(element, "ref") for element in xml.root.all(*FILTER)]
        self._rules = [in_attribute(element, "sqref") for path in RULES for element in xml.root.all(*path)]
        self._rules += [in_text(element, xml.data) for path in NEW_RULES for element in xml.root.all(*path)]

    def lengthen(self, last: int, below_heading: bool) -> None:
        """Take in the row below ``last``. What holds for a heading does not hold for the row below it."""
        for ranges in self._filters if below_heading else (*self._filters, *self._rules):
            ranges.lengthen(last)

    def written(self) -> Iterator[Splice]:
        """What changes in the worksheet."""
        for ranges in (*self._filters, *self._rules):
            yield from ranges.written()
