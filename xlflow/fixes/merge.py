"""Returned fix lists + what was sent + the registers now → what is to be written, and what is not (contract §4).

Three-way, cell by cell: changed on one side is taken, the same change is fine, changed on both sides is a conflict.
Nothing is written that was not asked for, cannot be read, or was answered in two ways.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from xlflow.fields.choices import spelling_key
from xlflow.fixes.added import with_columns
from xlflow.fixes.answer import Cell, answer
from xlflow.fixes.cells import TEACHES
from xlflow.fixes.locate import Lists, Named
from xlflow.fixes.memory import Memory, Sent
from xlflow.fixes.now import Registers
from xlflow.fixes.results import Accepted, Applied, Conflict, Merge, Outcome, Rejected, Same, Spot, Taught
from xlflow.fixes.returned import Answers, Block
from xlflow.fixes.sheet import CHANGED, TRUE_AS_IT_STANDS
from xlflow.model import Text
from xlflow.table.columns import Row

#: A finding of a whole sheet, which no single row can answer for.
_OF_THE_SHEET = "missing-column"


def merge(memory: Memory, registers: Registers, lists: Iterable[Block], today: date) -> Merge:
    """What becomes of all answers in these lists."""
    blocks, known = list(lists), Lists(memory, registers)
    named = known.know(answers for block in blocks for answers in block.rows)
    merging = _Merging(memory, registers, known, named, today, {})
    made, outcomes = Merge(), []
    for block in blocks:
        register = merging.lists.register_of(block)
        for answers in block.rows:
            found = list(merging.row(answers, block, register))
            outcomes += found
            made.unchanged += not found
    for outcome in _settled(outcomes):
        made.add(outcome)
    made.applied, made.columns = with_columns(made.applied)
    return made


@dataclass(frozen=True, slots=True)
class _Merging:
    memory: Memory
    registers: Registers
    lists: Lists
    named: Mapping[Answers, Named]
    today: date
    found: dict[str, dict[str, Row]]

    def row(self, answers: Answers, block: Block, register: str | None) -> Iterator[Outcome]:
        """What becomes of one row of a block under the headings of a register."""
        if answers not in self.named:
            yield Rejected(Spot(answers.list, answers.place), _naming(answers), _UNKNOWN, _KEEP_IDS)
            return
        name, sent = self.named[answers]
        row = self._found(name) or self.registers.answered(sent, self.lists.cells(answers, sent.register))
        spot = _spot(answers, name, sent, row)
        if register not in (None, sent.register):
            yield Rejected(spot, None, _MIXED, _SORT_APART)
        elif sent.anchor.content and row is None:
            yield from self._gone(answers, spot, sent)
        else:
            cells = self._cells(answers, spot, block, sent)
            outcomes = [outcome for cell in cells if (outcome := self._answer(cell)) is not None]
            yield from self._without_heading(answers, spot, block, sent)
            yield from outcomes or _not_understood(answers, spot)
            yield from _judgement(answers, spot, sent, {outcome.spot.field for outcome in outcomes})

    def _found(self, name: str) -> Row | None:
        """The register's row now."""
        export = name.partition("-")[0]
        if export not in self.found:
            self.found[export] = self.registers.find(self.memory.exports[export].rows)
        return self.found[export].get(name)

    def _answer(self, cell: Cell) -> Outcome | None:
        decided = (cell.spot.id, cell.field, cell.digest) in self.memory.decided
        return None if decided else answer(cell)

    def _without_heading(self, answers: Answers, spot: Spot, block: Block, sent: Sent) -> Iterator[Rejected]:
        """What stands under headings that nothing knows, where that of a cell to fill in is gone: it was renamed."""
        fields = self.registers.columns(sent.register, block.headings)
        lacking = [name for name in sent.asked if name not in fields.values()]
        for key in answers.cells.keys() - fields.keys() if lacking else ():
            if answers.cells[key] is not None:
                yield Rejected(replace(spot, heading=block.headings[key]), answers.cells[key], _RENAMED, _NAME_AGAIN)

    def _gone(self, answers: Answers, spot: Spot, sent: Sent) -> Iterator[Rejected]:
        """The row is not in the register any more; nobody minds unless it was answered."""
        said = self.registers.marks.said
        cells, blank = self.lists.cells(answers, sent.register), said("")
        if answers.result or any(said(text) != sent.cells.get(name, blank) for name, text in cells.items()):
            yield Rejected(spot, _naming(answers), _GONE, _LOOK_FOR_IT)

    def _cells(self, answers: Answers, spot: Spot, block: Block, sent: Sent) -> Iterator[Cell]:
        fields = self.registers.columns(sent.register, answers.cells) if spot.row is not None else {}
        for key, name in fields.items() if sent.cells else ():
            at = replace(spot.at(name), heading=block.headings[key])
            yield Cell(at, sent, name, answers.cells[key], key in answers.torn, self.registers.marks, self.today)


