"""Does a password fit the hash that a workbook keeps of it, to modify it or to unprotect a sheet?

Nothing is encrypted with these passwords; the file holds only a hash to compare with. Until Excel 2010 it has 16
bits (ECMA-376 part 4 §14.7.1), and one wrong password in 32,768 fits it too; then it is a long one of many rounds
(part 1 §18.2.29).
"""

from __future__ import annotations

import hmac
import struct
from base64 import b64decode
from collections.abc import Mapping
from enum import StrEnum

from xlflow.excel.agile_xml import MAX_SPIN
from xlflow.excel.errors import BookError
from xlflow.excel.keys import HASHES, quick
from xlflow.model import Text

#: Bytes of a password that count for the hash of 16 bits.
LONGEST = 15


class Answer(StrEnum):
    """What is known of a password: ``accepted`` is a fit of 16 bits, which proves nothing; ``verified`` does."""

    NOT_NEEDED = "not-needed"
    ACCEPTED = "accepted"
    VERIFIED = "verified"


def has_password(element: Mapping[str, str], short: str) -> bool:
    """Whether the element has a hash: ``short`` is its attribute of 16 bits, where 0 stands for no password."""
    return bool(element.get("hashValue")) or element.get(short, "").strip("0") != ""


def fit(element: Mapping[str, str], short: str, password: str) -> Answer | None:
    """How well the password fits the element's hash; None where it does not.

    BookError ``wrong-modify-password`` for a hash of a kind that is not known.
    """
    try:
        if element.get("hashValue"):
            return Answer.VERIFIED if _fits_long(element, password) else None
        return Answer.ACCEPTED if int(element[short], 16) == short_hash(password) else None
    except (KeyError, ValueError):
        raise BookError(
            "wrong-modify-password",
            Text("the workbook keeps its password to modify in a way that is not known, so it cannot be checked"),
            Text("set that password again in Excel or WPS, save the workbook and try again"),
        ) from None


def _fits_long(element: Mapping[str, str], password: str) -> bool:
    name = element["algorithmName"].replace("-", "").lower()
    spin = int(element.get("spinCount", "0"))
    if name not in HASHES or not 0 <= spin <= MAX_SPIN:
        raise ValueError(name)
    salt, wanted = (b64decode(element.get(held, ""), validate=True) for held in ("saltValue", "hashValue"))
    return hmac.compare_digest(long_hash(password, salt, spin, name), wanted)


def long_hash(password: str, salt: bytes, spin: int, name: str) -> bytes:
    """Salt and password hashed, then ``spin`` times again before a counter; file encryption has it behind."""
    new, pack = quick(name), struct.Struct("<I").pack
    digest = new(salt + password.encode("utf-16-le", "surrogatepass")).digest()
    for number in range(spin):
        digest = new(digest + pack(number)).digest()
    return digest


def short_hash(password: str) -> int:
    """The hash of 16 bits, of the password as Chinese Windows spells it in single bytes."""
    letters = password.encode("gbk", "replace")[:LONGEST]
    found = 0
    for letter in reversed(letters):
        found ^= letter
        found = found << 1 & 0x7FFF | found >> 14
    return found ^ len(letters) ^ 0xCE4B
