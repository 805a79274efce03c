"""Agile encryption, version 4.4: that of Excel since 2010, of WPS and LibreOffice (MS-OFFCRYPTO 2.3.4.10).

A random key encrypts the package in segments of 4096 bytes, each with its own first vector; the password
encrypts that key; an HMAC over the encrypted package tells whether anybody changed it.
"""

from __future__ import annotations

import hmac
import secrets
import struct
from collections.abc import Callable
from io import BytesIO

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from xlflow.excel import agile_xml
from xlflow.excel.agile_xml import Agile, Info, Suite, tampered
from xlflow.excel.cfb import cut_off
from xlflow.excel.errors import BookError
from xlflow.excel.keys import HASHES, Keys, quick
from xlflow.model import Text

BLOCK = 16
SEGMENT = 4096
CHUNK = 64 * SEGMENT
HALVES = struct.Struct("<2Q")
#: What makes three keys out of one stretched password.
VERIFIER, VERIFIER_HASH, KEY = map(bytes.fromhex, ("fea7d2763b4b9e79", "d7aa0f6d3061344e", "146e0be7abacd0d6"))
#: What makes two vectors out of the package's salt.
MAC_KEY, MAC = map(bytes.fromhex, ("5fb2ad010cb9e1f6", "a0677f02b22c8433"))


