"""The rules of the desk's own handbook (S0), section by section: a desk typed from them gets the findings they ask for.

Each case names its section, says in our words what the section asks, and gives the rows with the codes that must be
found in them: these and no others. What a section allows stands beside what it forbids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.desks import make_desk, xlflow

Capture = pytest.CaptureFixture[str]
Cells = dict[str, Any]

TODAY = date(2026, 3, 31)
#: S0 五.6: three of the registers have passwords.
WORDS = {"receiving": "invented-1", "exchange": "invented-2", "freight": "invented-3"}
FURTHER = {
    "reissue": "补发记录表", "lost": "物流丢件记录表", "quality": "质量问题登记表", "badreview": "差评记录表",
    "invoice": "发票登记表", "compensation": "补偿登记表", "interception": "撤件登记表",
}  # fmt: skip


def march(day: int) -> date:
    return date(2026, 3, day)


def ids(number: int) -> dict[str, str]:
    """The ids of a case: its order, and the numbers of its parcels."""
    own = f"{number:03d}60301"
    return {
        "ORDER": f"31{own}12345678", "PARCEL": f"YT{own}12345", "FIRST": f"YT{own}54321", "SENT": f"YT{own}99999",
        "BY-SF": f"SF1{own}1234", "BY-EMS": f"11{own}123", "BY-STO": f"773{own}1234",
    }  # fmt: skip


@dataclass
class Typed:
    """A row as somebody typed it, and the codes that must be found in it."""

    register: str
    codes: tuple[str, ...]
    cells: Cells


@dataclass
class Case:
    """A section, and rows typed under it, all of one order; capitals stand for its ``ids``."""

    section: str
    about: str
    rows: list[Typed] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        return {code for row in self.rows for code in row.codes}


def back(*codes: str, **cells: Any) -> Typed:
    """A parcel that came in on 10 March."""
    usual = {
        "收货日期": march(10),
        "退货单号": "PARCEL",
        "订单编号": "ORDER",
        "产品": "路由器",
        "数量": 1,
        "类型": "退货",
    }
    return Typed("receiving", codes, usual | {"申请数量": None} | cells)


def swap(*codes: str, **cells: Any) -> Typed:
    """A product sent in exchange on 12 March."""
    usual = {
        "登记日期": march(11), "订单编号": "ORDER", "产品": "路由器", "数量": 1, "退回单号": "PARCEL", "换出日期": march(12),
        "换出单号": "SENT",
    }  # fmt: skip
    return Typed("exchange", codes, usual | cells)


def pay(*codes: str, **cells: Any) -> Typed:
    """Return freight to be paid by the manager."""
    usual = {
        "登记日期": march(13), "订单编号": "ORDER", "支付宝账号": "buyer@example.com", "收款人姓名": "王小明", "运费": 12,
        "原因": "质量问题", "类型": "退货", "退回单号": "PARCEL", "反馈日期": None, "无法申请": None,
    }  # fmt: skip
    return Typed("freight", codes, usual | cells)


def compensate(*codes: str, **cells: Any) -> Typed:
    """2 yuan for a missing cable, in the platform."""
    usual = {
        "登记日期": march(16), "订单编号": "ORDER", "补偿项目": "网线", "数量": 1, "补偿金额": 2, "补偿方式": "平台",
        "签收日期": march(12), "反馈日期": march(16), "原因": "没收到", "图片": "图片/1.jpg", "支付宝账号": None,
        "收款人姓名": None,
    }  # fmt: skip
    return Typed("compensation", codes, usual | cells)


def resend(*codes: str, **cells: Any) -> Typed:
    """A cable that did not arrive, sent again with its invoice."""
    usual = {
        "登记日期": march(17), "订单编号": "ORDER", "补发类型": "网线", "补发原因": "没收到", "附发票": "是", "序列号": None,
        "图片": None,
    }  # fmt: skip
    return Typed("reissue", codes, usual | cells)


def stop(*codes: str, **cells: Any) -> Typed:
    """A parcel that 圆通 was asked to stop."""
    usual = {
        "通知日期": march(28), "订单编号": "ORDER", "快递公司": "圆通", "快递单号": "PARCEL", "数量": 1, "补差价": None,
        "实付金额": None, "来回运费": None, "退款金额": None, "确认日期": None,
    }  # fmt: skip
    return Typed("interception", codes, usual | cells)


def book(*codes: str, **cells: Any) -> Typed:
    """A stopped parcel that is booked as lost, so that the refund can go out."""
    usual = {
        "登记日期": march(30), "订单编号": "ORDER", "快递公司": "圆通", "快递单号": "PARCEL", "类型": "拦截",
        "最后物流日期": march(29), "物流返回日期": None, "承诺退回": None,
    }  # fmt: skip
    return Typed("lost", codes, usual | cells)


def bill(*codes: str, **cells: Any) -> Typed:
    """A special invoice that was asked for and issued."""
    usual = {
        "申请日期": march(18), "订单编号": "ORDER", "发票类型": "专票", "发票抬头": "样板市示例有限公司",
        "税号": "330000123456789", "地址电话": "样板市虚构路 1 号 0000-0000000", "开户行及账号": "样板银行 0000", "价税合计": 129,
        "开票日期": march(19),
    }  # fmt: skip
    return Typed("invoice", codes, usual | cells)


EXCHANGED = {"类型": "换货"}
UNABLE = EXCHANGED | {"无法申请": "是"}
#: Sent on 2 March; it failed, and came back on 20 March.
REPLACED = (
    back(类型="换货", 收货日期=march(1), 退货单号="FIRST"),
    swap(登记日期=march(1), 退回单号=None, 换出日期=march(2)),
)
FAILED = (back(类型="换货", 收货日期=march(20)), swap(登记日期=march(21), 换出日期=march(22)))
ADAPTER = {"补偿项目": "电源", "补偿金额": 10, "原因": "灯不亮"}
BY_ALIPAY = {"补偿方式": "店长", "支付宝账号": "buyer@example.com", "收款人姓名": "王小明"}
SENT_ADAPTER = {"补发类型": "电源", "序列号": "AX12345678", "附发票": None}
UPGRADED = {"快递公司": "顺丰", "快递单号": "BY-SF", "补差价": "是", "实付金额": 300, "来回运费": 40}
BY_EMS = {"快递公司": "EMS", "快递单号": "BY-EMS"}

CASES = [
    Case("一.1", "quality, and the parcel is here: paid", [back(), pay()]),
    Case("一.1", "the parcel is not here", [pay("not-received")]),
    Case("一.1", "not for quality", [back(), pay("not-quality", 原因="个人原因退货")]),
    Case("五.1", "the customer's account and amount are asked for first", [back(), pay("missing", "missing", 支付宝账号=None, 运费=None)]),
    Case("一.2", "exchanges are claimed in the platform", [back(类型="换货"), swap(), pay("exchange-freight", **EXCHANGED)]),
    Case("一.3", "unless that cannot be done", [back(类型="换货"), swap(), pay(**UNABLE)]),
    Case("一.4", "a replacement that fails on the 15th day", [*REPLACED, *FAILED, pay(登记日期=march(21), 反馈日期=march(17), **UNABLE)]),
    Case(
        "一.4", "on the 16th",
        [*REPLACED, *FAILED, pay("replacement-too-late", 登记日期=march(21), 反馈日期=march(18), **UNABLE)],
    ),
    Case("一.4", "once more is once", [*REPLACED, *FAILED, swap("third-exchange", 登记日期=march(27), 退回单号=None)]),
    Case("二.3", "2 yuan a cable", [compensate("cable-over-unit", 补偿金额=3)]),
    Case("二.4", "4 yuan for two", [compensate(数量=2, 补偿金额=4)]),
    Case("二.4", "and never more for an order", [compensate("cable-over-cap", 数量=3, 补偿金额=6)]),
    Case("二.4", "in the platform", [compensate("compensation-channel", **BY_ALIPAY)]),
    Case("二.4", "money or another cable", [compensate(), resend("reissue-and-compensation")]),
    Case("二.5", "with the cable goes the invoice", [resend()]),
    Case("二.5", "when there was none", [resend("cable-invoice", 附发票=None)]),
    Case("二.5", "and here there was", [resend(附发票=None), bill()]),
    Case("二.6", "a broken one is not sent again", [resend("cable-broken-reissue", 补发原因="网线坏了")]),
    Case("二.6", "it is compensated", [compensate(原因="网线坏了")]),
    Case("二.7", "told within 7 days", [compensate(签收日期=march(9))]),
    Case("二.7", "or not at all", [compensate("cable-late", 签收日期=march(8))]),
    Case("三.1", "10 yuan for a missing adapter", [compensate(**ADAPTER | {"原因": "没收到", "图片": None})]),
    Case("三.1", "not more", [compensate("adapter-amount", **ADAPTER | {"补偿金额": 12})]),
    Case("三.1", "or another one, for the router's serial number", [resend(**SENT_ADAPTER)]),
    Case("三.1", "without it", [resend("serial-missing", **SENT_ADAPTER | {"序列号": None})]),
    Case("三.1", "not both", [compensate(**ADAPTER), resend("reissue-and-compensation", **SENT_ADAPTER)]),
    Case("三.2", "on the last day of three months", [compensate(**ADAPTER, 签收日期=date(2025, 12, 16))]),
    Case("三.2", "a day late", [compensate("adapter-late", **ADAPTER, 签收日期=date(2025, 12, 15))]),
    Case("三.2", "seen on a picture", [compensate("adapter-evidence", **ADAPTER | {"图片": None})]),
    Case("三.2", "the new one as well", [resend("adapter-evidence", **SENT_ADAPTER, 补发原因="电源坏了")]),
    Case("三.2", "not by Alipay: then it is sent again", [compensate("compensation-channel", **ADAPTER, **BY_ALIPAY)]),
    Case("三.3", "a noisy one likewise", [compensate(**ADAPTER | {"原因": "有声音", "图片": None})]),
    Case("四", "four carriers stop parcels", [stop(退款金额=129)]),
    Case("四", "others do not", [stop("intercept-carrier", 快递公司="申通", 快递单号="BY-STO")]),
    Case("四.1", "the freight of a 顺丰 upgrade is deducted", [stop(**UPGRADED, 退款金额=260)]),
    Case("四.1", "all of it", [stop("roundtrip-not-deducted", **UPGRADED, 退款金额=300)]),
    Case("四.2", "that of four is not", [stop(数量=4, 实付金额=500, 退款金额=500)]),
    Case("四.2", "that of five is", [stop("roundtrip-not-deducted", 数量=5, 实付金额=600, 退款金额=600)]),
    Case("四.3", "EMS is asked the next day", [stop("intercept-unconfirmed", **BY_EMS, 通知日期=march(30))]),
    Case("四.3", "not the same day", [stop(**BY_EMS, 通知日期=march(31))]),
    Case("四.3", "and then it is booked", [stop(**BY_EMS, 通知日期=march(29), 确认日期=march(30)), book(**BY_EMS)]),
    Case("四.3", "others have to travel back", [stop(), book("intercept-not-returning")]),
    Case("四.3", "as this one", [stop(), book(物流返回日期=march(30))]),
    Case("四.3", "or to be promised for tonight", [stop(), book(承诺退回="今晚退回")]),
    Case("五.1", "what the warehouse left out", [back("missing", "missing", 产品=None, 数量=None)]),
    Case("五.1", "in 换货表 too", [back(类型="换货"), swap("missing", 产品=None)]),
    Case("五.2", "special invoices go to finance the next morning", [bill("invoice-due", 申请日期=march(30), 开票日期=None)]),
    Case("五.2", "today's tomorrow", [bill(申请日期=TODAY, 开票日期=None)]),
    Case("五.2", "with all their data", [bill("invoice-incomplete", 开户行及账号=None)]),
    Case("五.3", "what Monday's reports are made of", [
        Typed("quality", (), {"登记日期": march(18), "订单编号": "ORDER", "产品": "路由器", "质量问题": "指示灯不亮"}),
        Typed("badreview", (), {"评价日期": march(18), "订单编号": "ORDER", "差评原因": "信号弱", "评价": "差评"}),
    ]),
    Case("五.7", "three applied for, two came back", [back("quantity-mismatch", 数量=2, 申请数量=3)]),
]  # fmt: skip


def typed() -> Iterator[tuple[int, Typed, Cells]]:
    """The rows of all cases, each with the number of its case and its cells under that case's order and parcel."""
    for number, case in enumerate(CASES, start=1):
        own = ids(number)
        for row in case.rows:
            cells = {
                heading: own.get(value, value) if isinstance(value, str) else value
                for heading, value in row.cells.items()
            }
            if cells.get("支付宝账号"):  # nobody is paid twice here
                cells["支付宝账号"] = f"buyer{number}@example.com"
            yield number, row, cells


