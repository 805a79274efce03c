"""Each finding by itself: a little desk that shows exactly it, and a near miss that shows nothing (contract §4).

``CASES`` by code; those of further registers stand in the other ``findings*.py``.
"""

from __future__ import annotations

from datetime import date

from invented.cells import Formula, Merged
from invented.lines import day, refund
from invented.people import customer
from invented.small import (
    BACK,
    O2,
    O3,
    O4,
    OWED,
    P3,
    RETURNED,
    SENT_OUT,
    USUAL,
    Case,
    Desk,
    exchange,
    freight,
    hide_row,
    receiving,
)

LOOKUP = "VLOOKUP(B2,B3:E3,4,FALSE)"
WAITING = {"sent_tracking": None, "sent_on": None}
TEACH = '[registers.receiving.values.kind]\n"维修" = "return"\n'
#: An exchange of February that failed again: its second parcel came on 3 March.
FIRST = SENT_OUT | {"registered_on": day("2-09"), "return_tracking": P3, "sent_on": day("2-10")}
AGAIN = SENT_OUT | {"registered_on": day("3-05"), "sent_on": day("3-06")}
EXCHANGED = OWED | {"order_no": O2, "kind": "换货", "return_tracking": SENT_OUT["return_tracking"]}
TWICE = [
    SENT_OUT | {"return_tracking": None},
    SENT_OUT | {"registered_on": day("3-10"), "return_tracking": None},
]
THIRD = SENT_OUT | {"registered_on": day("3-20"), "return_tracking": None}
CHECKED = BACK | {"inspection": "故障属实"}


def _freight(about: str, **cells: object) -> Desk:
    return Desk(about, freight(OWED | cells))


def _arrived(about: str, **cells: object) -> Desk:
    return Desk(about, receiving(RETURNED | cells, BACK))


def _third_parcel(about: str, **cells: object) -> Desk:
    return Desk(about, receiving(RETURNED, BACK, RETURNED | {"tracking_no": P3, "order_no": O3} | cells))


def _replaced(about: str, problem: str) -> Desk:
    row = EXCHANGED | {"registered_on": day("3-05"), "problem_on": day(problem), "platform_unavailable": "是"}
    return Desk(about, exchange(FIRST, AGAIN) | freight(row))


def _refunded(about: str, *refunds: dict[str, str]) -> Desk:
    return Desk(about, refunds=refunds)


