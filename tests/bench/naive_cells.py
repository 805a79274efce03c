"""The cells of the straightforward script: one function a kind, which raises Wrong for what it cannot read."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

import pandas as pd

from tests.bench import rules


class Wrong(Exception):
    """A cell that cannot be read: args are the code and what to say."""


def is_blank(value):
    return value is None or (isinstance(value, float) and value != value) or value is pd.NaT or str(value).strip() == ""


def clean(value):
    """A cell as text; whole numbers without their .0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFKC", str(value)).strip().lstrip("'")


def read_id(value, pattern):
    if isinstance(value, int | float) and value >= 10**15:
        raise Wrong("damaged-number", f"{value} 按数字存了，末几位已经丢失")
    number = "".join(clean(value).split()).upper()
    if re.fullmatch(rules.SHORTENED, number):
        raise Wrong("damaged-number", f"{number} 末几位已经丢失")
    if not re.fullmatch(pattern, number):
        raise Wrong("unreadable", f"{number} 不是单号")
    return number


def read_order(value):
    return read_id(value, rules.ORDER)


def read_tracking(value):
    return read_id(value, rules.TRACKING)


def read_date(value):
    if isinstance(value, dt.datetime):
        return value.date()
    text = clean(value)
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"):
        try:
            return dt.datetime.strptime(text, form).date()  # a day has no zone
        except ValueError:
            continue
    raise Wrong("unreadable", f"{text} 不是日期")


def read_money(value):
    text = clean(value).replace("¥", "").replace("元", "").replace(",", "").strip()
    if not re.fullmatch(r"\d+(\.\d{1,2})?", text) or float(text) == 0:
        raise Wrong("unreadable", f"{text} 不是金额")
    return float(text)


def read_int(value):
    text = clean(value).rstrip("个件台只条")
    if not re.fullmatch(r"\d+", text):
        raise Wrong("unreadable", f"{text} 不是数量")
    return int(text)


def read_phone(value):
    number = re.sub(r"[\s-]", "", clean(value))
    if not re.fullmatch(rules.PHONE, number):
        raise Wrong("unreadable", "不是电话")
    return number[-11:]


def read_account(value):
    account = "".join(clean(value).lower().split())
    if not re.fullmatch(rules.ACCOUNT, account):
        raise Wrong("unreadable", "不是支付宝账号")
    return account


def one_of(spellings):
    def read(value):
        text = clean(value)
        if text not in spellings:
            raise Wrong("unknown-value", f"{text} 不认识")
        return spellings[text]

    return read


LONGEST_FIRST = sorted(rules.REASONS, key=len, reverse=True)


def read_reason(value):
    text = clean(value)
    for word in LONGEST_FIRST:
        if text == word or re.search(rf"(?<!非)(?<!不是)(?<!没有)(?<!无){word}", text):
            return text, rules.REASONS[word]
    raise Wrong("unknown-value", f"{text} 不认识")


READERS = {
    "date": read_date, "tracking": read_tracking, "order": read_order, "text": clean, "phone": read_phone,
    "int": read_int, "reason": read_reason, "courier": one_of(rules.COURIERS), "account": read_account,
    "money": read_money, "status": one_of(rules.STATUSES),
}  # fmt: skip
