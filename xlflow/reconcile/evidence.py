"""What one transaction says of one entry: its id, its payee, a word for money that came back (domain.md B.3, B.5.3)."""

from __future__ import annotations

import re

from xlflow import codes
from xlflow.fields.text import fold, squeeze

#: How an entry's id looks; people may write it small, or with gaps.
_ID = re.compile(rf"X[\s-]?F(?:[\s-]?[{codes.ALPHABET}ILO]){{8}}")
_GAPS = re.compile(r"[\s-]")
_CLEARLY = str.maketrans("ILO", "110")
#: Words of money that came back, and of money for what the desk pays. 运费险 is an insurance.
_CAME_BACK = re.compile("退回|退款|失败")
_OF_THE_DESK = re.compile("运费(?!险)|补偿")
_HIDDEN = re.compile(r"[*＊×]+")


def ids(words: str) -> tuple[str, ...]:
    """The entries' ids in what is said of a transaction, each once; those with a wrong check character are none."""
    found = (_GAPS.sub("", match[0]) for match in _ID.finditer(fold(words).upper()))
    clear = (text[:2] + text[2:].translate(_CLEARLY) for text in found)
    return tuple(dict.fromkeys(text for text in clear if codes.check_character(text[2:-1]) == text[-1]))


def looks_like_id(words: str) -> bool:
    """Whether something is there that looks like an entry's id, right or wrong."""
    return _ID.search(fold(words).upper()) is not None


def came_back(words: str) -> bool:
    """Whether a transaction is marked as money that came back."""
    return _CAME_BACK.search(words) is not None


def is_the_desks(remark: str) -> bool:
    """Whether the remark names what the desk pays for."""
    return _OF_THE_DESK.search(remark) is not None


def is_masked(text: str) -> bool:
    """Whether a part of an account or a name is hidden."""
    return _HIDDEN.search(text) is not None


def may_be(one: str, other: str) -> bool:
    """Whether two accounts or names may be the same, where stars hide the middle or an end.

    What shows must agree as far as both show it; an account that shows nothing agrees with all.
    """
    one, other = squeeze(fold(one)).casefold(), squeeze(fold(other)).casefold()
    if not is_masked(one) and not is_masked(other):
        return one == other
    start, end = _ends(one)
    other_start, other_end = _ends(other)
    begins = start.startswith(other_start) or other_start.startswith(start)
    return begins and (end.endswith(other_end) or other_end.endswith(end))


def _ends(text: str) -> tuple[str, str]:
    """What shows before the stars and after them; the whole text twice where there are none."""
    hidden = list(_HIDDEN.finditer(text))
    return (text[: hidden[0].start()], text[hidden[-1].end() :]) if hidden else (text, text)
