"""Which row that was sent is this? By 编号, else 来源, else a unique order or tracking number (contract §4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from xlflow.fixes.cells import says
from xlflow.fixes.memory import Memory, Sent
from xlflow.fixes.now import Registers
from xlflow.fixes.returned import Answers, Block

#: A row that was sent, with its 编号.
Named = tuple[str, Sent]


class Lists:
    """What was sent, looked into by what comes back."""

    def __init__(self, memory: Memory, registers: Registers) -> None:
        self._memory, self._registers = memory, registers

    def sent(self, answers: Answers) -> Named | None:
        """The row that was sent, with its 编号."""
        if answers.id is not None and (found := self._memory.sent(answers.id)) is not None:
            return answers.id, found
        by_source = self._best(answers, self._by_source.get(answers.source, ()))
        return by_source or self._best(answers, self._by_number(answers))

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
        """Of one row in several lists, that which says most of what came back; of equal ones the newest."""
        scores = [(self._agreeing(answers, sent), number, name, sent) for number, (name, sent) in enumerate(offered)]
        score, _, name, sent = max(scores, key=lambda found: found[:2], default=(0, 0, "", None))
        return (name, sent) if score and sent is not None else None

    def _agreeing(self, answers: Answers, sent: Sent) -> int:
        said = self._registers.marks.said
        return sum(said(text) == sent.cells[name] for name, text in self.cells(answers, sent.register).items() if text)

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