class AgileFile:
    """The encryption of one file as found."""

    def __init__(self, info: bytes) -> None:
        self.info = agile_xml.read(info[len(agile_xml.PREFIX) :])

    @property
    def scheme(self) -> Agile:
        """What to seal the workbook with again."""
        return self.info.scheme

    def unlock(self, password: str, keys: Keys) -> bytes | None:
        """The key of the package, or None where the password is not the one."""
        info, suite = self.info, self.scheme.password
        stretched = keys.stretch(password, info.password_salt, self.scheme.spin, suite.hash)
        vector = _fit(info.password_salt, BLOCK)
        verifier, expected, key = (
            _decrypt(_key(stretched, purpose, suite), vector, data)
            for purpose, data in (
                (VERIFIER, info.verifier),
                (VERIFIER_HASH, info.verifier_hash),
                (KEY, info.key),
            )
        )
        # Excel 2010 pads the 20 bytes of a SHA-1 to whole blocks: only the hash itself is compared.
        digest = quick(suite.hash)(verifier[: suite.salt_size]).digest()
        if not hmac.compare_digest(digest, expected[: len(digest)]):
            return None
        return key[: self.scheme.package.key_bits // 8]

    def open(self, key: bytes, stream: memoryview) -> bytes:
        """The package in ``stream``, its HMAC checked; BookError ``tampered-file``, ``damaged-file``."""
        info, suite = self.info, self.scheme.package
        size = HASHES[suite.hash]
        mac_key, mac = (
            _decrypt(key, _vector(info.package_salt, purpose, suite), data)[:size]
            for purpose, data in ((MAC_KEY, info.mac_key), (MAC, info.mac))
        )
        if not hmac.compare_digest(hmac.digest(mac_key, stream, suite.hash), mac):
            raise tampered()
        length = int.from_bytes(stream[:8], "little")
        body = stream[8 : 8 + -(-length // BLOCK) * BLOCK]
        if len(body) < length or len(body) % BLOCK:
            raise cut_off()
        return _open_segments(key, _vectors(info.package_salt, suite), body, length)


def seal(package: bytes, password: str, scheme: Agile, keys: Keys) -> tuple[bytes, bytearray]:
    """EncryptionInfo and EncryptedPackage of ``package`` under ``password``, with new salts and a new key."""
    if scheme.certificates:
        raise BookError(
            "unsupported-file",
            Text("the workbook also opens with a certificate, which saving it here would lose"),
            Text("change it in Excel, or remove the certificate there first"),
        )
    suite, size = scheme.package, HASHES[scheme.package.hash]
    key, salt, mac_key = map(secrets.token_bytes, (suite.key_bits // 8, suite.salt_size, size))
    stream = _seal_segments(key, _vectors(salt, suite), package)
    mac = hmac.digest(mac_key, stream, suite.hash)
    password_salt, *locked = _lock(key, password, scheme, keys)
    macs = (_encrypt(key, _vector(salt, purpose, suite), data) for purpose, data in ((MAC_KEY, mac_key), (MAC, mac)))
    return agile_xml.write(Info(scheme, salt, password_salt, *locked, *macs)), stream


def _lock(key: bytes, password: str, scheme: Agile, keys: Keys) -> tuple[bytes, bytes, bytes, bytes]:
    """The password's salt, and under it a verifier, the verifier's hash and the package's key."""
    suite = scheme.password
    salt = keys.salt(password, suite.salt_size, scheme.spin, suite.hash)
    stretched = keys.stretch(password, salt, scheme.spin, suite.hash)
    verifier = secrets.token_bytes(suite.salt_size)
    digest = quick(suite.hash)(verifier).digest()
    purposes = ((VERIFIER, verifier), (VERIFIER_HASH, digest), (KEY, key))
    first, second, third = (
        _encrypt(_key(stretched, purpose, suite), _fit(salt, BLOCK), data) for purpose, data in purposes
    )
    return salt, first, second, third


def _open_segments(key: bytes, vector: Callable[[int], bytes], body: memoryview, length: int) -> bytes:
    """Decrypt all segments in one run, then put each one's first block right.

    One run chains every block to the one before it; a segment's first block wants the segment's own vector.
    """
    context = Cipher(AES(key), CBC(vector(0))).decryptor()
    room = bytearray(CHUNK + BLOCK)
    out = BytesIO()
    for start in range(0, len(body), CHUNK):
        done = context.update_into(body[start : start + CHUNK], room)
        for at in range(start or SEGMENT, start + done, SEGMENT):
            _rechain(room, at - start, body[at - BLOCK : at], vector(at // SEGMENT))
        out.write(memoryview(room)[: min(done, length - start)])
    return out.getvalue()


def _seal_segments(key: bytes, vector: Callable[[int], bytes], package: bytes) -> bytearray:
    """The size of ``package`` and its segments, encrypted in one run, each one's first block made ready."""
    end = -(-len(package) // BLOCK) * BLOCK
    stream = bytearray(8 + end)
    context = Cipher(AES(key), CBC(vector(0))).encryptor()
    with memoryview(stream) as whole, whole[8:] as room:
        whole[:8] = struct.pack("<Q", len(package))
        room[: len(package)] = package
        for at in range(0, end, SEGMENT):
            if at:
                _rechain(room, at, room[at - BLOCK : at], vector(at // SEGMENT))
            segment = slice(at, at + SEGMENT)
            room[segment] = context.update(room[segment])
    return stream


def _rechain(room: bytearray | memoryview, at: int, before: memoryview, vector: bytes) -> None:
    """Exchange, in the block at ``at``, the chaining to ``before`` for that to ``vector``, or back."""
    low, high = HALVES.unpack_from(room, at)
    low_before, high_before = HALVES.unpack(before)
    low_vector, high_vector = HALVES.unpack(vector)
    HALVES.pack_into(room, at, low ^ low_before ^ low_vector, high ^ high_before ^ high_vector)


def _vectors(salt: bytes, suite: Suite) -> Callable[[int], bytes]:
    new = quick(suite.hash)
    return lambda number: new(salt + struct.pack("<I", number)).digest()[:BLOCK]


def _vector(salt: bytes, purpose: bytes, suite: Suite) -> bytes:
    return quick(suite.hash)(salt + purpose).digest()[:BLOCK]


def _key(stretched: bytes, purpose: bytes, suite: Suite) -> bytes:
    return _fit(quick(suite.hash)(stretched + purpose).digest(), suite.key_bits // 8)


def _fit(data: bytes, size: int) -> bytes:
    """``data`` at that size: cut, or filled up as the format says."""
    return (data + b"\x36" * size)[:size]


def _decrypt(key: bytes, vector: bytes, data: bytes) -> bytes:
    return Cipher(AES(key), CBC(vector)).decryptor().update(data)


def _encrypt(key: bytes, vector: bytes, data: bytes) -> bytes:
    return Cipher(AES(key), CBC(vector)).encryptor().update(data + bytes(-len(data) % BLOCK))
