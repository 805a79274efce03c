"""Encrypted workbooks: round trips, msoffcrypto as second opinion both ways, and every way of going wrong."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
from base64 import b64encode
from collections.abc import Callable

import msoffcrypto
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from xlflow.excel import agile, keys
from xlflow.excel.agile_xml import Agile, Suite
from xlflow.excel.cfb import Container, Entry
from xlflow.excel.cfb_write import write
from xlflow.excel.data_spaces import DATA_SPACES
from xlflow.excel.errors import BookError
from xlflow.excel.keys import DEFAULT_PASSWORD, Keys
from xlflow.excel.seal import EXCEL, Seal, seal, unseal
from xlflow.excel.standard import Standard

PASSWORD = "sample-pass-1"


def suite(bits: int = 256, name: str = "sha512", salt: int = 16, spin: int = 50) -> Seal:
    """An agile seal that is quick to make."""
    return Seal(Agile(Suite(bits, name, salt), Suite(bits, name, salt), spin), DATA_SPACES)


def standard_seal(bits: int = 128) -> Seal:
    name = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 0x24, 0, {128: 0x660E, 192: 0x660F, 256: 0x6610}[bits], 0x8004, bits, 24, 0, 0)
    return Seal(Standard(struct.pack("<2H2I", 4, 2, 0x24, len(header + name)) + header + name, bits), ())


QUICK = suite()
#: Shared where the derivation is not what is tested: standard encryption has no quick one.
RUN = Keys()


@pytest.fixture(scope="module")
def workbook() -> bytes:
    data = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "订单编号"
    book.save(data)
    return data.getvalue()


def refusal(data: bytes, password: str | None = PASSWORD) -> BookError:
    with pytest.raises(BookError) as caught:
        unseal(data, password, RUN)
    return caught.value


def with_info(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The container with another EncryptionInfo."""
    entries = {entry.path: entry for entry in Container(data).entries()}
    path = ("EncryptionInfo",)
    return write({**entries, path: Entry(path, change(bytes(entries[path].data or b"")))}.values())


def replaced(data: bytes, old: str, new: str, count: int = 0) -> bytes:
    """The container with part of its EncryptionInfo's XML exchanged; it must have been there."""

    def change(info: bytes) -> bytes:
        assert re.search(old.encode(), info)
        return re.sub(old.encode(), new.encode(), info, count=count)

    return with_info(data, change)


# Round trips


@given(
    st.binary(min_size=1, max_size=40).flatmap(
        lambda pattern: st.integers(1, 20_000).map(lambda size: (pattern * size)[:size])
    ),
    st.sampled_from([128, 192, 256]),
    st.sampled_from(["sha1", "sha256", "sha384", "sha512"]),
    st.sampled_from([8, 16, 24, 32]),
    st.integers(0, 40),
    st.text(min_size=1, max_size=20),
)
@settings(max_examples=80, deadline=None)
def test_agile_gives_back_what_was_sealed(
    package: bytes, bits: int, name: str, salt: int, spin: int, password: str
) -> None:
    like = suite(bits, name, salt, spin)
    found = unseal(seal(package, password, like), password)
    assert (found.package, found.password) == (package, password)
    assert found.seal.scheme == like.scheme


EDGES = [0, 1, 15, 16, 17, 4087, 4088, 4089, 4095, 4096, 4097, 8192, 8193, 262_143, 262_144, 262_145, 700_001]


