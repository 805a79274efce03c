"""A password from a command of the settings, such as ``pass show``: no shell, ten seconds, the first line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from locale import getpreferredencoding
from pathlib import Path

from xlflow.model import Text
from xlflow.passwords.secret import Secret

SECONDS = 10


def first_line(argv: Sequence[str], desk: Path, environ: Mapping[str, str]) -> Secret | Text | None:
    """What the command prints in its first line, run in the desk's folder; a Text says why it could not.

    The Text names the program and its exit code, never an argument or what it printed.
    """
    import subprocess

    program = {"command": argv[0]}
    try:
        done = subprocess.run(
            argv,
            cwd=desk,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Text("the password command {command} did not end in {seconds} s", {**program, "seconds": SECONDS})
    except (OSError, ValueError):
        return Text("the password command {command} could not be started", program)
    if done.returncode:
        return Text("the password command {command} ended with exit code {code}", {**program, "code": done.returncode})
    return Secret.of(_decoded(done.stdout.split(b"\n")[0].rstrip(b"\r")))


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode(getpreferredencoding(False), errors="replace")
