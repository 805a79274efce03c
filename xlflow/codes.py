"""Short ids that people read out and type: Crockford's base 32 with a check character of the same 32."""

from __future__ import annotations

import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {char: value for value, char in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
#: Each element of the field times α, the root of x⁵ + x² + 1.
_TIMES_ALPHA = tuple(value << 1 ^ (0b100101 if value & 16 else 0) for value in range(32))


def from_content(content: str, length: int) -> str:
    """``length`` characters that depend on nothing but the content."""
    number = int.from_bytes(hashlib.sha256(content.encode()).digest()) % (1 << 5 * length)  # small, so quick to shift
    return "".join([ALPHABET[number >> shift & 31] for shift in range(0, 5 * length, 5)])


def check_character(code: str) -> str:
    """The character that shows any single wrong one, and any two neighbours swapped, itself included.

    Characters are elements of the field of 32; the code with its check character is a multiple of (x - α) there.
    """
    rest = 0
    for char in code:
        rest = _TIMES_ALPHA[rest] ^ _VALUES[char]
    return ALPHABET[_TIMES_ALPHA[rest]]
