"""Alipay batch files, byte by byte (domain.md B.4.1), and what cannot go into one."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlflow.locale import render
from xlflow.money.batch import batch_files, content
from xlflow.money.entry import Batch
from xlflow.money.fold import Money
from xlflow.money.masks import masked
from xlflow.money.payment import Payment, obstacle

DAY = date(2026, 3, 31)
ONE = Payment("XF7K2M9QAT", "buyer@example.com", "张三", 1250)
TWO = Payment("XF0000000A", "13800001111", "欧阳·娜娜", 9)


def test_a_whole_file() -> None:
    assert content([ONE, TWO]).decode("gbk") == (
        "支付宝批量付款文件模板\r\n"
        "序号（必填）,收款方支付宝账号（必填）,收款方姓名（必填）,金额（必填，单位：元）,备注（选填）\r\n"
        "1,buyer@example.com,张三,12.50,XF7K2M9QAT\r\n"
        "2,13800001111,欧阳·娜娜,0.09,XF0000000A\r\n"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_name_that_begins_like_a_formula_injects_nothing(start: str) -> None:
    line = content([dataclasses.replace(ONE, name=f"{start}1+1")]).decode("gbk").splitlines()[2]
    assert line == f"1,buyer@example.com,'{start}1+1,12.50,XF7K2M9QAT"


def test_a_comma_stays_in_its_cell() -> None:
    line = content([dataclasses.replace(ONE, name='张,"三"')]).decode("gbk").splitlines()[2]
    assert line == '1,buyer@example.com,"张,""三""",12.50,XF7K2M9QAT'


class TestSplitting:
    def test_so_many_rows_in_one(self) -> None:
        several = [dataclasses.replace(ONE, id=f"XF000000{n:02d}") for n in range(5)]
        files = batch_files(Money(), several, DAY, 2, "shop@example.com")
        assert [(f.batch.number, len(f.batch.ids), f.batch.total) for f in files] == [
            ("B20260331001", 2, 2500), ("B20260331002", 2, 2500), ("B20260331003", 1, 1250),
        ]  # fmt: skip
        assert [f.batch.path for f in files[:1]] == ["out/2026-03-31/支付宝批量付款_B20260331001.csv"]
        assert all(f.content.decode("gbk").splitlines()[2].startswith("1,") for f in files)
        assert len(files[0].batch.path.rpartition("/")[2].encode()) <= 64

    def test_a_number_is_never_used_again(self) -> None:
        used = Batch("B20260331001", "", "", (), 0, "", DAY)
        (file,) = batch_files(Money(batches={used.number: used}), [ONE], DAY, 1000, "")
        assert file.batch.number == "B20260331002"

    def test_nothing_makes_no_file(self) -> None:
        assert batch_files(Money(), [], DAY, 1000, "") == []

    def test_an_entry_twice_is_a_bug(self) -> None:
        with pytest.raises(ValueError, match="an entry twice"):
            batch_files(Money(), [ONE, ONE], DAY, 1000, "")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"account": None}, "its row does not say the payee's account"),
        ({"name": None}, "the payee's name is blank: Alipay needs it"),
        ({"name": " "}, "the payee's name is blank: Alipay needs it"),
        ({"amount": 0}, "its amount is not above zero"),
        ({"name": "李𠮷"}, "the payee's name has the character 𠮷, which Alipay's file cannot hold"),
        ({"name": "张\n三"}, "the payee's name has the character U+000A, which Alipay's file cannot hold"),
        ({"name": "张\u200b三"}, "the payee's name has the character U+200B, which Alipay's file cannot hold"),
        ({"account": "bücher@example.com"}, None),
        ({"account": "ö@example.com"}, "the payee's account has the character ö, which Alipay's file cannot hold"),
        ({"name": "长" * 128}, None),
        ({"name": "长" * 129}, "the payee's name is longer than 128 characters"),
        ({"account": "a" * 89 + "@example.com"}, "the payee's account is longer than 100 characters"),
        ({"account": "a" * 88 + "@example.com"}, None),
        ({}, None),
    ],
)
def test_what_the_bank_would_not_take(change: dict[str, object], why: str | None) -> None:
    payment = dataclasses.replace(ONE, **change)  # type: ignore[arg-type]
    found = obstacle(payment)
    assert (render(found, "en") if found is not None else None) == why
    if why is not None:
        with pytest.raises(ValueError, match="cannot be exported"):
            content([payment])


@given(st.text(), st.text(), st.integers(-5, 10**9))
def test_what_has_no_obstacle_can_be_written_and_is_one_line(account: str, name: str, amount: int) -> None:
    payment = Payment("XF7K2M9QAT", account, name, amount)
    if obstacle(payment) is None:
        text = content([payment]).decode("gbk")
        assert text.count("\r\n") == 3
        assert text.endswith(f",{amount // 100}.{amount % 100:02d},XF7K2M9QAT\r\n")


@pytest.mark.parametrize(
    ("account", "shown"),
    [
        ("buyer@example.com", "bu***@example.com"),
        ("ab@example.com", "a***@example.com"),
        ("a@example.com", "***@example.com"),
        ("13800001234", "138****1234"),
        ("2088123412345678", "2088********5678"),
    ],
)
def test_masks(account: str, shown: str) -> None:
    assert masked(account) == shown
