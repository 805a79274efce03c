"""From a password to a key: the slow hash of encrypted workbooks, worked out once a run."""

from __future__ import annotations

import hashlib
import secrets
import struct
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module

from xlflow.excel.errors import BookError
from xlflow.model import Text

#: Excel seals with this a workbook that only carries a password to modify; it opens without being asked.
DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105  (a constant of the format, no secret)
#: Hashes of the format by hashlib's name, with their size in bytes.
HASHES = {"sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64}


class Keys:
    """The stretched passwords of one run.

    Opening many files under one password and salt costs one derivation. New files sealed with the same Keys
    under one password share a salt, so that they cost one derivation too; everything else in them is random.
    """

    def __init__(self) -> None:
        self._stretched: dict[tuple[str, bytes, int, str], bytes] = {}
        self._salts: dict[tuple[str, int, int, str], bytes] = {}

    def stretch(self, password: str, salt: bytes, spin: int, name: str) -> bytes:
        """``stretch`` of these, from memory the second time."""
        ask = (password, salt, spin, name)
        if ask not in self._stretched:
            self._stretched[ask] = stretch(password, salt, spin, name)
        return self._stretched[ask]

    def salt(self, password: str, size: int, spin: int, name: str) -> bytes:
        """The salt of this run for new files under ``password``."""
        return self._salts.setdefault((password, size, spin, name), secrets.token_bytes(size))


def stretch(password: str, salt: bytes, spin: int, name: str) -> bytes:
    """Salt and password hashed, then ``spin`` times again behind a counter (MS-OFFCRYPTO 2.3.4.11)."""
    new, pack = quick(name), struct.Struct("<I").pack
    digest = new(salt + password.encode("utf-16-le", "surrogatepass")).digest()
    for number in range(spin):
        digest = new(pack(number) + digest).digest()
    return digest


def quick(name: str) -> Callable[[bytes], hashlib._Hash]:
    """The quickest hash of 70 bytes: of the long ones the interpreter's own, of the others OpenSSL's."""
    new: Callable[[bytes], hashlib._Hash] = getattr(hashlib, name)
    if name in ("sha384", "sha512"):
        for module in ("_sha2", "_sha512"):
            with suppress(ImportError):
                new = getattr(import_module(module), name)
    return new


def candidates(password: str | None) -> list[str]:
    """The passwords to try, Excel's own default among them.

    Which comes first makes no difference to what opens; the likelier one saves a derivation.
    """
    return list(dict.fromkeys([password, DEFAULT_PASSWORD])) if password else [DEFAULT_PASSWORD]


def refused(password: str | None) -> BookError:
    """None of the candidates fits."""
    if not password:
        return BookError(
            "no-password",
            Text("the workbook is encrypted and no password is given"),
            Text("store its password once with: xlflow password REGISTER"),
        )
    return BookError(
        "wrong-password",
        Text("the password does not open the workbook"),
        Text("check capitals, full-width digits and spaces, then store it again: xlflow password REGISTER"),
    )


def unknown_scheme(scheme: str) -> BookError:
    """An encryption that is named and not opened."""
    return BookError(
        "unsupported-file",
        Text("the workbook is encrypted with {scheme}, which cannot be opened here", {"scheme": scheme}),
        Text("open it in Excel or WPS with its password and save it under a new name as xlsx"),
    )
