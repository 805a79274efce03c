"""Short ids that people read out and type: Crockford's base 32 with a check character of the same 32."""

from __future__ import annotations

import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {char: value for value, char in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}


def from_content(content: str, length: int) -> str:
    """``length`` characters that depend on nothing but the content."""
    number = int.from_bytes(hashlib.sha256(content.encode()).digest())
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(length))


def check_character(code: str) -> str:
    """The character that shows any single wrong one, and any two neighbours swapped, itself included.

    Characters are elements of the field of 32; the code with its check character is a multiple of (x - α) there.
    """
    rest = 0
    for char in code:
        rest = _times_alpha(rest) ^ _VALUES[char]
    return ALPHABET[_times_alpha(rest)]


def _times_alpha(value: int) -> int:
    """Times the root α of x⁵ + x² + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
