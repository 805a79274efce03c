"""A new desk: a commented xlflow.toml, starters for people who type no commands; or the sample (contract §2)."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from xlflow.model import Text, XlflowError
from xlflow.resources import data, samples

#: What a double click does: the file's name, and the command it runs.
STARTERS = {"每日运行": "run", "查件": "trace"}
#: Parts of the sample that make it and do not belong to a desk.
_NOT_A_DESK = shutil.ignore_patterns("source", "expected.json", "*.py", "__pycache__")


class DeskExists(XlflowError):
    """There is a desk in this folder already."""

    exit_code = 2


def init(home: Path, today: date, language: str, *, sample: bool) -> list[Path]:
    """Make a desk in a new or an existing folder; returns the files made. Raises DeskExists, and overwrites nothing."""
    if (home / "xlflow.toml").exists():
        raise DeskExists(
            "settings",
            Text("{folder} is a desk already: it has an xlflow.toml", {"folder": str(home)}),
            Text("choose another folder, or edit that file"),
        )
    made = _copy_sample(home) if sample else [_settings(home, today, language)]
    (home / "inbox").mkdir(exist_ok=True)
    return made + [path for name, command in STARTERS.items() for path in _starters(home, name, command)]


def _copy_sample(home: Path) -> list[Path]:
    before = set(home.rglob("*")) if home.exists() else set()
    shutil.copytree(samples() / "desk", home, ignore=_NOT_A_DESK, dirs_exist_ok=True)
    (home / "passwords.toml").chmod(0o600)
    return sorted(path for path in home.rglob("*") if path.is_file() and path not in before)


def _settings(home: Path, today: date, language: str) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    text = data(f"desk.{language}.toml")
    path = home / "xlflow.toml"
    path.write_text(text.replace("@START@", today.replace(day=1).isoformat()), encoding="utf-8", newline="\n")
    return path


def _starters(home: Path, name: str, command: str) -> list[Path]:
    """For Windows and for the others. The Windows one is ASCII with CRLF: its console may be anything."""
    windows, other = home / f"{name}.cmd", home / f"{name}.sh"
    ask = 'set /p key="? "\r\n' if command == "trace" else ""
    argument = ' "%key%"' if command == "trace" else ""
    windows.write_bytes(f'@echo off\r\ncd /d "%~dp0"\r\n{ask}xlflow {command}{argument}\r\npause\r\n'.encode("ascii"))
    ask = 'printf "? "; read -r key\n' if command == "trace" else ""
    argument = ' "$key"' if command == "trace" else ""
    other.write_text(
        f'#!/bin/sh\ncd "$(dirname "$0")" || exit\n{ask}xlflow {command}{argument}\n',
        encoding="utf-8",
        newline="\n",
    )
    other.chmod(0o755)
    return [windows, other]
