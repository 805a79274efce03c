"""Tax numbers of buyers: the 18 characters of GB 32100, and the older ones still met (domain.md B.8)."""

from __future__ import annotations

import re

from xlflow.fields import FieldType
from xlflow.fields.text import fold_value, plain, squeeze
from xlflow.grid import Value
from xlflow.model import Text

#: The characters of a credit code, each worth its place: no I, O, S, V, Z, which are misread.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_CREDIT_CODE = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")
#: Region and organisation code; identity card of 15 or 18 with two more characters (sole traders).
_OLDER = re.compile("[0-9]{6}[0-9A-Z]{9}|[0-9]{15}[0-9A-Z]{2}|[0-9]{17}[0-9X][0-9A-Z]{2}")


def _tax_no(value: Value) -> str | None:
    """The number as written, right or wrong: ``tax-number`` says which."""
    return squeeze(fold_value(plain(value))).upper() or None


def problem(tax_no: str) -> Text | None:
    """Why this is no tax number; None when it may be one."""
    if _OLDER.fullmatch(tax_no):
        return None
    if not _CREDIT_CODE.fullmatch(tax_no):
        return Text("{number} does not have the form of a tax number", {"number": tax_no})
    if check_character(tax_no) != tax_no[-1]:
        return Text("the last character of {number} does not fit the others", {"number": tax_no})
    return None


def check_character(code: str) -> str:
    """The 18th character that belongs to the first 17 of a credit code (GB 32100-2015)."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(code, _WEIGHTS, strict=False))
    return ALPHABET[-total % 31]


TAX_NO = FieldType("tax_no", _tax_no)
