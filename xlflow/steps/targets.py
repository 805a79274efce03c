"""The workbooks of registers as they are written into: where they lie, and the passwords that open and change them."""

from __future__ import annotations

from collections.abc import Mapping

from xlflow.passwords import Secret
from xlflow.steps.reading import Request, sources
from xlflow.steps.source import Source
from xlflow.writeback import BACKUPS, Target


def targets(asked: Request) -> Mapping[str, Target]:
    """The workbook of each register file, by the name it has in findings."""
    return {source.label: _target(asked, source) for source in sources(asked)}


def _target(asked: Request, source: Source) -> Target:
    def modify() -> Secret | None:
        found = (asked.passwords.modify(name) for name, _ in source.registers)
        return next((secret for secret in found if secret is not None), None)

    return Target(source.path, source.passwords, modify, asked.settings.state / BACKUPS, asked.keys)
