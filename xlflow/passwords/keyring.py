"""The system's own store of passwords, where there is one: missing or locked it is as if empty."""

from __future__ import annotations

from xlflow.passwords.secret import Secret

SERVICE = "xlflow"


def kept(user: str) -> Secret | None:
    """The password under a user name of the service ``xlflow``."""
    try:
        import keyring

        return Secret.of(keyring.get_password(SERVICE, user))
    except Exception:  # a backend raises whatever the service behind it raises
        return None


def keep(user: str, secret: Secret) -> bool:
    """Store a password; whether it can be read back."""
    try:
        import keyring

        keyring.set_password(SERVICE, user, secret.reveal())
    except Exception:  # as above; and what is raised may hold the password
        return False
    return kept(user) == secret
