"""Which row that was sent is this? By 编号, else 来源, else a unique order or tracking number (contract §4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from xlflow.fields.ids import fits
from xlflow.fixes.cells import says
from xlflow.fixes.memory import Memory, Sent
from xlflow.fixes.now import Registers
from xlflow.fixes.returned import Answers, Block

#: Field types that name an order or a parcel.
NUMBERS = ("order_no", "tracking")
#: A row that was sent, with its 编号.
Named = tuple[str, Sent]


class Lists:
    """What was sent, looked into by what comes back."""

    def __init__(self, memory: Memory, registers: Registers) -> None:
        self._memory, self._registers = memory, registers

    def know(self, rows: Iterable[Answers]) -> dict[Answers, Named]:
        """The rows that were sent, by what came back; none where two rows of a list claim one by a number."""
        found = {answers: named for answers in rows if (named := self.sent(answers)) is not None}
        claims = Counter((answers.list, name) for answers, (name, _) in found.items())
        return {
            answers: (name, sent)
            for answers, (name, sent) in found.items()
            if name == answers.id or sent.place == answers.source or claims[answers.list, name] == 1
        }

    def sent(self, answers: Answers) -> Named | None:
        """The row that was sent, with its 编号.

        Where 编号 was sorted without the rest of the row, the row bears the numbers of another one: then 来源 says
        which it is, if that was left in its place. Numbers are asked only where neither says anything.
        """
        known = self._memory.sent(answers.id) if answers.id is not None else None
        if answers.id is not None and known is not None and not self._is_shuffled(answers, answers.id, known):
            return answers.id, known
        if known is not None or answers.source in self._by_source:
            return self._best(answers, self._by_source.get(answers.source, ()))
        return self._best(answers, self._by_number(answers))

    def _is_shuffled(self, answers: Answers, name: str, sent: Sent) -> bool:
        others = self._memory.exports[name.partition("-")[0]].rows.values()
        strange = self._strange_numbers(answers, sent)
        return any(other.register == sent.register and strange & set(other.numbers.items()) for other in others)

    def _strange_numbers(self, answers: Answers, sent: Sent) -> set[tuple[str, str]]:
        """The row's order and tracking numbers, by field type, that are not those that were sent; asked ones aside.

        One that has only lost its end on the way is none; a blank one is.
        """
        marks = self._registers.marks
        found = set()
        for key, name in self._registers.columns(sent.register, answers.cells).items():
            kind = marks.kind(sent.register, name)
            text = says(kind, answers.cells[key])
            if kind.name in NUMBERS and name not in sent.asked and marks.said(text) != sent.cells.get(name):
                whole = fits(answers.cells[key], sent.numbers.get(kind.name, ""))
                found |= set() if whole else {(kind.name, text)}
        return found

    def cells(self, answers: Answers, register: str) -> dict[str, str]:
        """What the returned cells say, by field of the register."""
        fields, marks = self._registers.columns(register, answers.cells), self._registers.marks
        return {name: says(marks.kind(register, name), answers.cells[key]) for key, name in fields.items()}

    def register_of(self, block: Block) -> str | None:
        """The register whose headings stand above a block, judged by those of its rows that bear a 编号."""
        rows = Counter(sent.register for row in block.rows if row.id and (sent := self._memory.sent(row.id)))
        fields = self._registers.fields
        return max(rows, key=lambda name: (len(block.headings.keys() & fields[name]), rows[name]), default=None)

    def _best(self, answers: Answers, offered: Iterable[Named]) -> Named | None:
        """Of one row in several lists, that which says most of what came back; of equal ones the newest.

        It must say most of what was not asked for, and name no other order or parcel.
        """
        best: tuple[int, Named] | None = None
        for name, sent in offered:
            asked, rest = self._agreeing(answers, sent)
            score = sum(asked) + sum(rest)
            is_it = 2 * sum(rest) > len(rest) and not self._strange_numbers(answers, sent)
            if is_it and (best is None or score >= best[0]):
                best = score, (name, sent)
        return best[1] if best is not None else None

    def _agreeing(self, answers: Answers, sent: Sent) -> tuple[list[bool], list[bool]]:
        """Which of the filled cells say what was sent, of those that were asked for and of the others."""
        said = self._registers.marks.said
        cells = self.cells(answers, sent.register).items()
        same = [(name in sent.asked, said(text) == sent.cells.get(name)) for name, text in cells if text]
        return [agrees for asked, agrees in same if asked], [agrees for asked, agrees in same if not asked]

    def _by_number(self, answers: Answers) -> list[Named]:
        """The rows sent with one of the returned order or tracking numbers, if no list has it in two rows."""
        found: dict[str, Sent] = {}
        for register in self._registers.fields:
            for name, said in self.cells(answers, register).items():
                kind = self._registers.marks.kind(register, name).name
                found |= self._by_key.get((register, kind, said), {})
        lists = Counter(name.partition("-")[0] for name in found)
        return list(found.items()) if lists and max(lists.values()) == 1 else []

    @cached_property
    def _by_source(self) -> dict[str, list[Named]]:
        places: dict[str, list[Named]] = {}
        for name, sent in self._memory.all_sent():
            places.setdefault(sent.place, []).append((name, sent))
        return places

    @cached_property
    def _by_key(self) -> dict[tuple[str, str, str], dict[str, Sent]]:
        keys: dict[tuple[str, str, str], dict[str, Sent]] = {}
        for name, sent in self._memory.all_sent():
            for key in sent.numbers.items():
                keys.setdefault((sent.register, *key), {})[name] = sent
        return keys
