"""Commands are files: each module of a package is the command or group of its name, imported when it is run.

The first line of a module's docstring is its line in ``xlflow --help``, read from the file without an import.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from gettext import gettext
from importlib import import_module
from inspect import cleandoc
from os import scandir
from typing import Any, cast

import click

import xlflow
from xlflow.cli._options import common
from xlflow.locale import LANGUAGES

#: A module of the package that is no command.
SUPPORT = "output"


class Modules(Mapping[str, click.Command]):
    """The commands of a package by name; a module is imported when its command is taken out."""

    def __init__(self, package: str) -> None:
        self._package = package
        names = {entry.name: entry.path for entry in scandir(import_module(package).__path__[0])}
        files = {name[:-3]: path for name, path in sorted(names.items()) if name.endswith(".py")}
        self._files = {name: path for name, path in files.items() if name[0] != "_" and name != SUPPORT}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._files:
            raise KeyError(name)
        command: click.Command = getattr(import_module(f"{self._package}.{name}"), name)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def lines(self) -> list[tuple[str, str]]:
        """Each command with the first line of its module."""
        return [(name, _short(_first_line(path))) for name, path in self._files.items()]


class Translated(click.Command):
    """A command whose help comes from the catalogue when it is shown."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first line, whole: cut to ``limit`` it would help nobody."""
        del limit
        return _short(self.help or "")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The docstring of the command."""
        del ctx
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_translated(cleandoc(self.help or "")))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options with their help."""
        records = [record for param in self.get_params(ctx) if (record := _record(param, ctx))]
        with formatter.section(gettext("Options")):
            formatter.write_dl(records)


class Group(Translated, click.Group):
    """A group of commands."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        Translated.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


class Root(Group):
    """The group whose commands are the modules of a package."""

    def __init__(self, package: str) -> None:
        self.modules = Modules(package)
        super().__init__(
            "xlflow",
            cast("MutableMapping[str, click.Command]", self.modules),  # nothing is put in: a command is a file
            help="The after-sales day of a shop whose registers are password-protected Excel workbooks.",
            context_settings={"help_option_names": ["-h", "--help"]},
            params=[click.Option(["--lang"], type=click.Choice(LANGUAGES), help="Language of messages.")],
            callback=lambda lang: None,  # noqa: ARG005  # taken from the line before it is parsed
        )

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command with its line."""
        del ctx
        with formatter.section(gettext("Commands")):
            formatter.write_dl(self.modules.lines())


def _record(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    if not isinstance(param, click.Option):
        return None
    shown = copy.copy(param)
    shown.help = _translated(param.help or "")
    return shown.get_help_record(ctx)


def _first_line(path: str) -> str:
    with open(path, encoding="utf-8") as source:  # noqa: PTH123  # --help does not wait for pathlib
        return source.readline()


def _short(text: str) -> str:
    """The first line of a docstring in the reader's language, without its stop."""
    line = text.strip().partition("\n")[0].strip('"')
    return _translated(line).rstrip(".。")


def _translated(text: str) -> str:
    """A text of the catalogue, which has its own header under the empty text."""
    return gettext(text) if text else ""


def root(package: str) -> click.Command:
    """The command ``xlflow`` over the modules of a package."""
    version = click.version_option(xlflow.__version__, message="%(prog)s %(version)s")
    return version(Root(package))


def group(function: Callable[..., Any]) -> Group:
    """A command group; its docstring is its help."""
    return click.group(cls=Group)(function)


def command(
    parent: click.Group | None = None, name: str | None = None
) -> Callable[[Callable[..., int | None]], click.Command]:
    """A command with the common options, called with a Shell and its own options; in a group if one is given.

    Its docstring is its help. What it returns is the exit code, None for 0.
    """

    def decorate(function: Callable[..., int | None]) -> click.Command:
        made = click.command(name, cls=Translated)(common(function))
        if parent:
            parent.add_command(made)
        return made

    return decorate
