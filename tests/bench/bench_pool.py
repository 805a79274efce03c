"""Reading a desk by one process and by two: ``python -m tests.bench.bench_pool [FILES] [ROWS] [TIMES]``.

Ten encrypted freight registers of 10,000 rows, and a desk of three small ones. Each turn is a process of its own; its
imports are done before the clock starts. The best wall time of each side counts, so let the machine be quiet: the
*longest process* (CPU seconds of the busier of the two) shows what the wall would be on two idle cores. Exit code 1
when two processes do not find the same to the byte, or a small desk starts any.
"""

from __future__ import annotations

import gc
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from tests.bench import desk
from xlflow.excel.seal import seal
from xlflow.judge import judge
from xlflow.passwords import Passwords
from xlflow.settings import load
from xlflow.steps.documents import check_document
from xlflow.steps.known import known
from xlflow.steps.reading import Request, read_desk

GOAL = 1.6
SETTINGS = '[desk]\nname = "测速路由器店"\nstart = 2025-11-01\n\n[registers.freight]\npath = "退运费/*.xlsx"\n'


def write(folder: Path, files: int, rows: int) -> Path:
    """A desk whose freight register is in so many encrypted files of so many rows."""
    (folder / "退运费").mkdir(parents=True)
    for number in range(files):
        data = desk.workbook("freight", desk.invent(rows, seed=number + 1))
        (folder / "退运费" / f"{number + 1:02d}.xlsx").write_bytes(seal(data, desk.PASSWORD))
    (folder / "xlflow.toml").write_text(SETTINGS, "utf-8")
    (folder / "passwords.toml").touch(mode=0o600)
    (folder / "passwords.toml").write_text(f'freight = "{desk.PASSWORD}"\n', "utf-8")
    return folder


def measure(home: Path, helpers: int) -> None:
    """Read once; print wall, CPU seconds here and in helpers, and a digest of what was found."""
    settings = load(home, known())
    asked = Request(home, settings, desk.DAY, Passwords(home, settings, {}), helpers=helpers)
    gc.disable()
    wall, cpu = perf_counter(), process_time()
    read = read_desk(asked)
    wall, cpu = perf_counter() - wall, process_time() - cpu
    said = json.dumps(check_document(read, judge(read.day), str), ensure_ascii=False)
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps([wall, cpu, theirs.ru_utime + theirs.ru_stime, hashlib.sha256(said.encode()).hexdigest()]))


def compare(home: Path, times: int) -> tuple[bool, float]:
    """Both sides in turn; whether they found the same, and the CPU seconds of helpers."""
    turns: dict[int, list[list[float]]] = {0: [], 1: []}
    digests = set()
    for _ in range(times):
        for helpers, found in turns.items():
            command = [sys.executable, "-m", "tests.bench.bench_pool", "measure", str(home), str(helpers)]
            *costs, digest = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            found.append(costs)
            digests.add(digest)
    wall = {helpers: min(one[0] for one in found) for helpers, found in turns.items()}
    longest = {helpers: min(max(one[1], one[2]) for one in found) for helpers, found in turns.items()}
    print(
        f"  one process {wall[0]:.2f} s, two {wall[1]:.2f} s: {wall[0] / wall[1]:.2f} times as fast\n"
        f"  longest process: {longest[0]:.2f} s CPU against {longest[1]:.2f} s: {longest[0] / longest[1]:.2f} times"
    )
    return len(digests) == 1, max(one[2] for one in turns[1])


def main(files: int, rows: int, times: int) -> int:
    """Measure the large desk and the small one."""
    with tempfile.TemporaryDirectory(prefix="xlflow-bench-") as folder:
        print(f"{files} files of {rows:,} rows (goal {GOAL})")
        same, _ = compare(write(Path(folder, "large"), files, rows), times)
        print("3 files of 60 rows")
        small, started = compare(write(Path(folder, "small"), 3, 60), times)
    print(f"the same to the byte: {same and small}; CPU of helpers on the small desk: {started:.2f} s")
    return 0 if same and small and not started else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        measure(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        given = [int(word) for word in sys.argv[1:]]
        sys.exit(main(*[*given, *(10, 10_000, 3)[len(given) :]]))
