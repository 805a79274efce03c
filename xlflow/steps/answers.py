"""Answers in returned fix lists → registers, then ledger (contract §4; design "Order on disk", run 1 and 2).

Registers are saved first, one by one; what was taken is committed after that. Killed in between, the merge finds the
register as answered and writes nothing. What a register that is open cannot take stays with its list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xlflow import writeback
from xlflow.event import Event
from xlflow.excel.errors import BookError
from xlflow.excel.write import to_bytes
from xlflow.fixes.accepted import content, place
from xlflow.fixes.conflicts import conflict_book
from xlflow.fixes.locate import Lists
from xlflow.fixes.merge import merge
from xlflow.fixes.remember import accepted, answered, taught
from xlflow.fixes.results import Applied, Merge, Rejected, Spot
from xlflow.ledger import Ledger
from xlflow.model import Text
from xlflow.outputs import Output, Shelf
from xlflow.passwords import Secret
from xlflow.steps.fix_lists import KIND, judged, marks, read_now
from xlflow.steps.reading import Desk, Request, read_desk
from xlflow.steps.recall import recall
from xlflow.steps.returned import ReturnedList, Taken
from xlflow.steps.source import Trouble
from xlflow.steps.targets import targets
from xlflow.writeback import Give

Say = Callable[[Text], str]

#: So often the registers are read again where somebody saved one while its answers were merged.
ATTEMPTS = 3
#: What the workbooks with conflicts are called, by whose lists they are about.
NAMES = {"warehouse": "冲突-仓库", "after_sales": "冲突-售后", "finance": "冲突-财务", None: "冲突"}


@dataclass(frozen=True, slots=True)
class Import:
    """One import: what is asked, the open ledger, and where workbooks for people go.

    ``password`` is that of what is made of registers; what it raises is raised before anything is written.
    """

    asked: Request
    ledger: Ledger
    shelf: Shelf
    password: Callable[[], Secret | None]
    say: Say

    def take(self, desk: Desk, lists: Sequence[ReturnedList]) -> Taken:
        """Take the answers of all lists; one that was taken before, or whose register cannot be read now, waits."""
        known = [one for one in lists if one.sha256 in desk.recalled.memory.imported]
        ready = [one for one in lists if one not in known and not _waits(desk, one)]
        taken = self._taken(desk, ready) if ready else Taken(desk)
        taken.merge.unchanged += sum(len(block.rows) for one in known for block in one.blocks)
        taken.done += known
        return taken

    def _taken(self, desk: Desk, lists: list[ReturnedList]) -> Taken:
        password = self.password()
        saved: list[Applied] = []
        for attempt in range(ATTEMPTS):
            blocks = [block for one in lists for block in one.blocks]
            made = merge(desk.recalled.memory, read_now(desk), blocks, self.asked.today)
            problems = dict(self._save(desk, made))
            saved += (one for one in made.applied if one.spot.file not in problems)
            if attempt + 1 == ATTEMPTS or all(why.code != "changed-since-read" for why in problems.values()):
                break
            desk = read_desk(self.asked, self.ledger)
        made.same = [one for one in made.same if not any(_is_one(one.spot, other.spot) for other in saved)]
        made.applied, left = saved, [one for one in made.applied if one.spot.file in problems]
        taken = Taken(desk, made, troubles=[_trouble(one, problems) for one in _first_of_each_file(left)])
        taken.done = [one for one in lists if one.label not in {each.spot.list for each in left}]
        self._tell(taken, password)
        self._remember(taken, lists)
        return taken

    def _save(self, desk: Desk, made: Merge) -> Iterator[tuple[str, BookError]]:
        """Save each register once; what it refuses is moved to the rejected, a register that takes nothing is told."""
        seals = {reading.label: reading.sha256 for reading in desk.readings}
        books = targets(self.asked)
        for file in dict.fromkeys(one.spot.file for one in made.applied):
            assert file is not None  # noqa: S101  # what is applied has a place
            try:
                written = writeback.write(books[file], list(_given(made, file)), seals[file])
            except BookError as problem:
                yield file, problem
            else:
                _reject(made, file, written.refused)

    def _tell(self, taken: Taken, password: Secret | None) -> None:
        """Put the conflicts and what was rejected before people, those of each owner's lists apart."""
        memory = taken.desk.recalled.memory
        owners = {one.spot.list: memory.owner(one.spot.id) for one in taken.merge.every() if one.spot.id is not None}
        made = []
        for owner, name in NAMES.items():
            part = taken.merge.part({path for path in taken.merge.lists() if owners.get(path) == owner})
            book = conflict_book(part, self.asked.today, self.say)
            if book is not None:
                made.append(Output(KIND, f"{name}.xlsx", to_bytes(book), password, owner))
        taken.published = self.shelf.publish(made)

    def _remember(self, taken: Taken, lists: list[ReturnedList]) -> None:
        made, day = taken.merge, self.asked.today.isoformat()
        if made.applied:
            taken.desk = read_desk(self.asked, self.ledger)
        events = [event for one in lists if (event := _answered(one, taken, day)) is not None]
        events += _accepted(taken, day) if made.accepted else ()
        events += (taught(str(o.spot.register), str(o.spot.field), o.spelling, o.value, day) for o in made.taught)
        self.ledger.commit(events)
        if made.taught:
            taken.desk = read_desk(self.asked, self.ledger)
        elif events:
            taken.desk = replace(taken.desk, recalled=recall(self.asked.settings.state, self.ledger)[0])