@pytest.mark.parametrize("size", EDGES)
def test_sizes_at_the_edges_of_blocks_segments_and_streams(size: int) -> None:
    package = bytes(range(251)) * (size // 251 + 1)
    for like in (QUICK, standard_seal()):
        assert unseal(seal(package[:size], PASSWORD, like, RUN), PASSWORD, RUN).package == package[:size]


@pytest.mark.parametrize("bits", [128, 192, 256])
def test_standard_keeps_its_header_as_found(bits: int) -> None:
    like = standard_seal(bits)
    found = unseal(seal(b"package", PASSWORD, like, RUN), PASSWORD, RUN)
    assert found.package == b"package"
    assert found.seal == Seal(like.scheme, found.seal.others)
    again = unseal(seal(b"other", PASSWORD, found.seal, RUN), PASSWORD, RUN)
    assert (again.package, again.seal) == (b"other", found.seal)


def test_package_and_password_may_have_their_own_parameters() -> None:
    like = Seal(Agile(Suite(128, "sha1", 16), Suite(256, "sha384", 32), 7), ())
    found = unseal(seal(b"package", PASSWORD, like), PASSWORD)
    assert (found.package, found.seal.scheme) == (b"package", like.scheme)


def test_the_workbook_inside_opens(workbook: bytes) -> None:
    opened = unseal(seal(workbook, PASSWORD, QUICK), PASSWORD)
    assert openpyxl.load_workbook(io.BytesIO(opened.package)).active["A1"].value == "订单编号"


def test_everything_else_in_the_container_is_kept() -> None:
    others = (
        Entry((), None, bytes(range(36))),
        *DATA_SPACES,
        Entry(("\5SummaryInformation",), b"made by" * 900),
        Entry(("Empty",), None, b"\7" * 36),
        Entry(("Storage", "Inner", "Stream"), b""),
    )
    first = unseal(seal(b"package", PASSWORD, Seal(QUICK.scheme, others)), PASSWORD)
    second = unseal(seal(b"another", PASSWORD, first.seal), PASSWORD)
    for found in (first, second):
        kept = {entry.path: entry for entry in found.seal.others}
        assert [kept[entry.path] for entry in others] == list(others)
    assert first.seal == second.seal


# Second opinions


def test_msoffcrypto_opens_what_we_seal_and_finds_it_whole(workbook: bytes) -> None:
    large = io.BytesIO(workbook)
    with zipfile.ZipFile(large, "a") as archive:
        archive.writestr("xl/media/image1.png", bytes(500_000))
    for package in (workbook, large.getvalue()):
        file = msoffcrypto.OfficeFile(io.BytesIO(seal(package, PASSWORD)))
        file.load_key(password=PASSWORD, verify_password=True)
        opened = io.BytesIO()
        file.decrypt(opened, verify_integrity=True)
        assert opened.getvalue() == package


def test_msoffcrypto_opens_our_standard_files(workbook: bytes) -> None:
    file = msoffcrypto.OfficeFile(io.BytesIO(seal(workbook, PASSWORD, standard_seal(), RUN)))
    file.load_key(password=PASSWORD, verify_password=True)
    opened = io.BytesIO()
    file.decrypt(opened)
    assert opened.getvalue() == workbook


def test_we_open_what_msoffcrypto_seals_and_seal_it_the_same_way(workbook: bytes) -> None:
    theirs = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt(PASSWORD, theirs)
    found = unseal(theirs.getvalue(), PASSWORD)
    assert found.package == workbook
    assert found.seal.scheme == EXCEL.scheme
    streams = {entry.path: entry.data for entry in found.seal.others if entry.data is not None}
    assert streams == {entry.path: entry.data for entry in DATA_SPACES}


def test_the_files_of_excel_2010_fill_their_hashes_up_with_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """SHA-1 has 20 bytes, AES takes 32: what fills the rest is not compared."""
    plain = agile._encrypt

    def filled(key: bytes, vector: bytes, data: bytes) -> bytes:
        return plain(key, vector, data + b"\xa5" * (-len(data) % 16))

    monkeypatch.setattr(agile, "_encrypt", filled)
    data = seal(b"package", PASSWORD, suite(128, "sha1"))
    monkeypatch.undo()
    assert unseal(data, PASSWORD).package == b"package"
    assert refusal(data, "other").code == "wrong-password"


def test_hash_names_are_read_with_and_without_hyphen() -> None:
    data = replaced(seal(b"package", PASSWORD, suite(128, "sha1")), "SHA1", "SHA-1")
    assert unseal(data, PASSWORD).package == b"package"


# Passwords


@pytest.mark.parametrize("password", [None, ""])
def test_no_password(password: str | None) -> None:
    for like in (QUICK, standard_seal()):
        error = refusal(seal(b"package", PASSWORD, like, RUN), password)
        assert str(error) == "no-password: the workbook is encrypted and no password is given"
        assert error.fix is not None
        assert error.fix.msgid == "store its password once with: xlflow password REGISTER"


@pytest.mark.parametrize("password", ["Sample-pass-1", "sample-pass-1 ", "ｓample-pass-1", "\udcff", "x" * 300])
def test_wrong_password(password: str) -> None:
    for like in (QUICK, standard_seal()):
        error = refusal(seal(b"package", PASSWORD, like, RUN), password)
        assert str(error) == "wrong-password: the password does not open the workbook"
        assert error.fix is not None
        assert error.fix.msgid == (
            "check capitals, full-width digits and spaces, then store it again: xlflow password REGISTER"
        )


@pytest.mark.parametrize("password", [None, "", "anything", DEFAULT_PASSWORD])
def test_excels_default_password_opens_whatever_is_given(password: str | None) -> None:
    for like in (QUICK, standard_seal()):
        found = unseal(seal(b"package", "VelvetSweatshop", like, RUN), password, RUN)
        assert (found.package, found.password) == (b"package", "VelvetSweatshop")


def test_the_right_password_costs_one_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    data = seal(b"package", PASSWORD, QUICK)
    tried = []

    def counted(password: str, salt: bytes, spin: int, name: str) -> bytes:
        tried.append(password)
        return stretch(password, salt, spin, name)

    stretch = keys.stretch
    monkeypatch.setattr(keys, "stretch", counted)
    unseal(data, PASSWORD)
    assert tried == [PASSWORD]
    with pytest.raises(BookError):
        unseal(data, "other")
    assert tried == [PASSWORD, "other", DEFAULT_PASSWORD]


def test_keys_share_the_derivation_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    stretch = keys.stretch
    monkeypatch.setattr(keys, "stretch", lambda *ask: calls.append(ask) or stretch(*ask))
    run = Keys()
    files = [seal(b"package", PASSWORD, QUICK, run) for _ in range(3)]
    assert [unseal(file, PASSWORD, run).package for file in files] == [b"package"] * 3
    assert len(calls) == 1
    seal(b"package", "other", QUICK, run)
    assert len(calls) == 2
    infos = [bytes(Container(file).read("EncryptionInfo")).decode("ascii", "replace") for file in files]
    for name in ("encryptedVerifierHashInput", "encryptedKeyValue", "encryptedHmacKey", "encryptedHmacValue"):
        assert len({value for info in infos for value in re.findall(f'{name}="([^"]+)"', info)}) == 3
    salts = [re.findall('saltValue="([^"]+)"', info) for info in infos]
    assert len({package for package, _ in salts}) == 3
    assert len({password for _, password in salts}) == 1


def test_without_shared_keys_every_salt_is_new() -> None:
    for like in (QUICK, standard_seal()):
        infos = {bytes(Container(seal(b"package", PASSWORD, like)).read("EncryptionInfo")) for _ in range(3)}
        assert len(infos) == 3
        salts = [re.findall(b'saltValue="([^"]+)"', info) or [info[-72:-56]] for info in infos]
        assert len({salt for found in salts for salt in found}) == sum(map(len, salts))


def test_the_key_of_a_new_file_has_all_its_256_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other writers fill half of it up with a constant."""
    found = []
    seal_segments = agile._seal_segments
    monkeypatch.setattr(agile, "_seal_segments", lambda key, *rest: found.append(key) or seal_segments(key, *rest))
    seal(b"package", PASSWORD, QUICK)
    assert len(found[0]) == 32
    assert len(set(found[0][16:])) > 4


def test_secrets_are_not_shown() -> None:
    found = unseal(seal(b"package", PASSWORD, QUICK), PASSWORD)
    assert PASSWORD not in repr(found)
    assert "package" not in repr(found).replace("package=Suite", "")
    assert PASSWORD not in repr(Keys())


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("", "no-password: the workbook is to be encrypted and no password is given"),
        ("x" * 256, "wrong-password: the password is longer than the 255 characters Excel takes"),
    ],
)
def test_nothing_is_sealed_with_a_password_that_excel_cannot_take(password: str, message: str) -> None:
    with pytest.raises(BookError) as caught:
        seal(b"package", password)
    assert str(caught.value) == message
    assert seal(b"package", "x" * 255, QUICK)


# Files that were changed


def test_a_changed_package_is_refused() -> None:
    data = seal(b"p" * 9000, PASSWORD, QUICK)
    stream = bytes(Container(data).read("EncryptedPackage"))
    at = data.index(stream[:512])
    for offset in (0, 8, 4104, len(stream) - 1):
        changed = bytearray(data)
        changed[at + offset] ^= 1
        error = refusal(bytes(changed))
        assert str(error) == (
            "tampered-file: the workbook was changed after it was encrypted: its integrity check fails"
        )
        assert error.fix is not None
        assert error.fix.msgid == "do not use it; ask its owner for the file again, or take its last backup"


def test_a_file_without_its_integrity_check_is_refused() -> None:
    data = replaced(seal(b"package", PASSWORD, QUICK), "<dataIntegrity[^>]*/>", "")
    assert refusal(data).code == "tampered-file"


@pytest.mark.parametrize("like", [QUICK, suite(128, "sha1")], ids=["sha512", "sha1"])
def test_flipped_bits_never_give_wrong_bytes(like: Seal) -> None:
    """Over the whole container of an agile file: refused, or the bytes that were sealed."""
    package = bytes(range(256)) * 20
    data = seal(package, PASSWORD, like)
    codes = set()
    for bit in range(0, len(data) * 8, 211):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            assert unseal(bytes(changed), PASSWORD, RUN).package == package
        except BookError as error:
            codes.add(error.code)
    assert codes <= {"damaged-file", "tampered-file", "wrong-password", "unsupported-file", "too-large"}
    assert codes >= {"damaged-file", "tampered-file"}


@pytest.mark.parametrize("like", [QUICK, standard_seal()], ids=["agile", "standard"])
def test_truncations_are_refused(like: Seal) -> None:
    package = bytes(range(256)) * 40
    data = seal(package, PASSWORD, like, RUN)
    assert {refusal(data[:end]).code for end in range(0, len(data) - 512, 512)} == {"damaged-file"}


def test_a_length_that_lies_is_refused() -> None:
    """Nobody checks the length of a standard file but we."""
    data = seal(b"p" * 9000, PASSWORD, standard_seal(), RUN)
    at = data.index(struct.pack("<Q", 9000))
    for length in (9009, 1 << 40, (1 << 64) - 1):
        changed = data[:at] + struct.pack("<Q", length) + data[at + 8 :]
        assert refusal(changed).code == "damaged-file"
    tampered = seal(b"p" * 9000, PASSWORD, QUICK)
    at = tampered.index(struct.pack("<Q", 9000))
    assert refusal(tampered[:at] + struct.pack("<Q", 8999) + tampered[at + 8 :]).code == "tampered-file"


def test_a_last_block_cut_short_does_not_matter_when_the_workbook_ends_before_it() -> None:
    """As one real file has it: a few bytes more than whole blocks."""
    entries = Container(seal(b"p" * 9008, PASSWORD, standard_seal(), RUN)).entries()
    path = ("EncryptedPackage",)
    longer = [Entry(path, bytes(e.data or b"") + b"odd") if e.path == path else e for e in entries]
    assert unseal(write(longer), PASSWORD).package == b"p" * 9008


@pytest.mark.parametrize("missing", ["EncryptionInfo", "EncryptedPackage"])
def test_half_a_container_is_refused(missing: str) -> None:
    entries = Container(seal(b"package", PASSWORD, QUICK)).entries(missing)
    assert refusal(write(entries)).code == "damaged-file"


def test_an_empty_stream_is_refused() -> None:
    entries = Container(seal(b"package", PASSWORD, QUICK)).entries("EncryptedPackage")
    assert str(refusal(write([*entries, Entry(("EncryptedPackage",), b"1234")]))) == (
        "damaged-file: the file is damaged: the encrypted workbook in it is empty"
    )


# Descriptions that are hostile, broken or not ours

INFO = "damaged-file: the file is damaged: the description of its encryption cannot be read"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<encryption ", '<!DOCTYPE encryption [<!ENTITY a "aaaa">]><encryption '),
        ("<encryption ", '<!DOCTYPE encryption SYSTEM "file:///etc/passwd"><encryption '),
        ("<encryption ", "<encryption <"),
        ("</encryption>", ""),
        ('spinCount="50"', 'spinCount="-1"'),
        ('spinCount="50"', 'spinCount="10000001"'),
        ('spinCount="50"', f'spinCount="{"9" * 5000}"'),
        ('spinCount="50"', 'spinCount="many"'),
        ('spinCount="50"', ""),
        ('keyBits="256"', 'keyBits="255"'),
        ('keyBits="256"', 'keyBits="4294967295"'),
        ('saltValue="[^"]*"', 'saltValue=""'),
        ('saltValue="[^"]*"', 'saltValue="!"'),
        ('encryptedKeyValue="[^"]*"', f'encryptedKeyValue="{b64encode(bytes(16)).decode()}"'),
        ('encryptedKeyValue="[^"]*"', f'encryptedKeyValue="{b64encode(bytes(33)).decode()}"'),
        ('encryptedHmacValue="[^"]*"', 'encryptedHmacValue=""'),
        ('encryptedVerifierHashInput="[^"]*"', 'encryptedVerifierHashInput="ä"'),
        ("<keyData [^>]*/>", ""),
        ("(<keyData [^>]*/>)", r"\\1\\1"),
        ("<keyEncryptors>.*</keyEncryptors>", ""),
        ("UTF-8", "no-such-encoding"),
    ],
)
def test_broken_descriptions(old: str, new: str) -> None:
    data = replaced(seal(b"package", PASSWORD, QUICK), old, new.replace("\\\\", "\\"))
    if old == "UTF-8":
        assert unseal(data, PASSWORD).package == b"package"
    else:
        assert str(refusal(data)) == INFO


def test_a_description_of_megabytes_is_refused() -> None:
    data = with_info(seal(b"package", PASSWORD, QUICK), lambda info: info + b" " * (1 << 20))
    assert str(refusal(data)) == INFO


def test_more_rounds_than_a_second_of_work_are_refused() -> None:
    data = replaced(seal(b"package", PASSWORD, QUICK), 'spinCount="50"', 'spinCount="2000001"')
    error = refusal(data)
    assert str(error) == ("too-large: the workbook's encryption asks for 2000001 rounds of work; 2000000 are the most")
    assert error.fix is not None
    assert error.fix.msgid == ("open it in Excel or WPS with its password and save it under a new name as xlsx")


UNKNOWN = "unsupported-file: the workbook is encrypted with {}, which cannot be opened here"


@pytest.mark.parametrize(
    ("old", "new", "scheme"),
    [
        ("SHA512", "MD5", "AES CBC MD5"),
        ("ChainingModeCBC", "ChainingModeCFB", "AES CFB SHA512"),
        ('"AES"', '"3DES"', "3DES CBC SHA512"),
        ("p:encryptedKey", "c:encryptedKey", "a certificate only"),
    ],
)
def test_agile_schemes_that_are_named_and_not_opened(old: str, new: str, scheme: str) -> None:
    error = refusal(replaced(seal(b"package", PASSWORD, QUICK), old, new))
    assert str(error) == UNKNOWN.format(scheme)
    assert error.fix is not None
    assert error.fix.msgid == ("open it in Excel or WPS with its password and save it under a new name as xlsx")


@pytest.mark.parametrize(
    ("at", "form", "value", "expected"),
    [
        (20, "<I", 0x6801, UNKNOWN.format("RC4 CryptoAPI")),
        (20, "<I", 0x6603, UNKNOWN.format("CryptoAPI 6603 8004")),
        (24, "<I", 0x800C, UNKNOWN.format("CryptoAPI 660e 800c")),
        (0, "<2H", (4, 3), UNKNOWN.format("extensible encryption 4.3")),
        (0, "<2H", (1, 1), INFO),
        (0, "<2H", (4, 4), INFO),
        (28, "<I", 256, INFO),
        (8, "<I", 0xFFFFFFFF, INFO),
    ],
)
def test_other_schemes(at: int, form: str, value: int | tuple[int, int], expected: str) -> None:
    def change(info: bytes) -> bytes:
        changed = bytearray(info)
        struct.pack_into(form, changed, at, *(value if isinstance(value, tuple) else (value,)))
        return bytes(changed)

    assert str(refusal(with_info(seal(b"package", PASSWORD, standard_seal(), RUN), change))) == expected


def test_the_cipher_may_be_given_by_flags_alone() -> None:
    data = with_info(seal(b"package", PASSWORD, standard_seal(), RUN), lambda info: info[:20] + bytes(8) + info[28:])
    assert unseal(data, PASSWORD).package == b"package"


def test_a_file_that_also_opens_with_a_certificate_is_read_and_not_sealed_again() -> None:
    key = '<keyEncryptor uri="x"><c:encryptedKey encryptedKeyValue="AAAA"/></keyEncryptor></keyEncryptors>'
    found = unseal(replaced(seal(b"package", PASSWORD, QUICK), "</keyEncryptors>", key), PASSWORD)
    assert found.package == b"package"
    with pytest.raises(BookError) as caught:
        seal(b"package", PASSWORD, found.seal)
    assert str(caught.value) == (
        "unsupported-file: the workbook also opens with a certificate, which saving it here would lose"
    )


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_rubbish_as_description_never_does_more_than_a_refusal(rubbish: bytes) -> None:
    path = ("EncryptionInfo",)
    for start in (b"", agile.agile_xml.PREFIX, b"\4\0\2\0"):
        data = write([Entry(path, start + rubbish), Entry(("EncryptedPackage",), bytes(100))])
        assert refusal(data).code in ("damaged-file", "unsupported-file", "wrong-password")


@pytest.mark.slow
def test_the_most_rounds_there_may_be_end_within_ten_seconds() -> None:
    """With a wrong password: two derivations."""
    data = seal(b"package", PASSWORD, suite(spin=2_000_000))
    start = time.process_time()
    with pytest.raises(BookError):
        unseal(data, "other")
    assert time.process_time() - start < 10
