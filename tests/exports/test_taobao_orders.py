"""The platform's order export as it is downloaded (domain.md B.6.1)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.build import TODAY
from xlflow.exports.taobao_orders import TaobaoOrder
from xlflow.steps.inbox import read_exports

EXPORT = """\
订单编号,买家会员名,买家支付宝账号,总金额,订单状态,收货人姓名,收货地址,联系电话,联系手机,订单创建时间,订单付款时间,宝贝标题,物流单号,物流公司,订单备注
="1234567890123456789",买家甲,buyer@example.com,129.00,卖家已发货，等待买家确认,张三,"广东省, 深圳市
某路 1 号",,'13800001111,2026-03-01 10:00:00,2026-03-01 10:01:00,"路由器,双频",YT1234567890123,圆通速递,
="2345678901234567891",买家乙,,59.00,交易关闭,李四,北京市,,'13900002222,2026-03-02 10:00:00,,网线,,,
"""


def orders(folder: Path, **files: str) -> list[TaobaoOrder]:
    (folder / "inbox").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "inbox" / f"{name}.csv").write_bytes(text.encode("gb18030"))
    sheets, troubles = read_exports(folder, TODAY)
    assert troubles == []
    return [row for sheet in sheets for row in sheet.rows if isinstance(row, TaobaoOrder)]


def test_it_is_read_whole(tmp_path: Path) -> None:
    first, second = orders(tmp_path, ExportOrderList202603=EXPORT)
    assert (first.order_no, first.buyer, first.recipient, first.phone, first.tracking_no, first.courier) == (
        "1234567890123456789", "买家甲", "张三", "13800001111", "YT1234567890123", "圆通速递",
    )  # fmt: skip
    assert (first.status, first.product, first.paid_on) == ("卖家已发货，等待买家确认", "路由器,双频", date(2026, 3, 1))
    assert (second.order_no, second.status, second.tracking_no, second.as_of()) == (
        "2345678901234567891", "交易关闭", None, date(2026, 3, 2),
    )  # fmt: skip


def test_the_newest_row_of_an_order_wins(tmp_path: Path) -> None:
    newer = EXPORT.replace("卖家已发货，等待买家确认", "交易成功")
    assert [row.status for row in orders(tmp_path, a=EXPORT, b=newer)] == ["交易成功", "交易关闭"]


def test_numbers_that_excel_rounded_are_refused(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/a.csv").write_bytes(EXPORT.replace('="2345678901234567891"', "2.34568E+18").encode("gbk"))
    sheets, (trouble,) = read_exports(tmp_path, TODAY)
    assert (sheets, trouble.code, trouble.file, trouble.register) == (
        [],
        "damaged-file",
        "inbox/a.csv",
        "taobao_orders",
    )


def test_bills_are_not_the_days_business(tmp_path: Path) -> None:
    from tests.exports.bills import LEDGER

    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/账务明细.csv").write_bytes(LEDGER.encode("gbk"))
    assert read_exports(tmp_path, TODAY) == ([], [])
