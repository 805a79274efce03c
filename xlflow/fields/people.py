"""Phone numbers, Alipay accounts, and the name written beside one (contract §3; domain.md B.3).

Messages never repeat the cell: whom a number belongs to is nobody's business but the register's.
"""

from __future__ import annotations

import re
from functools import cache

from xlflow.fields import FieldType, Unreadable
from xlflow.fields.ids import significant
from xlflow.fields.text import fold_value, look_alike, plain, squeeze
from xlflow.grid import Value
from xlflow.model import Text

_GAP = r"[\s-]*"
_EXTENSION = r"(?:\s*[-转]\s*([0-9]{1,6}))?"
_MOBILE = re.compile(rf"(?:(?:\+?86|0086){_GAP})?(1{_GAP}[3-9](?:{_GAP}[0-9]){{9}}){_EXTENSION}")
_LANDLINE = re.compile(
    rf"(?:(010|02[0-9]){_GAP}([1-9](?:{_GAP}[0-9]){{7}})|(0[3-9][0-9]{{2}}){_GAP}([1-9](?:{_GAP}[0-9]){{6,7}}))"
    + _EXTENSION
)
_AREA_IN_BRACKETS = re.compile(r"\A\((0[0-9]{2,3})\)")
_USER_ID = re.compile("2088[0-9]{12}")
_EMAIL = re.compile(r"[a-z0-9][a-z0-9_%+-]*(?:\.[a-z0-9_%+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
#: What most cells hold, and it is canonical as it stands.
_PLAIN_MOBILE = re.compile("1[3-9][0-9]{9}")
_PLAIN_ACCOUNT = re.compile(f"{_PLAIN_MOBILE.pattern}|{_USER_ID.pattern}|{_EMAIL.pattern}")
_EMAIL_SIGN = re.compile(r"\s*([@.])\s*")
_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_NAME = f"(?:{_HAN}+(?:[·•・.]{_HAN}+)+|{_HAN}{{2,4}})"
_AROUND = " \t\r\n/,、:;|()[]【】_-"
#: What stands beside accounts and is nobody's name.
_NO_NAME = re.compile(
    "支付宝|[账帐户号打转退请的]|姓名|收款|手机|电话|邮箱|微信|客户|买家|本人|同上|备用|先生|女士|小姐"
)


# Patterns over all Han characters take long to compile, and most cells never ask for them.


@cache
def _name_at_start() -> re.Pattern[str]:
    return re.compile(rf"{_NAME}(?!{_HAN})")


@cache
def _name_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?<!{_HAN}){_NAME}\Z")


def _phone(value: Value) -> str | Unreadable | None:
    text = plain(value)
    return text if _PLAIN_MOBILE.fullmatch(text) else _other_phone(fold_value(text))


def _other_phone(text: str) -> str | Unreadable | None:
    if not text:
        return None
    number = _mobile(text) or _landline(text)
    if number is not None:
        return number
    return Unreadable(
        "unreadable",
        Text("this is neither a mobile number nor a landline with its area code"),
        Text("enter one number: a mobile of 11 digits, or a landline such as 010-12345678"),
    )


def _mobile(text: str) -> str | None:
    match = _MOBILE.fullmatch(text)
    return _dashed(match[1], match[2]) if match else None


def _landline(text: str) -> str | None:
    match = _LANDLINE.fullmatch(_AREA_IN_BRACKETS.sub(r"\1-", text))
    return _dashed(match[1] or match[3], match[2] or match[4], match[5]) if match else None


def _dashed(*parts: str | None) -> str:
    return "-".join(re.sub(_GAP, "", part) for part in parts if part)


def _alipay(value: Value) -> str | Unreadable | None:
    text = fold_value(plain(value))
    return text if _PLAIN_ACCOUNT.fullmatch(text) else _other_account(value, text)


def _other_account(value: Value, text: str) -> str | Unreadable | None:
    if significant(value) is not None:
        return Unreadable(
            "unreadable",
            Text("the account is stored as a number, and its last digits are gone"),
            Text("set the cell's format to text, then enter the whole account again"),
        )
    if not text:
        return None
    beside, name = _parted(text)
    account = _account(beside)
    if account is None:
        return _no_account(text)
    return account if name is None or _is_name(name) else _words_beside()


def _account(text: str) -> str | None:
    """The canonical account: an e-mail in lower case, a mobile of 11 digits, a user id of 16."""
    mobile = _MOBILE.fullmatch(text)
    if mobile:
        return None if mobile[2] else _dashed(mobile[1])
    digits, email = squeeze(text), _EMAIL_SIGN.sub(r"\1", text.lower())
    return digits if _USER_ID.fullmatch(digits) else email if _EMAIL.fullmatch(email) else None


def _parted(text: str) -> tuple[str, str | None]:
    """The account and the Chinese words beside it: 张三 13800000000, 13800000000（张三）."""
    if text.isascii():
        return text, None
    bare = text.strip(_AROUND)
    name = _name_at_start().match(bare) or _name_at_end().search(bare)
    if name is None:
        return text, None
    return (bare[: name.start()] + bare[name.end() :]).strip(_AROUND), name[0]


def _is_name(words: str) -> bool:
    return _NO_NAME.search(words) is None


def name_beside(value: Value) -> str | None:
    """The Chinese name beside an account that can be read; it fills a blank payee_name (contract §3)."""
    account, name = _parted(fold_value(plain(value)))
    return name if name is not None and _is_name(name) and _account(account) else None


def _no_account(text: str) -> Unreadable:
    letter = look_alike(text)
    if letter is not None:
        message = Text("the account holds {letter}, which is none of the letters A to Z", {"letter": letter})
    else:
        message = Text("this is not an Alipay account")
    return Unreadable(
        "unreadable",
        message,
        Text("enter an e-mail address, a mobile number, or the 16 digits that begin with 2088"),
    )


def _words_beside() -> Unreadable:
    return Unreadable(
        "unreadable",
        Text("the words beside the account are not a person's name"),
        Text("leave the account alone in its cell, and enter the real name in its own column"),
    )


PHONE = FieldType("phone", _phone)
ALIPAY = FieldType("alipay", _alipay)
