"""One line of a batch file, and what the bank would not take of it (domain.md B.4.1, B.4.2)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from xlflow.model import Text

#: Longest texts that Alipay's batch payments take.
LONGEST_ACCOUNT, LONGEST_NAME = 100, 128


@dataclass(frozen=True, slots=True)
class Payment:
    """Who gets how much for which entry; ``account`` and ``name`` are None where the register does not tell them.

    ``amount`` is in 分.
    """

    id: str
    account: str | None
    name: str | None
    amount: int


def obstacle(payment: Payment) -> Text | None:
    """Why a payment cannot go into a batch file; None when it can."""
    if payment.account is None:
        return Text("its row does not say the payee's account")
    if payment.name is None or not payment.name.strip():
        return Text("the payee's name is blank: Alipay needs it")
    if payment.amount <= 0:
        return Text("its amount is not above zero")
    return _unfit("account", payment.account, LONGEST_ACCOUNT) or _unfit("name", payment.name, LONGEST_NAME)


def _unfit(what: str, text: str, longest: int) -> Text | None:
    facts: dict[str, object] = {"longest": longest}
    if len(text) > longest:
        if what == "account":
            return Text("the payee's account is longer than {longest} characters", facts)
        return Text("the payee's name is longer than {longest} characters", facts)
    bad = None if text.isascii() and text.isprintable() else next((c for c in text if not _is_writable(c)), None)
    if bad is None:
        return None
    facts = {"letter": bad if bad.isprintable() else f"U+{ord(bad):04X}"}
    if what == "account":
        return Text("the payee's account has the character {letter}, which Alipay's file cannot hold", facts)
    return Text("the payee's name has the character {letter}, which Alipay's file cannot hold", facts)


def _is_writable(char: str) -> bool:
    """Whether a character can stand in a line of a GBK file: no line breaks, nothing invisible."""
    if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp"):
        return False
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
