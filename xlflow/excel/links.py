"""Links of a new sheet: cells that lead to other cells, in this book or in a file beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from xlflow.excel.celltext import escaped
from xlflow.excel.draw import Place
from xlflow.layout import Link

MOST_LINKS = 65_530  # in one sheet; cells beyond keep their text only

_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
#: What Excel writes with a percent sign in a path; letters of any script stay as they are.
_PERCENT = str.maketrans({char: f"%{ord(char):02x}" for char in '%"<>[]^`{}# '})

Links = Sequence[tuple[Place, Link]]


def hyperlinks(links: Links) -> str:
    """The ``<hyperlinks>`` element; a link out of the book refers to the relationship of its number."""
    return f"<hyperlinks>{''.join(map(_hyperlink, count(), links))}</hyperlinks>" if links else ""


def _hyperlink(number: int, link: tuple[Place, Link]) -> str:
    place, target = link
    outside = f' r:id="link{number}"' if target.file else ""
    name = target.sheet.replace("'", "''")
    location = _attribute(f"'{name}'!{target.cell}")
    return f'<hyperlink ref="{place.ref}"{outside} location="{location}"/>'


def relationships(links: Links) -> str:
    """The relationships of the links that lead out of the book."""
    return "".join(
        f'<Relationship Id="link{number}" Type="{_TYPE}" Target="{_attribute(target.file.translate(_PERCENT))}" '
        'TargetMode="External"/>'
        for number, (_, target) in enumerate(links)
        if target.file
    )


def _attribute(text: str) -> str:
    return escaped(text).replace('"', "&quot;")
