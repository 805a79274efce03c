"""The tables of README.md and docs/, made from what there is: commands, registers, findings, numbers of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from xlflow import policies, report
from xlflow.cli._commands import root
from xlflow.discover import registers
from xlflow.fields.choices import Choice
from xlflow.judge import Check, checks
from xlflow.locale import translate
from xlflow.period import Span
from xlflow.table.columns import Column, Row

OWNERS = {"warehouse": "仓库", "after_sales": "售后", "finance": "财务", "manager": "店长"}
LEVELS = {"E": "错误", "H": "暂缓", "W": "警告", "I": "提示"}
SPANS = {Span.WEEK: "每周一", Span.MONTH: "每月最后一天"}
NOBODY = "记这张表的人"


def commands() -> str:
    """Each command and subcommand with its line in both languages."""
    return _table(("命令", "做什么", "does"), ((f"`{name}`", *_said(about)) for name, about in _commands()))


def names() -> set[str]:
    """The commands without their subcommands."""
    return {name.split()[0] for name, _ in _commands()}


def registers_short() -> str:
    """Each register: its title, the headings it must have, who mends it, and its own section."""
    head = ("登记表", "设置里的名字", "必填 ★", "谁来补")
    return _table(
        head,
        (
            (f"[{table.table_title}](docs/registers.md#{name})", f"`{name}`", _starred(table), OWNERS[table.owner])
            for name, table in registers().items()
        ),
    )


def registers_whole() -> str:
    """Each register with all its fields, their types, headings and what may be written into them."""
    return "\n".join(_register(name, table) for name, table in registers().items())


def findings() -> str:
    """Each finding under the register it is about, those of every register first."""
    groups = {None: "所有登记表 · every register"} | {
        table: f"{table.table_title} · {table.register}" for table in registers().values()
    }
    parts = []
    for about, title in groups.items():
        found = [check for check in checks().values() if (check.needs[0] if check.needs else None) is about]
        if found:
            parts.append(f"## {title}\n\n{_table(('代码', '级别', '说什么', 'says', '谁来补'), map(_finding, found))}")
    return "\n".join(parts)


def reports() -> str:
    """Each report: how often, and the registers it is made of."""
    head = ("报表", "名字", "多久一次", "说什么", "says", "要用的登记表")
    return _table(
        head,
        (
            (
                found.title,
                f"`{name}`",
                SPANS[found.span],
                *_said(found.doc),
                "、".join(t.table_title for t in found.about),
            )
            for name, found in report.reports().items()
        ),
    )


def numbers() -> str:
    """The numbers of the rules, each the one in force last."""
    head = ("设置里的名字", "现在是", "说明", "note", "出处")
    latest = ((key, lines[-1]) for key, lines in policies.built_in().items())
    return _table(
        head,
        (
            (
                f"`{key}`",
                f"{'、'.join(map(str, line.values))} {translate(line.unit, 'zh')}",
                *_said(line.note),
                line.source,
            )
            for key, line in latest
        ),
    )


def _commands() -> Iterator[tuple[str, str]]:
    main = root("xlflow.cli")
    assert isinstance(main, click.Group)
    for name, command in main.commands.items():
        if isinstance(command, click.Group):
            yield from ((f"{name} {below}", _first(other)) for below, other in command.commands.items())
        else:
            yield name, _first(command)


def _first(command: click.Command) -> str:
    return (command.help or "").partition("\n")[0]


def _register(name: str, table: type[Row]) -> str:
    about = (table.__doc__ or "").partition("\n")[0]
    fields = _table(("", "字段", "类型", "表头", "可以填"), map(_field, table.columns.values()))
    return (
        f'<a id="{name}"></a>\n\n## {table.table_title} · {name}\n\n{about} 谁来补：{OWNERS[table.owner]}。\n\n{fields}'
    )


def _field(column: Column) -> tuple[str, ...]:
    mark = ("☆" if column.wanted else "★" if column.required else "") + ("*" if column.where else "")
    return (mark, f"`{column.name}`", column.type.name, "、".join(column.headings), _choices(column))


def _choices(column: Column) -> str:
    if not isinstance(column.type, Choice):
        return ""
    said = (f"`{value}` {'、'.join(words)}" for value, words in column.type.spellings.items() if words)
    return " · ".join(said)


def _starred(table: type[Row]) -> str:
    return "、".join(table.columns[name].headings[0] for name in table.required_fields())


def _finding(check: Check) -> tuple[str, ...]:
    owner = check.owner or (check.needs[0].owner if check.needs else "")
    off = "" if check.on else "（默认关闭）"
    return (f"`{check.code}`", LEVELS[check.level.value] + off, *_said(check.doc), OWNERS.get(owner, NOBODY))


def _said(text: str) -> tuple[str, str]:
    """The first line of a text in both languages, without its stop."""
    return _line(translate(text, "zh")), _line(text)


def _line(text: str) -> str:
    return text.partition("\n")[0].rstrip(".。")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (head, tuple("---" for _ in head), *rows)
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)
