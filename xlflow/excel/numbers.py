"""Numbers of a cell as Excel shows them: with 15 digits, whatever more the file has."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

#: Excel's digits. Half goes up, as in its cells.
DIGITS = Context(prec=15, rounding=ROUND_HALF_UP, traps=[])
#: The largest number a cell can hold; those below the least power of ten are 0.
LARGEST, LEAST_POWER = Decimal("1.79769313486232E308"), -308
#: From this power of ten on digits are lost, and numbers are Decimal.
LONG = 15
FORM = re.compile(r"[+-]?+(?:[0-9]++\.?+[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]{1,9})?+")
#: No program writes more characters for one number.
LONGEST = 400


def number(text: str) -> int | Decimal | None:
    """The number ``text`` says: int where it is whole and below 10**15, else Decimal; None if it is no number."""
    if len(text) <= LONG + 1 and text.isascii():
        if text.isdigit() and len(text) <= LONG:
            return int(text)
        if text[-1:] not in ("0", ".") and text.replace(".", "", 1).isdigit() and "." in text:
            return Decimal(text)
    if len(text) > LONGEST or not FORM.fullmatch(text):
        return None
    value = DIGITS.create_decimal(text).normalize(DIGITS)
    if value.adjusted() < LEAST_POWER:
        return 0
    if value.adjusted() >= LONG or not value.is_finite():
        return value if abs(value) <= LARGEST else None
    whole = int(value)
    return whole if whole == value else value
