"""Changing a register, xlflow against openpyxl: ``python -m tests.bench.bench_patch [ROWS] [TIMES]``.

100 cells change in the same workbook, each turn in a process of its own. The best CPU time of each side counts, and
the memory it grew by; imports and the file's bytes are there before the clock starts. xlflow's time includes the
proof that nothing else has changed; openpyxl loads and saves, and loses what it does not know.
"""

from __future__ import annotations

import gc
import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.bench_read import NARROW, WIDE, peak, register

CELLS, COLUMN = 100, "V"


def by_xlflow(data: bytes, rows: list[int]) -> bytes:
    """Change cells and prove the result."""
    from xlflow.excel.patch import Edit, patch, verify

    patched = patch(data, [Edit("3月", f"{COLUMN}{row}", None, "已核对") for row in rows])
    verify(data, patched.package, patched)
    return patched.package


def by_openpyxl(data: bytes, rows: list[int]) -> bytes:
    """Load, change cells, save."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in rows:
        book.worksheets[0][f"{COLUMN}{row}"].value = "已核对"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


SIDES = {"xlflow": by_xlflow, "openpyxl": by_openpyxl}


def measure(side: str, path: str, rows: int) -> None:
    """Change once in this process and print seconds of CPU and megabytes grown."""
    data = Path(path).read_bytes()
    SIDES[side](register(2, NARROW), [2])
    gc.collect()
    before, start = peak(), time.process_time()
    SIDES[side](data, list(range(2, rows + 2, max(rows // CELLS, 1))))
    print(json.dumps([time.process_time() - start, peak() - before]))


def main(rows: int, times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "register.xlsx")
        path.write_bytes(register(rows, WIDE))
        results: dict[str, list[list[float]]] = {side: [] for side in SIDES}
        for _ in range(times):
            for side, found in results.items():
                command = [sys.executable, "-m", "tests.bench.bench_patch", side, str(path), str(rows)]
                found.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    (own, grown), (other, other_grown) = (map(min, zip(*found, strict=True)) for found in results.values())
    print(
        f"{CELLS} cells into {rows:,} rows × {len(WIDE)}: xlflow {own:.2f} s {grown:.0f} MB, openpyxl {other:.2f} s "
        f"{other_grown:.0f} MB; 1/{other / own:.1f} of the time, {grown / other_grown:.2f} of the memory"
    )


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in SIDES:
        measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    else:
        main(*(int(word) for word in [*sys.argv[1:], "100000", "2"][:2]))
