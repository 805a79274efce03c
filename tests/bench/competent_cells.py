"""The cells of the competent script: a whole column → its values, and by code the mask of what cannot be read."""

from __future__ import annotations

import re

import pandas as pd

from tests.bench import rules

DATE = r"(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?(?: \d{1,2}:\d{2}(?::\d{2})?)?"
WORDS = re.compile("|".join(f"(?<!非|无)(?<!不是|没有){word}" for word in sorted(rules.REASONS, key=len, reverse=True)))


def read_id(column, form):
    """Ids as text; numbers of 16 digits and more have lost their last ones."""
    filled = column.notna()
    number = filled & column.map(lambda value: isinstance(value, int | float))
    damaged = number & column.where(number, 0).ge(10**15)
    text = column.where(~number, column.where(number & ~damaged, 0).astype("int64").astype(str)).astype("str")
    text = text.str.replace(r"\s+", "", regex=True).str.upper()
    damaged |= text.str.fullmatch(rules.SHORTENED, na=False)
    unreadable = filled & ~damaged & ~text.str.fullmatch(form, na=False)
    return text.where(filled), {"damaged-number": damaged, "unreadable": unreadable}


def read_order(column):
    return read_id(column, rules.ORDER)


def read_tracking(column):
    return read_id(column, rules.TRACKING)


def read_date(text, today):
    """Date cells come as 2026-03-02 00:00:00; what is left is what people typed."""
    days = pd.to_datetime(text, format="%Y-%m-%d %H:%M:%S", errors="coerce")
    typed = text[text.notna() & days.isna()]
    parts = typed.str.extract(f"^{DATE}$").rename(columns={0: "year", 1: "month", 2: "day"})
    days = days.fillna(pd.to_datetime(parts.astype(float), errors="coerce"))
    outside = (days < "2005-01-01") | (days > today)
    return days.dt.normalize(), {"unreadable": text.notna() & days.isna(), "date-out-of-range": outside}


def read_money(text):
    bare = text.str.replace(r"[¥元,\s]", "", regex=True)
    good = bare.str.fullmatch(r"\d+(?:\.\d{1,2})?", na=False)
    amount = pd.to_numeric(bare.where(good))
    return amount, {"unreadable": text.notna() & ~(amount > 0)}


def read_int(text):
    bare = text.str.rstrip("个件台只条")
    good = bare.str.fullmatch(r"\d+", na=False)
    return pd.to_numeric(bare.where(good)), {"unreadable": text.notna() & ~good}


def read_phone(text):
    number = text.str.replace(r"[\s-]", "", regex=True)
    return number.str[-11:], {"unreadable": text.notna() & ~number.str.fullmatch(rules.PHONE, na=False)}


def read_account(text):
    account = text.str.replace(r"\s+", "", regex=True).str.lower()
    return account, {"unreadable": text.notna() & ~account.str.fullmatch(rules.ACCOUNT, na=False)}


def read_choice(text, spellings):
    values = text.map(spellings)
    return values, {"unknown-value": text.notna() & values.isna()}


def read_courier(text):
    return read_choice(text, rules.COURIERS)


def read_status(text):
    return read_choice(text, rules.STATUSES)


def read_reason(text):
    """The text itself, where a known word is in it."""
    known = {reason for reason in text.dropna().unique() if group(reason)}
    return text, {"unknown-value": text.notna() & ~text.isin(known)}


def group(reason):
    """The group of a reason's longest known word."""
    if pd.isna(reason):
        return None
    found = max(WORDS.findall(reason), key=len, default="")
    return rules.REASONS.get(reason) or rules.REASONS.get(found)


def read_text(text):
    return text, {}


READERS = {
    "order": read_order, "tracking": read_tracking, "date": read_date, "money": read_money, "int": read_int,
    "phone": read_phone, "account": read_account, "choice": read_choice, "courier": read_courier, "status": read_status,
    "reason": read_reason, "text": read_text, "group": group,
}  # fmt: skip
