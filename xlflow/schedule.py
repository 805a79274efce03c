"""The lines that let the system run a desk every day: for cron, and for the Windows task scheduler (contract §2).

They run on every day of the week: a Saturday may be a workday in China, which xlflow knows and the schedulers do not.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from xlflow.model import Text

#: ``schtasks /TR`` takes no longer command.
LONGEST_COMMAND = 261
#: What the name of a task may not hold.
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
#: What cmd takes for its own even between quotes that are themselves quoted.
_OF_CMD = re.compile(r"[&|<>^%!]")


@dataclass(frozen=True, slots=True)
class Schedule:
    """A run a day: ``program`` is what starts xlflow, ``desk`` the absolute path of the desk, ``name`` the desk's."""

    program: tuple[str, ...]
    desk: str
    name: str
    at: time

    @property
    def _command(self) -> list[str]:
        return [*self.program, "run", "--desk", self.desk, "--quiet"]

    @property
    def cron(self) -> str:
        """The line for ``crontab -e``, in which a bare ``%`` would end the command."""
        command = shlex.join(self._command).replace("%", r"\%")
        return f"{self.at.minute} {self.at.hour} * * * {command}"

    @property
    def schtasks(self) -> str:
        """The line to be typed into a Windows command prompt."""
        name = f"xlflow {_NOT_IN_NAMES.sub('_', self.name)}".strip()
        command = subprocess.list2cmdline(self._command)
        task = ["schtasks", "/Create", "/SC", "DAILY", "/ST", f"{self.at:%H:%M}", "/TN", name, "/TR", command]
        return subprocess.list2cmdline(task)

    def notes(self) -> Iterator[Text]:
        """What a person should know before using the lines."""
        if "\n" in self.desk or "\r" in self.desk:
            yield Text("the desk's path holds a line break: neither cron nor schtasks can take it")
        if len(subprocess.list2cmdline(self._command)) > LONGEST_COMMAND:
            yield Text("the command is longer than the {most} characters that schtasks takes: move the desk to a "
                       "shorter path", {"most": LONGEST_COMMAND})  # fmt: skip
        if _OF_CMD.search(" ".join(self._command)):
            yield Text("the desk's path holds a character that the Windows command prompt takes for its own "
                       "(& | < > ^ % !): make the task in the window of the task scheduler instead")  # fmt: skip
        yield Text("it runs every day of the week: xlflow knows China's workdays itself, make-up days included")
        yield Text("stored passwords are needed, as nobody is there to be asked: run `xlflow doctor` as the same user")
