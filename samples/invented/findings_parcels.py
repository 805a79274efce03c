"""Findings about lost and intercepted parcels and about invoices, as in ``findings.py``."""

from __future__ import annotations

from typing import Any

from invented.lines import day
from invented.people import customer
from invented.small import BACK, O1, O3, O4, P1, P3, RETURNED, Case, Desk, Sheet, alone, receiving, sheet_of

HEADINGS = {
    "lost": {
        "registered_on": "登记日期", "order_no": "订单编号", "tracking_no": "快递单号", "courier": "快递公司",
        "product": "产品", "kind": "类型", "last_scan_on": "最后物流日期", "claimed_on": "索赔日期",
        "settled_on": "到账日期",
    },
    "interception": {
        "notified_on": "通知日期", "order_no": "订单编号", "tracking_no": "快递单号", "courier": "快递公司",
        "quantity": "数量", "upgraded": "补差价顺丰", "paid_amount": "实付金额", "roundtrip_freight": "来回运费",
        "refund_amount": "退款金额", "confirmed_on": "确认日期", "promised": "承诺退回",
    },
    "invoice": {
        "requested_on": "登记日期", "order_no": "订单编号", "kind": "发票类型", "title": "发票抬头", "tax_no": "税号",
        "address_phone": "地址、电话", "bank_account": "开户行及账号", "amount": "价税合计", "issued_on": "开票日期",
        "sent_tracking": "快递单号",
    },
}  # fmt: skip

GONE = {
    "registered_on": day("3-22"), "order_no": O3, "tracking_no": P3, "courier": "中通", "product": "千兆双频路由器",
    "kind": "丢件", "last_scan_on": day("3-20"),
}  # fmt: skip
CLAIMED = {"claimed_on": day("3-31")}
STOPPED = {"notified_on": day("3-28"), "order_no": O3, "tracking_no": P3, "courier": "中通", "quantity": 1}
BY_EMS = STOPPED | {"courier": "EMS", "order_no": O4, "tracking_no": customer(904).parcel_of("EMS")}
FIVE = {"quantity": 5, "paid_amount": 645, "roundtrip_freight": 24}
INVOICED = {
    "requested_on": day("3-18"), "order_no": O1, "kind": "专票", "title": "样板科技有限公司",
    "tax_no": "91330100MA2XXXXX6T", "address_phone": "样板市虚构路 1 号 0571-00000000",
    "bank_account": "样板银行虚构支行 0000 0000", "amount": 129, "issued_on": day("3-19"),
}  # fmt: skip
#: A carrier that looks for parcels as long as it takes: it is asked again, and not claimed from.
PATIENT = '[policies]\n"lost.claim_days.中通" = 3650\n'


def lost(cells: dict[str, Any]) -> dict[str, Sheet]:
    """A sheet with one lost parcel."""
    return {"lost": sheet_of(HEADINGS["lost"], GONE, (GONE | cells,))}


def interception(cells: dict[str, Any]) -> dict[str, Sheet]:
    """A sheet with one parcel that is to be stopped."""
    return {"interception": sheet_of(HEADINGS["interception"], STOPPED, (STOPPED | cells,))}


def _invoice(about: str, on: str = "", **cells: Any) -> Desk:
    return alone(about, {"invoice": sheet_of(HEADINGS["invoice"], INVOICED, (INVOICED | cells,))}, on=on)


def _gone(about: str, teaches: str = "", **cells: Any) -> Desk:
    return Desk(about, lost(cells) | receiving(RETURNED, BACK), (), teaches=teaches, others={})


def _stopped(about: str, **cells: Any) -> Desk:
    return alone(about, interception(cells))


def _booked(about: str, **cells: Any) -> Desk:
    return alone(about, lost({"kind": "撤件"}), interception(cells))


CASES: dict[str, Case] = {
    "intercept-carrier": (
        "warning interception 2 D2 courier",
        _stopped("申通不给撤件", courier="申通", tracking_no=customer(903).parcel_of("申通")),
        _stopped("客户补了差价的顺丰", courier="顺丰", tracking_no=customer(903).parcel_of("顺丰"), upgraded="是"),
    ),
    "roundtrip-not-deducted": (
        "error interception 2 H2 refund_amount",
        _stopped("5 台的订单拒收，退款没扣来回运费", **FIVE, refund_amount=621.01),
        _stopped("来回运费扣足了", **FIVE, refund_amount=621),
    ),
    "intercept-unconfirmed": (
        "warning interception 2 C2 tracking_no",
        alone("EMS 的撤件过了一天还没核实", interception(BY_EMS), lost(CLAIMED)),
        alone("EMS 已确认拦截", interception(BY_EMS | {"confirmed_on": day("3-29")}), lost(CLAIMED)),
    ),
    "intercept-not-returning": (
        "error lost 2 C2 tracking_no",
        _booked("物流还没往回走就登记了丢件"),
        _booked("快递答应今晚退回", promised="是"),
    ),
    "lost-chase": (
        "warning lost 2 C2 tracking_no",
        _gone("七天没有物流更新；这家快递约好查到底", PATIENT),
        _gone("已经索赔", PATIENT, **CLAIMED),
    ),
    "lost-claim": (
        "warning lost 2 C2 tracking_no",
        _gone("十天没有物流更新，还没索赔"),
        _gone("赔款已经到账", settled_on=day("3-31")),
    ),
    "lost-found": (
        "warning lost 2 C2 tracking_no",
        _gone("登记了丢件，包裹却收到了", order_no=O1, tracking_no=P1, **CLAIMED),
        _gone("撤件本来就要收回来", order_no=O1, tracking_no=P1, kind="撤件"),
    ),
    "tax-number": (
        "error invoice 2 E2 tax_no",
        _invoice("税号抄错了一位", tax_no="91330100MA2XXXXX7T"),
        _invoice("老税号是 15 位", tax_no="330100123456789"),
    ),
    "invoice-incomplete": (
        "warning invoice 2 G2 bank_account",
        _invoice("专票缺开户行及账号", bank_account=None),
        _invoice("普票不用写开户行", kind="普票", bank_account=None),
    ),
    "invoice-due": (
        "warning invoice 2 A2 requested_on",
        _invoice("专票登记了还没开", issued_on=None),
        _invoice("普票不急", kind="普票", issued_on=None),
    ),
    "invoice-not-posted": (
        "info invoice 2 I2 issued_on",
        _invoice("开票三天多了还没寄", on="invoice-not-posted"),
        _invoice("已经寄出", on="invoice-not-posted", sent_tracking=customer(901).parcel_of("圆通", 3)),
    ),
}
