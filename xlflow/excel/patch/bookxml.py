"""The workbook part: names that grow, and the order to calculate everything when it is opened."""

from __future__ import annotations

from xlflow.excel.patch.growth import in_text
from xlflow.excel.patch.opened import Opened
from xlflow.excel.patch.refusals import unusual
from xlflow.excel.patch.splices import Splice, set_attribute, spliced
from xlflow.excel.xml import TRUE

GROWING = ("_xlnm.Print_Area", "_xlnm._FilterDatabase")
#: What stands in front of calcPr; one of them is always there.
BEFORE_CALC = ("definedNames", "externalReferences", "functionGroups", "sheets")


class BookXml:
    """The workbook part as it is changed."""

    def __init__(self, opened: Opened) -> None:
        self.part = opened.part(opened.book.part)
        self._sheets = list(self.part.root.all("sheets", "sheet"))
        self._names = [
            (element.get("localSheetId"), in_text(element, self.part.data))
            for element in self.part.root.all("definedNames", "definedName")
            if element.get("name") in GROWING
        ]
        self._calculate: list[Splice] = []

    def sheet_id(self, sheet: str) -> str:
        """The number by which the calculation chain calls a sheet."""
        return next((element.get("sheetId") or "" for element in self._sheets if element.get("name") == sheet), "")

    def lengthen(self, sheet: str, last: int) -> None:
        """Let the print area and the filter of a sheet take in the row below ``last``, if they end there."""
        index = next((str(at) for at, element in enumerate(self._sheets) if element.get("name") == sheet), "")
        for of_sheet, ranges in self._names:
            if of_sheet == index:
                ranges.lengthen(last)

    def calculate(self) -> None:
        """Have Excel calculate the workbook when it opens it."""
        root = self.part.root
        element = root.first("calcPr")
        if element is None:
            before = next((found for name in BEFORE_CALC if (found := root.first(name)) is not None), None)
            if before is None:
                raise unusual(self.part.name)
            new = f'<{root.prefix}calcPr fullCalcOnLoad="1"/>'.encode()
            self._calculate = [Splice(before.end, before.end, new)]
        elif element.get("fullCalcOnLoad") not in TRUE:
            self._calculate = [set_attribute(element, "fullCalcOnLoad", "1")]

    def written(self) -> bytes | None:
        """The part with its changes; None without any."""
        splices = [*self._calculate, *(splice for _, ranges in self._names for splice in ranges.written())]
        return b"".join(spliced(self.part.data, splices)) if splices else None
