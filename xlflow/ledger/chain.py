"""The chain: the hash of each event covers all events before it, so that nothing in the past changes unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeAlias

from xlflow.event import Json

#: Number, time, kind, body and unique names of an event, the last two as canonical JSON.
Link: TypeAlias = tuple[int, str, str, str, str]


def canonical(value: Mapping[str, Json] | Sequence[str]) -> str:
    """The only JSON text of a value: sorted, ASCII, without spaces. TypeError for floats and whatever JSON has not."""
    text = _ENCODER.encode(value)
    if _DECODER.raw_decode(text)[0] != value:
        raise TypeError(f"it would not read back from JSON as it was: {text}")
    return text


def first(identity: str, key: str, made: str) -> str:
    """The hash that the first event follows: of the ledger's id, its key's fingerprint and when it was made."""
    return _hash(f"{identity}\n{key}\n{made}")


def follow(previous: str, link: Link) -> str:
    """The hash of an event that follows the one of hash ``previous``; empty where no event can look like that."""
    seq, at, kind, body, names = link
    text = f"{previous}\n{seq}\n{at}\n{kind}\n{body}\n{names}"
    return _hash(text) if text.count("\n") == 5 else ""


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _no_float(text: str) -> NoReturn:
    raise TypeError(f"money is counted in 分: {text}")


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
_DECODER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)
