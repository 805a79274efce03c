"""Delimited texts of platforms and banks: every cell as it stands there (domain.md B.5, B.6)."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlflow.delimited import UndecodableText, read_delimited
from xlflow.grid import Value

TEXT = "订单编号,金额\r\n1234567890123456789,12.00\r\n"
ROWS: list[tuple[int, list[Value]]] = [(1, ["订单编号", "金额"]), (2, ["1234567890123456789", "12.00"])]


def rows(data: bytes) -> list[tuple[int, list[Value]]]:
    sheet = read_delimited(data, "退款.csv")
    assert sheet.name == "退款.csv"
    return [(line.number, line.values) for line in sheet.lines]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("gbk"),
        TEXT.encode("gb18030"),
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\r\n", "\n").encode("gbk"),
        TEXT.replace(",", "\t").encode("gbk"),
        TEXT.replace(",", "\t").encode("utf-16"),
    ],
)
def test_the_encodings_exports_come_in(data: bytes) -> None:
    assert rows(data) == ROWS


def test_cells_stay_text_as_they_stand() -> None:
    text = '单号,编号,备注\n="1234567890123456789",007,"一,二\n三"\n\'13800001111,\t2088\t, 好 \n'
    assert rows(text.encode("gbk"))[1:] == [
        (2, ['="1234567890123456789"', "007", "一,二\n三"]),
        (3, ["'13800001111", "\t2088\t", " 好 "]),
    ]


def test_blank_cells_and_lines_are_blank() -> None:
    assert rows(b"a,,b\n\n,,\n,x\n") == [(1, ["a", None, "b"]), (4, [None, "x"])]


def test_nothing_is_nothing() -> None:
    assert rows(b"") == []


def test_a_tab_after_an_id_does_not_make_it_tab_separated() -> None:
    assert rows("交易号\t,金额\n2026\t,12\n".encode("gbk"))[1] == (2, ["2026\t", "12"])


def test_a_tab_after_every_field_does_not_either() -> None:
    assert rows("交易号\t,金额\t,备注\t\r\n2026\t,12\t,\t\r\n".encode("gbk"))[1] == (2, ["2026\t", "12\t", "\t"])


def test_blank_cells_between_tabs() -> None:
    assert rows("交易号\t金额\t备注\n2026\t\t一,二\n".encode("gbk"))[1] == (2, ["2026", None, "一,二"])


@pytest.mark.parametrize("data", [b"\xff\xff\xfe\x80", b"\xff\xfe\x00", b"PK\x03\x04\x80\xff\xff", b"\xef\xbb\xbf\xff"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UndecodableText) as refused:
        read_delimited(data, "退款.csv")
    assert (refused.value.code, str(refused.value)) == (
        "damaged-file",
        "damaged-file: 退款.csv is not a text that can be read",
    )


CELL = st.text(st.characters(codec="gb18030", exclude_categories=["Cs", "Cc"]), max_size=8)


@given(
    st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(["utf-8-sig", "utf-16"])
)
def test_what_csv_wrote_is_read_back(table: list[list[str]], encoding: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["标题", "甲", "乙", "丙"], *table])
    read = dict(rows(text.getvalue().encode(encoding)))
    for number, cells in enumerate(table, start=2):
        assert read.get(number, [None] * len(cells)) == [cell or None for cell in cells]
