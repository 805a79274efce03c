"""The headings of a fix list, by which the import finds its way: the same in every language (contract §4)."""

from __future__ import annotations

from xlflow.fields.text import heading_key

ID, SOURCE, PROBLEM, DAYS, RESULT, NOTE = "编号", "来源", "问题", "待了几天", "处理结果", "说明"
#: The list's own columns by the key of their heading.
OWN = {heading_key(heading): heading for heading in (ID, SOURCE, PROBLEM, DAYS, RESULT, NOTE)}
#: Stands before the heading of a register's column that is called like one of the list's own.
THE_REGISTERS = "登记的"


def listed(heading: str) -> str:
    """How a register's column is headed in a list."""
    return THE_REGISTERS + heading if heading_key(heading) in OWN else heading


def register_key(heading_in_list: str) -> str:
    """The key of a register's heading as it is written in a list."""
    key = heading_key(heading_in_list)
    bare = key.removeprefix(THE_REGISTERS)
    return bare if bare in OWN else key
