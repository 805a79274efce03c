"""The states in the words of whoever reads: the list's in Chinese, plain English else."""

from __future__ import annotations

from collections.abc import Mapping

from xlflow.model import Text
from xlflow.money.entry import State

#: The states in messages.
STATE_TEXTS: Mapping[State, Text] = {
    State.HELD: Text("held"),
    State.OPEN: Text("open"),
    State.APPROVED: Text("approved"),
    State.EXPORTED: Text("exported"),
    State.PAID: Text("paid"),
    State.FAILED: Text("failed"),
    State.VOID: Text("void"),
}
