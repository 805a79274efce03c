"""The system's keyring: found by desk and register, and as if empty when it does not work."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.passwords.conftest import Keyring
from xlflow.locale import render
from xlflow.passwords import PasswordError, Passwords, Secret
from xlflow.settings import Settings, SettingsError


def test_what_is_stored_is_found(tmp_path: Path, settings: Settings, keyring: Keyring) -> None:
    passwords = Passwords(tmp_path, settings, {})
    passwords.store("freight", "open", Secret("sample-pass-1"))
    passwords.store("freight", "modify", Secret("sample-pass-2"))
    assert keyring.kept == {
        ("xlflow", "freight@示例店"): "sample-pass-1",
        ("xlflow", "freight.modify@示例店"): "sample-pass-2",
    }
    for again in (passwords, Passwords(tmp_path, settings, {})):
        assert again.open("freight") == Secret("sample-pass-1")
        assert again.modify("freight") == Secret("sample-pass-2")
        assert again.open("receiving") is None


def test_desks_on_one_computer_do_not_mix(tmp_path: Path, settings: Settings, keyring: Keyring) -> None:
    other = replace(settings, name="另一家店")
    Passwords(tmp_path, settings, {}).store("freight", "open", Secret("sample-pass-1"))
    assert Passwords(tmp_path, other, {}).open("freight") is None
    keyring.kept["xlflow", "freight"] = "sample-pass-3"
    assert Passwords(tmp_path, other, {}).open("freight") == Secret("sample-pass-3")
    assert Passwords(tmp_path, settings, {}).open("freight") == Secret("sample-pass-1")


@pytest.mark.parametrize("error", [RuntimeError("locked sample-pass-1"), OSError(5, "no bus"), KeyError("x")])
def test_a_keyring_that_fails_is_as_if_empty(
    tmp_path: Path, settings: Settings, keyring: Keyring, error: Exception
) -> None:
    keyring.fails = error
    passwords = Passwords(tmp_path, settings, {}, lambda *_: "sample-pass-2")
    assert passwords.open("freight") == Secret("sample-pass-2")


def test_no_keyring_package(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert Passwords(tmp_path, settings, {}).open("freight") is None


@pytest.mark.parametrize("how", ["fails", "forgets"])
def test_a_keyring_that_keeps_nothing_is_told(tmp_path: Path, settings: Settings, keyring: Keyring, how: str) -> None:
    setattr(keyring, how, RuntimeError("sample-pass-1") if how == "fails" else True)
    with pytest.raises(PasswordError) as refused:
        Passwords(tmp_path, settings, {}).store("freight", "open", Secret("sample-pass-1"))
    error = refused.value
    assert (error.code, render(error.message, "en")) == (
        "no-keyring",
        "the keyring of this system cannot be used",
    )
    assert error.fix
    assert render(error.fix, "en") == "put the password into passwords.toml instead"


def test_store_under_an_unknown_name(tmp_path: Path, settings: Settings, keyring: Keyring) -> None:
    with pytest.raises(SettingsError):
        Passwords(tmp_path, settings, {}).store("freigth", "open", Secret("sample-pass-1"))
    assert keyring.kept == {}


def test_the_keyring_is_imported_only_when_it_is_reached(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "keyring")
    environ = {"XLFLOW_PASSWORD_FREIGHT": "sample-pass-1"}
    assert Passwords(tmp_path, settings, environ).open("freight") == Secret("sample-pass-1")
    assert "keyring" not in sys.modules
