"""What a run makes → files: sealed, staged, then moved into place; a file a person changed is never overwritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from xlflow.excel.keys import Keys
from xlflow.model import Text, XlflowError
from xlflow.passwords import Secret
from xlflow.staged import beside, move, stage, waiting

#: What was published, in the state folder.
MEMORY = "outputs.json"
#: So many files of one name that people changed are left alone before we give up.
MOST_COPIES = 100


class Remembered(TypedDict):
    """Of a published path: digests of the last files there, the newest last, and of the newest one's contents."""

    files: list[str]
    content: str


_UNKNOWN: Remembered = {"files": [], "content": ""}


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
    """The folder ``out/DATE`` of a desk; what was put there is remembered in the state folder, in ``outputs.json``.

    Of each path the memory keeps the digests of the last two files: a run that was killed may have left either.
    """

    def __init__(self, home: Path, state: Path, day: str, keys: Keys | None = None) -> None:
        self.home, self.state, self.folder = home, state, home / "out" / day
        self._memory = _load(state / MEMORY)
        self._keys = keys or Keys()

    def plan(self, outputs: Iterable[Output]) -> list[Published]:
        """Where each output would go, and whether it would have to be written."""
        return [self._place(output, self.folder) for output in outputs]

    def publish(self, outputs: Sequence[Output]) -> list[Published]:
        """Write the outputs: all are staged and remembered before the first one is moved into place.

        Raises XlflowError ``cannot-write`` when the disk is full or a folder may not be written.
        """
        planned = self.plan(outputs)
        self._put([(place, self._sealed(place.output)) for place in planned if place.written], self.folder)
        return planned

    def hand(self, place: Published, folder: Path) -> Published:
        """Put a published output into somebody's folder too. Raises XlflowError ``cannot-write``."""
        copy = self._place(place.output, folder)
        if copy.written:
            self._put([(copy, (self.home / place.path).read_bytes())], folder)
        return copy

    def lying(self) -> list[str]:
        """The outputs that were put into this folder and still lie there, by name, relative to the desk."""
        folder = f"{_relative(self.folder, self.home)}/"
        return [path for path in sorted(self._memory) if path.startswith(folder) and (self.home / path).exists()]

    def is_as_put(self, path: Path) -> bool:
        """Whether a file lies there as it was put there."""
        return _digest(path) in self._memory.get(_relative(path, self.home), _UNKNOWN)["files"]

    def changed(self, names: tuple[str, ...]) -> list[Path]:
        """The outputs under the desk's ``out`` that somebody has changed since; of those whose name begins so."""
        paths = [self.home / path for path in self._memory if path.startswith("out/")]
        named = (path for path in sorted(paths) if path.name.startswith(names) and path.exists())
        return [path for path in named if not self.is_as_put(path)]

    def _place(self, output: Output, folder: Path) -> Published:
        stem, dot, ending = output.name.rpartition(".")
        for attempt in range(1, MOST_COPIES):
            name = output.name if attempt == 1 else f"{stem}-{attempt}{dot}{ending}"
            path = _relative(folder / name, self.home)
            known = self._memory.get(path, _UNKNOWN)
            there = _digest(self.home / path)
            if there is None or there in known["files"]:
                same = known["files"][-1:] == [there] and known["content"] == _hash(output.content)
                return Published(output, path, written=not same)
        raise _too_many(folder, output.name)

    def _sealed(self, output: Output) -> bytes:
        """Outputs under one password share a salt, so that the key is derived once a run."""
        if output.password is None:
            return output.content
        from xlflow.excel.seal import seal

        return seal(output.content, output.password.reveal(), keys=self._keys)

    def _put(self, files: Sequence[tuple[Published, bytes]], folder: Path) -> None:
        if not files:
            return
        staged = [(self.home / place.path, data) for place, data in files]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for place, data in files:
                self._memory[place.path] = self._remembered(place, data)
            stage(staged)
            self._remember()
            move(target for target, _ in staged)
        except OSError as problem:
            raise _cannot_write(problem) from problem

    def _remembered(self, place: Published, data: bytes) -> Remembered:
        before = _digest(self.home / place.path)
        files = [digest for digest in (before, _hash(data)) if digest is not None]
        return {"files": files, "content": _hash(place.output.content)}

    def _remember(self) -> None:
        self.state.mkdir(parents=True, exist_ok=True)
        memory = self.state / MEMORY
        stage([(memory, json.dumps(self._memory, ensure_ascii=False, indent=0, sort_keys=True).encode())])
        move([memory])


def take_up(home: Path, state: Path, folders: Iterable[Path]) -> list[tuple[str, bool]]:
    """Finish the moves that a killed run recorded, and withdraw what it only staged; also in people's ``folders``.

    Returns each path with whether it was finished. What the system refuses is left to the next time.
    """
    memory = _load(state / MEMORY)
    names = {Path(path).name for path in memory}
    days = {target for day in (home / "out").glob("*") for target in waiting(day)}
    others = {(home / path).parent for path in memory} | set(folders)
    targets = days | {target for folder in others for target in waiting(folder, names)}
    taken = []
    for target in sorted(targets):
        with suppress(OSError):
            path = _relative(target, home)
            taken.append((path, _take_up(target, memory.get(path, _UNKNOWN)["files"])))
    return taken


def _take_up(target: Path, known: Sequence[str]) -> bool:
    finished = [_digest(beside(target))] == known[-1:] and _digest(target) in (None, *known)
    if finished:
        move([target])
    else:
        beside(target).unlink()
    return finished


def _relative(target: Path, home: Path) -> str:
    return target.relative_to(home).as_posix() if target.is_relative_to(home) else target.as_posix()


def _load(memory: Path) -> dict[str, Remembered]:
    try:
        found: dict[str, Remembered] = json.loads(memory.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return found


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest(path: Path) -> str | None:
    return _hash(path.read_bytes()) if path.exists() else None


def _too_many(folder: Path, name: str) -> XlflowError:
    return XlflowError(
        "cannot-write",
        Text("{folder} has too many changed files called {name}", {"folder": str(folder), "name": name}),
        Text("move the old ones away"),
    )


def _cannot_write(problem: OSError) -> XlflowError:
    return XlflowError(
        "cannot-write",
        Text(
            "{file} cannot be written: {reason}",
            {"file": problem.filename or "", "reason": problem.strerror or ""},
        ),
        Text("close it if it is open in Excel or WPS, and see that the disk is not full and the folder may be written"),
    )
