"""A desk whose passwords can be put into any source, and a keyring that is not the system's."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.settings.desks import LEAST, loaded
from xlflow.settings import Settings


class Keyring(SimpleNamespace):
    """Stands in for the ``keyring`` package."""

    def __init__(self) -> None:
        super().__init__(kept={}, fails=None, forgets=False)

    def get_password(self, service: str, user: str) -> str | None:
        if self.fails:
            raise self.fails
        return self.kept.get((service, user))

    def set_password(self, service: str, user: str, password: str) -> None:
        if self.fails:
            raise self.fails
        if not self.forgets:
            self.kept[service, user] = password


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    fake = Keyring()
    monkeypatch.setitem(sys.modules, "keyring", fake)
    return fake


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return loaded(tmp_path, LEAST)


def write(desk: Path, text: str | bytes, mode: int = 0o600) -> None:
    "write passwords.toml"
    path = desk / "passwords.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    os.chmod(path, mode)


def python(code: str) -> tuple[str, ...]:
    """A password command that runs Python; register and kind are in ``sys.argv``."""
    return (sys.executable, "-c", code)
