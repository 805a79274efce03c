"""Files that somebody hands in as statements → what moved; or why a file cannot be used (contract §5, "reconcile")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from xlflow.bill import against_summary, refunds, statement
from xlflow.exports._bill import Bill
from xlflow.exports.alipay_summary import AlipaySummary
from xlflow.exports.taobao_refunds import TaobaoRefund
from xlflow.model import Text, XlflowError
from xlflow.statement import Statement
from xlflow.steps.inbox import Arrived, read_file
from xlflow.steps.source import Trouble


@dataclass(slots=True)
class Read:
    """Statements as read, and what could not be used."""

    statements: list[Statement] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def read_statements(files: Iterable[tuple[Path, str]], today: date) -> Read:
    """The statements in files, each with its name in messages; the sums of an 账务汇总 are held against its 明细."""
    got = Read()
    arrived: list[Arrived] = []
    made: list[tuple[Arrived, Statement]] = []
    for item in (item for path, name in files for item in _open(path, name, today)):
        if isinstance(item, Trouble):
            got.troubles.append(item)
            continue
        arrived.append(item)
        try:
            if (found := _statement(item)) is not None:
                made.append((item, found))
        except XlflowError as problem:
            got.troubles.append(Trouble(problem.code, item.read.file, item.read.register, problem.message, problem.fix))
    got.statements = list(_proven(made, arrived))
    return got


def _open(path: Path, name: str, today: date) -> Iterator[Arrived | Trouble]:
    try:
        found = list(read_file(path, name, today))
    except OSError as problem:
        yield Trouble(
            "file-missing", name, None,
            Text("{file} cannot be read: {reason}", {"file": name, "reason": problem.strerror or ""}),
            Text("look at the name and the folder"),
        )  # fmt: skip
        return
    yield from found or [_unknown(name)]


def _statement(item: Arrived) -> Statement | None:
    if item.table is TaobaoRefund:
        return refunds(item.read, item.sha256)
    if issubclass(item.table, Bill) and item.table is not AlipaySummary:
        return statement(item.read, item.table, item.remarks, item.sha256)
    return None


def _proven(made: Sequence[tuple[Arrived, Statement]], arrived: Sequence[Arrived]) -> Iterator[Statement]:
    """The statements, each download held against the sums that came with it or for the same account and days."""
    sums = [item for item in arrived if item.table is AlipaySummary]
    groups: dict[object, list[tuple[Arrived, Statement]]] = {}
    for pair in made:
        groups.setdefault(_download(pair[0]), []).append(pair)
    for download, pairs in groups.items():
        yield from against_summary([found for _, found in pairs], [s.read for s in sums if _download(s) == download])


def _download(item: Arrived) -> object:
    """What came together: the zip it lay in, else the account and the days it is about, else the file itself."""
    zipped, _, inner = item.read.file.rpartition(".zip/")
    if inner and zipped:
        return zipped
    about = item.remarks.account, item.remarks.first, item.remarks.last
    return about if None not in about else item.read.file


def _unknown(name: str) -> Trouble:
    return Trouble(
        "unsupported-file", name, None,
        Text("it is none of the statements and exports that xlflow knows"),
        Text(
            "take 账务明细 or a bill with transaction numbers from Alipay, or the refunds from Taobao, "
            "as it was downloaded"
        ),
    )  # fmt: skip
