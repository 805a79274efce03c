"""Lossless changes to a workbook (contract §7): values in, bytes out; no files, no passwords.

A change touches the cells it names and what must follow from them. Text is written into the cell itself, so that
the table of shared strings stays as it is.
"""

from __future__ import annotations

from xlflow.excel.patch.changes import Append, Edit, Patched
from xlflow.excel.patch.locks import locked
from xlflow.excel.patch.patching import patch
from xlflow.excel.patch.proof import verify

__all__ = ["Append", "Edit", "Patched", "locked", "patch", "verify"]
