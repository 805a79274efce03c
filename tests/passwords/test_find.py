"""Where a password is looked for, and in which order (contract §1)."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from tests.passwords.conftest import Keyring, python, write
from xlflow.locale import render
from xlflow.passwords import PasswordError, Passwords, Secret
from xlflow.passwords.secret import KINDS, Kind
from xlflow.settings import Settings, SettingsError

SOURCES = ("environment", "file", "command", "keyring", "person")
FRESH = limits(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


@FRESH
@given(present=st.sets(st.sampled_from(SOURCES)), empty=st.sets(st.sampled_from(SOURCES)), kind=st.sampled_from(KINDS))
def test_the_first_source_wins(
    tmp_path: Path,
    settings: Settings,
    keyring: Keyring,
    present: set[str],
    empty: set[str],
    kind: Kind,
) -> None:
    def given_by(source: str) -> str:
        return f"sample-pass-{source}" if source in present - empty else ""

    def asked(name: str, asked_kind: Kind) -> str | None:
        assert (name, asked_kind) == ("freight", kind)
        return given_by("person")

    variable = {"open": "XLFLOW_PASSWORD_FREIGHT", "modify": "XLFLOW_MODIFY_PASSWORD_FREIGHT"}[kind]
    write(tmp_path, f'freight = {{ {kind} = "{given_by("file")}" }}' if "file" in present | empty else "")
    with pytest.MonkeyPatch.context() as patch:
        command = "xlflow.passwords.find.first_line"
        patch.setattr(command, lambda argv, *_: Secret.of(given_by("command")) if argv[-1] == kind else None)
        keyring.kept["xlflow", {"open": "freight", "modify": "freight.modify"}[kind]] = given_by("keyring")
        passwords = Passwords(
            tmp_path, replace(settings, password_command=("x",)), {variable: given_by("environment")}, asked
        )
        found = getattr(passwords, kind)("freight")
    first = next((source for source in SOURCES if given_by(source)), None)
    assert found == (Secret(given_by(first)) if first else None)


@pytest.mark.parametrize(
    ("variable", "opened", "modified"),
    [
        ("XLFLOW_PASSWORD_FREIGHT", "sample-pass-1", None),
        ("XLFLOW_MODIFY_PASSWORD_FREIGHT", None, "sample-pass-1"),
        ("XLFLOW_PASSWORD_RECEIVING", None, None),
        ("xlflow_password_freight", None, None),
        ("XLFLOW_PASSWORD_", None, None),
    ],
)
def test_the_environment(
    tmp_path: Path, settings: Settings, variable: str, opened: str | None, modified: str | None
) -> None:
    passwords = Passwords(tmp_path, settings, {variable: "sample-pass-1"})
    assert passwords.open("freight") == Secret.of(opened)
    assert passwords.modify("freight") == Secret.of(modified)


@pytest.mark.parametrize("name", ["payouts", "outputs", "receiving"])
def test_other_names(tmp_path: Path, settings: Settings, name: str) -> None:
    passwords = Passwords(tmp_path, settings, {f"XLFLOW_PASSWORD_{name.upper()}": "sample-pass-1"})
    assert passwords.open(name) == Secret("sample-pass-1")


def test_an_unknown_name(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(SettingsError) as refused:
        Passwords(tmp_path, settings, {}).open("freigth")
    assert str(refused.value) == "there is no register of this name: freigth"
    assert refused.value.fix
    assert render(refused.value.fix, "en") == (
        "the nearest known one is freight; known are receiving, freight, payouts, outputs"
    )


def test_a_person_is_asked_once(tmp_path: Path, settings: Settings) -> None:
    asked: list[tuple[str, str]] = []
    passwords = Passwords(tmp_path, settings, {}, lambda *what: asked.append(what) or "sample-pass-1")
    assert [passwords.open("freight"), passwords.open("freight")] == [Secret("sample-pass-1")] * 2
    assert asked == [("freight", "open")]


def test_in_another_process_nobody_is_asked(tmp_path: Path, settings: Settings) -> None:
    passwords = Passwords(tmp_path, settings, {"XLFLOW_PASSWORD_FREIGHT": "sample-pass-1"}, lambda *_: "sample-pass-2")
    there = pickle.loads(pickle.dumps(passwords))
    assert there.open("freight") == Secret("sample-pass-1")
    assert there.open("receiving") is None


def test_a_command_sees_no_password_of_the_environment(tmp_path: Path, settings: Settings) -> None:
    code = "import os; print(','.join(sorted(name for name in os.environ if 'XLFLOW' in name)))"
    environ = {
        "XLFLOW_PASSWORD_PAYOUTS": "sample-pass-1",
        "XLFLOW_MODIFY_PASSWORD_FREIGHT": "sample-pass-2",
        "XLFLOW_DESK": "x",
    }
    passwords = Passwords(tmp_path, replace(settings, password_command=python(code)), environ)
    assert passwords.open("freight") == Secret("XLFLOW_DESK")


def test_a_command_that_fails_stops_the_search(tmp_path: Path, settings: Settings, keyring: Keyring) -> None:
    keyring.kept["xlflow", "freight"] = "sample-pass-1"
    settings = replace(settings, password_command=python("import sys; print('sample-pass-2'); sys.exit(3)"))
    with pytest.raises(PasswordError) as refused:
        Passwords(tmp_path, settings, {}).open("freight")
    error = refused.value
    assert (error.code, render(error.message, "en")) == (
        "no-password",
        f"the password command {settings.password_command[0]} ended with exit code 3",
    )
    assert error.fix
    assert render(error.fix, "en") == "run it by hand with the same arguments to see why"
