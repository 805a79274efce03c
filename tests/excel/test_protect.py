"""Passwords to modify a workbook or to unprotect a sheet: when they are asked for, and which ones fit."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import time
from base64 import b64encode
from collections.abc import Sequence

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.protection import hash_password

from tests.excel.packages import Parts, parts, worksheet, zipped
from xlflow.excel.errors import BookError
from xlflow.excel.protect import ensure_allowed
from xlflow.excel.protect_hash import Answer, long_hash, short_hash

PASSWORD = "sample-pass-1"
ROWS = '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>'
A2, B2 = ("S", "A2"), ("S", "B2")
CHECK = "check capitals, full-width digits and spaces, then store it again: xlflow password REGISTER --modify"
STORE = "store the password once with: xlflow password REGISTER --modify"


def long(password: str = PASSWORD, name: str = "SHA-512", spin: int = 20, **own: str) -> str:
    """The attributes of a hash of today, worked out without the code that is tested."""
    salt, new = b"0123456789abcdef", getattr(hashlib, name.replace("-", "").lower(), None)
    digest = b""
    if new:
        digest = new(salt + password.encode("utf-16-le")).digest()
        for number in range(spin):
            digest = new(digest + struct.pack("<I", number)).digest()
    held = {
        "algorithmName": name,
        "hashValue": b64encode(digest).decode(),
        "saltValue": b64encode(salt).decode(),
        "spinCount": str(spin),
    }
    return " ".join(f'{key}="{value}"' for key, value in (held | own).items())


def reserved(attributes: str) -> Parts:
    made = parts(ROWS)
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        b"<workbookPr", f"<fileSharing {attributes}/><workbookPr".encode()
    )
    return made


def protected(attributes: str, ranges: str = "", rows: str = ROWS) -> Parts:
    return parts(rows, after=f'<sheetProtection {attributes}/>{ranges}<pageMargins left="1"/>')


def asked(made: Parts, password: str | None = None, locked: Sequence[tuple[str, str]] = (A2,)) -> str:
    """The answer, or the refusal's code."""
    try:
        return ensure_allowed(zipped(made), locked, password).value
    except BookError as refusal:
        return refusal.code


def refusal(made: Parts, password: str | None = None, locked: Sequence[tuple[str, str]] = (A2,)) -> tuple[str, ...]:
    with pytest.raises(BookError) as caught:
        ensure_allowed(zipped(made), locked, password)
    return caught.value.code, str(caught.value.message), str(caught.value.fix)


# Passwords to modify

LEGACY = f'reservationPassword="{short_hash(PASSWORD):04X}"'


@pytest.mark.parametrize("password", [None, "", PASSWORD])
@pytest.mark.parametrize(
    "attributes",
    ['readOnlyRecommended="1"', 'userName="张三"', 'readOnlyRecommended="1" userName="x" reservationPassword="0000"',
     'reservationPassword=""', 'hashValue=""'],
)  # fmt: skip
def test_a_recommendation_asks_for_nothing(attributes: str, password: str | None) -> None:
    assert asked(reserved(attributes), password) == "not-needed"
    assert asked(parts(ROWS), password) == "not-needed"


@pytest.mark.parametrize(
    ("attributes", "answer"),
    [
        (LEGACY, "accepted"),
        (LEGACY.lower().replace("reservationpassword", "reservationPassword"), "accepted"),
        (f'readOnlyRecommended="1" userName="x" {LEGACY}', "accepted"),
        (long(), "verified"),
        (long(name="SHA512"), "verified"),
        (long(name="SHA-384"), "verified"),
        (long(name="SHA-256"), "verified"),
        (long(name="SHA-1"), "verified"),
        (long(spin=0), "verified"),
        (long() + ' reservationPassword="1234"', "verified"),
    ],
)
def test_a_password_is_verified_or_only_accepted(attributes: str, answer: str) -> None:
    made = reserved(attributes)
    assert asked(made, PASSWORD) == answer
    assert asked(made, PASSWORD, ()) == answer
    assert refusal(made) == (
        "needs-modify-password",
        "the workbook asks for a password to modify, and none is given",
        STORE,
    )
    assert asked(made, "") == "needs-modify-password"
    for wrong in (PASSWORD.upper(), f"{PASSWORD} ", "ｓａｍｐｌｅ", "1"):
        assert refusal(made, wrong) == (
            "wrong-modify-password", "the password given is not the workbook's password to modify", CHECK
        )  # fmt: skip


