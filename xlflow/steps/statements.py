"""Files that somebody hands in as statements → what moved; or why a file cannot be used (contract §5, "reconcile")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from xlflow.bill import against_summary
from xlflow.model import Text
from xlflow.statement import Statement
from xlflow.steps.inbox import Arrived, read_file
from xlflow.steps.source import Trouble


@dataclass(slots=True)
class Read:
    """Statements as read, the files that were exports of any kind, and what could not be used."""

    statements: list[Statement] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def read_statements(named: Iterable[tuple[Path, str]], today: date, *, by_hand: bool = True) -> Read:
    """The statements in files, each with its name in messages; the sums of an 账务汇总 are held against its 明细.

    What is no export at all is told of where somebody named it ``by_hand``.
    """
    got = Read()
    arrived: list[Arrived] = []
    for path, name in named:
        found = list(_open(path, name, today))
        wrong = [item for item in found if isinstance(item, Trouble)]
        arrived += (item for item in found if isinstance(item, Arrived))
        got.troubles += wrong or ([_unknown(name)] if by_hand and not found else [])
        got.files += [path] if found and not wrong else []
    got.statements = list(_proven(arrived))
    return got


def _open(path: Path, name: str, today: date) -> Iterator[Arrived | Trouble]:
    try:
        yield from read_file(path, name, today, bills=True)
    except OSError as problem:
        yield Trouble(
            "file-missing", name, None,
            Text("{file} cannot be read: {reason}", {"file": name, "reason": problem.strerror or ""}),
            Text("look at the name and the folder"),
        )  # fmt: skip


def _proven(arrived: Sequence[Arrived]) -> Iterator[Statement]:
    """The statements, each download held against the sums that came with it or for the same account and days."""
    groups: dict[object, list[Arrived]] = {}
    for item in arrived:
        groups.setdefault(_download(item), []).append(item)
    for items in groups.values():
        made = [item.statement for item in items if item.statement is not None]
        yield from against_summary(made, [item.read for item in items])


def _download(item: Arrived) -> object:
    """What came together: the zip it lay in, else the account and the days it is about, else the file itself."""
    zipped, inside, _ = item.read.file.rpartition(".zip/")
    about = item.remarks.account, item.remarks.first, item.remarks.last
    return zipped if inside else item.read.file if None in about else about


def _unknown(name: str) -> Trouble:
    return Trouble(
        "unsupported-file", name, None,
        Text("it is none of the statements and exports that xlflow knows"),
        Text(
            "take 账务明细 or a bill with transaction numbers from Alipay, or the refunds from Taobao, "
            "as it was downloaded"
        ),
    )  # fmt: skip
