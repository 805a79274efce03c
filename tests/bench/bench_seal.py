"""Encrypting a workbook, xlflow against msoffcrypto: ``python -m tests.bench.bench_seal [TIMES]``.

The same bytes that cannot be compressed, with one password; turn by turn, the best CPU time of each side counts.
The goal is 1.4 times as fast.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable

from msoffcrypto.format.ooxml import OOXMLFile

from tests.excel.packages import parts, zipped
from xlflow.excel.keys import Keys
from xlflow.excel.seal import seal

PASSWORD = "sample-pass-1"
SIZES = (1_500_000, 15_000_000)
GOAL = 1.4


def cpu(act: Callable[[], object]) -> float:
    """Seconds of CPU."""
    start = time.process_time()
    act()
    return time.process_time() - start


def ratio(size: int, times: int) -> float:
    """How many times as fast xlflow is."""
    package = zipped(parts("") | {"xl/media/image1.png": os.urandom(size)}, method=0)
    costs = [
        (
            cpu(lambda: OOXMLFile(io.BytesIO(package)).encrypt(PASSWORD, io.BytesIO())),
            cpu(lambda: seal(package, PASSWORD, keys=Keys())),
        )
        for _ in range(times)
    ]
    return min(their for their, _ in costs) / min(our for _, our in costs)


def main(times: int) -> None:
    for size in SIZES:
        found = ratio(size, times)
        print(f"{size:>10,} bytes: {found:.2f} times as fast {'' if found >= GOAL else f'(goal {GOAL} missed)'}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
