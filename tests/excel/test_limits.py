"""Limits are counted before and while something is read, with whole messages and remedies."""

from __future__ import annotations

import pytest

from tests.excel.archives import Entry, archive
from tests.excel.packages import MAIN, STRINGS, parts, read_sheet, table, zipped
from xlflow.excel import cells_xml, gather, limits, xml
from xlflow.excel import parts as package_parts
from xlflow.excel.book import read_book
from xlflow.excel.errors import BookError
from xlflow.excel.limits import Budget, ensure_members, ensure_slope
from xlflow.excel.xml import elements
from xlflow.excel.zip import Archive

NEW = "open it in Excel or WPS, copy the rows you need into a new workbook and save that"
AGAIN = "open it in Excel or WPS and save it again; then it reads faster, or is seen to be damaged"


def said(error: BookError) -> tuple[str, str, str]:
    assert error.fix is not None
    return error.code, error.message.msgid.format(**error.message.args), error.fix.msgid.format(**error.fix.args)


def test_a_budget_is_spent_to_the_last_byte() -> None:
    budget = Budget(3 << 20)
    budget.spend((3 << 20) - 1)
    budget.spend(1)
    with pytest.raises(BookError) as caught:
        budget.spend(1)
    assert said(caught.value) == ("too-large", "unpacked, the workbook is larger than 3 MB", NEW)


def test_what_is_unpacked_counts_once_more_each_time() -> None:
    found, budget = Archive(archive(Entry(b"a", b"x" * 100))), Budget(250)
    for _ in range(2):
        assert b"".join(found.unpack(found.members[0], budget)) == b"x" * 100
    with pytest.raises(BookError, match="too-large"):
        list(found.unpack(found.members[0], budget))


def test_a_workbook_has_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped(parts('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 900))
    monkeypatch.setattr(package_parts, "Budget", lambda: Budget(3000))
    assert read_book(data, "x.xlsx").sheets
    monkeypatch.setattr(package_parts, "Budget", lambda: Budget(1500))
    with pytest.raises(BookError, match="too-large: unpacked"):
        read_book(data, "x.xlsx")


def test_members() -> None:
    ensure_members(10_000)
    with pytest.raises(BookError) as caught:
        ensure_members(10_001)
    assert said(caught.value) == ("too-large", "the workbook consists of more than 10000 parts", NEW)


def test_slope() -> None:
    ensure_slope("p", 1, 16 << 20)
    ensure_slope("p", 100_000, 20_000_000)
    with pytest.raises(BookError) as caught:
        ensure_slope("xl/a.xml", 99_999, 20_000_000)
    assert said(caught.value) == ("too-large", "its part xl/a.xml unpacks to more than 200 times its size", NEW)


def test_the_area_ends_at_its_last_cells_with_content() -> None:
    filled = '<row r="9"><c r="B9"><v>1</v></c></row><row r="{}"><c r="A{}"><v>1</v></c></row>'
    blank = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert len(read_sheet(parts(filled.format(1_000_000, 1_000_000) + blank)).lines) == 2


def test_cells_are_counted_where_the_area_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="C{n}"><v>1</v></c></row>' for n in range(1, 8))
    monkeypatch.setattr(gather, "MOST_CELLS", 14)
    assert len(read_sheet(parts(rows)).lines) == 7
    monkeypatch.setattr(gather, "MOST_CELLS", 13)
    with pytest.raises(BookError) as caught:
        read_sheet(parts(rows))
    assert said(caught.value) == (
        "too-large",
        f"sheet S has more than {limits.MOST_CELLS} filled cells",
        "split the register into several workbooks, by month for example",
    )


def test_batches_of_the_parser_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 40))
    monkeypatch.setattr(cells_xml, "LARGEST_BATCH", 5)
    assert [line.values for line in read_sheet(parts(rows)).lines] == [[n] for n in range(1, 40)]
    monkeypatch.setattr(gather, "MOST_CELLS", 30)
    with pytest.raises(BookError, match="too-large"):
        read_sheet(parts(rows))


def nested(levels: int) -> bytes:
    return b"<a>" * levels + b"</a>" * levels


def test_depth() -> None:
    assert len(list(elements("p", [nested(256)]))) == 256
    with pytest.raises(BookError) as caught:
        list(elements("xl/a.xml", [nested(257)]))
    assert said(caught.value)[:2] == (
        "damaged-file",
        "the file is damaged: its part xl/a.xml is nested without end",
    )


def test_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MOST_ELEMENTS_KEPT", 4)
    assert len(list(elements("p", [b"<a><b/><b/><b/></a>"]))) == 4
    with pytest.raises(BookError) as caught:
        list(elements("xl/a.xml", [b"<a><b/><b/><b/><b/></a>"]))
    assert said(caught.value) == ("too-large", "its part xl/a.xml is large and written in an unusual way", AGAIN)


@pytest.mark.parametrize("inner", [b"<b x='%s'/>", b"<b>%s</b>", b"<!-- %s -->"])
def test_one_thing_that_never_ends(inner: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "LONGEST", 20_000)
    part = b"<a>" + inner % (b"y" * 100_000) + b"</a>"
    pieces = [part[at : at + 1000] for at in range(0, len(part), 1000)]
    with pytest.raises(BookError) as caught:
        list(elements("xl/a.xml", pieces))
    assert said(caught.value) == ("too-large", "its part xl/a.xml has a row or text of more than 16 MB", NEW)


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-8", "UTF-16", "us-ascii", None])
def test_encodings_that_a_workbook_may_have(encoding: str | None) -> None:
    part = f'<?xml version="1.0"{f" encoding={encoding!r}" if encoding else ""}?><a b="c">d</a>'
    found = list(elements("p", [part.encode(encoding or "utf-8")]))
    assert found == [(("a",), {"b": "c"}, "d")]


@pytest.mark.parametrize("encoding", ["GBK", "gb18030", "UTF-7", "ISO-8859-1", "windows-1252", "x"])
def test_encodings_that_it_may_not_have(encoding: str) -> None:
    with pytest.raises(BookError, match="damaged-file: the file is damaged: its part p cannot be read"):
        list(elements("p", [f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode()]))


def test_small_parts_come_with_paths_and_texts() -> None:
    part = f'<x:a xmlns:x="{MAIN}"><x:b c="1" x:d="2">t<!-- -->u</x:b></x:a>'.encode()
    assert list(elements("p", [part])) == [(("a", "b"), {"c": "1", "d": "2"}, "tu"), (("a",), {}, "")]


def test_the_table_of_strings_counts_too() -> None:
    made = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=table("<t>a</t>"))
    assert read_sheet(made).lines[0].values == ["a"]
    made[STRINGS] = nested(300)
    with pytest.raises(BookError, match=r"nested without end|cannot be read"):
        read_sheet(made)
