"""The sheets of the desk's workbooks: titles, totals, and which lines stand on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from invented.cells import Formula
from invented.headings import COUNTED, HEADINGS, MARCH, OTHERWISE, TITLES, Columns
from invented.lines import Line, amount_typed

SHOP = "示例路由器旗舰店"


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
        cells = {next(iter(self.columns)): text, **({} if value is None else {COUNTED[self.register]: value})}
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
        page = Page(register, name, columns, [*rows])
        FINISH.get((register, name), _month)(page)
        made.append(page)
    return made


def _month(page: Page) -> None:
    """Rows, below them their right sum where the register is summed, and who wrote them."""
    counted = COUNTED.get(page.register)
    if counted is not None:
        found = page.sum_of(page.lines)
        is_typed = any(isinstance(line.cells.get(counted), str) for line in page.lines)
        page.rows.append(
            page.below("合计", found if is_typed else Formula("=SUM({column}{first}:{column}{above})", found))
        )
    page.rows.append(page.below("制表人：小郑　　　审核：阿玲"))


def _march_of_a_colleague(page: Page) -> None:
    page.shows = ("missing-column error quantity",)


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
    ("exchange", "3月补登"): _march_of_a_colleague,
    ("freight", MARCH): _march_freight,
}
