"""Where a password is looked for, in the order of contract §1; the first one found wins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from xlflow.model import Text
from xlflow.passwords.command import first_line
from xlflow.passwords.file import FILE, filed
from xlflow.passwords.keyring import keep, kept
from xlflow.passwords.secret import KINDS, Kind, PasswordError, Secret
from xlflow.settings.mistakes import Mistake, SettingsError, instead
from xlflow.settings.schema import Settings

#: What has a password besides the registers.
OTHERS = ("payouts", "outputs")

_VARIABLES: Mapping[Kind, str] = {"open": "XLFLOW_PASSWORD_", "modify": "XLFLOW_MODIFY_PASSWORD_"}


class Passwords:
    """The passwords of one desk. Ask only for what is needed: the last source is a person.

    ``environ`` is the environment; ``ask`` asks a person for the password of a name and kind.
    Raises SettingsError at once when ``passwords.toml`` cannot be used. Can be pickled, for the process pool,
    where nobody can be asked.
    """

    def __init__(
        self,
        desk: Path,
        settings: Settings,
        environ: Mapping[str, str],
        ask: Callable[[str, Kind], str | None] | None = None,
    ) -> None:
        self.names = (*settings.register_names, *OTHERS)
        self._desk = desk
        self._owner = settings.name
        self._command = settings.password_command
        self._given = _given(environ, self.names)
        self._filed = filed(desk, self.names)
        self._environ = _without_passwords(environ)
        self._ask = ask
        self._found: dict[tuple[str, Kind], Secret | None] = {}

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_ask": None}

    def open(self, name: str) -> Secret | None:
        """The password to open a register, ``payouts`` or ``outputs``; raises PasswordError."""
        return self._look(name, "open")

    def modify(self, name: str) -> Secret | None:
        """The password to write into it or to lift the protection of its sheets; raises PasswordError."""
        return self._look(name, "modify")

    def store(self, name: str, kind: Kind, secret: Secret) -> None:
        """Put a password into the system's keyring; raises PasswordError when that keeps nothing."""
        self._check(name)
        if not keep(self._user(name, kind), secret):
            raise PasswordError(
                "no-keyring",
                Text("the keyring of this system cannot be used"),
                Text("put the password into {file} instead", {"file": FILE}),
            )
        self._found[name, kind] = secret

    def _look(self, name: str, kind: Kind) -> Secret | None:
        self._check(name)
        key = (name, kind)
        if key not in self._found:
            self._found[key] = (
                self._given.get(key)
                or self._filed.get(key)
                or self._told(name, kind)
                or self._remembered(name, kind)
                or self._asked(name, kind)
            )
        return self._found[key]

    def _check(self, name: str) -> None:
        if name not in self.names:
            what = Text("there is no register of this name: {name}", {"name": name})
            raise SettingsError([Mistake(None, name, what, instead(name, self.names))])

    def _told(self, name: str, kind: Kind) -> Secret | None:
        """What the command of the settings says."""
        told = first_line([*self._command, name, kind], self._desk, self._environ) if self._command else None
        if isinstance(told, Text):
            raise PasswordError("no-password", told, Text("run it by hand with the same arguments to see why"))
        return told

    def _remembered(self, name: str, kind: Kind) -> Secret | None:
        return kept(self._user(name, kind)) or kept(_shared_user(name, kind))

    def _user(self, name: str, kind: Kind) -> str:
        """The keyring's user name: with the desk's, as several desks may share a computer."""
        return f"{_shared_user(name, kind)}@{self._owner}"

    def _asked(self, name: str, kind: Kind) -> Secret | None:
        return Secret.of(self._ask(name, kind)) if self._ask else None


def _shared_user(name: str, kind: Kind) -> str:
    """The user name for all desks, as a person would write it into the keyring by hand."""
    return name if kind == "open" else f"{name}.{kind}"


def _given(environ: Mapping[str, str], names: Sequence[str]) -> dict[tuple[str, Kind], Secret | None]:
    return {(name, kind): Secret.of(environ.get(_VARIABLES[kind] + name.upper())) for name in names for kind in KINDS}


def _without_passwords(environ: Mapping[str, str]) -> dict[str, str]:
    """What a command may see."""
    return {name: value for name, value in environ.items() if not name.startswith(tuple(_VARIABLES.values()))}
