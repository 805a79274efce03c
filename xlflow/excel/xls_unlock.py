"""Encrypted Excel 97–2003 workbooks: the Workbook stream decrypted in memory (MS-XLS 2.2.10, MS-OFFCRYPTO 2.3).

RC4 with 40-bit keys, RC4 through the CryptoAPI, and XOR obfuscation. All three are weak, and none tells whether
the file was changed: they are read and never written.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from contextlib import suppress
from itertools import takewhile

from xlflow.excel.biff import BOF, BOUNDSHEET, EOF, FILEPASS, records
from xlflow.excel.keys import candidates, quick, refused, unknown_scheme

#: Records that are never encrypted: besides the two USREXCL, FILELOCK, INTERFACEHDR, RRDINFO and RRDHEAD.
PLAIN = frozenset((BOF, FILEPASS, 0x194, 0x195, 0xE1, 0x196, 0x138))
#: RC4 starts anew, with another key, at every block of the stream.
BLOCK = 1024
#: Salt, verifier and the verifier's hash, the last two encrypted.
SHORT = struct.Struct("<6x16s16s16s")
#: Size of the CryptoAPI header, cipher, hash and key bits in it; then the verifier behind the header.
HEADER = struct.Struct("<10xI8x3I")
LONG = struct.Struct("<I16s16sI20s")
RC4, SHA1 = 0x6801, 0x8004
#: What XOR obfuscation fills a password up with to 16 bytes.
PADDING = bytes.fromhex("bbffffbaffffb98000be0f00bf0f00")
TURN_3 = bytes((byte << 3 | byte >> 5) & 0xFF for byte in range(256))


def unlock(stream: bytes, password: str | None) -> bytes:
    """The Workbook stream in the clear; the same where it is not encrypted.

    BookError ``no-password``, ``wrong-password`` or ``unsupported-file``; struct.error or ValueError where the
    stream is broken.
    """
    globals_ = takewhile(lambda record: record[0] != EOF, records(stream))
    filepass = next((stream[at : at + size] for kind, at, size in globals_ if kind == FILEPASS), None)
    if filepass is None:
        return stream
    for candidate in candidates(password):
        decrypted = _decrypted(stream, filepass, candidate)
        if decrypted is not None:
            return _with_plain_parts(decrypted, stream)
    raise refused(password)


def _decrypted(stream: bytes, filepass: bytes, password: str) -> bytes | None:
    """All of ``stream`` decrypted, or None where the password is not the one."""
    new: Callable[[bytes], hashlib._Hash]
    method, first, second = struct.unpack_from("<3H", filepass)
    if method == 0:
        return _xor(stream, password) if (first, second) == _xor_check(password) else None
    if (method, first, second) == (1, 1, 1):
        salt, verifier, expected = SHORT.unpack_from(filepass)
        key, new = _short_keys(password, salt), _md5
    elif method == 1 and second == 2 and first in (2, 3, 4):
        size, cipher, hash_, bits = HEADER.unpack_from(filepass)
        if cipher not in (0, RC4) or hash_ not in (0, SHA1) or bits % 8 or bits > 128:
            raise unknown_scheme(f"xls CryptoAPI {cipher:04x} {hash_:04x}")
        _, salt, verifier, _, expected = LONG.unpack_from(filepass, 14 + size)
        key, new = _long_keys(password, salt, bits or 40), quick("sha1")
    else:
        raise unknown_scheme(f"xls encryption {method}.{first}.{second}")
    opened = _rc4(key(0), verifier + expected)
    if new(opened[:16]).digest() != opened[16:]:
        return None
    return b"".join(_rc4(key(at // BLOCK), stream[at : at + BLOCK]) for at in range(0, len(stream), BLOCK))


def _with_plain_parts(decrypted: bytes, stream: bytes) -> bytes:
    """``decrypted`` with what was never encrypted: the records' heads, some records, the places of the sheets."""
    clear = bytearray(decrypted)
    with suppress(ValueError):  # what follows the last sheet need not be records
        for kind, at, size in records(stream):
            plain = size if kind in PLAIN else 4 if kind == BOUNDSHEET else 0
            clear[at - 4 : at + plain] = stream[at - 4 : at + plain]
    return bytes(clear)


def _short_keys(password: str, salt: bytes) -> Callable[[int], bytes]:
    first = _md5(_utf16(password)).digest()[:5]
    second = _md5((first + salt) * 16).digest()[:5]
    return lambda block: _md5(second + block.to_bytes(4, "little")).digest()


def _long_keys(password: str, salt: bytes, bits: int) -> Callable[[int], bytes]:
    new = quick("sha1")
    first = new(salt + _utf16(password)).digest()
    width = 16 if bits == 40 else bits // 8  # 40 bits are filled up with zeros
    return lambda block: new(first + block.to_bytes(4, "little")).digest()[: bits // 8].ljust(width, b"\0")


def _rc4(key: bytes, data: bytes) -> bytes:
    from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
    from cryptography.hazmat.primitives.ciphers import Cipher

    return Cipher(ARC4(key), mode=None).decryptor().update(data)


def _md5(data: bytes) -> hashlib._Hash:
    return hashlib.md5(data, usedforsecurity=False)


def _xor_check(password: str) -> tuple[int, int]:
    """Key and verifier of a password in XOR obfuscation, both of 16 bits."""
    letters = _letters(password)
    key, base, end = 0, 0x8000, 0xFFFF
    for letter in reversed(letters):
        for bit in range(8):
            base, end = _turn(base), _turn(end)
            if (letter & 0x7F) >> bit & 1:
                key ^= base
    verifier = 0
    for letter in [*reversed(letters), len(letters)]:
        verifier = ((verifier << 1 | verifier >> 14) & 0x7FFF) ^ letter
    return key ^ end, verifier ^ 0xCE4B


def _turn(word: int) -> int:
    word = word << 1 & 0xFFFF | word >> 15
    return word ^ 0x1020 if word & 1 else word


def _xor(stream: bytes, password: str) -> bytes:
    """Undo XOR obfuscation; where a record's pattern begins depends on its place and its size."""
    key = _xor_check(password)[0].to_bytes(2, "little") * 8
    filled = (_letters(password) + PADDING)[:16]
    pattern = bytes((byte ^ mask) << 2 & 0xFF | (byte ^ mask) >> 6 for byte, mask in zip(filled, key, strict=True))
    clear = bytearray(stream.translate(TURN_3))
    with suppress(ValueError):
        for _, at, size in records(stream):
            shift = (at + size) % 16
            mask = (pattern * (size // 16 + 2))[shift : shift + size]
            mixed = int.from_bytes(clear[at : at + size]) ^ int.from_bytes(mask)
            clear[at : at + size] = mixed.to_bytes(size)
    return bytes(clear)


def _letters(password: str) -> bytes:
    """The password in single bytes: the lower half of each character unless that is zero."""
    return bytes(ord(char) & 0xFF or ord(char) >> 8 & 0xFF for char in password[:15])


def _utf16(password: str) -> bytes:
    return password.encode("utf-16-le", "surrogatepass")
