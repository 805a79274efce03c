"""EncryptionInfo of agile encryption: the XML that says how a workbook is sealed (MS-OFFCRYPTO 2.3.4.10)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import NamedTuple
from xml.parsers import expat

from xlflow.excel.cfb import damaged
from xlflow.excel.errors import BookError
from xlflow.excel.keys import HASHES, unknown_scheme
from xlflow.model import Text

PREFIX = bytes.fromhex("0400040040000000")
BASE = "http://schemas.microsoft.com/office/2006/encryption"
PASSWORD = "http://schemas.microsoft.com/office/2006/keyEncryptor/password"  # noqa: S105  (a name)
CERTIFICATE = "http://schemas.microsoft.com/office/2006/keyEncryptor/certificate"
KNOWN = {
    f"{BASE} keyData": "package",
    f"{BASE} dataIntegrity": "integrity",
    f"{PASSWORD} encryptedKey": "password",
    f"{CERTIFICATE} encryptedKey": "certificate",
}
LONGEST = 1 << 20
FORMAT_MAX_SPIN = 10_000_000
#: About a second of work; Excel writes 100,000, and a hostile file may ask for hours.
MAX_SPIN = 2_000_000


class Suite(NamedTuple):
    """AES-CBC as one part of the file uses it: key length in bits, hash by hashlib's name, bytes of salt."""

    key_bits: int
    hash: str
    salt_size: int


#: What Excel has written since 2013.
STRONGEST = Suite(256, "sha512", 16)


@dataclass(frozen=True, slots=True)
class Agile:
    """The parameters that outlive one sealing; the defaults are Excel's own."""

    package: Suite = STRONGEST
    password: Suite = STRONGEST
    spin: int = 100_000
    certificates: bool = False


class Info(NamedTuple):
    """One file's description of its encryption; the last five are encrypted."""

    scheme: Agile
    package_salt: bytes
    password_salt: bytes
    verifier: bytes
    verifier_hash: bytes
    key: bytes
    mac_key: bytes
    mac: bytes


def unreadable() -> BookError:
    """EncryptionInfo is not what the format says."""
    return damaged(Text("the file is damaged: the description of its encryption cannot be read"))


def tampered() -> BookError:
    """The password is right and the integrity check is not."""
    return BookError(
        "tampered-file",
        Text("the workbook was changed after it was encrypted: its integrity check fails"),
        Text("do not use it; ask its owner for the file again, or take its last backup"),
    )


def read(xml: bytes) -> Info:
    """The description in ``xml``.

    BookError ``damaged-file``, ``unsupported-file``, ``tampered-file`` (no integrity check) or ``too-large``.
    """
    parts = _parts(xml)
    try:
        if "password" not in parts and "certificate" in parts:
            raise unknown_scheme("a certificate only")
        package, password = parts["package"], parts["password"]
        if "integrity" not in parts:
            raise tampered()
        scheme = Agile(_suite(package), _suite(password), _spin(password), "certificate" in parts)
        return Info(
            scheme,
            b64decode(package["saltValue"]),
            b64decode(password["saltValue"]),
            _cipher(password["encryptedVerifierHashInput"], scheme.password.salt_size),
            _cipher(password["encryptedVerifierHashValue"], HASHES[scheme.password.hash]),
            _cipher(password["encryptedKeyValue"], scheme.package.key_bits // 8),
            _cipher(parts["integrity"]["encryptedHmacKey"], HASHES[scheme.package.hash]),
            _cipher(parts["integrity"]["encryptedHmacValue"], HASHES[scheme.package.hash]),
        )
    except (KeyError, ValueError) as error:
        raise unreadable() from error


def write(info: Info) -> bytes:
    """The description as Excel spells it, its version in front."""
    scheme = info.scheme
    return PREFIX + (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<encryption xmlns="{BASE}" xmlns:p="{PASSWORD}" xmlns:c="{CERTIFICATE}">'
        f"<keyData {_attributes(scheme.package, info.package_salt)}/>"
        f'<dataIntegrity encryptedHmacKey="{_text(info.mac_key)}" encryptedHmacValue="{_text(info.mac)}"/>'
        f'<keyEncryptors><keyEncryptor uri="{PASSWORD}"><p:encryptedKey spinCount="{scheme.spin}" '
        f"{_attributes(scheme.password, info.password_salt)} "
        f'encryptedVerifierHashInput="{_text(info.verifier)}" '
        f'encryptedVerifierHashValue="{_text(info.verifier_hash)}" '
        f'encryptedKeyValue="{_text(info.key)}"/></keyEncryptor></keyEncryptors></encryption>'
    ).encode("ascii")


def _parts(xml: bytes) -> dict[str, dict[str, str]]:
    """Attributes of the elements that matter; no document type, hence no entities."""
    parts: dict[str, dict[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        part = KNOWN.get(name)
        if part in parts and part != "certificate":
            raise unreadable()
        if part:
            parts[part] = attributes

    def doctype(*_: object) -> None:
        raise unreadable()

    parser = expat.ParserCreate("utf-8", " ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    if len(xml) > LONGEST:
        raise unreadable()
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise unreadable() from error
    return parts


def _suite(part: dict[str, str]) -> Suite:
    cipher, mode = part["cipherAlgorithm"], part["cipherChaining"]
    name = part["hashAlgorithm"].replace("-", "").lower()
    if (cipher, mode) != ("AES", "ChainingModeCBC") or name not in HASHES:
        raise unknown_scheme(f"{cipher} {mode.removeprefix('ChainingMode')} {part['hashAlgorithm']}"[:60])
    bits, salt = int(part["keyBits"]), b64decode(part["saltValue"])
    if bits not in (128, 192, 256) or not salt:
        raise unreadable()
    return Suite(bits, name, len(salt))


def _spin(part: dict[str, str]) -> int:
    spin = int(part["spinCount"])
    if not 0 <= spin <= FORMAT_MAX_SPIN:
        raise unreadable()
    if spin > MAX_SPIN:
        raise BookError(
            "too-large",
            Text(
                "the workbook's encryption asks for {spin} rounds of work; {most} are the most",
                {"spin": spin, "most": MAX_SPIN},
            ),
            Text("open it in Excel or WPS with its password and save it under a new name as xlsx"),
        )
    return spin


def _cipher(text: str, least: int) -> bytes:
    data = b64decode(text)
    if len(data) % 16 or len(data) < least:
        raise ValueError(len(data))
    return data


def _attributes(suite: Suite, salt: bytes) -> str:
    return (
        f'saltSize="{suite.salt_size}" blockSize="16" keyBits="{suite.key_bits}" '
        f'hashSize="{HASHES[suite.hash]}" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" '
        f'hashAlgorithm="{suite.hash.upper()}" saltValue="{_text(salt)}"'
    )


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")
