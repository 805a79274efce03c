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
    """The character that shows a wrong one, or two swapped ones, in ``code`` (Luhn's sum, modulo 32)."""
    total = 0
    for place, char in enumerate(reversed(code)):
        value = _VALUES[char] * (2 - place % 2)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]
