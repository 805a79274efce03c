"""The sheets of the desk's three workbooks: headings, titles, totals, and which lines stand on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from invented.cells import Formula
from invented.lines import Line, amount_typed

SHOP = "示例路由器旗舰店"
MARCH = "2026年3月"
FILES = {"receiving": "收货表.xlsx", "exchange": "换货表.xlsx", "freight": "退运费表.xlsx"}
TITLES = {"receiving": "退货签收登记表", "exchange": "换货登记表", "freight": "退运费登记表"}
#: The field that a register's totals add up.
COUNTED = {"receiving": "quantity", "exchange": "quantity", "freight": "amount"}

#: Field → heading and column width. A field "+…" is a column that no field of the register claims.
Columns: TypeAlias = dict[str, tuple[str, int]]

HEADINGS: dict[str, Columns] = {
    "receiving": {
        "received_on": ("收货日期", 16), "courier": ("快递公司", 10), "tracking_no": ("退货单号", 26),
        "order_no": ("订单编号", 24), "buyer": ("买家旺旺", 17), "product": ("产品", 16), "model": ("型号", 10),
        "quantity": ("数量", 7), "kind": ("类型", 9), "reason": ("退货原因", 24), "inspection": ("质检结果", 16),
        "recorder": ("登记人", 8), "memo": ("备注", 26),
    },
    "exchange": {
        "registered_on": ("登记日期", 16), "order_no": ("订单编号", 24), "buyer": ("旺旺号", 17),
        "product": ("产品名称", 16), "model": ("规格型号", 10), "quantity": ("换货数量", 9),
        "reason": ("换货原因", 14), "return_tracking": ("寄回单号", 22), "courier": ("换出快递", 9),
        "sent_tracking": ("换出单号", 22), "sent_on": ("发出日期", 16), "recipient": ("收件人", 9),
        "phone": ("联系电话", 16), "address": ("收货地址", 34), "responsible": ("责任人", 8), "memo": ("备注", 14),
    },
    "freight": {
        "registered_on": ("登记日期", 16), "order_no": ("订单号", 24), "buyer": ("买家旺旺", 17),
        "payee_account": ("支付宝帐号", 24), "payee_name": ("收款人姓名", 11), "amount": ("运费金额（元）*", 11),
        "reason": ("退运费原因", 24), "kind": ("售后类型", 9), "return_tracking": ("退回快递单号", 26),
        "problem_on": ("反馈日期", 12), "platform_unavailable": ("无法申请原因", 12), "status": ("打款状态", 11),
        "paid_on": ("打款日期", 16), "transaction": ("支付宝流水号", 30), "memo": ("备注", 24),
    },
}  # fmt: skip

#: Where a sheet differs: since March the warehouse has its own word for the tracking number, notes what was applied
#: for, and the shelf; a colleague's own sheet of exchanges has no quantity.
OTHERWISE: dict[tuple[str, str], dict[str, tuple[str, int] | None]] = {
    ("receiving", MARCH): {
        "tracking_no": ("回来的单号", 26), "quantity": ("实收数量", 9), "expected_quantity": ("申请数量", 9),
        "phone": ("联系电话", 15), "+shelf": ("货架号", 8),
    },
    ("freight", MARCH): {"+clerk": ("登记客服", 9)},
    ("exchange", "3月补登"): {"quantity": None},
}  # fmt: skip


@dataclass
class Page:
    """A sheet before it is written.

    ``rows`` stand below the heading row, None is the headings once more; ``shows`` are findings about the sheet.
    """

    register: str
    name: str
    columns: Columns
    rows: list[Line | None] = field(default_factory=list)
    shows: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What stands above the headings."""
        return f"{SHOP}　{TITLES[self.register]}（{self.name}）"

    def below(self, text: str, value: Any = None, shows: str = "") -> Line:
        """A row of one text at the left, and perhaps a total."""
        cells = {next(iter(self.columns)): text, COUNTED[self.register]: value}
        return Line(self.register, self.lines[-1].on, cells, shows, sheet=self.name)

    @property
    def lines(self) -> list[Line]:
        """The rows without repeated headings."""
        return [row for row in self.rows if row is not None]

    def sum_of(self, lines: Iterable[Line]) -> float:
        """What the lines add up to."""
        return float(sum(amount_typed(line.cells.get(COUNTED[self.register])) for line in lines))


def pages(register: str, lines: list[Line]) -> list[Page]:
    """The sheets of a register by name, the lines of each in order of their day."""
    made = []
    for name in sorted({line.sheet for line in lines}):
        other = OTHERWISE.get((register, name), {})
        columns = {name: heading for name, heading in (HEADINGS[register] | other).items() if heading}
        rows = sorted((line for line in lines if line.sheet == name), key=lambda line: line.on)
        lacks = tuple(f"missing-column error {name}" for name, heading in other.items() if heading is None)
        page = Page(register, name, columns, [*rows], lacks)
        FINISH.get((register, name), _month)(page)
        made.append(page)
    return made


def _month(page: Page) -> None:
    """January and February: plain numbers, and below them their right sum."""
    if COUNTED[page.register] in page.columns:
        page.rows.append(page.below("合计", Formula("=SUM({column}{first}:{column}{above})", page.sum_of(page.lines))))
        page.rows.append(page.below("制表人：小郑　　　审核：阿玲"))


def _march_receiving(page: Page) -> None:
    """Printed on two pages: the second has the headings again, and a total that was saved without its result."""
    page.shows = ("hidden-rows info", "unclaimed-column info +shelf")
    first, second = page.lines[:48], page.lines[48:]
    unsaved = Formula('=SUMIF({column}{first}:{column}{above},">0")-{column}{subtotal}')
    end = page.below("合计", unsaved, "uncached-formula error quantity")
    note = page.below("制表人：小郑　　　审核：阿玲")
    page.rows = [*first, page.below("本页合计", page.sum_of(first)), None, *second, end, note]


def _march_exchange(page: Page) -> None:
    page.rows.append(page.below("以上换货均已与客户确认地址"))


def _march_freight(page: Page) -> None:
    """The first ten days have a right 小计; the 合计 adds up numbers only, and misses what was typed as 12元."""
    page.shows = ("unclaimed-column info +clerk",)
    early = [line for line in page.lines if line.on.day <= 10]
    late = page.lines[len(early) :]
    numbers = page.sum_of(line for line in page.lines if not isinstance(line.cells.get("amount"), str))
    formula = Formula('=SUMIF({column}{first}:{column}{above},">0")-{column}{subtotal}', numbers)
    end = page.below("合计", formula, "control-total warning amount")
    page.rows = [*early, page.below("小计", page.sum_of(early)), *late, end, page.below("制表人：阿玲　　　店长：")]


FINISH = {
    ("receiving", MARCH): _march_receiving,
    ("exchange", MARCH): _march_exchange,
    ("freight", MARCH): _march_freight,
}
