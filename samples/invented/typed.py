"""What hurried people make of a value: dates in several forms, numbers with spaces, carriers before tracking numbers.

All of it can be read.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from invented.lines import Line

ALIASES = {
    "中通": "中通快递", "圆通": "圆通速递", "韵达": "韵达快递", "申通": "申通快递", "顺丰": "顺丰速运",
    "极兔": "极兔速递", "京东": "京东快递", "EMS": "EMS",
}  # fmt: skip
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
IDS = ("order_no", "tracking_no", "return_tracking", "sent_tracking")


def type_line(rng: Random, line: Line) -> None:
    """Turn some of the values into what a hurried person would have typed."""
    for name, value in line.cells.items():
        if isinstance(value, date):
            line.cells[name] = typed_date(rng, value)
        elif name in IDS and value and rng.random() < 0.3:
            line.cells[name] = _typed_id(rng, value)
        elif name in ("phone", "payee_account") and str(value).startswith("1380000") and rng.random() < 0.4:
            spaced = f"{value[:3]} {value[3:7]} {value[7:]}"
            line.cells[name] = rng.choice((int(value), f"+86 {value}", spaced))
    if line.register == "receiving":
        _type_parcel(rng, line)
    elif line.register in ("freight", "compensation") and line.on.month == 3 and rng.random() < 0.35:
        amount = line.cells["amount"]  # sums of January and February stay plain
        forms = (f"{amount:g}元", f"¥{amount:.2f}", f"￥{amount:g}", f"{amount:.2f}")
        line.cells["amount"] = rng.choice(forms)


def _type_parcel(rng: Random, line: Line) -> None:
    cells = line.cells
    tracking = cells["tracking_no"]
    if rng.random() < 0.5:
        cells["courier"] = ALIASES[cells["courier"]]
    if rng.random() < 0.2 and isinstance(tracking, str) and tracking.isascii() and tracking.isalnum():
        forms = (f"{cells['courier']} {tracking}", f"{tracking}-1-1-", tracking.lower())
        cells["tracking_no"] = rng.choice(forms)
    if line.on.month == 3 and rng.random() < 0.3:
        cells["kind"] = {"退货": "退", "换货": "换"}.get(cells["kind"], cells["kind"])


def typed_date(rng: Random, on: date) -> Any:
    """A day in one of the forms people use; most are real dates."""
    forms = (
        f"{on:%Y-%m-%d}", f"{on.year}/{on.month}/{on.day}", f"{on.year}.{on.month}.{on.day}",
        f"{on.year}年{on.month}月{on.day}日", int(f"{on:%Y%m%d}"), f"{on.month}月{on.day}日", f"{on:%Y-%m-%d} 14:30",
    )  # fmt: skip
    return rng.choice(forms) if rng.random() < 0.35 else on


def _typed_id(rng: Random, text: str) -> Any:
    if text.isdigit() and len(text) <= 15 and rng.random() < 0.4:
        return int(text)  # a short number survives being typed as a number
    spaced, wide = f"{text[:4]} {text[4:]}", text.translate(WIDE)
    return rng.choice((f" {text}", f"{text}　", f"'{text}", f"\u200b{text}", spaced, f'="{text}"', wide))
