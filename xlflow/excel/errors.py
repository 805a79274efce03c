"""Why a workbook cannot be used."""

from __future__ import annotations

from xlflow.model import XlflowError


class BookError(XlflowError):
    """A workbook that cannot be opened or saved; ``code`` is one of contract §4 or §7."""
