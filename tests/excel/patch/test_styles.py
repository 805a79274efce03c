"""A cell that needs another look gets a changed copy of its style at the end of the list."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest

from tests.excel.packages import MAIN, SHEET, STYLES, parts
from tests.excel.patch.cases import book, cells, code, done, seen, text
from xlflow.excel.patch import Append, Edit, styles
from xlflow.excel.patch.changes import New

SHEET_OF_STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>
<numFmt numFmtId="165" formatCode="@"/></numFmts><fonts count="1"><font><sz val="11"/></font></fonts>
<cellXfs count="6"><xf numFmtId="0" fontId="0"/>
  <xf numFmtId='4' fontId="0" applyFont="1"><alignment horizontal="right"/><protection locked="0"/></xf>
  <xf numFmtId="164" fontId="0"/><xf numFmtId="49"/><xf numFmtId="165"/><xf numFmtId="0" quotePrefix="1"/></cellXfs>
<dxfs count="0"/></styleSheet>""".encode()
GENERAL, MONEY, DATE, AS_TEXT, AS_TEXT_TOO, QUOTED = range(6)


def styled(*styles: int) -> dict[str, bytes]:
    """One row of blank cells in these styles."""
    return book("".join(f'<c r="{chr(65 + at)}1" s="{style}"/>' for at, style in enumerate(styles))) | {
        STYLES: SHEET_OF_STYLES
    }


def new_styles(made: dict[str, bytes], *changes: Edit | Append) -> tuple[list[str], list[str]]:
    """The styles of the cells in the sheet, and the styles that are new."""
    changed, after = done(made, *changes)
    before, now = made[STYLES].decode(), after[STYLES].decode()
    start, _, rest = now.partition("</cellXfs>")
    known, _, behind = before.partition("</cellXfs>")
    assert rest == behind
    head, known = re.sub(r'(?<=cellXfs count=")\d+', "", start), re.sub(r'(?<=cellXfs count=")\d+', "", known)
    assert head.startswith(known)
    count = re.search(r'cellXfs count="(\d+)"', now)
    assert count is None or int(count[1]) == now.partition("<cellXfs")[2].partition("</cellXfs>")[0].count("<xf ")
    sheet = after["xl/worksheets/sheet1.xml"].decode()
    assert (STYLES in changed.parts) == (before != now)
    return re.findall(r'<c [^>]*?s="(\d+)"', sheet), re.findall(r"<xf[^>]*/>|<xf.*?</xf>", head[len(known) :])


@pytest.mark.parametrize(
    ("style", "value", "new"),
    [
        (GENERAL, date(2026, 3, 1), ['<xf numFmtId="14" fontId="0" applyNumberFormat="1"/>']),
        (GENERAL, datetime(2026, 3, 1, 8, 30), ['<xf numFmtId="22" fontId="0" applyNumberFormat="1"/>']),
        (GENERAL, datetime(2026, 3, 1), ['<xf numFmtId="22" fontId="0" applyNumberFormat="1"/>']),
        (GENERAL, time(8, 30, 1), ['<xf numFmtId="21" fontId="0" applyNumberFormat="1"/>']),
        (MONEY, date(2026, 3, 1), [
            '<xf numFmtId="14" fontId="0" applyFont="1" applyNumberFormat="1"><alignment horizontal="right"/>'
            '<protection locked="0"/></xf>']),
        (DATE, date(2026, 3, 1), []),
        (DATE, datetime(2026, 3, 1, 8, 30, 0, 7000), []),
        (DATE, time(8, 30), ['<xf numFmtId="21" fontId="0" applyNumberFormat="1"/>']),
        (DATE, 7, ['<xf numFmtId="0" fontId="0" applyNumberFormat="1"/>']),
        (DATE, Decimal("7.5"), ['<xf numFmtId="0" fontId="0" applyNumberFormat="1"/>']),
        (DATE, True, []),
        (DATE, "待定", []),
        (MONEY, 7, []),
        (AS_TEXT, 7, []),
        (AS_TEXT, "=1+1", []),
        (AS_TEXT_TOO, "=1+1", []),
        (QUOTED, "=1+1", []),
        (GENERAL, "=1+1", ['<xf numFmtId="0" fontId="0" quotePrefix="1"/>']),
        (GENERAL, "+86 1", ['<xf numFmtId="0" fontId="0" quotePrefix="1"/>']),
        (GENERAL, "-1", ['<xf numFmtId="0" fontId="0" quotePrefix="1"/>']),
        (GENERAL, "@SUM(A1)", ['<xf numFmtId="0" fontId="0" quotePrefix="1"/>']),
        (GENERAL, "\t=1", ['<xf numFmtId="0" fontId="0" quotePrefix="1"/>']),
        (GENERAL, "\r=1", ['<xf numFmtId="0" fontId="0" quotePrefix="1"/>']),
        (GENERAL, "\n=1", ['<xf numFmtId="0" fontId="0" quotePrefix="1"/>']),
        (GENERAL, "＝1", ['<xf numFmtId="0" fontId="0" quotePrefix="1"/>']),
        (GENERAL, "＋1", ['<xf numFmtId="0" fontId="0" quotePrefix="1"/>']),
        (GENERAL, "－1", ['<xf numFmtId="0" fontId="0" quotePrefix="1"/>']),
        (GENERAL, "＠1", ['<xf numFmtId="0" fontId="0" quotePrefix="1"/>']),
        (GENERAL, "-", []),
        (GENERAL, "'=1", []),
        (GENERAL, "17712345678", []),
    ],
)  # fmt: skip
def test_a_style_is_copied_where_it_does_not_fit(style: int, value: New, new: list[str]) -> None:
    made = styled(style)
    shown = ["6"] if new else [str(style)] if style else []
    assert new_styles(made, Edit("S", "A1", None, value)) == (shown, new)
    changed, _ = done(made, Edit("S", "A1", None, value))
    read = cells(changed.package)["A1"]
    assert (type(read), read) == (type(value), value)


