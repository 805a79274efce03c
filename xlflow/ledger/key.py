"""The ledger's own key, beside it in ``ledger.key``: with it people are compared without being named.

A copy of ledger.db alone does not tell who was paid: digests of phone numbers are guessed in minutes by who has
the key. Contract §5, "keyed digests".
"""

from __future__ import annotations

import secrets
from hashlib import blake2b
from pathlib import Path

from xlflow.ledger.errors import key_missing
from xlflow.ledger.files import make

FILE = "ledger.key"
#: Bytes of a key, and of a digest, which is shown with two characters a byte.
LENGTH, SIZE = 32, 16


def make_key(state: Path) -> bytes:
    """The key of a ledger to be made: one that a killed process left is as good as a new one. Raises OSError."""
    if not (state / FILE).exists():
        make(state / FILE, lambda new: new.write_text(f"{secrets.token_hex(LENGTH)}\n", encoding="ascii"))
    return read_key(state)


def read_key(state: Path) -> bytes:
    """The key in a state folder. Refused ``ledger-key-missing``."""
    try:
        key = bytes.fromhex((state / FILE).read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        key = b""
    if len(key) != LENGTH:
        raise key_missing(state / FILE)
    return key


def digest(key: bytes, text: str) -> str:
    """What stands for a text in the ledger: keyed BLAKE2b, which is made for that and takes a third of HMAC's time."""
    return blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=SIZE).hexdigest()


def fingerprint(key: bytes) -> str:
    """What tells a key from others without telling it."""
    return digest(key, "the key of an xlflow ledger")
