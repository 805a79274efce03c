"""Mails ready to be sent: drafts with a file attached, which a person opens, looks at and sends (contract §6 ``mail``).

A draft is a message of RFC 5322 without author and day: those are of whoever sends it. ``X-Unsent`` makes Outlook open
it for sending. Names are encoded by RFC 2047 and RFC 2231; nothing in it depends on chance or the time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

#: What Windows knows a file by, by its ending; anything else is a file like any other.
_TYPES = {
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "html": ("text", "html"),
}
_ANY = ("application", "octet-stream")
#: RFC 2047 lets an encoded word have 75 characters, and the library fills lines with one, at times with one more.
_POLICY = SMTP.clone(max_line_length=74)


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail with one file attached; ``attachment`` are its bytes as they lie on the disk."""

    recipients: Sequence[str]
    subject: str
    text: str
    name: str
    attachment: bytes


def to_bytes(draft: Draft) -> bytes:
    """The draft as the bytes of an ``.eml`` file."""
    message = EmailMessage(policy=_POLICY)
    message["X-Unsent"] = "1"
    message["To"] = ", ".join(draft.recipients)
    message["Subject"] = " ".join(draft.subject.split())  # a header is one line
    message.set_content(draft.text, cte="base64")
    kind, subtype = _TYPES.get(draft.name.rpartition(".")[2].lower(), _ANY)
    message.add_attachment(draft.attachment, kind, subtype, filename=draft.name)
    message.set_boundary(f"=_{hashlib.sha256(draft.attachment + draft.text.encode()).hexdigest()[:32]}")
    return message.as_bytes()