def test_a_day_in_a_column_of_moments_stays_in_its_format() -> None:
    made = book('<c r="A1" s="1"/>', formats=(0, 22))
    changed, after = done(made, Edit("S", "A1", None, date(2026, 3, 1)))
    assert after[STYLES] == made[STYLES]
    assert cells(changed.package) == {"A1": datetime(2026, 3, 1)}


def test_one_copy_serves_all_cells_and_later_saves() -> None:
    made = styled(GENERAL, GENERAL, MONEY)
    changes = [Edit("S", ref, None, date(2026, 3, day)) for day, ref in enumerate(("A1", "B1", "C1", "E9"), 1)]
    shown, new = new_styles(made, *changes)
    assert (shown, len(new)) == (["6", "6", "7", "6"], 2)
    _, after = done(made, *changes)
    again = [Edit("S", "F1", None, date(2026, 3, 9)), Append("S", {"A": date(2026, 3, 8)})]
    assert done(after, *again)[1][STYLES] == after[STYLES]


def test_a_copied_style_is_copied_again() -> None:
    made = styled(GENERAL)
    shown, new = new_styles(made, Edit("S", "A1", None, "=x"), Edit("S", "A1", "=x", date(2026, 3, 1)))
    assert shown == ["7"]
    assert new[1] == '<xf numFmtId="14" fontId="0" quotePrefix="1" applyNumberFormat="1"/>'


@pytest.mark.parametrize(
    ("day", "since_1904", "serial"),
    [
        (date(1900, 1, 1), False, "1"), (date(1900, 2, 28), False, "59"), (date(1900, 3, 1), False, "61"),
        (date(2026, 3, 1), False, "46082"), (date(9999, 12, 31), False, "2958465"),
        (datetime(2026, 3, 1, 12), False, "46082.5"),
        (datetime(2026, 3, 1, 23, 59, 59, 999000), False, "46082.999999988424"),
        (time(0, 0, 0, 1000), False, "1.1574074074074074e-08"), (time(), False, "0"), (time(18), True, "0.75"),
        (date(1904, 1, 1), True, "0"), (date(1904, 1, 2), True, "1"), (date(2026, 3, 1), True, "44620"),
    ],
)  # fmt: skip
def test_days_are_counted_as_the_workbook_counts(day: New, since_1904: bool, serial: str) -> None:
    made = book(text("A1", "x"), properties='date1904="1"' if since_1904 else "", formats=(0,))
    changed, after = done(made, Edit("S", "A1", "x", day))
    assert f"<v>{serial}</v>".encode() in after["xl/worksheets/sheet1.xml"]
    assert cells(changed.package)["A1"] == day
    if serial not in ("0", "1.1574074074074074e-08"):
        theirs = seen(changed.package).worksheets[0]["A1"].value
        assert theirs == (datetime.combine(day, time()) if type(day) is date else day)


def test_days_before_the_first_are_refused() -> None:
    made = book(text("A1", "x"), properties='date1904="true"', formats=(0,))
    assert code(made, Edit("S", "A1", "x", date(1903, 12, 31))) == "bad-value"


