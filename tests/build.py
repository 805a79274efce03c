"""Small desks in memory: registers as lists of rows, read and judged as a run does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from xlflow import codes
from xlflow.day import Books, Day
from xlflow.discover import exports, registers
from xlflow.finding import Finding
from xlflow.grid import Line, Merge, Sheet, Value
from xlflow.judge import Verdict, judge
from xlflow.locale import render
from xlflow.money.gather import gather
from xlflow.policies import Policies
from xlflow.standing import Standing
from xlflow.table.columns import Row
from xlflow.table.headings import Spellings, find_heading
from xlflow.table.newest import keep_newest
from xlflow.table.read import Reader
from xlflow.table.sheets import TableSheet

TODAY = date(2026, 3, 31)
START = date(2026, 3, 1)

#: Orders and parcels that share nothing; the first of each are those of the clean rows.
O1, O2, O3 = "1234567890123456789", "2345678901234567891", "3456789012345678912"
T1, T2, T3 = "YT1234567890123", "YT2345678901234", "YT3456789012345"

#: Clean rows, to be changed where a test needs it.
RECEIVING: dict[str, Value] = {
    "收货日期": date(2026, 3, 5), "退回单号": "YT1234567890123", "订单号": "1234567890123456789", "产品": "路由器",
    "型号": "AX3000", "数量": 1, "类型": "退货",
}  # fmt: skip
EXCHANGE: dict[str, Value] = {
    "登记日期": date(2026, 3, 6), "订单号": "1234567890123456789", "产品": "路由器", "型号": "AX3000", "数量": 1,
    "退回单号": "YT1234567890123", "换出单号": "YT7654321098765", "换出日期": date(2026, 3, 7),
}  # fmt: skip
FREIGHT: dict[str, Value] = {
    "登记日期": date(2026, 3, 8), "订单号": "1234567890123456789", "支付宝账号": "buyer@example.com",
    "收款人姓名": "张三", "运费金额": 12, "原因": "质量问题", "退回单号": "YT1234567890123",
}  # fmt: skip
COMPENSATION: dict[str, Value] = {
    "登记日期": date(2026, 3, 8), "订单号": "1234567890123456789", "补偿项目": "网线", "补偿金额": 2, "补偿方式": "平台",
}  # fmt: skip
REISSUE: dict[str, Value] = {
    "登记日期": date(2026, 3, 9), "订单号": "1234567890123456789", "补发类型": "网线", "补发原因": "没收到网线",
    "附发票": "是",
}  # fmt: skip
QUALITY: dict[str, Value] = {
    "登记日期": date(2026, 3, 10), "订单号": "1234567890123456789", "产品": "路由器", "质量问题": "指示灯不亮",
}  # fmt: skip
BADREVIEW: dict[str, Value] = {
    "评价日期": date(2026, 3, 11), "订单号": "1234567890123456789", "差评原因": "信号不好", "评价类型": "差评",
}  # fmt: skip
REFUND: dict[str, Value] = {
    "订单编号": "1234567890123456789", "退款编号": "9000000000000001", "退款状态": "退款成功", "买家退款金额": "12.00",
    "买家退款原因": "退运费", "退款完结时间": "2026-03-09 10:00:00",
}  # fmt: skip


def sheet(rows: Sequence[Mapping[str, Value]], name: str = "3月", **options: Any) -> Sheet:
    """A sheet with one heading row, made of the rows' keys, and the rows below it."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    body = [[row.get(heading) for heading in headings] for row in rows]
    return grid([list(headings), *body], name, **options)


def grid(rows: Sequence[Sequence[Value]], name: str = "3月", **options: Any) -> Sheet:
    """A sheet from its cells, row 1 first; a row of None is not there."""
    lines = [Line(i, list(row)) for i, row in enumerate(rows, start=1) if any(v is not None for v in row)]
    options["merges"] = tuple(Merge(*merge) for merge in options.get("merges", ()))
    return Sheet(name, lines, **options)


def read(register: str, *sheets: Sheet, today: date = TODAY, start: date = START, **own: Any) -> list[TableSheet]:
    """Sheets of one register, all in the file REGISTER.xlsx; ``own`` is what the desk's settings say of it."""
    table = registers().get(register) or exports()[register]
    spellings = Spellings.of(table, own.get("headings", {}))
    required = tuple(own.get("required", table.required_fields() if table.owner else ()))
    reader = Reader(table, own.get("types", {}), required, today, start, table.conditional_fields())
    found = []
    for order, source in enumerate(sheets):
        heading = find_heading(source.lines, spellings)
        assert heading is not None, f"no headings in {source.name}"
        found.append(reader.read(source, order, own.get("file", f"{register}.xlsx"), heading))
    return found


def day(
    *,
    today: date = TODAY,
    start: date = START,
    broken: Sequence[str] = (),
    own: Mapping[str, Mapping[str, Any]] = {},
    policies: Mapping[str, tuple[Decimal, ...]] = {},
    **tables: Any,
) -> Day:
    """A day of a desk: ``day(freight=[{…}], receiving=sheet([…]))``, registers that are not named are not there.

    A register is rows, a sheet, a list of sheets, or a dict of these by file; ``own`` is what its settings say.
    """
    known: dict[str, type[Row]] = {**registers(), **exports()}
    sheets: dict[type[Row], list[TableSheet]] = {}
    for name, given in tables.items():
        files = given if isinstance(given, dict) else {f"{name}.xlsx": given}
        sheets[known[name]] = [
            found
            for file, tabs in sorted(files.items())
            for found in read(name, *_sheets(tabs), today=today, start=start, **{"file": file, **own.get(name, {})})
        ]
        if not known[name].owner:
            keep_newest(sheets[known[name]])
    books = Books(sheets, frozenset(sheets), frozenset(known[name] for name in broken))
    return Day(today, start, Policies(policies), books, Standing())


def gathered(found: Day) -> Day:
    """The day on top of the entries that its registers make."""
    letters = product(codes.ALPHABET, repeat=7)
    return gather(found, judge(found), lambda: "".join(next(letters))).day


def _sheets(given: Any) -> list[Sheet]:
    if isinstance(given, Sheet):
        return [given]
    return [sheet(given)] if given and isinstance(given[0], dict) else list(given)


def findings(made: Day, code: str | None = None, on: Sequence[str] = ()) -> list[Finding]:
    """The findings of a day, or those of one code."""
    return [f for f in verdict(made, on).findings if code is None or f.code == code]


def verdict(made: Day, on: Sequence[str] = (), off: Sequence[str] = ()) -> Verdict:
    """The day judged."""
    return judge(made, on, off)


def spots(made: Day, code: str, on: Sequence[str] = ()) -> list[str]:
    """``register place level field`` of each finding of a code, the place a cell or, where there is none, a row."""
    return [f"{f.register} {f.cell or f.row} {f.level} {f.field}" for f in findings(made, code, on)]


def said(finding: Finding, language: str = "en") -> str:
    """``place code level field=value: message; fix``, the whole of what a person is told."""
    told = f"{render(finding.message, language)}; {render(finding.fix, language)}"
    return f"{finding.place} {finding.code} {finding.level} {finding.field}={finding.value}: {told}"
