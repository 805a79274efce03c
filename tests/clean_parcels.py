"""Clean rows of the registers of lost and intercepted parcels and of invoices; the numbers share nothing."""

from __future__ import annotations

from datetime import date

from tests.build import O1, T1
from xlflow.grid import Value

ZTO, EMS, SF = "78901234567890", "1112345678901", "SF1234567890123"

LOST: dict[str, Value] = {
    "登记日期": date(2026, 3, 29), "订单编号": O1, "快递单号": T1, "快递公司": "圆通", "产品": "路由器", "数量": 1,
    "类型": "丢失", "最后物流日期": date(2026, 3, 28),
}  # fmt: skip
INTERCEPTION: dict[str, Value] = {
    "通知日期": date(2026, 3, 29), "订单编号": O1, "快递单号": T1, "快递公司": "圆通", "数量": 1,
}  # fmt: skip
INVOICE: dict[str, Value] = {
    "登记日期": date(2026, 3, 27), "订单编号": O1, "发票类型": "专票", "发票抬头": "样板科技有限公司",
    "税号": "91330100MA2XXXXX6T", "地址电话": "样板市虚构路 1 号 0571-00000000", "开户行及账号": "样板银行 0000 0000",
    "价税合计": 129, "开票日期": date(2026, 3, 30),
}  # fmt: skip
