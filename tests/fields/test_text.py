"""Text, headings and pictures."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fields.reading import CELLS, FEW, read
from xlflow.fields.text import PICTURE, TEXT, clean, fold, fold_value, heading_key, look_alike, plain, shown
from xlflow.grid import UNCACHED, CellError


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        ("", None),
        (" \u3000\u200b\ufeff", None),
        ("'", None),
        ('=""', None),
        ("  张三\u00a0", "张三"),
        ("张\u200b三\u202c", "张三"),
        ("'0012", "0012"),
        ("’0012", "0012"),
        ('="0012"', "0012"),
        ('="a ""b"""', 'a "b"'),
        ('\'="0012"', "0012"),
        ("不是'开头", "不是'开头"),
        ("=A1", "=A1"),
        ('="a"&"b', '="a"&"b'),
        ("①号 ㈱ Ａ", "①号 ㈱ Ａ"),
        ("a  b\nc", "a  b\nc"),
        (12, "12"),
        (0, "0"),
        (-5, "-5"),
        (123456789012345, "123456789012345"),
        (Decimal("12.50"), "12.5"),
        (Decimal("0.00001"), "0.00001"),
        (Decimal("1E-20"), "1E-20"),
        (Decimal("0.00"), "0"),
        (Decimal("3.30603661323104E+18"), "3.30603661323104E+18"),
        (Decimal("1234567890123450"), "1.23456789012345E+15"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime.fromisoformat("2026-03-02"), "2026-03-02"),
        (datetime.fromisoformat("2026-03-02 09:05"), "2026-03-02 09:05:00"),
        (time(9, 5), "09:05:00"),
    ],
)
def test_text(cell: object, value: str | None) -> None:
    assert read(TEXT, cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        (" ", None),
        ("图片/3月/a.jpg", "图片/3月/a.jpg"),
        (" \\\\仓库\\a.png", "\\\\仓库\\a.png"),
        (
            1,
            "unreadable: 1 is neither a picture nor the path of one; "
            "insert the picture into the cell, or write its path",
        ),
        (
            True,
            "unreadable: TRUE is neither a picture nor the path of one; "
            "insert the picture into the cell, or write its path",
        ),
    ],
)
def test_picture(cell: object, value: str | None) -> None:
    assert read(PICTURE, cell) == value


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("运费金额", "运费金额"),
        ("运费金额（元）*", "运费金额"),
        ("运费 金额 (元) ＊", "运费金额"),
        ("*运费金额(元)（必填）：", "运费金额"),
        ("运费金额（元（人民币））", "运费金额"),
        ("运费金额【元】", "运费金额"),
        ("运费\n金额", "运费金额"),
        ("运费_金额—/-、", "运费金额"),
        ("顾客ID", "顾客id"),
        ("ＳＮ", "sn"),
        ("（元）运费金额", "(元)运费金额"),
        ("（运费金额）", "(运费金额)"),
        ("运费金额）", "运费金额)"),
        ("运费金额（元", "运费金额(元"),
        ("运费（元）金额", "运费(元)金额"),
        ("", ""),
    ],
)
def test_heading_key(heading: str, key: str) -> None:
    assert heading_key(heading) == key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１２．５元", "12.5元"),
        ("＝＂0012＂", "0012"),
        ("10²", "10²"),
        ("①２", "①2"),
        ("½", "½"),
        ("三", "三"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_value_longer_than_any_is_cut_and_marked() -> None:
    assert fold_value("1" * 100) == "1" * 100
    assert fold_value("1" * 101) == "1" * 100 + "…"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("а@b.com", "а (CYRILLIC SMALL LETTER A)"),
        ("YΤ123", "Τ (GREEK CAPITAL LETTER TAU)"),
        ("é", "é (LATIN SMALL LETTER E WITH ACUTE)"),
        ("a@b.com 张三。", None),
    ],
)
def test_look_alike(text: str, found: str | None) -> None:
    assert look_alike(text) == found


def test_shown_cuts_long_text() -> None:
    assert shown("好" * 40) == "好" * 40
    assert shown("好" * 41) == "好" * 39 + "…"


def test_plain_of_what_no_parser_is_given() -> None:
    assert (plain(CellError("#N/A")), plain(UNCACHED)) == ("#N/A", "")


@given(st.text(max_size=40))
def test_clean_is_clean(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet="运费金额abcＡ（）()[]【】*＊_-—/:：、 \u3000", max_size=12))
def test_a_key_is_its_own_key(heading: str) -> None:
    assert heading_key(heading_key(heading)) == heading_key(heading)


@FEW
@given(CELLS)
def test_text_reads_everything(cell: object) -> None:
    value = read(TEXT, cell)
    assert value is None or read(TEXT, value) == value


@given(st.integers(-(10**16), 10**16))
def test_a_whole_number_is_shown_like_any_number(number: int) -> None:
    assert plain(number) == plain(Decimal(number))
