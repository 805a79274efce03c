"""What a command knows of its caller, and the only way it speaks: data to stdout, messages to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import click

from xlflow.cli._glance import glance
from xlflow.locale import choose, render

if TYPE_CHECKING:  # --help does not wait for these
    from pathlib import Path

    from xlflow.model import Text


class Options(NamedTuple):
    """The options every command takes, as they were given (contract §2)."""

    desk: str | None = None
    date: date | None = None
    json: bool = False
    quiet: bool = False
    verbose: bool = False
    lang: str | None = None


class Shell:
    """The caller of one command.

    ``command`` is its name, such as ``payouts plan``; ``language`` is zh or en.
    """

    def __init__(self, command: str, options: Options) -> None:
        self.command = command
        self.json, self.quiet, self.verbose = options.json, options.quiet, options.verbose
        self._day = options.date
        self._folder = options.desk or os.environ.get("XLFLOW_DESK") or "."
        self._glance = glance(self._folder)
        self.language = choose(options.lang, self._glance.language, os.environ)
        self.document: dict[str, Any] = {}

    @property
    def desk(self) -> Path:
        """The desk's folder: ``--desk``, else XLFLOW_DESK, else the current one."""
        from pathlib import Path

        return Path(self._folder)

    @property
    def state(self) -> Path:
        """The folder of the desk's state."""
        return self.desk / self._glance.state

    @cached_property
    def date(self) -> date:
        """The day of the run: as given, else today in the desk's time zone."""
        return self._day or datetime.now(_zone(self._glance.timezone)).date()

    def result(self, document: Mapping[str, object]) -> None:
        """What ``--json`` prints when the command ends, besides ``schema``, ``command`` and ``date``.

        Texts, dates, paths and Decimals (money) in it are written as contract §4 says.
        """
        self.document = dict(document)

    def show(self, text: Text | str) -> None:
        """A line of what the command was asked for; nothing with ``--json``."""
        if not self.json:
            self._write(sys.stdout, text)

    def say(self, text: Text | str) -> None:
        """A message beside it; nothing with ``--quiet``."""
        if not self.quiet:
            self._write(sys.stderr, text)

    def detail(self, text: Text | str) -> None:
        """A message for those who asked for more with ``--verbose``."""
        if self.verbose:
            self._write(sys.stderr, text)

    def complain(self, text: Text | str) -> None:
        """Why the command failed, even with ``--quiet``."""
        self._write(sys.stderr, text)

    def said(self, text: Text | str) -> str:
        """A message in the language of the caller."""
        return text if isinstance(text, str) else render(text, self.language)

    @contextmanager
    def progress(self, label: Text, total: int) -> Iterator[Callable[[int], None]]:
        """A bar on the terminal while long work goes on; yields what is called with the steps made."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda _steps: None
            return
        with click.progressbar(length=total, label=self.said(label), file=sys.stderr) as bar:
            yield bar.update

    def ask(self, question: Text, hidden: bool = False) -> str | None:
        """The answer of a person at the terminal, None where there is no terminal."""
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        answer: str = click.prompt(self.said(question), "", hide_input=hidden, show_default=False, err=True)
        return answer

    def ask_password(self, name: str, kind: str) -> str | None:
        """A password of a person at the terminal, for ``xlflow.passwords``."""
        from xlflow.model import Text

        if kind == "open":
            return self.ask(Text("Password to open {name}", {"name": name}), hidden=True)
        return self.ask(Text("Password to change {name}", {"name": name}), hidden=True)

    def print_document(self, errors: list[dict[str, str]]) -> None:
        """The one JSON document on stdout, with further errors."""
        import json

        document = {"schema": 1, "command": self.command, "date": self.date, "outputs": [], **self.document}
        document["errors"] = [*self.document.get("errors", ()), *errors]
        # ASCII is valid on any console.
        ascii_only = not _is_utf8(sys.stdout)
        self._write(sys.stdout, json.dumps(document, ensure_ascii=ascii_only, default=self._plain))

    def _plain(self, value: object) -> str:
        from decimal import Decimal
        from pathlib import Path

        from xlflow.model import Text

        match value:
            case Text():
                return self.said(value)
            case Decimal():
                return f"{value:.2f}" if value == round(value, 2) else f"{value:f}"
            case date():
                return value.isoformat()
            case Path():
                return value.as_posix()
        raise TypeError(type(value).__name__)

    def _write(self, stream: TextIO, text: Text | str) -> None:
        try:
            click.echo(self.said(text), file=stream)
        except BrokenPipeError:
            # Whoever listened has gone; the work goes on to its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def steady(stream: TextIO | None) -> None:
    """Make a stream replace what its console cannot show, instead of failing."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")


def _is_utf8(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "").replace("_", "") == "utf8"


def _zone(name: str) -> tzinfo:
    """The time zone; China's where there is no such zone, which the settings will say."""
    import zoneinfo

    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return timezone(timedelta(hours=8))