@pytest.mark.parametrize(
    "attributes",
    [long(name="MD5"), long(spinCount="many"), long(spinCount="-1"), long(spinCount="10000000"), long(saltValue="*"),
     long(hashValue="*"), 'hashValue="AAAA"', 'reservationPassword="XYZ"'],
)  # fmt: skip
def test_a_hash_that_cannot_be_checked_fits_nothing(attributes: str) -> None:
    start = time.perf_counter()
    assert refusal(reserved(attributes), PASSWORD) == (
        "wrong-modify-password",
        "the workbook keeps its password to modify in a way that is not known, so it cannot be checked",
        "set that password again in Excel or WPS, save the workbook and try again",
    )
    assert asked(reserved(attributes)) == "needs-modify-password"
    assert time.perf_counter() - start < 1


def test_the_hash_of_16_bits_of_real_files() -> None:
    assert f"{short_hash('5678'):04X}" == "CCC5"
    assert short_hash("") == 0xCE4B


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=15))
def test_the_hash_of_16_bits_against_openpyxl(password: str) -> None:
    assert f"{short_hash(password):X}" == hash_password(password)


def test_of_a_chinese_password_fifteen_bytes_count() -> None:
    assert short_hash("登记表密码五六七") == short_hash("登记表密码五六七八")
    assert short_hash("登记表") != short_hash("登记")


@settings(max_examples=30)
@given(
    st.text(max_size=20),
    st.binary(max_size=20),
    st.integers(0, 30),
    st.sampled_from(["sha1", "sha256", "sha384", "sha512"]),
)
def test_the_long_hash_counts_behind(password: str, salt: bytes, spin: int, name: str) -> None:
    digest = hashlib.new(name, salt + password.encode("utf-16-le")).digest()
    for number in range(spin):
        digest = hashlib.new(name, digest + struct.pack("<I", number)).digest()
    assert long_hash(password, salt, spin, name) == digest


def test_a_wrong_password_fits_the_hash_of_16_bits_now_and_then() -> None:
    made = reserved(LEGACY)
    assert asked(made, "sample-pass-kK1") == "accepted"


# Sheets

SHORT = f'password="{short_hash(PASSWORD):04X}"'


@pytest.mark.parametrize(
    ("attributes", "answer"),
    [
        (f'sheet="1" {SHORT}', "accepted"),
        (f'sheet="true" objects="1" {SHORT}', "accepted"),
        (f'sheet="1" {long()}', "verified"),
    ],
)
def test_a_locked_cell_needs_the_sheets_password(attributes: str, answer: str) -> None:
    made = protected(attributes)
    assert asked(made, PASSWORD) == answer
    assert refusal(made, None, [A2, B2]) == (
        "needs-modify-password", "sheet S is protected, its cell A2 is locked, and no password is given", STORE
    )  # fmt: skip
    assert refusal(made, "other", [B2]) == (
        "wrong-modify-password", "the password given does not unprotect sheet S, and its cell B2 is locked", CHECK
    )  # fmt: skip


@pytest.mark.parametrize(
    "attributes",
    ['sheet="1"', f'sheet="0" {SHORT}', SHORT, 'sheet="1" password=""', 'sheet="1" password="0000"',
     'sheet="1" objects="1" scenarios="1" formatCells="0"'],
)  # fmt: skip
@pytest.mark.parametrize("password", [None, "other", PASSWORD])
def test_a_sheet_without_a_password_in_force_is_as_unprotected(attributes: str, password: str | None) -> None:
    assert asked(protected(attributes), password) == "not-needed"


@pytest.mark.parametrize("password", [None, "other", PASSWORD])
def test_an_unlocked_cell_needs_no_password(password: str | None) -> None:
    made = protected(f'sheet="1" {SHORT}')
    assert asked(made, password, []) == "not-needed"
    assert asked(made, password, [("another sheet", "A2")]) == "not-needed"


@pytest.mark.parametrize(
    "structure",
    ['lockStructure="1" workbookPassword="CCC5"', f'lockStructure="1" lockRevision="1" {long()}', 'lockWindows="1"'],
)
def test_the_structures_password_is_never_needed(structure: str) -> None:
    made = parts(ROWS)
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        b"<sheets>", f"<workbookProtection {structure}/><sheets>".encode()
    )
    assert asked(made) == "not-needed"
    assert asked(made, "other") == "not-needed"