def _spot(answers: Answers, name: str, sent: Sent, row: Row | None) -> Spot:
    if row is None:
        place = sent.anchor
        return Spot(answers.list, answers.place, name, place.register, place.file, place.sheet, place.number)
    return Spot(answers.list, answers.place, name, row.register, row.sheet.file, row.sheet.name, row.number, row=row)


def _naming(answers: Answers) -> str:
    """By what a row that came back can be looked for."""
    return answers.source or answers.id or next((str(value) for value in answers.cells.values() if value), "")


def _not_understood(answers: Answers, spot: Spot) -> Iterator[Rejected]:
    if answers.result not in ("", CHANGED, TRUE_AS_IT_STANDS):
        yield Rejected(spot, answers.result, _NO_RESULT, _CHOOSE)


def _judgement(answers: Answers, spot: Spot, sent: Sent, answered: set[str | None]) -> Iterator[Outcome]:
    """情况属实 accepts the row's problems, but for those whose cell was answered; it wants a reason."""
    if answers.result != TRUE_AS_IT_STANDS:
        return
    if not answers.note:
        yield Rejected(spot, answers.result, _WHY, _SAY_WHY)
        return
    for code, name in dict.fromkeys(sent.codes):
        if code == _OF_THE_SHEET:
            yield Rejected(spot.at(name), answers.result, _WHOLE_SHEET, _ADD_COLUMN)
        elif name is None or name not in answered:
            yield Accepted(spot.at(name), code, answers.note)


def _settled(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """What is answered twice in one way is taken once; what is answered in two ways is a conflict."""
    outcomes = list(outcomes)
    said: dict[Hashable, set[str]] = {}
    for outcome in outcomes:
        if isinstance(outcome, Applied | Taught):
            said.setdefault(_target(outcome), set()).add(_what(outcome))
    taken = set()
    for outcome in outcomes:
        if not isinstance(outcome, Applied | Taught):
            yield outcome
        elif len(said[_target(outcome)]) > 1:
            yield _disputed(outcome)
        elif _target(outcome) in taken:
            yield Same(outcome.spot, outcome.digest)
        else:
            taken.add(_target(outcome))
            yield outcome


def _target(outcome: Applied | Taught) -> Hashable:
    if isinstance(outcome, Taught):
        return outcome.spot.register, outcome.spot.field, spelling_key(outcome.spelling)
    return outcome.spot.row, outcome.spot.field


def _what(outcome: Applied | Taught) -> str:
    return outcome.value if isinstance(outcome, Taught) else outcome.digest


def _disputed(outcome: Applied | Taught) -> Conflict | Rejected:
    if isinstance(outcome, Taught):
        return Rejected(outcome.spot, f"{outcome.spelling}{TEACHES}{outcome.value}", _TAUGHT_TWICE, _AGREE)
    return Conflict(outcome.spot, outcome.old, outcome.new)


_UNKNOWN = Text("nobody knows which row this is")
_KEEP_IDS = Text("leave 编号 or 来源 as it was sent, or enter the answer in the register")
_MIXED = Text("the row stands under the headings of another register")
_SORT_APART = Text("sort each block by itself, then send the list again")
_GONE = Text("the row is not in the register any more, or can be one of several")
_LOOK_FOR_IT = Text("look for it, and enter the answer in the register")
_RENAMED = Text("no column of the register has this heading")
_NAME_AGAIN = Text("give the column the heading that it had, then send the list again")
_NO_RESULT = Text("this is neither 已改 nor 情况属实")
_CHOOSE = Text("choose one of the two in 处理结果, and write the rest into 说明")
_WHY = Text("情况属实 needs a reason")
_SAY_WHY = Text("say in 说明 why the row is right as it stands")
_WHOLE_SHEET = Text("it is the sheet that lacks a column, not this row")
_ADD_COLUMN = Text("fill in the cells, and the column is added; or take the field out in xlflow.toml, under optional")
_TAUGHT_TWICE = Text("the spelling was taught to mean two things")
_AGREE = Text("choose one meaning, and send the list again")