def _waits(desk: Desk, one: ReturnedList) -> bool:
    """Whether a register that a list answers for could not be read."""
    lists = Lists(desk.recalled.memory, read_now(desk))
    named = (lists.sent(answers) for block in one.blocks for answers in block.rows)
    needed = {found[1].register for found in named if found is not None}
    return bool(needed & {table.register for table in desk.day.books.broken})


def _given(made: Merge, file: str) -> Iterator[Give]:
    headings = {}
    for column in made.columns:
        if column.file == file:
            headings[column.sheet, column_of(column.cell)] = column.cell
            yield Give(column.sheet, column.cell, column.heading)
    for one in made.applied:
        if one.spot.file == file and one.spot.sheet is not None and one.spot.cell is not None:
            under = headings.get((one.spot.sheet, column_of(one.spot.cell)))
            yield Give(one.spot.sheet, one.spot.cell, one.new, under)


def column_of(cell: str) -> str:
    """The letters of a cell's address."""
    return cell.rstrip("0123456789")


def _reject(made: Merge, file: str, refused: Mapping[tuple[str, str], BookError]) -> None:
    for one in list(made.applied):
        why = refused.get((str(one.spot.sheet), str(one.spot.cell))) if one.spot.file == file else None
        if why is not None:
            made.applied.remove(one)
            made.rejected.append(Rejected(one.spot, one.new, why.message, why.fix))


def _is_one(spot: Spot, other: Spot) -> bool:
    return (spot.id, spot.field) == (other.id, other.field)


def _first_of_each_file(left: list[Applied]) -> Iterable[Applied]:
    return {one.spot.file: one for one in reversed(left)}.values()


def _trouble(one: Applied, problems: Mapping[str, BookError]) -> Trouble:
    problem = problems[str(one.spot.file)]
    return Trouble(problem.code, str(one.spot.file), one.spot.register, problem.message, problem.fix)


def _answered(one: ReturnedList, taken: Taken, day: str) -> Event | None:
    cells = [
        (str(each.spot.id), str(each.spot.field), each.digest)
        for each in taken.merge.taken()
        if each.spot.list == one.label
    ]
    sha256 = one.sha256 if one in taken.done else None
    return answered(one.label, sha256, day, cells) if cells or sha256 else None


def _accepted(taken: Taken, day: str) -> Iterator[Event]:
    """What stands against rows that are right as they are; what is accepted already, or stands no more, is dropped."""
    verdict = judged(taken.desk)
    standing = {(finding.code, place(finding)): finding for finding in verdict.findings}
    found = {id(one): standing.get((one.code, row_place(one.spot))) for one in taken.merge.accepted}
    taken.merge.accepted = [one for one in taken.merge.accepted if found[id(one)] is not None]
    for one in taken.merge.accepted:
        finding = found[id(one)]
        if finding is not None:
            what = content(finding, marks(taken.desk))
            yield accepted(one.code, finding.register, place(finding), what, one.note, day)


def row_place(spot: Spot) -> str:
    """``file sheet!7`` of the register."""
    return f"{spot.file} {spot.sheet}!{spot.number}"