@pytest.mark.parametrize(
    "rows",
    [
        "",
        ROWS,
        f"<!-- </sheetData> -->{ROWS}",
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&lt;/sheetData></t></is></c></row>',
    ],
)
@pytest.mark.parametrize("form", ["plain", "prefixed", "utf-16", "spaced", "commented"])
def test_protection_is_found_however_the_sheet_is_written(rows: str, form: str) -> None:
    made = protected(f'sheet="1" {SHORT}', rows=rows)
    name = "xl/worksheets/sheet1.xml"
    text = made[name].decode()
    if form == "prefixed":
        text = re.sub(r"<(/?)(\w)", r"<\1x:\2", text).replace("xmlns=", "xmlns:x=")
    elif form == "spaced":
        text = text.replace("<sheetData>", "<sheetData >").replace("</sheetData>", "</sheetData >")
    elif form == "commented":
        text = text.replace("<pageMargins", "<!-- <sheetData></sheetData> --><pageMargins")
    made[name] = text.encode("utf-16" if form == "utf-16" else "utf-8")
    if form == "utf-16":
        made[name] = text.replace("UTF-8", "UTF-16").encode("utf-16")
    assert asked(made) == "needs-modify-password"
    assert asked(made, PASSWORD) == "accepted"


def test_an_empty_sheet_may_be_protected_too() -> None:
    made = protected(f'sheet="1" {SHORT}')
    made["xl/worksheets/sheet1.xml"] = worksheet("", after=f'<sheetProtection sheet="1" {SHORT}/>').replace(
        b"<sheetData></sheetData>", b"<sheetData/>"
    )
    assert asked(made) == "needs-modify-password"


def test_a_large_sheet_is_looked_at_quickly() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 100_000))
    data = zipped(protected(f'sheet="1" {SHORT}', rows=rows))
    start = time.process_time()
    assert ensure_allowed(data, [A2], PASSWORD) is Answer.ACCEPTED
    assert time.process_time() - start < 0.3


# Ranges with rules of their own


def ranges(*each: str) -> str:
    return f"<protectedRanges>{''.join(f'<protectedRange {own}/>' for own in each)}</protectedRanges>"


OTHER = f'password="{short_hash("another-1"):04X}"'


@pytest.mark.parametrize(
    ("own", "password", "answer"),
    [
        (f'name="a" sqref="A1:A9" {OTHER}', None, "needs-modify-password"),
        (f'name="a" sqref="A1:A9" {OTHER}', "another-1", "accepted"),
        (f'name="a" sqref="C1 $A$2" {OTHER}', "another-1", "accepted"),
        (f'name="a" sqref="A3:A9 B2" {OTHER}', "another-1", "wrong-modify-password"),
        (f'name="a" sqref="Sheet2!A2 nonsense" {OTHER}', "another-1", "wrong-modify-password"),
        ('name="a" sqref="A2" securityDescriptor="O:WDG:WDD:"', "another-1", "wrong-modify-password"),
        (f'name="a" sqref="B1:B9" {OTHER}', "another-1", "wrong-modify-password"),
        (f'name="a" sqref="A1:A9" {OTHER}', PASSWORD, "verified"),
        (f'name="a" sqref="A1:A9" {long("another-1")}', "another-1", "verified"),
    ],
)
def test_ranges_open_their_own_cells(own: str, password: str | None, answer: str) -> None:
    assert asked(protected(f'sheet="1" {long()}', ranges(own)), password) == answer


def test_every_cell_must_be_open() -> None:
    made = protected(f'sheet="1" {long()}', ranges(f'name="a" sqref="A2" {OTHER}', f'name="b" sqref="B2" {OTHER}'))
    assert asked(made, "another-1", [A2, B2]) == "accepted"
    assert asked(made, "another-1", [A2, B2, ("S", "C2")]) == "wrong-modify-password"


def test_a_thousand_cells_cost_one_derivation() -> None:
    data = zipped(protected(f'sheet="1" {long(spin=100_000)}'))
    start = time.process_time()
    assert ensure_allowed(data, [("S", f"A{row}") for row in range(1, 1001)], PASSWORD) is Answer.VERIFIED
    assert time.process_time() - start < 1


def test_one_password_must_open_all_that_is_asked() -> None:
    made = protected(f'sheet="1" {SHORT}')
    made["xl/workbook.xml"] = reserved(long())["xl/workbook.xml"]
    assert asked(made, PASSWORD) == "accepted"
    assert asked(made, PASSWORD, []) == "verified"
    made["xl/workbook.xml"] = reserved(long("another-1"))["xl/workbook.xml"]
    assert asked(made, PASSWORD) == "wrong-modify-password"
    assert refusal(made, "another-1")[1] == "the password given does not unprotect sheet S, and its cell A2 is locked"


def test_what_openpyxl_protects() -> None:
    book = openpyxl.Workbook()
    book.active.title = "S"
    book.active["A2"] = 1
    book.active.protection.set_password(PASSWORD)
    book.active.protection.enable()
    data = io.BytesIO()
    book.save(data)
    assert ensure_allowed(data.getvalue(), [A2], PASSWORD) is Answer.ACCEPTED
