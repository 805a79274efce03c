"""Invented customers: the same number always gives the same customer.

Nothing here belongs to anybody: phones are 1380000xxxx, mail addresses end in example.com or example.cn, order
numbers are drawn, and every tracking number has four zeroes where a real one would count on.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = (
    "小明", "丽", "伟", "芳芳", "建国", "晓东", "雨桐", "思远", "静", "志强", "文博", "佳怡", "子涵", "海燕",
    "国庆", "春梅", "一鸣", "浩然", "玉兰", "俊杰",
)  # fmt: skip
NICKS = ("云朵", "柚子", "橘猫", "山茶", "小满", "豆包", "晚风", "石榴", "阿布", "麦子", "糯米", "青团")
TAILS = ("爱上网", "不掉线", "的客厅", "在路上", "家的猫", "爱喝茶", "搬新家")
MODELS = {
    "千兆双频路由器": ("SL-1200", "SL-1800"),
    "穿墙路由器": ("SL-900", "SL-2100"),
    "分布式路由套装": ("SL-M3",),
}
AMOUNTS = ("8", "10", "12", "12.5", "13", "15", "16", "18", "20", "22", "23.5", "25")

#: Carrier → how its numbers begin and how many digits follow the four zeroes (domain.md B.2).
NUMBERS = {
    "中通": ("78", 8), "圆通": ("YT6", 8), "韵达": ("43", 9), "申通": ("773", 8), "顺丰": ("SF1", 8),
    "EMS": ("11", 7), "极兔": ("JT3", 8), "京东": ("JDVB0", 6),
}  # fmt: skip


@dataclass(frozen=True)
class Customer:
    """A person who bought a router, and the parcel that came back."""

    number: int
    order: str
    buyer: str
    name: str
    phone: str
    payee: str
    product: str
    model: str
    courier: str
    amount: Decimal
    address: str

    @property
    def parcel(self) -> str:
        """The tracking number of the parcel this customer sent back."""
        return self.parcel_of(self.courier)

    def parcel_of(self, courier: str, nth: int = 1) -> str:
        """The tracking number of this customer's nth parcel with a courier, coming or going."""
        head, digits = NUMBERS[courier]
        rest = Random(f"parcel {self.number} {courier} {nth}").randrange(10 ** (digits - 1), 10**digits)
        return f"{head}0000{rest}"

    def order_of(self, nth: int) -> str:
        """Another order of the same buyer; the last four digits are the buyer's."""
        return draw_order(Random(f"order {self.number} {nth}"), self.order[-4:])


def customer(number: int) -> Customer:
    """The customer of a number (1–9999; 331 is prime to 10,000, so that no two share a phone)."""
    rng = Random(f"customer {number}")
    phone = f"1380000{number * 331 % 10000:04d}"
    product = rng.choice(list(MODELS))
    mail = f"kehu{number:03d}@example.{rng.choice(('com', 'cn'))}"
    return Customer(
        number,
        order=draw_order(rng, f"{rng.randrange(1001, 9999)}"),
        buyer=f"{rng.choice(NICKS)}{rng.choice(TAILS)}{number}",
        name=rng.choice(SURNAMES) + rng.choice(GIVEN),
        phone=phone,
        payee=rng.choice((phone, phone, mail, f"208800000000{number:04d}")),
        product=product,
        model=rng.choice(MODELS[product]),
        courier=rng.choice(list(NUMBERS)),
        amount=Decimal(rng.choice(AMOUNTS)),
        address=f"样板省示例市虚构区{rng.randrange(1, 60)}号{rng.randrange(101, 999)}室",
    )


def draw_order(rng: Random, buyer_digits: str) -> str:
    """An order number: 19 digits, the last four the buyer's."""
    return f"{rng.choice('234')}{rng.randrange(10**13, 10**14)}{buyer_digits}"
