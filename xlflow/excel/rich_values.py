"""Values of cells that are more than their text: here, which of them are a picture in the cell.

The tag of a cell names a value (``vm``), the value's metadata a rich value, that one a structure, and the name of
the structure says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.excel.parts import Package, Workbook
from xlflow.excel.xml import elements

#: A picture kept in the workbook, and one that the function IMAGE fetched.
PICTURES = frozenset({"_localImage", "_webimage"})
METADATA, VALUES, STRUCTURES = "sheetMetadata", "rdRichValue", "rdRichValueStructure"


def rich_pictures(package: Package, book: Workbook) -> frozenset[int]:
    """The numbers of values (``vm``, from 1) that are a picture."""
    parts = {kind: book.others.get(kind, "") for kind in (METADATA, VALUES, STRUCTURES)}
    if not all(map(package.find, parts.values())):
        return frozenset()
    structures = _places(
        attributes.get("t") in PICTURES
        for path, attributes, _ in elements(parts[STRUCTURES], package.pieces(parts[STRUCTURES]))
        if path == ("rvStructures", "s")
    )
    values = _places(
        attributes.get("s") in structures
        for path, attributes, _ in elements(parts[VALUES], package.pieces(parts[VALUES]))
        if path == ("rvData", "rv")
    )
    numbers = enumerate(_rich_values(parts[METADATA], package), 1)
    return frozenset(number for number, value in numbers if value in values)


def _places(flags: Iterator[bool]) -> frozenset[str]:
    """Where the flags are up, as a workbook writes numbers."""
    return frozenset(str(at) for at, flag in enumerate(flags) if flag)


def _rich_values(part: str, package: Package) -> list[str | None]:
    """For each value the number of its rich value, if it has one."""
    types: list[str] = []
    named: dict[str, dict[str, str | None]] = {}
    blocks: dict[str, str | None] = {}
    values: list[tuple[str, str]] = []
    rich: str | None = None
    for path, attributes, _ in elements(part, package.pieces(part)):
        match path[1:]:
            case ("metadataTypes", "metadataType"):
                types.append(attributes.get("name", ""))
            case ("futureMetadata", "bk", *_, "rvb"):
                rich = attributes.get("i")
            case ("futureMetadata", "bk"):
                blocks[str(len(blocks))], rich = rich, None
            case ("futureMetadata",):
                named[attributes.get("name", "")], blocks = blocks, {}
            case ("valueMetadata", "bk", "rc"):
                values.append((attributes.get("t", ""), attributes.get("v", "")))
    by_type = {str(number): named.get(name, {}) for number, name in enumerate(types, 1)}
    return [by_type.get(kind, {}).get(at) for kind, at in values]
