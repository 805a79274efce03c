"""Members packed into a zip archive that depends on nothing but them: fixed dates, fixed order."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _UTF8_NAMES, _DEFLATED = 20, 0x800, 8
_TIME, _DATE = 0, 0x21  # 1980-01-01 00:00, the first moment a zip archive knows
_FASTEST = 1
#: Pieces deflated at once: a large sheet never lies in memory as a whole beside its rows.
_AT_ONCE = 256


def packed(members: Mapping[str, Sequence[bytes]]) -> bytes:
    """A zip archive of these members, by name and in pieces, in their order."""
    archive = bytearray()
    directory = bytearray()
    for name, pieces in members.items():
        deflated, check, size = _deflated(pieces)
        sizes = (check, len(deflated), size, len(name.encode()))
        common = (_VERSION, _UTF8_NAMES, _DEFLATED, _TIME, _DATE, *sizes, 0)
        directory += _CENTRAL.pack(b"PK\x01\x02", _VERSION, *common, 0, 0, 0, 0, len(archive)) + name.encode()
        archive += _LOCAL.pack(b"PK\x03\x04", *common) + name.encode() + deflated
    end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), len(archive), 0)
    return bytes(archive + directory + end)


def _deflated(pieces: Sequence[bytes]) -> tuple[bytes, int, int]:
    """The pieces deflated as one, their check sum, and their size."""
    from isal import isal_zlib

    packer = isal_zlib.compressobj(_FASTEST, wbits=-15)
    deflated, check, size = [], 0, 0
    for start in range(0, len(pieces), _AT_ONCE):
        data = b"".join(pieces[start : start + _AT_ONCE])
        check, size = isal_zlib.crc32(data, check), size + len(data)
        deflated.append(packer.compress(data))
    return b"".join([*deflated, packer.flush()]), check, size
