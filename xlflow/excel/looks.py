"""How cells of new workbooks look, and under which number the style sheet knows each look."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from itertools import count, product
from typing import NamedTuple

from xlflow.layout import Look

#: Comes with Windows 10 and Office 2016; the charset lets older systems take 宋体 instead.
FONT: dict[str, object] = {"font_name": "等线", "font_size": 11, "font_charset": 134}
ORANGE = "#FFCC99"  # Excel's own "input" colour


class State(StrEnum):
    """What a data cell is besides its look."""

    PLAIN = "plain"
    FILL = "fill"
    LINK = "link"
    TOTAL = "total"


_RIGHT: dict[str, object] = {"align": "right", "indent": 1}
#: Number formats; ints are Excel's built-in ones: 1 "0", 4 "#,##0.00", 49 "@".
_LOOKS: dict[str, dict[str, object]] = {
    Look.TEXT: {"num_format": 49},
    Look.LONG: {"num_format": 49, "text_wrap": True},
    Look.MONEY: {"num_format": 4, **_RIGHT},
    Look.COUNT: {"num_format": 1, **_RIGHT},
    Look.NUMBER: {"num_format": "General", **_RIGHT},
    Look.DATE: {"num_format": "yyyy-mm-dd", "align": "left"},
    Look.TIME: {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    # Some Excels show text of more than 255 characters in an @ cell as #####.
    "prose": {"num_format": "General", "text_wrap": True},
}
_STATES: dict[State, dict[str, object]] = {
    State.PLAIN: {},
    State.FILL: {"bg_color": ORANGE},
    State.LINK: {"font_color": "#0563C1", "underline": 1},
    State.TOTAL: {"bold": True, "bg_color": "#F2F2F2", "top_color": "#7F7F7F"},
}
_DATA: dict[str, object] = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}
_HEADING = {**_DATA, "bold": True, "bg_color": "#DDEBF7", "text_wrap": True, "align": "center"}
_TITLE = {"bold": True, "font_size": 14, "valign": "vcenter"}
_NOTE = {"font_color": "#595959", "valign": "vcenter"}

#: XlsxWriter's format properties in the order of the style sheet; number 0 is Excel's default style.
STYLES: tuple[dict[str, object], ...] = (
    *({**FONT, **_DATA, **_LOOKS[look], **_STATES[state]} for state, look in product(_STATES, _LOOKS)),
    *({**FONT, **look} for look in (_HEADING, _TITLE, _NOTE)),
)
_NUMBERS = dict(zip(product(_STATES, _LOOKS), map(str, count(1)), strict=False))
HEADING, TITLE, NOTE = map(str, range(len(STYLES) - 2, len(STYLES) + 1))


class Styles(NamedTuple):
    """Style numbers for each type of value in a cell of one look and state.

    ``places`` is how many decimals the look shows: a Decimal with more of them is shown by ``number`` instead.
    """

    own: str
    prose: str
    whole: str
    number: str
    places: int
    day: str
    moment: str


@cache
def styles(look: Look, state: State = State.PLAIN) -> Styles:
    """The style numbers of cells of this look and state."""
    own = _NUMBERS[state, look]
    return Styles(
        own=own,
        prose=_NUMBERS[state, "prose"] if look in (Look.TEXT, Look.LONG) else own,
        whole=own if look is Look.MONEY else _NUMBERS[state, Look.COUNT],
        number=_NUMBERS[state, Look.NUMBER],
        places={Look.MONEY: 2, Look.COUNT: 0}.get(look, -1),
        day=own if look is Look.TIME else _NUMBERS[state, Look.DATE],
        moment=own if look is Look.DATE else _NUMBERS[state, Look.TIME],
    )
