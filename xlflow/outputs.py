"""What a run makes → files: sealed, staged, then moved into place; a file a person changed is never overwritten."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlflow.model import Text, XlflowError
from xlflow.passwords import Secret


@dataclass(frozen=True, slots=True)
class Output:
    """A workbook to be published as ``out/DATE/NAME``: its kind (contract §6), whose it is, and its unsealed bytes."""

    kind: str
    name: str
    content: bytes
    password: Secret | None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """An output and where it lies, relative to the desk; ``written`` is False when it lay there already."""

    output: Output
    path: str
    written: bool


class Shelf:
    """The folder ``out/DATE`` of a desk; what was put there is remembered in the state folder, in ``outputs.json``."""

    def __init__(self, home: Path, state: Path, day: str) -> None:
        self.home, self.state, self.folder = home, state, Path("out") / day
        self._memory = state / "outputs.json"
        self._known: dict[str, dict[str, str]] = _load(self._memory)

    def plan(self, outputs: Iterable[Output]) -> list[Published]:
        """Where each output would go, and whether it would have to be written."""
        return [self._place(output) for output in outputs]

    def publish(self, outputs: Sequence[Output]) -> list[Published]:
        """Write the outputs: all are staged and safe on disk before the first one is moved into place.

        Raises XlflowError ``cannot-write`` when the disk is full or the folder may not be written.
        """
        planned = self.plan(outputs)
        staging = self.state / "staging"
        try:
            staging.mkdir(parents=True, exist_ok=True)
            (self.home / self.folder).mkdir(parents=True, exist_ok=True)
            staged = [self._stage(staging, place) for place in planned if place.written]
            for temporary, place in staged:
                temporary.replace(self.home / place.path)
            self._remember()
            shutil.rmtree(staging)
        except OSError as problem:
            raise _cannot_write(problem) from problem
        return planned

    def _place(self, output: Output) -> Published:
        content = hashlib.sha256(output.content).hexdigest()
        stem, dot, ending = output.name.rpartition(".")
        for attempt in range(1, 1000):
            name = output.name if attempt == 1 else f"{stem}-{attempt}{dot}{ending}"
            path = (self.folder / name).as_posix()
            there = _digest(self.home / path)
            known = self._known.get(path, {})
            if there is None or there == known.get("file"):
                return Published(output, path, written=there is None or content != known.get("content"))
        raise XlflowError(
            "cannot-write",
            Text(
                "{folder} has too many changed files called {name}", {"folder": str(self.folder), "name": output.name}
            ),
            Text("move the old ones away"),
        )

    def _stage(self, staging: Path, place: Published) -> tuple[Path, Published]:
        data = _sealed(place.output)
        temporary = staging / Path(place.path).name
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        content = hashlib.sha256(place.output.content).hexdigest()
        self._known[place.path] = {"file": hashlib.sha256(data).hexdigest(), "content": content}
        return temporary, place

    def _remember(self) -> None:
        temporary = self._memory.with_suffix(".tmp")
        temporary.write_text(json.dumps(self._known, ensure_ascii=False, indent=0, sort_keys=True), encoding="utf-8")
        temporary.replace(self._memory)


def _sealed(output: Output) -> bytes:
    if output.password is None:
        return output.content
    from xlflow.excel.seal import seal

    return seal(output.content, output.password.reveal())


def _load(memory: Path) -> dict[str, dict[str, str]]:
    try:
        found: dict[str, dict[str, str]] = json.loads(memory.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return found


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def _cannot_write(problem: OSError) -> XlflowError:
    return XlflowError(
        "cannot-write",
        Text(
            "{file} cannot be written: {reason}",
            {"file": problem.filename or "", "reason": problem.strerror or ""},
        ),
        Text("close it if it is open in Excel or WPS, and see that the disk is not full and the folder may be written"),
    )
