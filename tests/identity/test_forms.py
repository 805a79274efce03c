"""What people write differently and mean the same (contract §5)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlflow import identity


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Buyer@Example.COM", "buyer@example.com"),
        ("ｂｕｙｅｒ＠ｅｘａｍｐｌｅ．ｃｏｍ", "buyer@example.com"),
        ("+86 138 0000 0000", "13800000000"),
        ("+86-13800000000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("13800000000\u200b", "13800000000"),
        ("张三 13800000000", "13800000000"),
        ("2088 0000 0000 0000", "2088000000000000"),
        ("138****0000", "138****0000"),  # masked in a statement
        (" Some Body ", "somebody"),
        ("", ""),
    ],
)
def test_accounts(written: str, form: str) -> None:
    assert identity.account(written) == form == identity.account(form)


@pytest.mark.parametrize(
    "written", ["阿依·古丽", "阿依•古丽", "阿依・古丽", "阿依．古丽", " 阿依 古丽 ", "阿依\u3000古丽"]
)
def test_names(written: str) -> None:
    assert identity.name(written) == "阿依古丽"


def test_other_names_stay_others() -> None:
    assert identity.name("阿依古力") != identity.name("阿依古丽")
    assert identity.name("Zhang San") == identity.name("ZHANGSAN") == "zhangsan"


@pytest.mark.parametrize(
    "written", ["yt1234567890123", "ＹＴ１２３４５６７８９０１２３", " YT 1234 5678 90123\u200b", "'YT1234567890123"]
)
def test_numbers(written: str) -> None:
    assert identity.number(written) == "YT1234567890123"


def test_fen_are_exact() -> None:
    assert identity.fen(Decimal("12.5")) == 1250
    assert identity.fen(Decimal("0.29")) == 29
    assert identity.fen(Decimal("1E+3")) == 100000
    with pytest.raises(ValueError) as caught:
        identity.fen(Decimal("12.505"))
    assert str(caught.value) == "12.505 yuan is not a whole number of fen"
