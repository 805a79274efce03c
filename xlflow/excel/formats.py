"""What a number format makes of a number: a day, a time of day, both, or still a number (domain.md B.10)."""

from __future__ import annotations

import re

#: What a number format shows; DAY | CLOCK is both. A span such as ``[h]:mm`` is a number.
NUMBER, DAY, CLOCK = 0, 1, 2
#: Formats a workbook names by number only, in the Chinese of 27 to 36 and 50 to 58; 46 is the span ``[h]:mm:ss``.
BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), DAY),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), CLOCK),
    22: DAY | CLOCK,
}
#: Excel takes no longer format.
LONGEST = 255
#: What is no code: quoted and escaped characters, spacers and fillers, colours, languages, conditions.
NO_CODE = re.compile(r'"[^"]*"?|[\\_*].?|\[(?!(?:h+|m+|s+)\])[^]]*\]?', re.IGNORECASE | re.DOTALL)
#: Spans, what only numbers have (General too, as Chinese Excel may write it), halves of the day, parts of dates.
CODE = re.compile(
    r"\[[hms]+\]|e[+-]|general|g/[^\x00-\x7f]+|am/pm|a/p|上午/下午|y+|m+|d+|h+|s+|e+|g+|b+|a{3,4}|[0#?@]",
    re.IGNORECASE,
)
PARTS_OF_DAY = ("h", "s", "am/pm", "a/p", "上午")
NUMBERS = ("0", "#", "?", "@", "general", "g/", "e+", "e-")


def shown_as(code: str) -> int:
    """What the number format ``code`` shows, by the first of its sections that shows anything."""
    for section in NO_CODE.sub("", code[:LONGEST]).split(";"):
        codes = [found.lower() for found in CODE.findall(section)]
        if codes:
            return _section(codes)
    return NUMBER


def _section(codes: list[str]) -> int:
    look = NUMBER
    dated = [code for code in codes if not code.startswith(NUMBERS)]
    for before, code, after in zip(["", *dated], dated, [*dated[1:], ""], strict=False):
        if code.startswith("["):
            return NUMBER
        minutes = code.startswith("m") and (before.startswith("h") or after.startswith("s"))
        look |= CLOCK if minutes or code.startswith(PARTS_OF_DAY) else DAY
    return look
