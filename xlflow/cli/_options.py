"""The options every command takes (contract §2)."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from datetime import date
from gettext import gettext
from typing import Any

import click

from xlflow.cli._run import run
from xlflow.cli.output import Options, Shell
from xlflow.locale import LANGUAGES

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Day(click.ParamType[date]):
    """A date as 2026-03-02, in no other form."""

    name = "YYYY-MM-DD"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Raises click's usage error."""
        try:
            return date.fromisoformat(value if _DAY.fullmatch(value) else "")
        except ValueError:
            message = gettext("{value!r} is not a date such as 2026-03-02.")
            raise click.BadParameter(message.format(value=value), ctx, param) from None


_COMMON = (
    click.option("--desk", metavar="DIR", help="The desk's folder (XLFLOW_DESK, else the current one)."),
    click.option("--date", type=Day(), help="The day of the run, by default today."),
    click.option("--json", is_flag=True, help="Print one JSON document."),
    click.option("--quiet", is_flag=True, help="No messages but errors."),
    click.option("--verbose", is_flag=True, help="More messages."),
    click.option("--lang", type=click.Choice(LANGUAGES), help="Language of messages."),
)


def common(function: Callable[..., int | None]) -> Callable[..., int]:
    """Give a command the common options; the function is called with a Shell in their place."""

    @functools.wraps(function)
    def called(**options: Any) -> int:
        context = click.get_current_context()
        given = Options(**{field: options.pop(field) for field in Options._fields})
        given = given._replace(lang=given.lang or context.find_root().params["lang"])
        shell = Shell(context.command_path.partition(" ")[2], given)
        return run(shell, lambda: function(shell, **options))

    for option in reversed(_COMMON):
        option(called)
    return called
