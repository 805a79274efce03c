"""Invoices, quality problems and bad reviews written by hand: each shows one finding, or only nearly (H2, S1, T14)."""

from __future__ import annotations

from collections.abc import Iterator

from invented.cells import Picture
from invented.lines import Line, day
from invented.lines_goods import faulty, invoiced, reviewed, tax_no
from invented.people import customer

SPECIAL = "增值税专用发票"
WAITING = {"issued_on": None, "invoice_no": None, "courier": None, "sent_tracking": None}
UNSENT = {"courier": None, "sent_tracking": None}


def invoices() -> Iterator[Line]:
    """A special invoice is complete, right and not late; an issued one is posted."""
    c = customer(891)
    wrong = tax_no(c)[:-1] + ("1" if tax_no(c)[-1] != "1" else "2")
    yield invoiced(c, "3-11", SPECIAL, tax_no=wrong, shows="tax-number error tax_no")
    yield invoiced(customer(892), "3-12", SPECIAL, tax_no="330000123456789", quiet="tax-number")  # an old one of 15
    yield invoiced(customer(893), "3-13", "专票", bank=None, account=None, shows="invoice-incomplete warning bank")
    yield invoiced(customer(894), "3-13", bank=None, account=None, quiet="invoice-incomplete")
    yield invoiced(customer(895), "3-30", SPECIAL, **WAITING, shows="invoice-due warning requested_on")
    yield invoiced(customer(896), "3-31", "增票", **WAITING, quiet="invoice-due")
    yield invoiced(customer(897), "3-30", **WAITING, memo="客户不急", quiet="invoice-due")
    yield invoiced(customer(898), "3-19", **UNSENT, shows="invoice-not-posted info issued_on")
    yield invoiced(customer(899), "3-27", **UNSENT, quiet="invoice-not-posted")  # issued three days ago
    yield invoiced(customer(900), "3-17", "专票", tax_no=None, shows="missing error tax_no")


def complaints() -> Iterator[Line]:
    """A quality problem has its picture; a good word is not for sale."""
    yield faulty(customer(801), "3-18", "指示灯不亮", evidence=None, shows="no-picture warning evidence")
    yield faulty(customer(802), "3-18", "指示灯不亮", evidence=Picture((155, 187, 89)), quiet="no-picture")
    c = customer(803)
    yield faulty(c, "3-19", "经常断网")
    yield faulty(c, "3-24", "经常断网", shows="duplicate-row error order_no")
    yield faulty(c, "3-24", "不通电", quiet="duplicate-row")
    yield faulty(customer(804), "3-25", "散热不好，很烫", supplier=None, handling="退货")
    yield reviewed(customer(805), "3-09", "信号弱", result="返现 5 元，客户已改评", shows="paid-review warning result")
    yield reviewed(customer(806), "3-10", "客服回复慢", result="道歉后客户自己改评", quiet="paid-review")
    yield reviewed(customer(807), "3-11", "物流慢", rating=None, shows="missing warning rating")
    yield reviewed(customer(808), day("3-27"), "质量问题", rating="一星", shows="unknown-value warning rating")


def one_batch() -> Iterator[Line]:
    """Last week four of one model and batch: the weekly report shows that as a spike."""
    for number, on in ((796, "3-24"), (797, "3-25"), (798, "3-27"), (799, "3-28")):
        usual = {"product": "穿墙路由器", "model": "SL-900", "batch": "2512", "supplier": "示例精密"}
        yield faulty(customer(number), on, "指示灯不亮", **usual, serial_no=f"SL900-2512{number:04d}")


def cases() -> Iterator[Line]:
    """All of them."""
    for theme in (invoices, complaints, one_batch):
        yield from theme()
