"""What a command costs: CPU seconds and memory of its process and all that it starts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

import psutil

ROOT = Path(__file__).parents[2]
#: Where the compiled modules of all sides are kept, as they are for a package that is installed.
COMPILED = "bench-pycache"
#: Seconds between two looks at the memory of the process and its children.
LOOK = 0.02


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU (user and system) and wall in seconds, the highest resident memory of the whole tree in MB."""

    cpu: float
    wall: float
    peak: float


def xlflow() -> list[str]:
    """The installed command beside this Python, else the package."""
    script = Path(sys.executable).with_name("xlflow")
    return [str(script)] if script.exists() else [sys.executable, "-m", "xlflow.cli"]


def cost(command: Sequence[str], output: Path) -> Cost:
    """Run a command with its output in a file. Raises RuntimeError with what it said."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(output.parent / COMPILED)
    with output.open("wb") as out, output.with_suffix(".err").open("wb") as err:
        start = perf_counter()
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=err)
        memory = _Memory(child.pid)
        memory.start()
        _, status, used = os.wait4(child.pid, 0)
        wall = perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
    memory.join()
    if child.returncode:
        said = output.with_suffix(".err").read_text("utf-8") or output.read_text("utf-8")
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}: {said[-1000:]}")
    whole = used.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    return Cost(used.ru_utime + used.ru_stime, wall, max(memory.peak, whole))


class _Memory(threading.Thread):
    """Looks at the memory of a process and its children until it ends; shared pages count once for each."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak = pid, 0.0

    def run(self) -> None:
        try:
            root = psutil.Process(self.pid)
            while True:
                tree = [root, *root.children(recursive=True)]
                self.peak = max(self.peak, sum(process.memory_info().rss for process in tree) / 1024**2)
                sleep(LOOK)
        except psutil.Error:
            return


def fresh(desk: Path, copy: Path) -> Path:
    """A copy of the desk on which nothing has been run yet."""
    shutil.rmtree(copy, ignore_errors=True)
    return shutil.copytree(desk, copy)
