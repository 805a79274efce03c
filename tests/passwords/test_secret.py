"""No password is ever shown: not by itself, not by an error, not by a frame that raises one."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from tests.passwords.conftest import Keyring, python, write
from xlflow.locale import render
from xlflow.passwords import Passwords, Secret
from xlflow.passwords import command as module
from xlflow.settings import Settings

CANARY = "sample-pass-canary"


def test_a_secret_shows_nothing() -> None:
    secret = Secret(CANARY)
    shown = f"{secret} {secret!r} {secret:>5} {[secret]} %s %r" % (secret, secret)
    assert CANARY not in shown
    assert shown.count("***") == 6
    assert not hasattr(secret, "__dict__")
    with pytest.raises(TypeError) as refused:
        json.dumps({"password": secret})
    assert CANARY not in str(refused.value)


def test_a_secret_travels_and_compares() -> None:
    secret = Secret(CANARY)
    assert pickle.loads(pickle.dumps(secret)).reveal() == copy.deepcopy(secret).reveal() == CANARY
    assert secret == Secret(CANARY)
    assert secret != Secret("sample-pass-2")
    assert secret != CANARY
    assert {secret: 1}[Secret(CANARY)] == 1
    assert Secret.of("") is Secret.of(None) is None


FILES = [
    f'freigth = "{CANARY}"',
    f'"{CANARY}" = "freight"',
    f'{CANARY} = "freight"',
    f"freight = {CANARY}",
    f'freight = "{CANARY}',
    f'freight = "{CANARY}"\nfreight = "{CANARY}"',
    f'freight = "\\{CANARY}"',
    f'freight = ["{CANARY}"]',
    f'freight = {{ opne = "{CANARY}" }}',
    f'freight = {{ "{CANARY}" = "open" }}',
    f'freight = "{CANARY}密码"'.encode("gbk"),
    f'freight = "{CANARY}"'.encode("utf-16"),
]


@pytest.mark.parametrize("text", FILES)
def test_mistakes_in_the_file(tmp_path: Path, settings: Settings, text: str | bytes) -> None:
    write(tmp_path, text)
    with pytest.raises(Exception) as refused:
        Passwords(tmp_path, settings, {})
    hold_nothing(refused.value)


def test_a_file_open_to_others(tmp_path: Path, settings: Settings) -> None:
    write(tmp_path, f'freight = "{CANARY}"', 0o644)
    with pytest.raises(Exception) as refused:
        Passwords(tmp_path, settings, {})
    hold_nothing(refused.value)


@pytest.mark.parametrize(
    "code",
    ["raise SystemExit(3)", "import time; time.sleep(60)", "raise RuntimeError(password)"],
)
def test_a_command_that_fails(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.3)
    (tmp_path / "kept").write_text(CANARY)
    told = python(f"password = open('kept').read(); print(password, flush=True); {code}")
    environ = {"XLFLOW_PASSWORD_PAYOUTS": CANARY}
    passwords = Passwords(tmp_path, replace(settings, password_command=told), environ)
    with pytest.raises(Exception) as refused:
        passwords.open("freight")
    hold_nothing(refused.value)


def test_a_keyring_that_fails(
    tmp_path: Path, settings: Settings, keyring: Keyring, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keyring.fails = RuntimeError(f"{CANARY} refused")
    passwords = Passwords(tmp_path, settings, {"XLFLOW_PASSWORD_FREIGHT": CANARY})
    with pytest.raises(Exception) as refused:
        passwords.store("freight", "open", Secret(CANARY))
    hold_nothing(refused.value)
    with pytest.raises(Exception) as unknown:
        passwords.store("freigth", "open", Secret(CANARY))
    hold_nothing(unknown.value)
    assert CANARY not in repr(passwords) + caplog.text


def hold_nothing(error: BaseException) -> None:
    """The error, everything that led to it, and xlflow's own frames with their variables."""
    assert b"sample-pass" not in pickle.dumps(error)
    seen: BaseException | None = error
    while seen is not None:
        problems = getattr(seen, "problems", ())
        texts = [render(problem.message, "zh") + str(problem) for problem in problems]
        frames = traceback.StackSummary.extract(traceback.walk_tb(seen.__traceback__), capture_locals=True)
        ours = [str(frame.locals) for frame in frames if "/xlflow/" in frame.filename]
        assert ours
        assert CANARY not in "\n".join([str(seen), repr(seen), repr(vars(seen)), *texts, *ours])
        seen = seen.__cause__ or seen.__context__
