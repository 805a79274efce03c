"""Alipay batch files: what an export writes, and their names, which are never used twice (domain.md B.4.1)."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from xlflow.money.entry import Batch
from xlflow.money.fold import Money
from xlflow.money.payment import Payment, obstacle
from xlflow.money.plan import yuan

#: The first two rows, which Alipay looks for.
HEAD = (
    ("支付宝批量付款文件模板",),
    ("序号（必填）", "收款方支付宝账号（必填）", "收款方姓名（必填）", "金额（必填，单位：元）", "备注（选填）"),
)
#: File names; Alipay takes letters, digits, Chinese, dots and underscores, up to 64 bytes.
PREFIX, ENDING = "支付宝批量付款_", ".csv"
#: A program that opens the file as a table would calculate what begins with these.
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A batch and the bytes of its file."""

    batch: Batch
    content: bytes = field(repr=False)


def batch_files(money: Money, payments: Sequence[Payment], on: date, max_rows: int, account: str) -> list[BatchFile]:
    """The batch files of a day for payments without an obstacle, ``max_rows`` in each."""
    parts = [payments[start : start + max_rows] for start in range(0, len(payments), max_rows)]
    numbers = _free_numbers(money, on)
    return [_file(next(numbers), part, on, account) for part in parts]


def content(payments: Iterable[Payment]) -> bytes:
    """A batch file: GBK, CRLF, two fixed head rows, then one row a payment, its entry's id in 备注."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(HEAD)
    for number, payment in enumerate(payments, start=1):
        if obstacle(payment) is not None:
            raise ValueError(f"{payment.id} cannot be exported")
        writer.writerow((number, payment.account, _plain(payment.name or ""), yuan(payment.amount), payment.id))
    return text.getvalue().encode("gbk")


def _plain(name: str) -> str:
    """A name that no program takes for a formula; accounts and amounts are none by their form."""
    return f"'{name}" if name.startswith(_FORMULA) else name


def _file(number: str, payments: Sequence[Payment], on: date, account: str) -> BatchFile:
    data, ids = content(payments), tuple(payment.id for payment in payments)
    if len(set(ids)) != len(ids):
        raise ValueError(f"{number}: an entry twice")
    path = f"out/{on.isoformat()}/{PREFIX}{number}{ENDING}"
    total = sum(payment.amount for payment in payments)
    return BatchFile(Batch(number, path, hashlib.sha256(data).hexdigest(), ids, total, account, on), data)


def _free_numbers(money: Money, on: date) -> Iterator[str]:
    """``B`` and eleven digits: the day and a number of that day that no batch has had."""
    number = 0
    while True:
        number += 1
        name = f"B{on:%Y%m%d}{number:03d}"
        if name not in money.batches:
            yield name
