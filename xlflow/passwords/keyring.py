"""The system's own store of passwords, where there is one: missing or locked it is as if empty."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from xlflow.passwords.secret import Secret

SERVICE = "xlflow"
#: On Linux the store is reached over the session's bus, unless somebody chose another backend.
WAYS = ("DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND", "KEYRING_PROPERTY_KEYRING")
CHOSEN = Path("~/.config/python_keyring/keyringrc.cfg")


def kept(user: str) -> Secret | None:
    """The password under a user name of the service ``xlflow``."""
    if not _may_be_there():
        return None
    try:
        import keyring

        return Secret.of(keyring.get_password(SERVICE, user))
    except Exception:  # a backend raises whatever the service behind it raises
        return None


def _may_be_there() -> bool:
    """Whether it is worth a look: loading all backends takes longer than reading a small register."""
    if not sys.platform.startswith("linux") or "keyring" in sys.modules:
        return True
    return any(os.environ.get(way) for way in WAYS) or CHOSEN.expanduser().exists()


def keep(user: str, secret: Secret) -> bool:
    """Store a password; whether it can be read back."""
    try:
        import keyring

        keyring.set_password(SERVICE, user, secret.reveal())
    except Exception:  # as above; and what is raised may hold the password
        return False
    return kept(user) == secret
