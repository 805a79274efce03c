"""A workbook file, in and out. Knows nothing of after-sales."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from xlflow.excel.errors import BookError

if TYPE_CHECKING:
    from xlflow.excel.book import open_book
    from xlflow.excel.patch.changes import Append, Edit

__all__ = ["Append", "BookError", "Edit", "open_book"]

#: Imported when they are asked for: the readers take longer to load than most commands to run.
_LATE = {"open_book": "xlflow.excel.book", "Append": "xlflow.excel.patch.changes", "Edit": "xlflow.excel.patch.changes"}


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(name)
    return getattr(import_module(_LATE[name]), name)