@cache
def sheets() -> dict[str, list[Cells]]:
    made: dict[str, list[Cells]] = {}
    for _, row, cells in typed():
        made.setdefault(row.register, []).append(cells)
    return made


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = sheets()
    tables = "\n".join(f'[registers.{name}]\npath = "{title}.xlsx"' for name, title in FURTHER.items())
    files = {f"{title}.xlsx": kept[name] for name, title in FURTHER.items()}
    core = {name: kept[name] for name in WORDS}
    return make_desk(tmp_path_factory.mktemp("s0") / "desk", passwords=WORDS, settings=tables, files=files, **core)


def told(home: Path, capsys: Capture) -> Any:
    return xlflow(capsys, "check", "--desk", home, "--date", TODAY, "--json").document


def test_every_row_gets_the_findings_its_section_asks_for_and_no_others(home: Path, capsys: Capture) -> None:
    document = told(home, capsys)
    expected, rows = [], dict.fromkeys(sheets(), 1)
    for _, row, _ in typed():
        rows[row.register] += 1
        expected += [(row.register, rows[row.register], code) for code in row.codes]
    found = [(finding["register"], finding["row"], finding["code"]) for finding in document["findings"]]
    assert sorted(found) == sorted(expected)
    assert document["errors"] == []


@pytest.mark.parametrize(("section", "code"), sorted({(case.section, code) for case in CASES for code in case.codes}))
def test_explain_cites_the_section(section: str, code: str, capsys: Capture) -> None:
    for language in ("zh", "en"):
        text = xlflow(capsys, "explain", code, "--json", "--lang", language).document["text"]
        assert re.search(rf"S0 (?:[一二三四五][.0-9]*(?:, |、))*{re.escape(section)}(?![.0-9])", text), text


