"""How the tables of these tests are read: a cell beside its value, or beside the whole finding."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from xlflow.fields import FieldType, Unreadable
from xlflow.model import Text

#: For tests over every kind of cell, whose tables do most of the work.
FEW = settings(max_examples=50)

DIRT = st.sampled_from([" ", "\t", "\n", "\u00a0", "\u3000", "\u200b", "\u200e", "\u202c", "\ufeff", "\u2060"])
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

CELLS = (
    st.none()
    | st.text(max_size=30)
    | st.booleans()
    | st.integers(-(10**15) + 1, 10**15 - 1)
    | st.decimals(allow_nan=False, allow_infinity=False, places=2)
    | st.decimals(min_value=10**15, max_value=10**30, allow_nan=False)
    | st.dates()
    | st.datetimes()
    | st.times()
)


def read(field: FieldType, cell: object) -> object:
    """The value, or ``code: message; fix`` as a person would see it."""
    found = field.parse(cell)
    if isinstance(found, Unreadable):
        return f"{found.code}: {said(found.message)}; {said(found.fix)}"
    return found


def said(text: Text) -> str:
    return text.msgid.format(**text.args)


@st.composite
def dirty(draw: st.DrawFn, clean: str, inside: bool = True) -> str:
    """The text with white space and invisible characters around it, and inside it, and perhaps in full width."""
    parts = list(clean.translate(FULL_WIDTH) if draw(st.booleans()) else clean)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(parts)) if inside else st.sampled_from([0, len(parts)]))
        parts.insert(at, draw(DIRT))
    return draw(st.sampled_from(["", "'", "’"])) + "".join(parts)
