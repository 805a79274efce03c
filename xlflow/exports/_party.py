"""Whom a bill says money went to or came from: an account, a name, or both in one cell (domain.md B.5)."""

from __future__ import annotations

import re

from xlflow.fields.text import clean

#: How bills write that there is nothing.
_NOTHING = frozenset({"", "/", "-", "--", "无"})
_ACCOUNT = re.compile(r"[A-Za-z0-9*][A-Za-z0-9_.%+*-]*@[A-Za-z0-9.*-]+|\+?[0-9*][0-9*-]{6,}[0-9*]")
_AROUND = " \t()（）[]【】,，;；:："


def party(text: str | None) -> tuple[str | None, str | None]:
    """The account and the name in ``陈静 (a***@example.com)``, ``138****1234`` or ``*三``; None for what is lacking."""
    text = clean(text or "")
    if text in _NOTHING:
        return None, None
    account = _ACCOUNT.search(text)
    name = clean((text[: account.start()] + text[account.end() :]) if account else text).strip(_AROUND)
    return account[0] if account else None, name if name not in _NOTHING else None
