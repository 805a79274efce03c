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
        self._rest = bytearray()

    def head(self, opening: re.Pattern[bytes]) -> re.Match[bytes]:
        """The tag in which the items stand; the string it was found in begins with all that is in front."""
        for piece in self._pieces:
            self._rest += piece
            if found := opening.search(bytes(self._rest)):
                del self._rest[: found.end()]
                return found
            if len(self._rest) > LONGEST_HEAD:
                break
        raise UnfitError

    def blocks(self, begin: bytes, end: bytes) -> Iterator[bytes]:
        """The items, each of which begins with ``begin``, up to the tag ``end``."""
        seen = 0
        while True:
            cut = max(self._rest.rfind(begin, seen), 0)
            stop = self._rest.find(end, max(cut, seen))
            if stop >= 0:
                cut = stop
            if cut:
                yield bytes(self._rest[:cut])
                del self._rest[:cut]
            if stop >= 0:
                return
            if len(self._rest) > LONGEST:
                raise too_long(self._part)
            seen = max(len(self._rest) - max(len(begin), len(end)), 0)
            piece = next(self._pieces, None)
            if piece is None:
                raise UnfitError
            self._rest += piece

    def tail(self) -> Iterator[bytes]:
        """What follows the items."""
        yield bytes(self._rest)
        yield from self._pieces
