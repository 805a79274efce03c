"""Reading a register, xlflow against python-calamine: ``python -m tests.bench.bench_read [ROWS] [TIMES]``.

Both sides read the same bytes in turns, each turn in a process of its own. The best CPU time of each counts,
and the memory it grew by; imports and the file's bytes are there before the clock starts.
"""

from __future__ import annotations

import gc
import io
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

SHORT_TEXTS = {
    "产品": ["路由器", "交换机", "网线", "电源", "网卡"],
    "类型": ["退货", "换货", "拒收"],
    "原因": ["质量问题", "坏", "不亮", "个人原因"],
    "快递公司": ["圆通", "中通", "韵达", "EMS"],
    "打款状态": ["已打款", "未打款"],
    "登记人": ["仓一", "仓二"],
}
NARROW = [
    "登记日期",
    "订单编号",
    "退回单号",
    "买家旺旺",
    "联系电话",
    "产品",
    "型号",
    "数量",
    "类型",
    "原因",
    "快递公司",
    "支付宝账号",
    "运费金额",
    "备注",
]
WIDE = [*NARROW, *["地址", "登记时间", "打款状态", "货值", "登记人", "收款人姓名"]]


def register(rows: int, headings: list[str]) -> bytes:
    """A workbook as a desk has it: ids as text, dates and money with formats, blank cells formatted."""
    made, file = random.Random(7), io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("3月")
    text, day, clock, money = (
        book.add_format({"num_format": code}) for code in ("@", "yyyy-mm-dd", "yyyy/m/d h:mm", "0.00")
    )
    cells: dict[str, Callable[[], tuple[object, ...]]] = {
        "登记日期": lambda: (date(2026, 1, 1) + timedelta(made.randrange(300)), day),
        "订单编号": lambda: (str(made.randrange(10**18, 10**19)), text),
        "退回单号": lambda: (f"YT{made.randrange(10**12, 10**13)}",),
        "买家旺旺": lambda: (f"tb{made.randrange(10**7)}",),
        "联系电话": lambda: (f"1{made.randrange(3 * 10**9, 10**10)}", text),
        "型号": lambda: (f"WR-{made.randrange(40)}",),
        "数量": lambda: (made.randrange(1, 6),),
        "支付宝账号": lambda: (f"u{made.randrange(10**6)}@example.com",),
        "运费金额": lambda: (made.randrange(100, 6000) / 100, money),
        "备注": lambda: (f"备注{made.randrange(1000)}" if made.random() < 0.3 else "", text),
        "地址": lambda: (f"某省某市某路{made.randrange(10**5)}号",),
        "登记时间": lambda: (datetime(2026, 1, 1) + timedelta(seconds=made.randrange(300 * 86400)), clock),
        "货值": lambda: (made.randrange(1000, 60000) / 100, money),
        "收款人姓名": lambda: (made.choice("王李张刘陈") + made.choice("伟芳娜敏静"),),
    } | {name: (lambda texts=texts: (made.choice(texts),)) for name, texts in SHORT_TEXTS.items()}
    sheet.write_row(0, 0, headings)
    for row in range(1, rows + 1):
        for column, heading in enumerate(headings):
            sheet.write(row, column, *cells[heading]())
    book.close()
    return file.getvalue()


def measure(side: str, path: str) -> None:
    """Read once in this process and print seconds of CPU and megabytes grown."""
    from python_calamine import load_workbook

    from xlflow.excel.book import read_book

    data = Path(path).read_bytes()
    read_book(register(2, NARROW), "warm.xlsx")
    gc.collect()
    before, start = peak(), time.process_time()
    kept: object
    if side == "xlflow":
        kept = read_book(data, "register.xlsx")
    else:
        kept = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    spent = time.process_time() - start
    print(json.dumps([spent, peak() - before]))
    del kept


def peak() -> float:
    """The most memory this program has had, in megabytes (Linux; getrusage would count the parent's too)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main(rows: int, times: int) -> None:
    for headings in (NARROW, WIDE):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "register.xlsx")
            path.write_bytes(register(rows, headings))
            results: dict[str, list[list[float]]] = {"xlflow": [], "calamine": []}
            for _ in range(times):
                for side, found in results.items():
                    command = [sys.executable, "-m", "tests.bench.bench_read", side, str(path)]
                    found.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
        (own, grown), (other, other_grown) = ((min(c) for c in zip(*found, strict=True)) for found in results.values())
        print(
            f"{rows:,} rows × {len(headings)}: xlflow {own:.2f} s {grown:.0f} MB, calamine {other:.2f} s "
            f"{other_grown:.0f} MB; {other / own:.2f} times as fast in {grown / other_grown:.2f} of the memory"
        )


if __name__ == "__main__":
    if sys.argv[1:2] in (["xlflow"], ["calamine"]):
        measure(*sys.argv[1:3])
    else:
        main(*(int(word) for word in [*sys.argv[1:], "100000", "5"][:2]))
