"""A payee as people may read it where the register cannot be read (contract §8)."""

from __future__ import annotations


def masked(account: str) -> str:
    """``ab***@x.com``, ``138****8000``, ``2088********1234``: enough to know it by, too little to pay to."""
    name, at, domain = account.partition("@")
    if at:
        return f"{name[: min(2, len(name) - 1)]}***@{domain}"
    shown = 3 if len(account) <= 11 else 4
    return f"{account[:shown]}{'*' * (len(account) - shown - 4)}{account[-4:]}"
