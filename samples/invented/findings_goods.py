"""Findings about what is sent again and what is compensated, each by itself (contract §4); see ``findings.py``."""

from __future__ import annotations

from typing import Any

from invented.lines import day, refund
from invented.people import customer
from invented.small import GOODS, O1, O2, O3, OWED, Case, Desk, Sheet, alone, freight, sheet_of

HEADINGS = {
    "compensation": {
        "registered_on": "登记日期", "order_no": "订单编号", "item": "补偿项目", "amount": "补偿金额",
        "quantity": "数量", "channel": "补偿方式", "signed_on": "签收日期", "feedback_on": "反馈日期",
        "problem": "原因", "evidence": "图片", "payee_account": "支付宝账号", "payee_name": "收款人姓名",
    },
    "reissue": {
        "registered_on": "登记日期", "order_no": "订单编号", "items": "补发类型", "problem": "补发原因",
        "serial_no": "路由器序列号", "with_invoice": "附发票", "evidence": "图片",
    },
    "quality": {
        "registered_on": "登记日期", "order_no": "订单编号", "product": "产品", "reason": "质量问题",
        "evidence": "图片",
    },
    "invoice": {
        "requested_on": "登记日期", "order_no": "订单编号", "kind": "发票类型", "title": "发票抬头",
        "amount": "价税合计", "issued_on": "开票日期",
    },
    "lost": {
        "registered_on": "登记日期", "order_no": "订单编号", "courier": "快递公司", "tracking_no": "快递单号",
        "kind": "类型", "handling": "处理方式", "claimed_on": "索赔日期",
    },
}  # fmt: skip

#: One clean row each.
CABLE = {
    "registered_on": day("3-09"), "order_no": O1, "item": "网线", "amount": 2, "channel": "平台",
    "signed_on": day("3-02"), "feedback_on": day("3-09"), "problem": "没收到网线",
    "evidence": "图片/面单.jpg",
}  # fmt: skip
ADAPTER = CABLE | {"item": "电源", "amount": 10, "problem": "灯不亮"}
BY_ALIPAY = CABLE | {"channel": "支付宝", "payee_account": customer(901).phone, "payee_name": "王小明"}
THRICE = ({}, {"registered_on": day("3-10")}, {"registered_on": day("3-11")})
AGAIN = {
    "registered_on": day("3-10"), "order_no": O1, "items": "网线", "problem": "没收到网线", "with_invoice": "是",
    "evidence": "图片/面单.jpg",
}  # fmt: skip
FAULT = {"registered_on": day("3-10"), "order_no": O1, "product": "千兆双频路由器", "reason": "指示灯不亮"}
ISSUED = {
    "requested_on": day("3-05"), "order_no": O1, "kind": "普票", "title": "王小明", "amount": 129,
    "issued_on": day("3-06"),
}  # fmt: skip
GONE = {
    "registered_on": day("3-05"), "order_no": O1, "courier": "圆通",
    "tracking_no": customer(901).parcel_of("圆通", 3), "kind": "丢失", "handling": "补发", "claimed_on": day("3-12"),
}  # fmt: skip


def _sheet(register: str, *rows: dict[str, Any]) -> dict[str, Sheet]:
    return {register: sheet_of(HEADINGS[register], rows[0], rows)}


def _compensated(about: str, clean: dict[str, Any], *changes: dict[str, Any]) -> Desk:
    return alone(about, _sheet("compensation", *(clean | change for change in changes)))


def _freight_again(about: str, **cells: Any) -> Desk:
    again = BY_ALIPAY | {"item": "运费", "amount": 6.5, "registered_on": day("3-20")} | cells
    return Desk(about, freight(OWED) | _sheet("compensation", again))


def _sent(about: str, **cells: Any) -> Desk:
    return alone(about, _sheet("reissue", AGAIN | cells))


def _invoiced(about: str, **cells: Any) -> Desk:
    return alone(about, _sheet("reissue", AGAIN | {"with_invoice": None}), _sheet("invoice", ISSUED | cells))


