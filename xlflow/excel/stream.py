"""A large part cut where its rows or strings begin, so that patterns meet only whole ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlflow.excel.limits import LONGEST, too_long

#: Bytes in front of the first row or string; column widths and views take a few thousand.
LONGEST_HEAD = 1 << 20


class UnfitError(Exception):
    """The part is not written in the form that is read fast; the XML parser has the last word."""


class Stream:
    """A part as it is unpacked: its head, blocks of whole items, its tail, in this order."""

    def __init__(self, part: str, pieces: Iterator[bytes]) -> None:
        self._part, self._pieces = part, pieces
        self._rest = b""

    def head(self, opening: re.Pattern[bytes]) -> re.Match[bytes]:
        """Everything up to and with the tag in which the items stand."""
        for piece in self._pieces:
            self._rest += piece
            if found := opening.search(self._rest):
                self._rest = self._rest[found.end() :]
                return found
            if len(self._rest) > LONGEST_HEAD:
                break
        raise UnfitError

    def blocks(self, begin: bytes, end: bytes) -> Iterator[bytes]:
        """The items, each of which begins with ``begin``, up to the tag ``end``."""
        while True:
            cut = max(self._rest.rfind(begin), 0)
            stop = self._rest.find(end, cut)
            if stop >= 0:
                cut = stop
            if cut:
                yield self._rest[:cut]
                self._rest = self._rest[cut:]
            if stop >= 0:
                return
            if len(self._rest) > LONGEST:
                raise too_long(self._part)
            piece = next(self._pieces, None)
            if piece is None:
                raise UnfitError
            self._rest += piece

    def tail(self) -> Iterator[bytes]:
        """What follows the items."""
        yield self._rest
        yield from self._pieces
