"""One row of a register as somebody typed it, and what xlflow is expected to say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from invented.cells import Formula
from invented.people import Customer

YEAR = 2026
OPTIONS = ("shows", "once", "quiet", "pays", "merge_down", "sheet")

#: A row of the platform's refund export, by heading.
Refund: TypeAlias = dict[str, str]


@dataclass
class Line:
    """A row: its cells by field, the day it stands under, and what it shows.

    ``shows`` is ``"code severity field"``, on the last day only where it is ``once``; ``quiet`` the code it only nearly
    shows. ``pays`` marks a row of money that is open and held by nothing. Fields in ``merge_down`` are one merged cell
    with the row below. Formulas may hold ``{row}``, and in totals ``{column}``, ``{first}``, ``{above}`` and
    ``{subtotal}`` (row numbers).
    """

    register: str
    on: date
    cells: dict[str, Any]
    shows: str = ""
    once: bool = False
    quiet: str = ""
    pays: bool = False
    merge_down: tuple[str, ...] = ()
    sheet: str = ""
    row: int = 0

    def __post_init__(self) -> None:
        self.sheet = self.sheet or f"{self.on.year}年{self.on.month}月"


def day(text: str | date, plus: int = 0) -> date:
    """``"3-05"`` is 5 March of the sample's year; a date is itself."""
    if isinstance(text, date):
        return text + timedelta(plus)
    month, number = text.split("-")
    return date(YEAR, int(month), int(number)) + timedelta(plus)


def received(c: Customer, on: str | date, **cells: Any) -> Line:
    """A parcel that came back. Among the cells may stand options of ``Line``, here and below."""
    usual = {
        "received_on": day(on), "tracking_no": c.parcel, "courier": c.courier, "order_no": c.order,
        "buyer": c.buyer, "product": c.product, "model": c.model, "quantity": 1, "kind": "退货",
        "reason": "质量问题", "inspection": "已检，故障属实", "recorder": "小郑",
        "+shelf": f"{'ABC'[c.number % 3]}-{c.number % 7 + 1}",
    }  # fmt: skip
    return line_of("receiving", day(on), usual, cells)


def exchanged(c: Customer, on: str | date, **cells: Any) -> Line:
    """A product sent out in exchange, the day after it was registered."""
    usual = {
        "registered_on": day(on), "order_no": c.order, "buyer": c.buyer, "product": c.product, "model": c.model,
        "quantity": 1, "reason": "质量问题", "return_tracking": c.parcel, "courier": "圆通",
        "sent_tracking": c.parcel_of("圆通", 9), "sent_on": day(on, 1), "recipient": c.name, "phone": c.phone,
        "address": c.address, "responsible": "阿玲",
    }  # fmt: skip
    return line_of("exchange", day(on), usual, cells)


def owed(c: Customer, on: str | date, **cells: Any) -> Line:
    """Return freight to be paid."""
    usual = {
        "registered_on": day(on), "order_no": c.order, "buyer": c.buyer, "payee_account": c.payee,
        "payee_name": c.name, "amount": float(c.amount), "reason": "质量问题", "kind": "退货",
        "return_tracking": c.parcel, "+clerk": ("小敏", "小鹿")[c.number % 2],
    }  # fmt: skip
    return line_of("freight", day(on), usual, cells)


def refund(c: Customer, on: str | date, reason: str, amount: str, **cells: str) -> Refund:
    """A row of the platform's refund export (domain.md B.6.2); ``cells`` by heading."""
    n = c.number
    at = f"{day(on):%Y-%m-%d} {9 + n % 9:02d}:{n * 7 % 60:02d}:{n * 11 % 60:02d}"
    return {
        "订单编号": c.order, "退款编号": f"2600{n:04d}0000{day(on):%m%d}{n % 97:02d}", "买家退款金额": amount,
        "宝贝标题": f"{c.product} {c.model}", "退款的申请时间": at, "退款状态": "退款成功", "退款完结时间": at,
        "买家退款原因": reason, **cells,
    }  # fmt: skip


def line_of(register: str, on: date, usual: dict[str, Any], given: dict[str, Any]) -> Line:
    """A line of the usual cells, and the given ones in their place; options of ``Line`` may be among these."""
    cells = usual | given
    options = {name: cells.pop(name) for name in OPTIONS if name in cells}
    return Line(register, on, cells, **options)


def amount_typed(cell: Any) -> Decimal:
    """What a counted cell is worth in a total: numbers, ``12元``, ``¥12.50``, ``2个``; else 0."""
    if isinstance(cell, Formula):
        cell = cell.result
    if isinstance(cell, int | float):
        return Decimal(str(cell))
    text = str(cell or "").strip("¥￥元个台 ")
    return Decimal(text) if text.replace(".", "", 1).isdigit() else Decimal(0)