def _thing_and_money(about: str, **cells: Any) -> Desk:
    return alone(about, _sheet("reissue", AGAIN | cells), _sheet("compensation", CABLE))


def _lost(about: str, handling: str, *refunds: dict[str, str]) -> Desk:
    kept = _sheet("reissue", AGAIN | {"items": "产品"}), _sheet("lost", GONE | {"handling": handling})
    return alone(about, *kept, refunds=(GOODS, *refunds))


CASES: dict[str, Case] = {
    "already-paid": (
        "error compensation 2 B2 order_no",
        _freight_again("退运费表里已经有这笔运费，补偿登记表又登了一次", order_no=OWED["order_no"]),
        _freight_again("另一个订单的运费", order_no=O3),
    ),
    "cable-over-unit": (
        "warning compensation 2 D2 amount",
        _compensated("一条网线补了 3 元", CABLE, {"amount": 3}),
        _compensated("两条网线补 4 元", CABLE, {"amount": 4, "quantity": "2条"}),
    ),
    "cable-over-cap": (
        "error compensation 4 D4 amount",
        _compensated("同一个订单补了三次网线", CABLE, *THRICE),
        _compensated("第三次是另一个订单", CABLE, *THRICE[:2], {"order_no": O2}),
    ),
    "cable-late": (
        "error compensation 2 G2 feedback_on",
        _compensated("签收后第 8 天才说没有网线", CABLE, {"feedback_on": day("3-10")}),
        _compensated("第 7 天说的，还算", CABLE, {}),
    ),
    "cable-broken-reissue": (
        "error reissue 2 C2 items",
        _sent("网线坏了只补钱，不补发", problem="网线坏了"),
        _sent("不是坏了，是没收到", problem="不是坏了，是漏发"),
    ),
    "cable-invoice": (
        "warning reissue 2 C2 items",
        _invoiced("补发网线，发票还没开", issued_on=None),
        _invoiced("发票已经开过了"),
    ),
    "adapter-amount": (
        "error compensation 2 D2 amount",
        _compensated("一个电源补了 15 元", ADAPTER, {"amount": 15}),
        _compensated("两个电源补 20 元", ADAPTER, {"amount": "20元", "quantity": 2}),
    ),
    "adapter-late": (
        "error compensation 2 G2 feedback_on",
        _compensated("签收三个月零一天才说灯不亮", ADAPTER, {"signed_on": day("3-08", -90)}),
        _compensated("正好三个月", ADAPTER, {"signed_on": day("3-09", -90)}),
    ),
    "adapter-evidence": (
        "warning compensation 2 I2 evidence",
        _compensated("电源坏了，没有图片", ADAPTER, {"evidence": None}),
        _compensated("有图片", ADAPTER, {}),
    ),
    "serial-missing": (
        "error reissue 2 E2 serial_no",
        _sent("补发电源，没写序列号", items="电源", serial_no=None),
        _sent("补发电源，写了序列号", items="电源", serial_no="SL1200-26030017"),
    ),
    "compensation-channel": (
        "warning compensation 2 E2 channel",
        _compensated("网线的 2 元从支付宝付", BY_ALIPAY, {}),
        _compensated("差价从支付宝付", BY_ALIPAY, {"item": "差价"}),
    ),
    "reissue-and-compensation": (
        "error reissue 2 C2 items",
        _thing_and_money("补了钱，又补发网线"),
        _thing_and_money("补的是网线钱，补发的是发票", items="发票"),
    ),
    "reissue-and-refund": (
        "error reissue 2 C2 items",
        _lost("丢件退了款，又补发产品", "退款"),
        _lost("丢件只补发；平台退的是运费", "补发", refund(customer(901), day("3-06"), "退运费", "12.00")),
    ),
    "no-picture": (
        "warning quality 2 E2 evidence",
        alone("质量问题没有图片", _sheet("quality", FAULT | {"evidence": None}), on="no-picture"),
        alone("有图片", _sheet("quality", FAULT | {"evidence": "图片/不亮.jpg"}), on="no-picture"),
    ),
}  # fmt: skip
