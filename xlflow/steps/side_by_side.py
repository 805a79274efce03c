"""Read files side by side: with an executor that was given, else with processes of our own where it pays (design)."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from xlflow.steps.source import Reading, Source, read_source

if TYPE_CHECKING:  # most runs need no pool
    from concurrent.futures import Executor, Future

#: Bytes of workbooks, about half a second's reading, below which another process costs more than it saves.
WORTH = 1_500_000
#: Files below which the longest one decides when all are done, and packing what was read costs more than is won.
FEWEST = 4


def read_all(sources: Sequence[Source], pool: Executor | None, helpers: int) -> Iterator[tuple[int, Reading]]:
    """Each source's reading with its index, in the order in which they are done.

    ``helpers`` is the most processes to start besides this one; files that take no time are read without any.
    """
    if pool is not None:
        yield from enumerate(pool.map(read_source, sources))
        return
    _, *others = _shares(sources, helpers)
    theirs = _started(sources, others) if others else {}
    for index, source in enumerate(sources):
        if index not in theirs:
            yield index, read_source(source)
    for index, future in theirs.items():
        yield index, _result(future, sources[index])


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _shares(sources: Sequence[Source], helpers: int) -> list[list[int]]:
    """Who reads what, by index: as equal in bytes as can be, the first share for this process."""
    sizes = {index: _size(source) for index, source in enumerate(sources)}
    count = max(1, min(helpers + 1, len(sources), sum(sizes.values()) // WORTH)) if len(sources) >= FEWEST else 1
    shares: list[list[int]] = [[] for _ in range(count)]
    for index in sorted(sizes, key=lambda index: -sizes[index]):
        min(shares, key=lambda share: sum(sizes[i] for i in share)).append(index)
    return [sorted(share) for share in shares]


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size
    except OSError:  # the reading says so
        return 0


def _started(sources: Sequence[Source], shares: Sequence[Sequence[int]]) -> dict[int, Future[Reading]]:
    """Hand each share to a process of its own; nothing where this computer lets us have none."""
    from concurrent.futures import ProcessPoolExecutor

    theirs: dict[int, Future[Reading]] = {}
    try:
        for share in shares:
            process = ProcessPoolExecutor(1, initializer=_prepare)
            theirs |= {index: process.submit(read_source, sources[index]) for index in share}
            process.shutdown(wait=False)
    except (OSError, ImportError, NotImplementedError):
        return {}
    return theirs


def _prepare() -> None:
    """A helper ends at Ctrl-C without a word, and what it reads is no garbage."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()


def _result(future: Future[Reading], source: Source) -> Reading:
    """The reading of a helper; of one that died (killed, out of memory), read here."""
    from concurrent.futures import BrokenExecutor

    try:
        return future.result()
    except BrokenExecutor:
        return read_source(source)
