"""Old workbooks: every kind of cell, every encryption, and what is broken or hostile."""

from __future__ import annotations

import io
import math
import struct
import sys
import time as clock
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import msoffcrypto
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.excel.xls_build import END, begin, book, formats, formula, number, record, stream, string, tab, xls
from tests.excel.xls_lock import lock
from xlflow.excel import biff
from xlflow.excel.cfb import Container, Entry
from xlflow.excel.cfb_write import write
from xlflow.excel.errors import BookError
from xlflow.excel.keys import DEFAULT_PASSWORD
from xlflow.excel.legacy import LARGEST, read_xls
from xlflow.grid import UNCACHED, CellError, Line, Merge, Sheet, Value

DATA = Path(__file__).parent / "data"
REGISTER = (DATA / "register.xls").read_bytes()
PASSWORD = "sample-pass-1"
BROKEN = "damaged-file: the file is damaged: its cells cannot be read"

#: What LibreOffice was given when it wrote register.xls.
MARCH = Sheet(
    "三月",
    [
        Line(1, ["日期", "订单编号", "金额", "备注"]),
        Line(2, [date(2026, 3, 1), "2026030112345678901", Decimal("12.5"), "普通", None, None, None,
                 Decimal("1.27083333333333")]),
        Line(3, [datetime(2026, 3, 2, 8, 30, 15), "003", Decimal("59.7"), "a" * 300 + "长文本" * 200, None, None,
                 None, CellError("#N/A"), "  空格  "], (7,)),
        Line(4, [time(12, 30), Decimal("1.23456789012346E+18"), -3, "x'\n<&>"]),
        Line(5, [datetime(2026, 3, 3), Decimal("3.30603661323104E+15"), Decimal("0.1"), True], (3,)),
        Line(6, [Decimal("45000.5"), False, Decimal("1E-7"), Decimal("1E+20")], (1,)),
        Line(9, [CellError("#DIV/0!"), CellError("#N/A"), 25, "文本", "", True, date(2026, 3, 1)],
             (0, 1, 2, 3, 4, 5, 6)),
        Line(10, ["合并"]),
        Line(12, [None, None, None, CellError("#NAME?")], (3,)),
    ],
    False,
    (Merge(10, 0, 11, 2),),
    frozenset({3}),
)  # fmt: skip
SHEETS = [MARCH, Sheet("隐藏", [Line(3, [None, None, 7])], True), Sheet("空", [])]


def refusal(data: bytes, password: str | None = None) -> BookError:
    with pytest.raises(BookError) as caught:
        read_xls(data, password)
    return caught.value


def values(data: bytes) -> list[list[Value]]:
    return [line.values for line in read_xls(data, None)[0].lines]


# What LibreOffice wrote


def test_a_register_of_libreoffice() -> None:
    assert read_xls(REGISTER, None) == SHEETS


def test_a_password_for_a_plain_workbook_does_not_matter() -> None:
    assert read_xls(REGISTER, "anything") == SHEETS


def test_pictures_are_found_and_charts_and_text_boxes_are_not() -> None:
    sheets = read_xls((DATA / "pictures.xls").read_bytes(), None)
    assert [(sheet.name, sheet.pictures) for sheet in sheets] == [
        ("图", frozenset({(2, 1), (7, 3)})),
        ("图表", frozenset()),
        ("后", frozenset()),
    ]


# Encryption


def test_a_workbook_that_libreoffice_encrypted() -> None:
    assert read_xls((DATA / "locked.xls").read_bytes(), PASSWORD) == SHEETS


WAYS = ["xor", "rc4", "cryptoapi-0", "cryptoapi-40", "cryptoapi-56", "cryptoapi-128"]


@pytest.mark.parametrize("way", WAYS)
def test_encrypted_workbooks(way: str) -> None:
    locked = lock(REGISTER, PASSWORD, way)
    assert "三月".encode("utf-16-le") not in locked
    assert read_xls(locked, PASSWORD) == SHEETS
    assert str(refusal(locked, "other")) == "wrong-password: the password does not open the workbook"
    for password in (None, ""):
        assert str(refusal(locked, password)) == "no-password: the workbook is encrypted and no password is given"


