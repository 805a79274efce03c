"""Standard encryption, versions 2.2 to 4.2: that of Excel 2007 and some libraries (MS-OFFCRYPTO 2.3.4.4).

AES in ECB mode, its key made from the password by 50,000 rounds of SHA-1. It has no integrity check: a
changed file is noticed only where the workbook inside no longer fits together.
"""

from __future__ import annotations

import hmac
import secrets
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from xlflow.excel.agile_xml import unreadable
from xlflow.excel.cfb import cut_off
from xlflow.excel.keys import Keys, quick, unknown_scheme

SPIN = 50_000
BLOCK = 16
#: Version and flags, then the size of the header that follows.
INTRO = struct.Struct("<2HII")
#: Flags, extra size, cipher, hash, key bits, provider, two reserved; the provider's name follows.
HEADER = struct.Struct("<8I")
#: Size of the salt, salt, verifier, size of its hash, the hash; the last and the third encrypted.
VERIFIER = struct.Struct("<I16s16sI32s")
AES_FLAG = 0x20
KEY_BITS = {0x660E: 128, 0x660F: 192, 0x6610: 256}
RC4 = 0x6801


@dataclass(frozen=True, slots=True)
class Standard:
    """The parameters that outlive one sealing: all before the verifier as found, and the key's length."""

    head: bytes
    key_bits: int


class StandardFile:
    """The encryption of one file as found."""

    def __init__(self, info: bytes) -> None:
        try:
            *_, size = INTRO.unpack_from(info)
            flags, _, cipher, hash_, bits, *_ = HEADER.unpack_from(info, INTRO.size)
            salt_size, self.salt, self.verifier, _, self.verifier_hash = VERIFIER.unpack_from(info, INTRO.size + size)
        except struct.error as error:
            raise unreadable() from error
        cipher = cipher or (0x660E if flags & AES_FLAG else RC4)
        if cipher not in KEY_BITS or hash_ not in (0, 0x8004):
            raise unknown_scheme("RC4 CryptoAPI" if cipher == RC4 else f"CryptoAPI {cipher:04x} {hash_:04x}")
        if bits not in (0, KEY_BITS[cipher]) or salt_size != 16:
            raise unreadable()
        self.scheme = Standard(info[: INTRO.size + size], KEY_BITS[cipher])

    def unlock(self, password: str, keys: Keys) -> bytes | None:
        """The key of the package, or None where the password is not the one."""
        key = _key(password, self.salt, self.scheme, keys)
        verifier, expected = (_decrypt(key, data) for data in (self.verifier, self.verifier_hash))
        digest = quick("sha1")(verifier).digest()
        return key if hmac.compare_digest(digest, expected[: len(digest)]) else None

    def open(self, key: bytes, stream: memoryview) -> bytes:
        """The package in ``stream``; BookError ``damaged-file``."""
        length = int.from_bytes(stream[:8], "little")
        body = stream[8 : 8 + -(-length // BLOCK) * BLOCK]
        if len(body) < length or len(body) % BLOCK:
            raise cut_off()
        return _decrypt(key, body)[:length]


def seal(package: bytes, password: str, scheme: Standard, keys: Keys) -> tuple[bytes, bytes]:
    """EncryptionInfo and EncryptedPackage of ``package`` under ``password``, with a new salt."""
    salt = keys.salt(password, 16, SPIN, "sha1")
    key = _key(password, salt, scheme, keys)
    verifier = secrets.token_bytes(16)
    digest = quick("sha1")(verifier).digest()
    info = VERIFIER.pack(16, salt, _encrypt(key, verifier), len(digest), _encrypt(key, digest))
    return scheme.head + info, struct.pack("<Q", len(package)) + _encrypt(key, package)


def _key(password: str, salt: bytes, scheme: Standard, keys: Keys) -> bytes:
    new = quick("sha1")
    last = new(keys.stretch(password, salt, SPIN, "sha1") + bytes(4)).digest()
    wide = int.from_bytes(last.ljust(64, b"\0"), "big")
    masks = (int.from_bytes(fill * 64, "big") for fill in (b"\x36", b"\x5c"))
    halves = (new((wide ^ mask).to_bytes(64, "big")).digest() for mask in masks)
    return b"".join(halves)[: scheme.key_bits // 8]


def _decrypt(key: bytes, data: bytes | memoryview) -> bytes:
    return Cipher(AES(key), ECB()).decryptor().update(data)  # noqa: S305  (the format's mode)


def _encrypt(key: bytes, data: bytes) -> bytes:
    context = Cipher(AES(key), ECB()).encryptor()  # noqa: S305  (the format's mode)
    return context.update(data) + context.update(bytes(-len(data) % BLOCK))
