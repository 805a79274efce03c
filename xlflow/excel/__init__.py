"""A workbook file, in and out. Knows nothing of after-sales."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlflow.excel.errors import BookError

if TYPE_CHECKING:
    from xlflow.excel.book import open_book

__all__ = ["BookError", "open_book"]


def __getattr__(name: str) -> object:
    """``open_book``, imported when it is asked for: the readers take longer to load than most commands to run."""
    if name != "open_book":
        raise AttributeError(name)
    from xlflow.excel import book

    return book.open_book