@pytest.mark.parametrize("way", WAYS)
def test_excels_default_password_opens_whatever_is_given(way: str) -> None:
    locked = lock(REGISTER, DEFAULT_PASSWORD, way)
    for password in (None, "", "anything"):
        assert read_xls(locked, password) == SHEETS


@pytest.mark.parametrize("way", WAYS)
def test_msoffcrypto_decrypts_to_the_same_cells(way: str) -> None:
    file = msoffcrypto.OfficeFile(io.BytesIO(lock(REGISTER, PASSWORD, way)))
    file.load_key(password=PASSWORD)
    opened = io.BytesIO()
    file.decrypt(opened)
    entries = [
        e._replace(data=bytes(e.data).replace(b"\x2f\0", b"\x99\0", 1)) if e.path == ("Workbook",) and e.data else e
        for e in Container(opened.getvalue()).entries()
    ]
    assert read_xls(write(entries), None) == SHEETS


@pytest.mark.parametrize("password", ["1", "12345678901234567890", "密码", "péché"])
def test_passwords_of_all_lengths_and_languages(password: str) -> None:
    for way in ("xor", "rc4", "cryptoapi-128"):
        assert read_xls(lock(REGISTER, password, way), password) == SHEETS


@contextmanager
def files_written() -> Iterator[list[str]]:
    """Every path that is opened for writing meanwhile, by whatever library."""
    AUDIT.append([])
    try:
        yield AUDIT[-1]
    finally:
        AUDIT.pop()


AUDIT: list[list[str]] = []


def _watch(event: str, args: tuple[object, ...]) -> None:
    if AUDIT and event == "open":
        path, mode, flags = args
        if set(str(mode or "")) & set("wax+") or (isinstance(flags, int) and flags & 3):
            AUDIT[-1].append(str(path))


sys.addaudithook(_watch)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_decrypted_reaches_the_disk(way: str, tmp_path: Path) -> None:
    locked = lock(REGISTER, PASSWORD, way)
    with files_written() as written:
        read_xls(locked, PASSWORD)
    assert written == []
    with files_written() as written:  # the watch itself works
        (tmp_path / "x").write_bytes(b"x")
    assert written == [str(tmp_path / "x")]


@pytest.mark.parametrize(
    ("filepass", "message"),
    [
        (struct.pack("<3H", 1, 2, 3), "xls encryption 1.2.3"),
        (struct.pack("<3H", 7, 1, 1), "xls encryption 7.1.1"),
        (struct.pack("<3H", 1, 4, 2) + struct.pack("<10I", 4, 32, 4, 0, 0x660E, 0x8004, 128, 24, 0, 0),
         "xls CryptoAPI 660e 8004"),
        (struct.pack("<3H", 1, 4, 2) + struct.pack("<10I", 4, 32, 4, 0, 0x6801, 0x8003, 128, 24, 0, 0),
         "xls CryptoAPI 6801 8003"),
    ],
)  # fmt: skip
def test_encryptions_that_are_named_and_not_opened(filepass: bytes, message: str) -> None:
    assert str(refusal(book(head=record(0x2F, filepass)), PASSWORD)) == (
        f"unsupported-file: the workbook is encrypted with {message}, which cannot be opened here"
    )


@pytest.mark.parametrize("size", [0, 4, 6, 20, 53])
def test_a_broken_description_of_the_encryption(size: int) -> None:
    assert str(refusal(book(head=record(0x2F, struct.pack("<3H48x", 1, 1, 1)[:size])), PASSWORD)) == BROKEN


# Cells, record by record


