"""A password from the moment it is known: no exception holds its text, nor does a frame that raises one."""

from __future__ import annotations

from typing import Literal, TypeAlias

from xlflow.model import XlflowError

#: ``open``: the password to open; ``modify``: to write, or to lift the protection of sheets or structure.
Kind: TypeAlias = Literal["open", "modify"]
KINDS: tuple[Kind, ...] = ("open", "modify")


class Secret:
    """A password that shows itself as ``***`` until it is revealed. Can be pickled, for the process pool."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    @classmethod
    def of(cls, text: str | None) -> Secret | None:
        """An empty password is none."""
        return cls(text) if text else None

    def reveal(self) -> str:
        """The password itself."""
        return self._text

    def __repr__(self) -> str:
        return "***"

    def __format__(self, spec: str) -> str:
        return format("***", spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


class PasswordError(XlflowError):
    """A source of passwords failed; ``code`` is ``no-password`` or ``no-keyring``."""
