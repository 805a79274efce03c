"""Claim sheets and the invoices for finance as workbooks, cell by cell (contract §6)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl

from tests import golden
from tests.build import O1, O2, O3, QUALITY, RECEIVING, T2, T3, TODAY, day, sheet, verdict
from tests.clean_parcels import INVOICE, LOST
from xlflow.claim_book import claim_book
from xlflow.claims import claims
from xlflow.excel.write import to_bytes
from xlflow.invoice_book import invoice_book
from xlflow.invoices import SENT, invoices, sent
from xlflow.layout import NewBook
from xlflow.locale import render
from xlflow.model import Text
from xlflow.once import fold
from xlflow.period import parse

MARCH = parse("2026-03")
#: What must be on no sheet that leaves the desk for a courier or a supplier.
PERSONAL = ("云朵爱上网", "13800000000", "张三", "幸福路", "退款给李四")


def said(text: Text) -> str:
    return render(text, "en")


def cells(book: NewBook) -> str:
    """``sheet!A1 value`` of each cell that has one, and where its link leads."""
    lines = []
    for page in openpyxl.load_workbook(BytesIO(to_bytes(book))).worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.value is not None:
                    link = f" → {cell.hyperlink.target or ''}#{cell.hyperlink.location}" if cell.hyperlink else ""
                    lines.append(f"{page.title}!{cell.coordinate} {plain(cell.value)}{link}")
    return "\n".join(lines) + "\n"


def plain(value: Any) -> str:
    match value:
        case datetime():
            return value.date().isoformat()
        case float() | Decimal():
            return f"{value:.2f}"
    return str(value)


def made() -> Any:
    """A desk with claims on a courier and on a supplier, one of each without an amount."""
    gone = LOST | {
        "登记日期": date(2026, 3, 10), "最后物流日期": date(2026, 3, 9), "发货日期": date(2026, 3, 3), "型号": "AX3000",
        "货值": 129, "运费": 8, "备注": PERSONAL[4], "状态": PERSONAL[2],
    }  # fmt: skip
    bad = QUALITY | {
        "型号": "AX3000", "供应商": "样板电子厂", "单价": Decimal("45.5"), "批次": "B2", "数量": 2, "图片": "图片/1.jpg",
        "备注": PERSONAL[3], "处理方式": PERSONAL[0],
    }  # fmt: skip
    return day(
        lost=[
            gone | {"处理方式": "退款"},
            gone | {"快递单号": T2, "订单编号": O2, "类型": "破损", "货值": None, "运费": None},
            gone | {"快递单号": T3, "订单编号": O3, "类型": "短少", "保价金额": 300, "处理方式": "补发"},
            gone | {"快递单号": "YT4567890123456", "类型": "拦截", "运费": None},
        ],
        quality=sheet([bad, bad | {"订单号": O2, "单价": None, "图片": None}], pictures=frozenset({(3, 9)})),
        receiving=[RECEIVING | {"退回单号": "YT9999999999999", "买家旺旺": PERSONAL[0], "联系电话": PERSONAL[1]}],
    )


def test_the_sheets_of_a_little_desk() -> None:
    today = made()
    found = claims(today, verdict(today), MARCH, (), str)
    books = [claim_book(one, MARCH, said) for one in found.sheets]
    golden.compare("claim-sheets.txt", "\n".join(map(cells, books)))


def test_no_buyer_no_phone_no_address() -> None:
    today = made()
    found = claims(today, verdict(today), MARCH, (), str)
    text = "".join(cells(claim_book(one, MARCH, said)) for one in found.sheets)
    assert [word for word in PERSONAL if word in text] == []


def test_a_register_outside_the_desk_gets_no_link() -> None:
    today = day(quality={"/mnt/质量.xlsx": [QUALITY | {"供应商": "甲", "单价": 1}]})
    (one,) = claims(today, verdict(today), MARCH, (), str).sheets
    text = cells(claim_book(one, MARCH, said))
    assert "/mnt/质量.xlsx 3月!2\n" in text
    assert "→" not in text


def test_the_invoices_of_a_little_desk() -> None:
    rows = [
        INVOICE | {"开票日期": None, "地址电话": None},
        INVOICE | {"订单编号": O2, "开票日期": None, "价税合计": Decimal("58.5")},
        INVOICE | {"订单编号": O3, "开票日期": TODAY},
    ]
    before = day(today=date(2026, 3, 30), invoice=rows[:1])
    events = sent(invoices(before, verdict(before), (), str), before, (), str)
    today = day(invoice=rows)
    found = invoices(today, verdict(today), fold(SENT, events), str)
    golden.compare("invoices.txt", cells(invoice_book(found, TODAY, said)))
    assert O1 in cells(invoice_book(found, TODAY, said))


def test_the_same_day_makes_the_same_workbook() -> None:
    today = made()
    one = claims(today, verdict(today), MARCH, (), str).sheets[0]
    assert to_bytes(claim_book(one, MARCH, said)) == to_bytes(claim_book(one, MARCH, said))
