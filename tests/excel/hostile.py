"""Reads one workbook in a process of its own and prints what came of it: ``python -m tests.excel.hostile FILE``."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from xlflow.excel import BookError, open_book

#: Address space; a reader that asks for more is stopped rather than the computer.
MEMORY = 2 << 30


def main(path: str) -> None:
    """Code of the refusal or number of lines, CPU seconds, megabytes at most."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    start = time.process_time()
    try:
        outcome: object = sum(len(sheet.lines) for sheet in open_book(path).sheets)
    except BookError as error:
        outcome = error.code
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(json.dumps([outcome, time.process_time() - start, int(status.partition("VmHWM:")[2].split()[0]) >> 10]))


if __name__ == "__main__":
    main(sys.argv[1])
