"""The day's fix lists: remembered in the ledger first, then put out (contract §4, design "Order on disk")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from xlflow.discover import registers
from xlflow.excel.write import to_bytes
from xlflow.finding import Finding
from xlflow.fixes.accepted import told_apart
from xlflow.fixes.marks import Marks
from xlflow.fixes.now import Registers
from xlflow.fixes.offer import Offer, offers
from xlflow.fixes.remember import offered
from xlflow.fixes.sheet import fix_list
from xlflow.judge import Verdict, judge
from xlflow.ledger import Ledger
from xlflow.model import Text, XlflowError
from xlflow.outputs import Output, Published, Shelf
from xlflow.passwords import Secret
from xlflow.settings import RegisterSettings
from xlflow.steps.reading import Desk, Request
from xlflow.steps.source import Trouble, types_of
from xlflow.table.headings import Spellings

Say = Callable[[Text], str]

KIND = "fix-list"
#: What fix lists are called, by whose they are.
NAMES = {"warehouse": "待补录-仓库", "after_sales": "待补录-售后", "finance": "待补录-财务"}


def judged(desk: Desk) -> Verdict:
    """What the checks say of a desk, apart from what people have said is right as it stands."""
    verdict = judge(desk.day, desk.settings.checks.on, desk.settings.checks.off)
    told, accepted = told_apart(verdict.findings, desk.recalled.memory, marks(desk))
    return Verdict(told, verdict.not_run, accepted)


def lists_of(desk: Desk, findings: Iterable[Finding]) -> list[Offer]:
    """The lists of a day, named as no other list of the desk."""
    recalled = desk.recalled
    return offers(desk.day, findings, lambda content: recalled.memory.export_id(content, recalled.digest))


def outputs(lists: Iterable[Offer], desk: Desk, password: Secret | None, say: Say) -> Iterator[Output]:
    """The lists as workbooks."""
    for offer in lists:
        content = to_bytes(fix_list(offer, desk.day.date, say))
        yield Output(KIND, f"{NAMES[offer.owner]}.xlsx", content, password, offer.owner)


def record(lists: Iterable[Offer], desk: Desk, ledger: Ledger) -> None:
    """Remember the lists that were never put out before. Raises XlflowError as the ledger does."""
    day = desk.day.date.isoformat()
    ledger.commit(offered(lists, desk.recalled.memory, day, read_now(desk)))


def shelf_of(asked: Request) -> Shelf:
    """Where a day's outputs go."""
    return Shelf(asked.home, asked.settings.state, asked.today.isoformat(), asked.keys)


def hand_out(asked: Request, shelf: Shelf, published: Iterable[Published]) -> Iterator[Trouble]:
    """Put fix lists into their owners' folders too; a folder that cannot be written stops nothing else."""
    for place in published:
        folder = asked.settings.people[place.output.owner].folder if place.output.owner is not None else None
        if folder is not None:
            try:
                shelf.hand(place, folder)
            except XlflowError as problem:
                yield Trouble(problem.code, str(folder), None, problem.message, problem.fix)


def read_now(desk: Desk) -> Registers:
    """The registers as they were read, to be looked into by the rows of lists."""
    sheets = {table.register: found for table, found in desk.day.books.sheets.items() if table.owner}
    fields = {}
    for name, table in registers().items():
        spellings = Spellings.of(table, _own(desk, name).headings)
        fields[name] = {key: field for key, (field, _) in spellings.by_key.items()}
    return Registers(sheets, fields, marks(desk))


def marks(desk: Desk) -> Marks:
    """The digests of this desk's cells."""
    types = {name: types_of(table, _own(desk, name)) for name, table in registers().items()}
    return Marks(desk.recalled.digest, types)


def _own(desk: Desk, register: str) -> RegisterSettings:
    return desk.settings.registers.get(register, RegisterSettings(path=()))
