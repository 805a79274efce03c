"""A draft with each output that somebody is to get by mail; nothing is sent (contract §6 ``mail``).

What it says holds no more than names of files and days: who gets a mail on may not be whom it was written for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from xlflow.model import Text
from xlflow.outputs import Output, Published
from xlflow.settings import Settings
from xlflow.steps.making import Making

KIND = "mail"
#: Kinds that go to an owner even where [mail] names nobody.
_OWNERS = {"invoices": "finance"}
#: What whoever gets a kind is asked to do.
_PLEASE = {
    "fix-list": Text("Please fill in the orange cells and do what 问题 says, then send the file back."),
    "invoices": Text("Please issue what is new, and tell us the numbers of the invoices."),
    "claim-sheet": Text("Please claim these, and tell us what is paid for them."),
}


def mails(making: Making, published: Iterable[Published]) -> Iterator[Output]:
    """A draft for each output that has recipients, with the file as it lies on the disk; on a dry run none lies there.

    Raises OSError.
    """
    for place in published:
        recipients = recipients_of(making.desk.settings, place.output)
        path = PurePosixPath(place.path)
        if recipients:
            from xlflow.mail import Draft, to_bytes

            file = making.desk.home / path
            attachment = file.read_bytes() if file.exists() else b""
            draft = Draft(recipients, _subject(making, path), _text(making, place.output), path.name, attachment)
            yield Output(KIND, f"邮件-{path.stem}.eml", to_bytes(draft), None)


def recipients_of(settings: Settings, output: Output) -> tuple[str, ...]:
    """Who [mail] names for its kind, and the owner it is for."""
    owner = output.owner or _OWNERS.get(output.kind)
    own = [settings.people[owner].email] if owner is not None else []
    return tuple(dict.fromkeys(filter(None, [*settings.mail.get(output.kind, ()), *own])))


def _subject(making: Making, path: PurePosixPath) -> str:
    today = making.desk.day.date.isoformat()
    return f"{making.desk.settings.name} {path.stem}" + ("" if today in path.stem else f" {today}")


def _text(making: Making, output: Output) -> str:
    facts = {"file": output.name, "desk": making.desk.settings.name, "date": making.desk.day.date.isoformat()}
    lines = [Text("Hello,"), Text("attached is {file} of {desk}, made on {date}.", facts)]
    if output.kind in _PLEASE:
        lines.append(_PLEASE[output.kind])
    if output.password is not None:
        lines.append(Text("The file is encrypted: it opens with the password that we agreed on."))
    return "".join(f"{making.say(line)}\n" for line in lines)
