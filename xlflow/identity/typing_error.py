"""Numbers within one typing error: a character changed, dropped, added, or swapped with its neighbour (contract §5).

Two such numbers share what is left of one of them, or of both, without one character. Looking numbers up by these
remainders finds all candidates in linear time; ``one_error`` then tells which of them are.
"""

from __future__ import annotations

from collections.abc import Iterator

#: So many digits of a number Excel keeps.
KEPT_BY_EXCEL = 15


def remainders(number: str) -> Iterator[str]:
    """The number itself, and what is left of it without each of its characters, once each."""
    yield number
    for index, char in enumerate(number):
        if index == 0 or char != number[index - 1]:
            yield number[:index] + number[index + 1 :]


def one_error(one: str, other: str) -> bool:
    """Whether just one typing error lies between two numbers; equal ones have none."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = _common(one, other)
    rest, other_rest = one[start:], other[start:]
    end = _common(rest[::-1], other_rest[::-1])
    rest, other_rest = rest[: len(rest) - end], other_rest[: len(other_rest) - end]
    if max(len(rest), len(other_rest)) == 1:
        return True
    return len(rest) == 2 and rest == other_rest[::-1]


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def same_start(one: str, other: str) -> bool:
    """Whether two order numbers share the 15 digits that Excel keeps of a number."""
    return len(one) >= KEPT_BY_EXCEL and one[:KEPT_BY_EXCEL] == other[:KEPT_BY_EXCEL]
