"""What is made of encrypted registers is encrypted, or nothing is made (contract §1)."""

from __future__ import annotations

from dataclasses import dataclass

from xlflow.model import Text, XlflowError
from xlflow.passwords import Passwords, Secret
from xlflow.steps.reading import Desk


class NoOutputPassword(XlflowError):
    """Something would leave an encrypted register unencrypted."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Sealing:
    """Which outputs must be encrypted, and with what."""

    desk: Desk
    passwords: Passwords

    def stays_plain(self, kind: str) -> bool:
        """Whether an output of this kind may be unencrypted."""
        return not self.desk.encrypted or self.desk.settings.stays_plain(kind)

    def password(self, kind: str, *names: str) -> Secret | None:
        """The first password there is of these names; None where the output may be plain."""
        if self.stays_plain(kind):
            return None
        for name in names:
            if (found := self.passwords.open(name)) is not None:
                return found
        raise NoOutputPassword(
            "no-password",
            Text(
                "{kind} holds cells of an encrypted register, and there is no password `outputs`",
                {"kind": kind},
            ),
            Text(
                "store one with `xlflow password outputs`, or allow this kind to be unencrypted under [outputs] plain "
                "in xlflow.toml",
            ),
        )
