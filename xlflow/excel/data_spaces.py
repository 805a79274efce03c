"""The storage that tells other programs how a package is encrypted (MS-OFFCRYPTO 2.2), as Excel writes it."""

from __future__ import annotations

from xlflow.excel.cfb import Entry


def _text(text: str) -> bytes:
    """Text with its length in front, filled up to whole fours."""
    data = text.encode("utf-16-le")
    return len(data).to_bytes(4, "little") + data + bytes(-len(data) % 4)


def _numbers(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(4, "little") for number in numbers)


def _data_spaces() -> tuple[Entry, ...]:
    """Its four streams, the same in every file."""
    top, space, transform = "\6DataSpaces", "StrongEncryptionDataSpace", "StrongEncryptionTransform"
    kind = _text("{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}")
    reference = _numbers(1, 0) + _text("EncryptedPackage") + _text(space)
    versions = _numbers(1, 1, 1)
    streams = {
        ("Version",): _text("Microsoft.Container.DataSpaces") + versions,
        ("DataSpaceMap",): _numbers(8, 1, 4 + len(reference)) + reference,
        ("DataSpaceInfo", space): _numbers(8, 1) + _text(transform),
        ("TransformInfo", transform, "\6Primary"): (
            _numbers(8 + len(kind), 1)
            + kind
            + _text("Microsoft.Container.EncryptionTransform")
            + versions
            + _numbers(0, 0, 0, 4)
        ),
    }
    return tuple(Entry((top, *path), data) for path, data in streams.items())


DATA_SPACES = _data_spaces()
