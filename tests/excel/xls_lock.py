"""Encrypted .xls files for the tests: a plain Workbook stream, locked in each of the three ways."""

from __future__ import annotations

import hashlib
import struct

from xlflow.excel.biff import BOUNDSHEET, records
from xlflow.excel.cfb import Container, Entry
from xlflow.excel.cfb_write import write
from xlflow.excel.xls_unlock import BLOCK, PLAIN, _letters, _long_keys, _md5, _rc4, _short_keys, _xor_check

SALT, VERIFIER = bytes(range(16)), bytes(range(50, 66))


def lock(data: bytes, password: str, way: str) -> bytes:
    """``data``, an .xls, under ``password``; ``way`` is ``xor``, ``rc4``, or ``cryptoapi-BITS``."""
    entries = {entry.path: entry for entry in Container(data).entries()}
    stream = bytes(entries[("Workbook",)].data or b"")
    filepass, crypt = LOCKS[way.split("-")[0]](password, way)
    entries[("Workbook",)] = Entry(("Workbook",), _locked(stream, filepass, crypt))
    return write(entries.values())


def _locked(stream: bytes, filepass: bytes, crypt) -> bytes:
    size = struct.unpack_from("<H", stream, 2)[0] + 4
    added = struct.pack("<2H", 0x2F, len(filepass)) + filepass
    shifted = bytearray(stream[:size] + added + stream[size:])
    for kind, at, _ in records(bytes(shifted)):
        if kind == BOUNDSHEET:
            struct.pack_into("<I", shifted, at, struct.unpack_from("<I", shifted, at)[0] + len(added))
    clear = bytes(shifted)
    locked = bytearray(crypt(clear))
    for kind, at, length in records(clear):
        plain = length if kind in PLAIN else 4 if kind == BOUNDSHEET else 0
        locked[at - 4 : at + plain] = clear[at - 4 : at + plain]
    return bytes(locked)


def _rc4_blocks(key):
    return lambda data: b"".join(_rc4(key(at // BLOCK), data[at : at + BLOCK]) for at in range(0, len(data), BLOCK))


def _rc4_lock(password: str, _: str):
    key = _short_keys(password, SALT)
    locked = _rc4(key(0), VERIFIER + _md5(VERIFIER).digest())
    return struct.pack("<3H", 1, 1, 1) + SALT + locked, _rc4_blocks(key)


def _cryptoapi_lock(password: str, way: str):
    bits = int(way.split("-")[1])
    key = _long_keys(password, SALT, bits or 40)
    locked = _rc4(key(0), VERIFIER + hashlib.sha1(VERIFIER).digest())
    name = "Invented Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, bits, 1, 0, 0) + name
    head = struct.pack("<3H2I", 1, 4, 2, 4, len(header)) + header
    return head + struct.pack("<I", 16) + SALT + locked[:16] + struct.pack("<I", 20) + locked[16:], _rc4_blocks(key)


def _xor_lock(password: str, _: str):
    """Byte by byte, as the format describes it."""
    key, verifier = _xor_check(password)
    padding = bytes.fromhex("bbffffbaffffb98000be0f00bf0f00")
    array = []
    for number, letter in enumerate((_letters(password) + padding)[:16]):
        mixed = letter ^ (key >> 8 if number % 2 else key & 0xFF)
        array.append((mixed << 2 | mixed >> 6) & 0xFF)

    def crypt(clear: bytes) -> bytes:
        locked = bytearray(clear)
        for _, at, size in records(clear):
            for place in range(at, at + size):
                mixed = clear[place] ^ array[(place + size) % 16]
                locked[place] = (mixed >> 3 | mixed << 5) & 0xFF
        return bytes(locked)

    return struct.pack("<3H", 0, key, verifier), crypt


LOCKS = {"rc4": _rc4_lock, "cryptoapi": _cryptoapi_lock, "xor": _xor_lock}