def rk(packed: int) -> bytes:
    return record(0x27E, struct.pack("<3HI", 0, 0, 0, packed & 0xFFFFFFFF))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (number(0, 0, 12.5), Decimal("12.5")),
        (number(0, 0, 59.699999999999996), Decimal("59.7")),
        (number(0, 0, 999_999_999_999_999.0), 999_999_999_999_999),
        (number(0, 0, 1e15), Decimal("1E+15")),
        (number(0, 0, 2.9999999999999996), 3),
        (number(0, 0, -0.0), 0),
        (number(0, 0, math.inf), CellError("#NUM!")),
        (number(0, 0, math.nan), CellError("#NUM!")),
        (rk(7 << 2 | 2), 7),
        (rk(-7 << 2 | 2), -7),
        (rk(1234 << 2 | 3), Decimal("12.34")),
        (rk(-1234 << 2 | 3), Decimal("-12.34")),
        (rk(0x3FF80000), Decimal("1.5")),
        (rk(0x3FF80000 | 1), Decimal("0.015")),
        (record(0x204, struct.pack("<3H", 0, 0, 0) + string("文本")), "文本"),
        (record(0x204, struct.pack("<3H", 0, 0, 0) + string("text é")), "text é"),
        (record(0xD6, struct.pack("<3H", 0, 0, 0) + string("rich") + bytes(10)), "rich"),
        (record(0x205, struct.pack("<3H2B", 0, 0, 0, 1, 0)), True),
        (record(0x205, struct.pack("<3H2B", 0, 0, 0, 0, 0)), False),
        (record(0x205, struct.pack("<3H2B", 0, 0, 0, 0x2A, 1)), CellError("#N/A")),
        (record(0x205, struct.pack("<3H2B", 0, 0, 0, 0x17, 1)), CellError("#REF!")),
        (formula(0, 0, struct.pack("<d", 12.5)), Decimal("12.5")),
        (formula(0, 0, struct.pack("<B2xB2xH", 1, 0, 0xFFFF)), False),
        (formula(0, 0, struct.pack("<BxB3xH", 1, 1, 0xFFFF)), True),
        (formula(0, 0, struct.pack("<BxB3xH", 2, 0x0F, 0xFFFF)), CellError("#VALUE!")),
        (formula(0, 0, struct.pack("<B5xH", 3, 0xFFFF)), ""),
        (formula(0, 0, struct.pack("<B5xH", 0, 0xFFFF)), UNCACHED),
        (formula(0, 0, struct.pack("<B5xH", 0, 0xFFFF)) + number(1, 0, 1) + record(0x207, string("x")), "x"),
        (formula(0, 0, struct.pack("<B5xH", 0, 0xFFFF)) + record(0x4BC, bytes(9)) + record(0x207, string("文")), "文"),
    ],
)  # fmt: skip
def test_kinds_of_cells(cell: bytes, value: Value) -> None:
    found = read_xls(book(cell), None)[0].lines[0]
    assert found.values == [value]
    assert type(found.values[0]) is type(value)
    assert found.formulas == ((0,) if cell[0] == 6 else ())


def test_a_text_without_a_formula_before_it_is_nothing() -> None:
    cells = formula(0, 0, struct.pack("<d", 1)) + record(0x207, string("x"))
    assert values(book(cells)) == [[1]]


def test_several_numbers_in_one_record() -> None:
    cells = record(0xBD, struct.pack("<2H", 4, 2) + struct.pack("<HI", 0, 6) * 2 + struct.pack("<HIH", 0, 10, 4))
    assert read_xls(book(cells), None)[0].lines == [Line(5, [None, None, 1, 1, 2])]


def test_blank_cells_and_empty_texts_are_blank() -> None:
    cells = record(0x201, struct.pack("<3H", 0, 0, 0)) + record(0xBE, struct.pack("<5H", 1, 0, 0, 0, 1))
    cells += record(0x204, struct.pack("<3H", 2, 0, 0) + string("")) + record(0xFD, struct.pack("<3HI", 3, 0, 0, 0))
    head = formats(0) + record(0xFC, struct.pack("<2I", 1, 1) + string(""))
    assert read_xls(book(cells, head=head), None)[0].lines == []


