"""Phones, Alipay accounts and the names beside them. All people are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fields.reading import CELLS, FEW, dirty, read
from xlflow.fields import Unreadable, people
from xlflow.fields.people import ALIPAY, PHONE, name_beside
from xlflow.fields.text import fold_value, plain

NO_PHONE = (
    "unreadable: this is neither a mobile number nor a landline with its area code; "
    "enter one number: a mobile of 11 digits, or a landline such as 010-12345678"
)
ENTER = "; enter an e-mail address, a mobile number, or the 16 digits that begin with 2088"
NO_ACCOUNT = "unreadable: this is not an Alipay account" + ENTER
NO_NAME = (
    "unreadable: the words beside the account are not a person's name; "
    "leave the account alone in its cell, and enter the real name in its own column"
)
CUT = (
    "unreadable: the account is stored as a number, and its last digits are gone; "
    "set the cell's format to text, then enter the whole account again"
)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        (" ", None),
        ("13800000000", "13800000000"),
        (13800000000, "13800000000"),
        (8613800000000, "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("'138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("86-13800000000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("13800000000-3421", "13800000000-3421"),
        ("+86 138-0000-0000 转 3421", "13800000000-3421"),
        ("010-12345678", "010-12345678"),
        ("01012345678", "010-12345678"),
        ("(0755) 1234 5678", "0755-12345678"),
        ("（０２１）12345678", "021-12345678"),
        ("0311-2345678", "0311-2345678"),
        ("0755-12345678-123", "0755-12345678-123"),
        ("0755-12345678转123", "0755-12345678-123"),
        ("12800000000", NO_PHONE),
        ("1380000000", NO_PHONE),
        ("138000000001", NO_PHONE),
        ("13800000000-", NO_PHONE),
        ("13800000000-1234567", NO_PHONE),
        ("87-13800000000", NO_PHONE),
        ("138****0000", NO_PHONE),
        ("13800000000/13900000000", NO_PHONE),
        ("张三 13800000000", NO_PHONE),
        ("12345678", NO_PHONE),
        ("010-1234567", NO_PHONE),
        ("0755-02345678", NO_PHONE),
        (1012345678, NO_PHONE),
        (Decimal("1.38E+15"), NO_PHONE),
        (True, NO_PHONE),
    ],
)
def test_phone(cell: object, value: str | None) -> None:
    assert read(PHONE, cell) == value


@pytest.mark.parametrize(
    ("cell", "value", "name"),
    [
        (None, None, None),
        ("\u3000", None, None),
        ("Li.Si_99@Example.COM", "li.si_99@example.com", None),
        ("ａ＠ｂ．ｃｏｍ", "a@b.com", None),
        ("lisi @example. com", "lisi@example.com", None),
        ("13800000000", "13800000000", None),
        (13800000000, "13800000000", None),
        ("+86 138-0000-0000", "13800000000", None),
        ("2088123456789012", "2088123456789012", None),
        ("2088 1234 5678 9012", "2088123456789012", None),
        ("张三 13800000000", "13800000000", "张三"),
        ("张三13800000000", "13800000000", "张三"),
        ("张三：13800000000", "13800000000", "张三"),
        ("张三（138 0000 0000）", "13800000000", "张三"),
        ("13800000000（张三）", "13800000000", "张三"),
        ("a@b.com/张三", "a@b.com", "张三"),
        ("a@b.com，欧阳小三", "a@b.com", "欧阳小三"),
        ("a@b.com-张三", "a@b.com", "张三"),
        ("阿里木·买买提江 a@b.com", "a@b.com", "阿里木·买买提江"),
        ("2088123456789012\n张三", "2088123456789012", "张三"),
        ("支付宝 13800000000", NO_NAME, None),
        ("13800000000 王先生", NO_NAME, None),
        ("13800000000 本人", NO_NAME, None),
        ("账号：a@b.com", NO_NAME, None),
        ("请打到这个13800000000", NO_ACCOUNT, None),
        ("张三 13800000000 李四", NO_ACCOUNT, None),
        ("张 三 13800000000", NO_ACCOUNT, None),
        ("zhang san@example.com", NO_ACCOUNT, None),
        ("张三", NO_ACCOUNT, None),
        ("a@b", NO_ACCOUNT, None),
        ("a@b..com", NO_ACCOUNT, None),
        ("a..b@c.com", NO_ACCOUNT, None),
        ("@b.com", NO_ACCOUNT, None),
        ("a@b.com;c@d.com", NO_ACCOUNT, None),
        ("a@qq。com", NO_ACCOUNT, None),
        ("13800000000-3421", NO_ACCOUNT, None),
        ("010-12345678", NO_ACCOUNT, None),
        ("12800000000", NO_ACCOUNT, None),
        ("138****0000", NO_ACCOUNT, None),
        ("2087123456789012", NO_ACCOUNT, None),
        ("208812345678901", NO_ACCOUNT, None),
        ("20881234567890123", NO_ACCOUNT, None),
        (208812345678901, NO_ACCOUNT, None),
        ("a" * 100 + "@b.com", NO_ACCOUNT, None),
        (True, NO_ACCOUNT, None),
        (Decimal("2.08812345678901E+15"), CUT, None),
        ("2.08812E+15", CUT, None),
        (
            "а@b.com",
            "unreadable: the account holds а (CYRILLIC SMALL LETTER A), which is none of the letters A to Z" + ENTER,
            None,
        ),
        (
            "张三 a@ехample.com",
            "unreadable: the account holds е (CYRILLIC SMALL LETTER IE), which is none of the letters A to Z" + ENTER,
            None,
        ),
    ],
)
def test_alipay(cell: object, value: str | None, name: str | None) -> None:
    assert (read(ALIPAY, cell), name_beside(cell)) == (value, name)


MOBILES = st.from_regex("1[3-9][0-9]{9}", fullmatch=True)


@given(MOBILES.flatmap(lambda mobile: st.tuples(st.just(mobile), dirty(mobile))), st.sampled_from(["", "+86", "0086 "]))
def test_dirt_never_changes_a_mobile(case: tuple[str, str], country: str) -> None:
    mobile, typed = case
    typed = country + typed.lstrip("'’")
    assert (PHONE.parse(typed), ALIPAY.parse(typed)) == (mobile, mobile)


@FEW
@given(
    st.emails().filter(lambda email: email[0].isalnum()), st.sampled_from(["{}", " {}\u200b", "张三 {}", "{}（张三）"])
)
def test_an_email_is_the_same_with_or_without_a_name(email: str, form: str) -> None:
    alone = ALIPAY.parse(email)
    if not isinstance(alone, Unreadable):
        assert ALIPAY.parse(form.format(email.upper())) == alone == email.lower()
        assert name_beside(form.format(email)) == ("张三" if "张三" in form else None)


@FEW
@given(CELLS)
def test_people_read_once_and_for_all(cell: object) -> None:
    for field in (PHONE, ALIPAY):
        value = field.parse(cell)
        if value is not None and not isinstance(value, Unreadable):
            assert field.parse(value) == value
    assert isinstance(name_beside(cell), str | None)


ALMOST_PLAIN = st.from_regex(people._PLAIN_ACCOUNT, fullmatch=True) | st.text("12088@.abcA 張-＠１", max_size=20)


@given(ALMOST_PLAIN | CELLS)
def test_what_is_plain_reads_as_if_it_were_not(cell: object) -> None:
    """The short cut for plain cells says what the long way says."""
    text = fold_value(plain(cell))
    assert PHONE.parse(cell) == people._other_phone(text)
    assert ALIPAY.parse(cell) == people._other_account(cell, text)
