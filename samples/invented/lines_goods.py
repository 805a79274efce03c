"""Rows of the registers about what is sent again, compensated, lost, stopped, invoiced and complained of."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from invented.lines import Line, day, line_of
from invented.people import Customer
from xlflow.fields import tax

COMPANIES = ("样板科技", "虚构网络", "示例贸易", "云上办公", "青团餐饮", "石榴文化")
SUPPLIERS = ("样板电子厂", "虚构通信设备", "示例精密")


def resent(c: Customer, on: str | date, items: str, problem: str, **cells: Any) -> Line:
    """What is sent once more, the day after it was registered."""
    usual = {
        "registered_on": day(on), "order_no": c.order, "buyer": c.buyer, "items": items, "product": None,
        "quantity": 1,
        "problem": problem, "recipient": c.name, "phone": c.phone, "address": c.address, "courier": "圆通",
        "sent_tracking": c.parcel_of("圆通", 21), "sent_on": day(on, 1),
        "responsible": ("阿玲", "小敏")[c.number % 2],
    }  # fmt: skip
    return line_of("reissue", day(on), usual, cells)


def compensated(c: Customer, on: str | date, item: str, amount: float, **cells: Any) -> Line:
    """Money by the platform, for something missing that was told three days after the goods were signed for."""
    usual = {
        "registered_on": day(on), "order_no": c.order, "buyer": c.buyer, "item": item, "quantity": 1,
        "amount": amount,
        "channel": "平台", "signed_on": day(on, -3), "feedback_on": day(on), "problem": f"没收到{item}",
    }  # fmt: skip
    return line_of("compensation", day(on), usual, cells)


def by_alipay(c: Customer) -> dict[str, Any]:
    """Cells of a compensation that the manager pays."""
    return {"channel": "支付宝", "payee_account": c.payee, "payee_name": c.name}


def lost(c: Customer, on: str | date, courier: str, **cells: Any) -> Line:
    """A parcel that did not arrive, claimed the day it was registered; one sheet a courier."""
    value = float(c.number % 90 + 89)
    usual = {
        "registered_on": day(on), "order_no": c.order, "tracking_no": outgoing(c, courier), "product": c.product,
        "model": c.model, "quantity": 1, "kind": "丢件", "sent_on": day(on, -14), "last_scan_on": day(on, -11),
        "goods_value": value, "freight": 8, "handling": "补发", "claimed_on": day(on), "claim_amount": value + 8,
        "sheet": courier,
    }  # fmt: skip
    return line_of("lost", day(on), usual, cells)


def stopped(c: Customer, on: str | date, courier: str, **cells: Any) -> Line:
    """A parcel that a carrier was asked to bring back, and does."""
    paid = float(c.number % 90 + 89)
    usual = {
        "notified_on": day(on), "order_no": c.order, "courier": courier, "tracking_no": outgoing(c, courier),
        "quantity": 1, "paid_amount": paid, "refund_amount": paid, "returning_on": day(on, 1), "sheet": "撤件登记",
    }  # fmt: skip
    return line_of("interception", day(on), usual, cells)


def outgoing(c: Customer, courier: str) -> str:
    """The parcel in which this customer's goods were first sent."""
    return c.parcel_of(courier, 31)


def invoiced(c: Customer, on: str | date, kind: str = "普通发票", **cells: Any) -> Line:
    """An invoice, issued the day after it was asked for and posted the day after that."""
    company = f"样板市{COMPANIES[c.number % len(COMPANIES)]}有限公司"
    is_special = not kind.startswith("普")
    address, phone = "样板市虚构区示例路 " + f"{c.number} 号", f"0000-{c.number:07d}"
    bank, account = "样板银行虚构支行", f"0000 0000 0000 {c.number:04d}"
    usual: dict[str, Any] = {
        "requested_on": day(on), "order_no": c.order, "kind": kind, "title": company if is_special else c.name,
        "amount": float(c.number % 90 + 89), "issued_on": day(on, 1), "invoice_no": f"2600000000{c.number:010d}",
        "courier": "EMS", "sent_tracking": c.parcel_of("EMS", 41),
    }  # fmt: skip
    if is_special:
        usual |= {"tax_no": tax_no(c), "address": address, "phone": phone, "bank": bank, "account": account}
        usual |= {"address_phone": f"{address} {phone}", "bank_account": f"{bank} {account}"}
    return line_of("invoice", day(on), usual, cells)


def tax_no(c: Customer) -> str:
    """The credit code of a company that is nowhere: its region has only zeroes."""
    code = f"91000000MA0XX{c.number:04d}"
    return code + tax.check_character(code)


def faulty(c: Customer, on: str | date, reason: str, **cells: Any) -> Line:
    """A product that failed."""
    usual = {
        "registered_on": day(on), "order_no": c.order, "product": c.product, "model": c.model, "quantity": 1,
        "serial_no": serial(c), "reason": reason, "batch": f"25{c.number % 3 + 10}",
        "unit_price": float(c.number % 30 + 60),
        "supplier": SUPPLIERS[c.number % len(SUPPLIERS)], "evidence": f"图片/{c.number}.jpg", "handling": "换货",
        "responsible": ("阿玲", "小敏")[c.number % 2], "sheet": f"质量{day(on).year}年{day(on).month}月",
    }  # fmt: skip
    return line_of("quality", day(on), usual, cells)


def serial(c: Customer) -> str:
    """The serial number on the back of a customer's router."""
    return f"{c.model.replace('-', '')}-{Random(f'serial {c.number}').randrange(10**7, 10**8)}"


def reviewed(c: Customer, on: str | date, reason: str, **cells: Any) -> Line:
    """A bad review that somebody has looked into."""
    usual = {
        "reviewed_on": day(on), "order_no": c.order, "buyer": c.buyer, "product": c.product, "model": c.model,
        "rating": "差评", "reason": reason, "result": "已致电客户，已解释",
        "responsible": ("阿玲", "小敏")[c.number % 2],
        "sheet": f"差评{day(on).year}年{day(on).month}月",
    }  # fmt: skip
    return line_of("badreview", day(on), usual, cells)