@pytest.mark.parametrize(
    ("code", "serial", "value"),
    [
        (14, 46082.0, date(2026, 3, 1)),
        (31, 46082.0, date(2026, 3, 1)),
        (57, 46082.0, date(2026, 3, 1)),
        (14, 46082.25, datetime(2026, 3, 1, 6)),
        (22, 46082.0, datetime(2026, 3, 1)),
        ('yyyy"年"m"月"d"日";@', 46082.0, date(2026, 3, 1)),
        ("[$-804]yyyy/m/d h:mm", 46082.5, datetime(2026, 3, 1, 12)),
        ("h:mm", 0.5, time(12)),
        (20, 0.5208333333333334, time(12, 30)),
        ("G/通用格式", 46082.0, 46082),
        ("0.00E+00", 46082.0, 46082),
        ('0.00"d"', 1.5, Decimal("1.5")),
        (0, 46082.0, 46082),
        (14, 60.0, 60),
        (14, 59.0, date(1900, 2, 28)),
        (14, 61.0, date(1900, 3, 1)),
        (14, -5.0, -5),
        (14, 99_999_999.0, 99_999_999),
    ],
)
def test_dates_by_their_format(code: int | str, serial: float, value: Value) -> None:
    for cell in (number(0, 0, serial, 1), formula(0, 0, struct.pack("<d", serial), 1)):
        found = values(book(cell, head=formats(0, code)))
        assert found == [[value]]
        assert type(found[0][0]) is type(value)


def test_workbooks_that_count_from_1904() -> None:
    head = formats(14) + record(0x22, b"\1\0")
    assert values(book(number(0, 0, 0.0) + number(1, 0, 44620.0), head=head)) == [
        [date(1904, 1, 1)],
        [date(2026, 3, 1)],
    ]