CASES: dict[str, Case] = {
    "missing": (
        "error freight 2 C2 payee_account",
        _freight("支付宝账号空着", payee_account=None),
        _freight(
            "姓名写在账号旁边，原因收货表里有：都不算缺",
            payee_account=f"{OWED['payee_account']} 王小明",
            payee_name=None,
            reason=None,
        ),
    ),
    "missing-column": (
        "error receiving 1 - quantity",
        Desk("收货表没有数量这一列", receiving(RETURNED, BACK, lacks=("quantity",))),
        Desk(
            "没有产品这一列，有型号就行",
            receiving(*(row | {"model": "SL-1200"} for row in (RETURNED, BACK)), lacks=("product",)),
        ),
    ),
    "unreadable": (
        "error freight 2 E2 amount",
        _freight("金额写成了“12左右”", amount="12左右"),
        _freight("金额带着符号和单位，读得出来", amount="￥12.00元"),
    ),
    "unknown-value": (
        "error receiving 4 G4 kind",
        Desk(
            "类型写了没人认识的“维修”",
            receiving(RETURNED, BACK, RETURNED | {"tracking_no": P3, "kind": "维修"}),
        ),
        Desk(
            "同样的“维修”，在设置里教过",
            receiving(RETURNED, BACK, RETURNED | {"tracking_no": P3, "kind": "维修"}),
            teaches=TEACH,
        ),
    ),
    "damaged-number": (
        "error exchange 2 B2 order_no",
        Desk("19 位订单编号存成了数字，后四位没了", exchange(SENT_OUT | {"order_no": float(O2[:15] + "0000")})),
        Desk("15 位的旧订单编号存成数字，一位不少", exchange(SENT_OUT | {"order_no": int(O4[:15])})),
    ),
    "suspect-number": (
        "warning exchange 2 B2 order_no",
        Desk("文本的订单编号末四位是 0000", exchange(SENT_OUT | {"order_no": O2[:15] + "0000"})),
        Desk("末三位是 000，平常也会有", exchange(SENT_OUT | {"order_no": O2[:15] + "5000"})),
    ),
    "error-cell": (
        "error freight 2 E2 amount",
        _freight("查不到，金额是 #N/A", amount=Formula(f"={LOOKUP}", "#N/A")),
        _freight("查不到就用 12", amount=Formula(f"=IFERROR({LOOKUP},12)", 12)),
    ),
    "uncached-formula": (
        "error freight 2 E2 amount",
        _freight("公式没有存下结果", amount=Formula("=8+4")),
        _freight("同一个公式，结果存下了", amount=Formula("=8+4", 12)),
    ),
    "merged-cells": (
        "error freight 2 E2 amount; error freight 3 E3 amount",
        Desk(
            "两行合并了一个金额",
            freight(OWED | {"amount": Merged(24, 2)}, EXCHANGED | {"amount": None, "memo": "无法申请"}),
        ),
        Desk(
            "合并的是日期，不是金额",
            freight(
                OWED | {"registered_on": Merged(day("3-04"), 2)},
                EXCHANGED | {"registered_on": None, "amount": 15, "memo": "无法申请"},
            ),
        ),
    ),
    "date-out-of-range": (
        "error freight 2 I2 problem_on",
        _freight("反馈日期在 2005 年之前", problem_on=date(2004, 12, 31)),
        _freight("2005 年的第一天", problem_on=date(2005, 1, 1)),
    ),
    "duplicate-row": (
        "error receiving 4 C4 tracking_no",
        Desk("同一个包裹扫了两次", receiving(RETURNED, BACK, RETURNED | {"received_on": day("3-04")})),
        Desk(
            "一个包裹里有两种产品",
            receiving(RETURNED, BACK, RETURNED | {"received_on": day("3-04"), "product": "电源适配器"}),
        ),
    ),
    "control-total": (
        "warning freight 4 E4 amount",
        Desk(
            "合计少加了一行",
            freight(OWED, EXCHANGED | {"amount": "15元", "memo": "无法申请"}, ["合计", None, None, None, 12]),
        ),
        Desk(
            "小计、合计都对",
            freight(
                OWED,
                ["小计", None, None, None, 12],
                EXCHANGED | {"amount": "15元", "memo": "无法申请"},
                ["合计", None, None, None, 27],
            ),
        ),
    ),
    "unclaimed-column": (
        "info receiving 1 I1 -",
        Desk("货架号这一列没人用", receiving(RETURNED | {"+shelf": "A-3"}, BACK)),
        _arrived("备注是认识的列", memo="A-3"),
    ),
    "hidden-rows": (
        "info receiving - - -",
        Desk("有一行被隐藏了", {"receiving": hide_row(USUAL["receiving"], 2)}),
        Desk("隐藏的是表头上面的标题", {"receiving": hide_row([["退货签收登记表"], *USUAL["receiving"]], 1)}),
    ),
    "carrier-mismatch": (
        "warning receiving 4 C4 tracking_no",
        _third_parcel("说是顺丰，却是 14 位数字", courier="顺丰"),
        _third_parcel("顺丰的老单号是 12 位数字", courier="顺丰", tracking_no="680000123405"),
    ),
    "not-received": (
        "error freight 2 B2 order_no",
        _arrived("包裹是拒收的，不是退货", kind="拒收"),
        Desk("没写退回单号，按订单编号收到了", freight(OWED | {"return_tracking": None})),
    ),
    "tracking-differs": (
        "warning freight 2 H2 return_tracking",
        _freight("订单收到了，单号却是另一个", return_tracking=P3),
        _freight(
            "同一个单号：前面有快递名，后面有扫描枪的尾巴",
            return_tracking=f"中通快递　{OWED['return_tracking']}-1-1-",
        ),
    ),
    "not-quality": (
        "error freight 2 F2 reason",
        _freight("非质量问题不退运费", reason="非质量问题"),
        _freight("是质量问题，只是不是人为", reason="质量问题，非人为损坏"),
    ),
    "shop-fault": (
        "warning freight 2 F2 reason",
        _freight("发错货，要店长点头", reason="发错商品"),
        _freight("说的是没有发错", reason="不是发错商品，质量问题"),
    ),
    "exchange-freight": (
        "error freight 2 G2 kind",
        Desk("换货的运费该在平台申请", freight(EXCHANGED)),
        Desk("备注写了平台申请不了", freight(EXCHANGED | {"memo": "客户说平台申请不了"})),
    ),
    "replacement-too-late": (
        "error freight 2 I2 problem_on",
        _replaced("换出后第 16 天才反馈", "2-26"),
        _replaced("换出后第 15 天反馈，还算", "2-25"),
    ),
    "third-exchange": (
        "warning exchange 4 B4 order_no",
        Desk("同一个订单换第三次", exchange(*TWICE, THIRD)),
        Desk("第三行是另一个订单", exchange(*TWICE, THIRD | {"order_no": O3})),
    ),
    "paid-by-platform": (
        "error freight 2 B2 order_no",
        _refunded("平台已经退过运费", refund(customer(901), day("3-06"), "退运费", "12.00")),
        _refunded(
            "退运费的申请关闭了，退成的是货款",
            refund(customer(901), day("3-06"), "退运费", "12.00", 退款状态="退款关闭", 退款完结时间=""),
            refund(customer(901), day("3-07"), "质量问题", "129.00", 退款编号="260009010000030799"),
        ),
    ),
    "possible-duplicate": (
        "warning freight 3 E3 amount",
        Desk("同一个人、同样的金额，另一个订单", freight(OWED, EXCHANGED | {"memo": "平台申请不了"})),
        Desk("同一个人，金额不一样", freight(OWED, EXCHANGED | {"memo": "平台申请不了", "amount": 12.5})),
    ),
    "freight-too-high": (
        "warning freight 2 E2 amount",
        _freight("超过 50 元一分钱", amount=50.01),
        _freight("正好 50 元", amount=50),
    ),
    "paid-review": (
        "warning freight 2 I2 memo",
        _freight("拿运费换评价", memo="客户说退了运费就改评"),
        _freight("客户自己给的好评", memo="客户已给好评"),
    ),
    "quantity-mismatch": (
        "error receiving 2 F2 quantity",
        _arrived("申请退 2 个，只到 1 个", expected_quantity=2),
        _arrived("申请 2 个，到了“2个”", expected_quantity=2, quantity="2个"),
    ),
    "not-inspected": (
        "warning receiving 2 I2 inspection",
        Desk("收到了还没质检", receiving(RETURNED | {"inspection": None}, CHECKED), on="not-inspected"),
        Desk("质检过了", receiving(RETURNED | {"inspection": "故障属实"}, CHECKED), on="not-inspected"),
    ),
    "unmatched-parcel": (
        "warning receiving 4 C4 tracking_no",
        _third_parcel("无理件，不知道是谁的", order_no=None, kind="无理件"),
        _third_parcel("拒收件，知道是谁的", order_no=O3, kind="拒收"),
    ),
    "exchange-not-shipped": (
        "warning exchange 2 G2 sent_tracking",
        Desk("包裹早到了，还没换出", exchange(SENT_OUT | WAITING), on="exchange-not-shipped"),
        Desk("包裹还没到，不急", exchange(SENT_OUT | WAITING) | receiving(RETURNED), on="exchange-not-shipped"),
    ),
}
