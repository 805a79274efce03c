"""Findings that people have said are right as they stand (contract §4, 情况属实): not told again, but still holding."""

from __future__ import annotations

from collections.abc import Iterable

from xlflow.finding import Finding
from xlflow.fixes.marks import Marks
from xlflow.fixes.memory import Memory


def told_apart(
    findings: Iterable[Finding], memory: Memory, marks: Marks
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are to be told, and those that were accepted."""
    told: list[Finding] = []
    accepted: list[Finding] = []
    for finding in findings:
        (accepted if _is_accepted(finding, memory, marks) else told).append(finding)
    return tuple(told), tuple(accepted)


def _is_accepted(finding: Finding, memory: Memory, marks: Marks) -> bool:
    if (finding.code, finding.register) not in memory.accepted:
        return False
    return content(finding, marks) in memory.accepted[finding.code, finding.register]


def place(finding: Finding) -> str:
    """``file sheet!7``, as 来源 says it."""
    return f"{finding.file} {finding.sheet}!{finding.row}"


def content(finding: Finding, marks: Marks) -> str:
    """A digest of what a finding is about: its row, or a total with what is wrong of it. It changes when that does."""
    if finding.rows and finding.rows[0].number == finding.row:
        return marks.anchor(finding.rows[0]).content
    return marks.text(f"{place(finding)}\n{finding.message}")
