"""``.xlflow-owner`` in the desk's folder: which ledger on which computer owns the desk, and how far it has come.

The ledger lies on the computer's own disk, the desk may lie on a share or be copied: this file goes with the desk
and stops whoever would pay from an older copy of the ledger, or from another computer (contract §5). It never holds
a path.
"""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlflow.event import Head
from xlflow.excel.atomic import beside, remove, settle, swap, sweep, write_new
from xlflow.ledger.errors import Refused
from xlflow.model import Text

if TYPE_CHECKING:
    from xlflow.ledger.store import Ledger

FILE = ".xlflow-owner"


@dataclass(frozen=True, slots=True)
class Owner:
    """A ledger's id, its computer's name, and its last head that was confirmed."""

    ledger: str
    machine: str
    head: Head


def this_machine() -> str:
    """The name of this computer, without that of the network it is in at the moment."""
    return socket.gethostname().partition(".")[0]


def read_owner(home: Path) -> Owner | None:
    """Who owns a desk; None while nobody does. Refused ``owner-broken``, OSError."""
    try:
        found = json.loads((home / FILE).read_text(encoding="utf-8"))
        return Owner(str(found["ledger"]), str(found["machine"]), Head(int(found["seq"]), str(found["hash"])))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise Refused(
            "owner-broken",
            Text("{file} cannot be read, so it is not known which ledger owns this desk", {"file": str(home / FILE)}),
            _take_over(Text("see that no other computer works on this desk")),
        ) from None


def write_owner(home: Path, owner: Owner) -> None:
    """Say who owns a desk from now on. Raises OSError."""
    text = {"ledger": owner.ledger, "machine": owner.machine, "seq": owner.head.seq, "hash": owner.head.hash}
    target = home / FILE
    sweep(target)
    new = beside(target)
    try:
        write_new(new, f"{json.dumps(text, ensure_ascii=False)}\n".encode(), mode=0o644)
        swap(new, target, lambda: None)
    finally:
        remove(new)
    settle(home)


def ensure_machine(owner: Owner | None, machine: str) -> None:
    """Refused ``other-machine`` where another computer owns the desk."""
    if owner is not None and owner.machine != machine:
        raise Refused(
            "other-machine",
            Text(
                "the ledger of this desk is kept on the computer {owner}, and this is {machine}",
                {"owner": owner.machine, "machine": machine},
            ),
            _take_over(
                Text(
                    "pay from that computer. To go on here for good, stop xlflow there and copy its state folder, "
                    "ledger.db and ledger.key, into the one of this computer"
                )
            ),
        )


def ensure_known(owner: Owner | None, ledger: Ledger | None) -> None:
    """Refused ``ledger-behind`` where the desk has seen more than the ledger knows, or has another one."""
    what = None if owner is None else _difference(owner, ledger)
    if what is None:
        return
    if ledger is not None:
        ledger.events()  # a broken one differs too, and is told to be broken
    raise Refused(
        "ledger-behind",
        what,
        _take_over(
            Text(
                "put the newest ledger.db and ledger.key in their place. Only if they are lost for good, go on with "
                "what there is, and reconcile all statements before anything is paid"
            )
        ),
    )


def _difference(owner: Owner, ledger: Ledger | None) -> Text | None:
    seen = {"count": owner.head.seq}
    if ledger is None:
        return Text("this desk has a ledger of {count} events, and it is not in the state folder", seen)
    if ledger.id != owner.ledger:
        return Text("the ledger in the state folder is not the one that this desk has had so far")
    found = ledger.hash_at(owner.head.seq)
    if found is None:
        facts = {**seen, "found": ledger.head.seq}
        return Text("the ledger is an older copy: this desk has seen {count} events, and it has {found}", facts)
    if found != owner.head.hash:
        return Text("the ledger is a copy that has gone its own way: other things happened in it than on this desk")
    return None


def _take_over(first: Text) -> Text:
    return Text("{first}; then delete {file} in the desk's folder", {"first": first, "file": FILE})
