"""Encrypted workbooks: opened with a password, and sealed again just as they were found (contract §7).

What is decrypted stays in memory. Every failure is a BookError: ``no-password``, ``wrong-password``,
``tampered-file``, ``damaged-file``, ``unsupported-file`` or ``too-large``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from xlflow.excel import agile, cfb_write, standard
from xlflow.excel.agile_xml import Agile, unreadable
from xlflow.excel.cfb import Container, Data, Entry, damaged
from xlflow.excel.data_spaces import DATA_SPACES
from xlflow.excel.errors import BookError
from xlflow.excel.keys import Keys, candidates, refused, unknown_scheme
from xlflow.excel.standard import Standard
from xlflow.model import Text

INFO, PACKAGE = "EncryptionInfo", "EncryptedPackage"
#: Excel takes no longer password.
LONGEST_PASSWORD = 255


@dataclass(frozen=True, slots=True)
class Seal:
    """How a workbook is encrypted: the scheme with its parameters, and all other entries of the container."""

    scheme: Agile | Standard
    others: tuple[Entry, ...]


#: The seal of a new workbook: Excel's own.
EXCEL = Seal(Agile(), DATA_SPACES)


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A decrypted workbook, its seal, and the password that opened it, which may be Excel's default."""

    package: bytes = field(repr=False)
    seal: Seal
    password: str = field(repr=False)


class _Scheme(Protocol):
    @property
    def scheme(self) -> Agile | Standard: ...
    def unlock(self, password: str, keys: Keys) -> bytes | None: ...
    def open(self, key: bytes, stream: memoryview) -> bytes: ...


def unseal(data: bytes, password: str | None, keys: Keys | None = None) -> Unsealed:
    """The workbook in the compound file ``data``; one under Excel's default password opens with any."""
    keys = keys or Keys()
    container = Container(data)
    file = _scheme(bytes(container.read(INFO)))
    stream = container.read(PACKAGE)
    if len(stream) < 8:
        raise damaged(Text("the file is damaged: the encrypted workbook in it is empty"))
    for candidate in candidates(password):
        key = file.unlock(candidate, keys)
        if key is not None:
            others = tuple(container.entries(INFO, PACKAGE))
            return Unsealed(file.open(key, stream), Seal(file.scheme, others), candidate)
    raise refused(password)


def seal(package: bytes, password: str, like: Seal | None = None, keys: Keys | None = None) -> bytes:
    """The compound file that holds ``package`` under ``password``, sealed ``like`` another or as Excel does.

    The package's key, the verifier and the HMAC are new each time, and so is the salt unless ``keys`` shares
    it between several new files. A workbook that is saved is sealed with the password that opened it.
    """
    if not password:
        raise BookError(
            "no-password",
            Text("the workbook is to be encrypted and no password is given"),
            Text("store its password once with: xlflow password REGISTER"),
        )
    if len(password) > LONGEST_PASSWORD:
        raise BookError(
            "wrong-password",
            Text("the password is longer than the 255 characters Excel takes"),
            Text("choose a shorter one"),
        )
    like, keys = like or EXCEL, keys or Keys()
    info: bytes
    stream: Data
    if isinstance(like.scheme, Agile):
        info, stream = agile.seal(package, password, like.scheme, keys)
    else:
        info, stream = standard.seal(package, password, like.scheme, keys)
    return cfb_write.write([*like.others, Entry((INFO,), info), Entry((PACKAGE,), stream)])


def _scheme(info: bytes) -> _Scheme:
    """The reader of an EncryptionInfo by its version."""
    major, minor = int.from_bytes(info[:2], "little"), int.from_bytes(info[2:4], "little")
    if (major, minor) == (4, 4):
        return agile.AgileFile(info)
    if minor == 2 and major in (2, 3, 4):
        return standard.StandardFile(info)
    if minor == 3 and major in (3, 4):
        raise unknown_scheme(f"extensible encryption {major}.{minor}")
    raise unreadable()
