"""Show all that is known of an order, a parcel, a phone, a buyer or a name."""

from __future__ import annotations

import click

from xlflow.cli._commands import command
from xlflow.cli.output import Shell
from xlflow.model import Text


@command()
@click.argument("key")
def trace(shell: Shell, key: str) -> int:
    """Show all that is known of an order, a parcel, a phone, a buyer or a name.

    The last four or more characters of a number are enough.
    """
    from xlflow.cli._desk import open_desk
    from xlflow.steps.documents import errors, event_document
    from xlflow.steps.reading import read_desk
    from xlflow.trace import trace as events

    desk = read_desk(open_desk(shell))
    found = events(desk.day, key)
    shell.result({"events": [event_document(event) for event in found], "errors": errors(desk.troubles, shell.said)})
    for event in found:
        shell.show(f"{event.on or '-'}  {event.source}  {event.what}")
    if not found:
        shell.say(Text("nothing is known of {key}", {"key": key}))
    return 4 if desk.troubles else 0