@given(st.floats(-1e300, 1e300))
@settings(deadline=None)
def test_numbers_are_those_of_calamine_with_15_digits(value: float) -> None:
    data = book(number(0, 0, value))
    ((found,),) = values(data)
    ((theirs,),) = CalamineWorkbook.from_object(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert isinstance(found, int | Decimal)
    assert theirs == value
    assert math.isclose(float(found), value, rel_tol=5.1e-15, abs_tol=1e-307)
    assert len(Decimal(found).as_tuple().digits) <= 15


TEXTS = st.text(st.characters(codec="utf-16-le"), max_size=30)


@given(st.lists(TEXTS, min_size=1, max_size=6), st.data())
@settings(deadline=None, max_examples=60)
def test_shared_texts_split_anywhere(texts: list[str], data: st.DataObject) -> None:
    """In the middle of a text a CONTINUE record begins with the width of the characters that follow."""
    parts, part = [], struct.pack("<2I", len(texts), len(texts))
    for text in texts:
        runs, extra = data.draw(st.integers(0, 3)), data.draw(st.integers(0, 9))
        units = text.encode("utf-16-le")
        cut = 2 * data.draw(st.integers(0, len(units) // 2))
        narrow = not any(units[1:cut:2])
        flags = (not narrow) | (8 if runs else 0) | (4 if extra else 0)
        part += struct.pack("<HB", len(units) // 2, flags)
        part += struct.pack("<H", runs) * bool(runs) + struct.pack("<I", extra) * bool(extra)
        part += units[:cut:2] if narrow else units[:cut]
        if cut < len(units):
            parts.append(part)
            part = b"\1" + units[cut:]
        tail = bytes(4 * runs + extra)
        middle = data.draw(st.integers(0, len(tail)))
        part += tail[:middle]
        if data.draw(st.booleans()):
            parts.append(part)
            part = b""
        part += tail[middle:]
    first, *rest = [*parts, part]
    head = formats(0) + record(0xFC, first) + b"".join(record(0x3C, more) for more in rest)
    cells = b"".join(record(0xFD, struct.pack("<3HI", row, 0, 0, row)) for row in range(len(texts)))
    sheet = read_xls(book(cells, head=head), None)[0]
    assert sheet.lines == [Line(row, [text]) for row, text in enumerate(texts, 1) if text]


def test_a_long_text_of_a_formula_goes_on_in_further_records() -> None:
    text = "长" * 20_000
    units = text.encode("utf-16-le")
    result = record(0x207, struct.pack("<HB", len(text), 1) + units[:8000])
    result += b"".join(record(0x3C, b"\1" + units[at : at + 8000]) for at in range(8000, len(units), 8000))
    assert values(book(formula(0, 0, struct.pack("<B5xH", 0, 0xFFFF)) + result)) == [[text]]


# Sheets


def test_sheets_come_in_the_order_of_their_tabs_with_what_is_hidden_marked() -> None:
    body = [begin() + number(0, 0, value) + END for value in (1.0, 2.0, 3.0)]
    head = begin(5) + formats(0)

    def tabs(*at: int) -> bytes:
        names = (("可见", 0), ("隐藏", 1), ("深藏", 2))
        return b"".join(tab(place, name, state) for place, (name, state) in zip(at, names, strict=True))

    chart = tab(0, "图表", 0, 2) + tab(0, "宏", 0, 1)
    start = len(head + tabs(0, 0, 0) + chart + END)
    places = [start + 2 * len(body[0]), start, start + len(body[0])]
    data = xls(head + tabs(*places) + chart + END + b"".join(body))
    found = [(sheet.name, sheet.hidden, sheet.lines) for sheet in read_xls(data, None)]
    assert found == [
        ("可见", False, [Line(1, [3])]),
        ("隐藏", True, [Line(1, [1])]),
        ("深藏", True, [Line(1, [2])]),
    ]


def test_what_is_embedded_in_a_sheet_is_not_of_the_sheet() -> None:
    chart = begin(0x20) + number(0, 0, 5.0) + begin(0x20) + END + END
    assert values(book(number(0, 0, 1.0) + chart + number(1, 0, 2.0))) == [[1], [2]]


def test_rows_in_any_order_and_a_cell_given_twice() -> None:
    cells = number(7, 1, 1.0) + number(2, 0, 2.0) + number(7, 0, 3.0) + number(2, 0, 4.0)
    assert read_xls(book(cells), None)[0].lines == [Line(3, [4]), Line(8, [3, 1])]


# Broken and hostile files


def test_workbooks_of_excel_95() -> None:
    message = "unsupported-file: the workbook is one of Excel 95 or older"
    assert str(refusal(write([Entry(("Book",), stream(b""))]))) == message
    error = refusal(xls(stream(number(0, 0, 1.0), version=0x500)))
    assert str(error) == message
    assert error.fix is not None
    assert error.fix.msgid == "open it in Excel or WPS and save it as xlsx (Save As)"


ONE = stream(number(0, 0, 1.0), head=formats(0))


@pytest.mark.parametrize(
    "workbook",
    [
        b"",
        b"\x09\x08",
        b"\x09\x08\x10\x00\x00\x06\x05\x00",
        ONE[:-4],  # the sheet does not end
        ONE[:-1],
        ONE[: len(begin(5))],
        stream(head=begin()),  # nor do the globals
        begin(5) + formats(0) + tab(9_999_999, "S") + END,
        begin(5) + formats(0) + tab(0, "S") + END,
        begin(5) + formats(0) + tab(len(begin(5)), "S") + END,  # a sheet within the globals
        begin(5) + formats(0) + tab(4, "S")[:-1] + END,
        ONE.replace(begin(), record(0x1, bytes(16))),  # no beginning
        stream(number(0, 0, 1.0, 1), head=formats(0)),  # a format there is not
        stream(number(0, 256, 1.0), head=formats(0)),  # a column there is not
        stream(record(0xFD, struct.pack("<3HI", 0, 0, 0, 0)), head=formats(0)),  # a text there is not
        stream(record(0xFD, bytes(9)), head=formats(0)),
        stream(record(0x203, bytes(13)), head=formats(0)),
        stream(record(0x204, struct.pack("<3H", 0, 0, 0) + string("ab")[:-1]), head=formats(0)),
        stream(record(0x204, struct.pack("<3H", 0, 0, 0) + string("文本")[:-1]), head=formats(0)),
        stream(record(0x205, bytes(6)), head=formats(0)),
        stream(formula(0, 0, struct.pack("<B5xH", 9, 0xFFFF)), head=formats(0)),
        stream(record(0xE5, struct.pack("<H4H", 2, 0, 0, 0, 0)), head=formats(0)),
        stream(b"", head=record(0xFC, struct.pack("<2I", 5, 5) + string("a"))),
        stream(b"", head=record(0xFC, struct.pack("<2I", 5, 5)[:5])),
        stream(b"", head=record(0x41E, b"\0")),
        stream(b"", head=record(0xE0, b"\0")),
    ],
)
def test_broken_workbooks(workbook: bytes) -> None:
    assert str(refusal(xls(workbook))) == BROKEN


def test_sheets_that_overlap() -> None:
    """Thousands of sheets at the same place would be read thousands of times."""
    head = begin(5) + formats(0)
    start = len(head + 2 * tab(0, "S") + END)
    assert str(refusal(xls(head + 2 * tab(start, "S") + END + begin() + END))) == BROKEN


def test_a_cell_in_the_last_column_of_every_row() -> None:
    error = refusal(book(b"".join(number(row, 255, 1.0) for row in range(0, 65_536, 3))))
    assert str(error) == ("too-large: the workbook has more than 2000000 cells, the blank ones in between included")
    assert error.fix is not None
    assert error.fix.msgid == ("delete what lies far below or to the right of the tables, or split the workbook")


def test_the_limit_counts_all_sheets_and_merges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlflow.excel.legacy.MOST", 10)
    assert len(read_xls(book(number(0, 4, 1.0), number(0, 4, 1.0)), None)) == 2
    assert refusal(book(number(0, 4, 1.0), number(0, 5, 1.0))).code == "too-large"
    assert refusal(book(record(0xE5, struct.pack("<H88x", 11)))).code == "too-large"


def test_more_shared_texts_than_cells_there_may_be() -> None:
    head = record(0xFC, struct.pack("<2I", 1, biff.MOST + 1))
    assert refusal(book(head=head)).code == "too-large"


def test_a_stream_larger_than_any_register() -> None:
    error = refusal(xls(bytes(LARGEST + 1)))
    assert str(error) == "too-large: the workbook is too large for the old Excel format (xls)"


def outcome(data: bytes, password: str | None = None) -> object:
    """The sheets, or the code of the refusal; any other exception is a fault."""
    try:
        return read_xls(data, password)
    except BookError as error:
        return error.code


CODES = {"damaged-file", "unsupported-file", "too-large", "no-password", "wrong-password"}


@given(st.lists(st.tuples(st.integers(0, len(REGISTER) - 1), st.integers(0, 255)), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_changed_bytes_never_do_more_than_a_refusal(changes: list[tuple[int, int]]) -> None:
    data = bytearray(REGISTER)
    for at, byte in changes:
        data[at] = byte
    found = outcome(bytes(data))
    assert isinstance(found, list) or found in CODES


def test_every_truncation_is_refused_or_read_whole() -> None:
    ends = range(0, len(REGISTER), 256)
    assert [end for end in ends if outcome(REGISTER[:end]) not in ("damaged-file", SHEETS)] == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [0x06, 0x207, 0xFD, 0xFC, 0x3C, 0x204, 0xBD, 0xE5, 0x208, 0xEC, 0x809, 0x0A, 0x2F, 0x41E, 0xE0, 0x85]
            ),
            st.binary(max_size=40),
        ),
        max_size=12,
    )
)
@settings(max_examples=100, deadline=None)
def test_rubbish_in_records_never_does_more_than_a_refusal(records: list[tuple[int, bytes]]) -> None:
    body = b"".join(record(kind, data) for kind, data in records)
    for data in (book(body), book(b"", head=formats(0) + body)):
        found = outcome(data, PASSWORD)
        assert isinstance(found, list) or found in CODES


LIMIT = 62 << 20
HOSTILE = {
    "records of no bytes": lambda: record(0x99) * (LIMIT // 4),
    "numbers": lambda: b"".join(
        number(row, column, row * 1.1 + column / 7) for row in range(50_000) for column in range(39)
    ),
    "merges": lambda: record(0xE5, struct.pack("<H", 1027) + bytes(8216)) * 7800,
    "drawings": lambda: record(0xEC, bytes(8000)) * 7000,
    "text without end": lambda: (
        record(0x204, struct.pack("<4HB", 0, 0, 0, 65535, 0)) + record(0x3C, b"\0") * (12 << 20)
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_within_ten_seconds(name: str) -> None:
    data = book(HOSTILE[name]())
    start = clock.process_time()
    outcome(data)
    assert clock.process_time() - start < 10


@pytest.mark.slow
def test_hostile_shared_texts_end_within_ten_seconds() -> None:
    more = record(0x3C, struct.pack("<HB2s", 1, 1, b"ab") * 1600)
    data = book(head=record(0xFC, struct.pack("<2I", 0, biff.MOST)) + more * (biff.MOST // 1600 + 1))
    start = clock.process_time()
    outcome(data)
    assert clock.process_time() - start < 10
