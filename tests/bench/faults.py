"""What goes wrong on the benchmark's desk, one function a mistake; each notes the findings it must lead to.

A mistake may lead to more findings elsewhere: the freight of a parcel that cannot be read has not been received.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.bench.desk import DAY, PARCELS, Invented, order_no, parcel

#: Faulty rows a mistake makes on average, and how many rows of a desk a rare mistake stands for.
ROWS_A_MISTAKE, RARE = 1.1, 2000
#: Cases that stand for nothing else: numbers from here on are no case's of the registers.
ELSEWHERE = 5_000_000


class Spoiler:
    """The desk being spoilt. ``spare`` are cases without a mistake, used once as a partner."""

    def __init__(self, made: Invented, rng: Random, spare: list[int]) -> None:
        self.made, self.rng, self.spare = made, rng, spare

    def put(self, register: str, index: int, heading: str, value: Any, code: str) -> None:
        """Put a value into a cell and note the finding that it leads to."""
        self.made.rows[register][index][heading] = value
        self.made.seed(code, register, index)

    def partner(self, fits: Callable[[int], bool] = lambda _: True) -> int:
        """Take a case without a mistake that fits."""
        at = next(i for i, case in enumerate(self.spare) if fits(case))
        return self.spare.pop(at)

    def kind(self, index: int) -> str:
        return str(self.made.rows["receiving"][index]["类型"])


def spoil(made: Invented, rng: Random, share: float) -> None:
    """Spread mistakes over the desk until about that share of all rows is faulty."""
    rows = len(made.rows["freight"])
    count = min(round(share * 3 * rows / ROWS_A_MISTAKE), rows // 2)
    cases = list(range(rows))
    rng.shuffle(cases)
    planned = [*COMMON, *RARELY * max(1, rows // RARE)]
    planned += rng.choices(COMMON, k=max(0, count - len(planned)))
    rng.shuffle(planned)
    spoiler = Spoiler(made, rng, cases[count:])
    for index, mistake in zip(cases[:count], planned, strict=False):
        mistake(spoiler, index)


def missing(register: str, *headings: str) -> Callable[[Spoiler, int], None]:
    """A required cell left blank."""
    return lambda s, index: s.put(register, index, s.rng.choice(headings), None, "missing")


def spoilt(register: str, heading: str, code: str, *values: Any) -> Callable[[Spoiler, int], None]:
    """A cell that says one of these."""
    return lambda s, index: s.put(register, index, heading, s.rng.choice(values), code)


def stored_as_number(register: str) -> Callable[[Spoiler, int], None]:
    """An order number in a number cell: Excel kept 15 digits."""

    def mistake(s: Spoiler, index: int) -> None:
        digits = s.made.rows[register][index]["订单编号"]
        s.put(register, index, "订单编号", float(f"{digits[:15]}0000"), "damaged-number")

    return mistake


def cut_short(register: str, heading: str = "订单编号") -> Callable[[Spoiler, int], None]:
    """A number written as 3.30604E+18."""

    def mistake(s: Spoiler, index: int) -> None:
        s.put(register, index, heading, f"{s.rng.randrange(200001, 499999) * 10**13:.5E}", "damaged-number")

    return mistake


def wrong_carrier(register: str, courier: str, number: str) -> Callable[[Spoiler, int], None]:
    """A carrier whose numbers look otherwise."""

    def mistake(s: Spoiler, index: int) -> None:
        is_jt = str(s.made.rows[register][index][number]).startswith("JT")
        s.put(register, index, courier, "京东" if is_jt else "极兔速递", "carrier-mismatch")

    return mistake


def repeated(register: str, day: str) -> Callable[[Spoiler, int], None]:
    """Another row typed again a day later."""

    def mistake(s: Spoiler, index: int) -> None:
        first = s.made.rows[register][s.partner()]
        s.made.rows[register][index] = {**first, day: first[day] + timedelta(1)}
        s.made.seed("duplicate-row", register, index)
        if register == "receiving":
            s.made.seed("not-received", "freight", index)

    return mistake


def never_received(s: Spoiler, index: int) -> None:
    """Freight for a parcel that nobody has seen."""
    row, carrier = s.made.rows["freight"][index], s.rng.choice(tuple(PARCELS))
    row["退回单号"] = parcel(s.rng, carrier, ELSEWHERE + index)
    s.put("freight", index, "订单编号", order_no(s.rng, ELSEWHERE + index), "not-received")


def refused(s: Spoiler, index: int) -> None:
    """Freight for a parcel that was not accepted."""
    s.made.rows["receiving"][index]["类型"] = s.rng.choice(("拒收", "拍照拒收"))
    s.made.seed("not-received", "freight", index)


def too_few(s: Spoiler, index: int) -> None:
    """Less came back than was applied for."""
    s.put("receiving", index, "申请数量", s.made.rows["receiving"][index]["数量"] + 1, "quantity-mismatch")


def other_parcel(s: Spoiler, index: int) -> None:
    """Freight that names a parcel nobody has seen, while the order came back."""
    number = parcel(s.rng, s.rng.choice(tuple(PARCELS)), ELSEWHERE + index)
    s.put("freight", index, "退回单号", number, "tracking-differs")


def parcel_of_another(s: Spoiler, index: int) -> None:
    """Freight that names the parcel of another order."""
    other = s.made.rows["receiving"][s.partner()]["退回单号"]
    s.put("freight", index, "退回单号", other, "tracking-differs")


def platform_would_pay(s: Spoiler, index: int) -> None:
    """Freight of an exchange that the platform would have taken."""
    s.made.rows["freight"][index]["类型"] = "换货"
    s.put("freight", index, "无法申请", s.rng.choice((None, "否")), "exchange-freight")


def replaced_long_ago(s: Spoiler, index: int) -> None:
    """A replacement that failed more than 15, or without the day of the complaint more than 22, days after."""
    parcel_in, row = s.made.rows["receiving"][index], s.made.rows["freight"][index]
    sent: date = parcel_in["收货日期"] - timedelta(30)
    number = parcel(s.rng, "圆通", ELSEWHERE + index)
    s.made.rows["exchange"][index] |= {
        "订单编号": parcel_in["订单编号"], "登记日期": sent - timedelta(1), "换出日期": sent, "退回单号": number,
    }  # fmt: skip
    row |= {"类型": "换货", "无法申请": "是", "反馈日期": s.rng.choice((None, sent + timedelta(20)))}
    s.made.seed("replacement-too-late", "freight", index)


def exchanged_again(s: Spoiler, index: int) -> None:
    """A third exchange of one order."""
    first, second = (s.partner(lambda case: s.kind(case) == "退货") for _ in range(2))
    rows = s.made.rows["exchange"]
    for other in (first, second):
        rows[other]["订单编号"] = rows[index]["订单编号"]
    last = max((first, second, index), key=lambda i: (rows[i]["登记日期"], i))
    s.made.seed("third-exchange", "exchange", last)


def merged_amount(s: Spoiler, index: int) -> None:
    """One amount over two rows."""
    below = s.partner(lambda case: case - 1 in s.spare)
    s.spare.remove(below - 1)
    s.made.merged.append(below - 1)
    s.put("freight", below, "运费金额", None, "merged-cells")
    s.made.seed("merged-cells", "freight", below - 1)


NO_DATE, LATE = ("3月2日", "2026-13-05", "昨天", "2026.2.30"), DAY + timedelta(90)
COMMON = [
    missing("receiving", "订单编号", "产品", "数量", "类型", "退回单号", "收货日期"),
    spoilt("receiving", "收货日期", "unreadable", *NO_DATE),
    spoilt("receiving", "收货日期", "date-out-of-range", LATE, date(2002, 3, 1)),
    spoilt("receiving", "数量", "unreadable", "两个", -1),
    spoilt("receiving", "联系电话", "unreadable", "1380000123", "没留"),
    stored_as_number("receiving"), cut_short("receiving"), cut_short("receiving", "退回单号"),
    wrong_carrier("receiving", "快递公司", "退回单号"), repeated("receiving", "收货日期"), too_few, refused,
    missing("exchange", "登记日期", "订单编号", "产品", "数量"),
    spoilt("exchange", "登记日期", "unreadable", *NO_DATE),
    spoilt("exchange", "换出日期", "date-out-of-range", LATE, date(1999, 1, 1)),
    spoilt("exchange", "联系电话", "unreadable", "1380000123", "见旺旺"),
    stored_as_number("exchange"), cut_short("exchange"),
    wrong_carrier("exchange", "换出快递", "换出单号"), repeated("exchange", "登记日期"), exchanged_again,
    missing("freight", "支付宝账号", "收款人姓名", "运费金额", "登记日期", "订单编号"),
    spoilt("freight", "登记日期", "unreadable", *NO_DATE),
    spoilt("freight", "打款日期", "date-out-of-range", LATE),
    spoilt("freight", "运费金额", "unreadable", "十二元", 12.555, "约20", -8),
    spoilt("freight", "支付宝账号", "unreadable", "kehu@", "支付宝同手机", "1380000123"),
    spoilt("freight", "运费金额", "freight-too-high", 55, 80.5, 120),
    spoilt("freight", "原因", "not-quality", "个人原因退货", "非质量问题", "其他"),
    spoilt("freight", "原因", "shop-fault", "发错商品", "包装破损"),
    stored_as_number("freight"), cut_short("freight"), repeated("freight", "登记日期"), never_received, other_parcel,
    parcel_of_another, platform_would_pay, replaced_long_ago,
]  # fmt: skip
RARELY = [
    spoilt("receiving", "类型", "unknown-value", "退换"),
    spoilt("freight", "原因", "unknown-value", "不想要了"),
    merged_amount,
]
