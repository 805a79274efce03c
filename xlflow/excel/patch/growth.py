"""What ends at the last row of a sheet gets longer with a row below it, as in Excel (contract §7)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from xlflow.excel.patch.markup import Element, encoded, text_of
from xlflow.excel.patch.ranges import columns_at, lengthened
from xlflow.excel.patch.splices import Splice, set_attribute
from xlflow.excel.patch.worksheet import Worksheet

FILTER = ("autoFilter",)
#: Rules for cells; newer ones name their ranges in the text of an element.
VALIDATIONS, NEW_VALIDATIONS = (
    ("dataValidations", "dataValidation"),
    ("extLst", "ext", "dataValidations", "dataValidation", "sqref"),
)
FORMATS = (("conditionalFormatting",), ("ignoredErrors", "ignoredError"))
NEW_FORMATS = ("extLst", "ext", "conditionalFormattings", "conditionalFormatting", "sqref")


@dataclass(slots=True)
class Ranges:
    """Ranges in an attribute of an element, or in its text where there is no ``attribute``."""

    element: Element
    attribute: str
    was: str
    now: str

    def lengthen(self, last: int, taken: Collection[range] = ()) -> None:
        """Take in the row below ``last``, if they end there and its cells are not ``taken``."""
        self.now = lengthened(self.now, last, taken)

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
        found, data = xml.root.all, xml.data
        self._filters = [in_attribute(element, "ref") for element in found(*FILTER)]
        self._validations = [in_attribute(element, "sqref") for element in found(*VALIDATIONS)]
        self._validations += [in_text(element, data) for element in found(*NEW_VALIDATIONS)]
        self._formats = [in_attribute(element, "sqref") for path in FORMATS for element in found(*path)]
        self._formats += [in_text(element, data) for element in found(*NEW_FORMATS)]

    def lengthen(self, last: int, below_heading: bool) -> None:
        """Take in the row below ``last``.

        What holds for a heading does not hold for the row below it, and a cell has one validation at most.
        """
        for ranges in self._filters if below_heading else (*self._filters, *self._formats):
            ranges.lengthen(last)
        taken = [columns for ranges in self._validations for columns in columns_at(ranges.now, last + 1)]
        for ranges in () if below_heading else self._validations:
            ranges.lengthen(last, taken)

    def written(self) -> Iterator[Splice]:
        """What changes in the worksheet."""
        for ranges in (*self._filters, *self._validations, *self._formats):
            yield from ranges.written()