def test_who_is_asked(home: Path, capsys: Capture) -> None:
    """五.1: incomplete rows go to the warehouse's recorder; 五.2: invoices to finance; 五.7: customers to after-sales."""
    owners = {(f["code"], f["register"]): f["owner"] for f in told(home, capsys)["findings"]}
    assert owners["missing", "receiving"] == owners["missing", "exchange"] == "warehouse"
    assert owners["invoice-due", "invoice"] == "finance"
    assert owners["quantity-mismatch", "receiving"] == "after_sales"
    assert owners["third-exchange", "exchange"] == owners["compensation-channel", "compensation"] == "manager"


def test_what_is_written_on_a_refused_parcel(home: Path, capsys: Capture) -> None:
    """五.7 (1): the wording for the box, and three questions for the customer."""
    found = next(f for f in told(home, capsys)["findings"] if f["code"] == "quantity-mismatch")
    assert "客户寄回来的产品数量不符，拍照拒收" in found["message"] + found["fix"]
    assert (found["message"] + found["fix"]).count("？") == 3


def test_without_its_password_a_register_stays_shut(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """五.6."""
    monkeypatch.setenv("XLFLOW_PASSWORD_RECEIVING", "not this one")
    told = xlflow(capsys, "check", "--desk", home, "--date", TODAY, "--json")
    assert (told.code, [error["code"] for error in told.document["errors"]]) == (4, ["wrong-password"])