@pytest.mark.parametrize("part", [None, b"<styleSheet xmlns='%s'/>" % MAIN.encode()])
def test_without_styles_there_are_no_dates(part: bytes | None) -> None:
    made = book(text("A1", "x"))
    if part is None:
        del made[STYLES]
        rels = "xl/_rels/workbook.xml.rels"
        made[rels] = made[rels].replace(b'Target="styles.xml"', b'Target="styles.xml" TargetMode="External"')
    else:
        made[STYLES] = part
    assert code(made, Edit("S", "A1", "x", date(2026, 3, 1))) == "unsupported-file"
    changed, _ = done(made, Edit("S", "A1", "x", "=1+1"))
    assert cells(changed.package) == {"A1": "=1+1"}


def test_a_style_that_is_not_there_is_kept_but_not_copied() -> None:
    made = book('<c r="A1" s="9"/>', formats=(0,))
    assert code(made, Edit("S", "A1", None, date(2026, 3, 1))) == "unsupported-file"
    _, after = done(made, Edit("S", "A1", None, 5))
    assert b'<c r="A1" s="9"><v>5</v></c>' in after["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(
    "odd",
    ['<row r="1"><c r="B1" s="6"/></row>', "<row r=\"1\" s = '06'/>", '<cols><col min="1" max="1" style="6"/></cols>'],
)
def test_a_style_that_somebody_waits_for_is_not_made(odd: str) -> None:
    made = parts(odd, before=odd) if odd.startswith("<cols") else parts(odd)
    made[SHEET] = made[SHEET].replace(f"<sheetData>{odd}".encode(), b"<sheetData>") if "cols" in odd else made[SHEET]
    made[STYLES] = SHEET_OF_STYLES
    assert code(made, Edit("S", "A2", None, date(2026, 3, 1))) == "unsupported-file"
    assert done(made, Edit("S", "A2", None, 5))[0].changed == (("S", "A2"),)


def test_a_number_format_without_a_number_is_none() -> None:
    made = styled(GENERAL)
    made[STYLES] = made[STYLES].replace(b'numFmtId="165" ', b"")
    assert new_styles(made, Edit("S", "A1", None, 5)) == ([], [])


def test_styles_with_a_prefix() -> None:
    made = book(text("A1", "x"))
    made[STYLES] = f'<x:styleSheet xmlns:x="{MAIN}"><x:cellXfs><x:xf numFmtId="0"/></x:cellXfs></x:styleSheet>'.encode()
    changed, after = done(made, Edit("S", "A1", "x", date(2026, 3, 1)))
    assert b'<x:xf numFmtId="0"/><x:xf numFmtId="14" applyNumberFormat="1"/></x:cellXfs>' in after[STYLES]
    assert cells(changed.package) == {"A1": date(2026, 3, 1)}


def test_openpyxl_sees_the_copy_as_the_original() -> None:
    workbook = openpyxl.Workbook()
    cell = workbook.worksheets[0]["B2"]
    cell.font = openpyxl.styles.Font(name="宋体", bold=True, color="FFFF0000")
    cell.fill = openpyxl.styles.PatternFill("solid", "FFFFFF00")
    cell.border = openpyxl.styles.Border(left=openpyxl.styles.Side("thin"))
    cell.alignment = openpyxl.styles.Alignment(horizontal="center", wrap_text=True)
    cell.protection = openpyxl.styles.Protection(locked=False)
    file = io.BytesIO()
    workbook.save(file)
    changed, _ = done(file.getvalue(), Edit("Sheet", "B2", None, date(2026, 3, 1)))
    before, after = (seen(package).worksheets[0]["B2"] for package in (file.getvalue(), changed.package))
    looks = ("font", "fill", "border", "alignment", "protection")
    assert [repr(getattr(after, look)) for look in looks] == [repr(getattr(before, look)) for look in looks]
    assert (after.value, after.is_date) == (datetime(2026, 3, 1), True)


@pytest.mark.parametrize("look", ["0.00", "yyyy/m/d"])
def test_a_built_in_format_that_shows_something_else_is_not_used(look: str) -> None:
    made = styled(GENERAL)
    made[STYLES] = made[STYLES].replace(b'numFmtId="165" formatCode="@"', f'numFmtId="14" formatCode="{look}"'.encode())
    if look == "0.00":
        assert code(made, Edit("S", "A1", None, date(2026, 3, 1))) == "unsupported-file"
    else:
        assert new_styles(made, Edit("S", "A1", None, date(2026, 3, 1)))[0] == ["6"]


def test_there_is_an_end_to_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles, "MOST_STYLES", 6)
    assert code(styled(GENERAL), Edit("S", "A1", None, date(2026, 3, 1))) == "unsupported-file"
    monkeypatch.setattr(styles, "MOST_STYLES", 7)
    assert new_styles(styled(GENERAL), Edit("S", "A1", None, date(2026, 3, 1)))[0] == ["6"]
