"""What a file is, whatever its name says, and the whole message for each kind that is not opened."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlflow.excel.cfb import Entry
from xlflow.excel.cfb_write import write
from xlflow.excel.kind import Kind, refusal, sniff
from xlflow.excel.seal import seal

DATA = Path(__file__).parent / "data"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def workbook() -> bytes:
    data = io.BytesIO()
    openpyxl.Workbook().save(data)
    return data.getvalue()


def archive(members: dict[str, str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as made:
        for name, text in members.items():
            made.writestr(name, text)
    return data.getvalue()


def package(main: str, part: str = "xl/workbook.xml", types: str = "[Content_Types].xml") -> bytes:
    return archive({types: f'<Types><Override PartName="/{part}" ContentType="{main}"/></Types>', part: "<x/>"})


def office(*streams: str) -> bytes:
    return write([Entry(tuple(stream.split("/")), b"x" * 20) for stream in streams])


OPEN_XML = "application/vnd.openxmlformats-officedocument"
XLSX = workbook()
HTML = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>订单编号</td></tr></table></html>'
XML_2003 = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Kind.OOXML, XLSX),
        (Kind.OOXML, package(MAIN)),
        (Kind.OOXML, package("application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
        (Kind.OOXML, package(f"{OPEN_XML}.spreadsheetml.template.main+xml")),
        (Kind.OOXML, package(MAIN, types="[content_types].XML")),
        (Kind.OOXML, package("", "XL\\Workbook.xml")),
        (Kind.OOXML, package(MAIN, "any/name.xml")),
        (Kind.ENCRYPTED, seal(XLSX, "sample-pass-1")),
        (Kind.ENCRYPTED, office("EncryptionInfo", "EncryptedPackage")),
        (Kind.XLS, (DATA / "register.xls").read_bytes()),
        (Kind.XLS, (DATA / "locked.xls").read_bytes()),
        (Kind.XLS, office("Workbook", "Book", "\5SummaryInformation")),
        (Kind.XLS, office("WORKBOOK")),
        (Kind.OLD_XLS, office("Book")),
        (Kind.OLD_XLS, bytes.fromhex("0908080000050500") + bytes(50)),
        (Kind.OLD_XLS, bytes.fromhex("0904060000000010") + bytes(50)),
        (Kind.XLSB, package("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "xl/workbook.bin")),
        (Kind.XLSB, package("", "xl/workbook.bin")),
        (Kind.ODS, archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"})),
        (Kind.ODS, b'<?xml version="1.0"?>\n<office:document xmlns:office="urn:x"/>'),
        (Kind.DOCUMENT, archive({"mimetype": "application/vnd.oasis.opendocument.text"})),
        (Kind.DOCUMENT, package(f"{OPEN_XML}.wordprocessingml.document.main+xml", "word/document.xml")),
        (Kind.DOCUMENT, package(f"{OPEN_XML}.presentationml.presentation.main+xml", "ppt/presentation.xml")),
        (Kind.DOCUMENT, office("WordDocument", "1Table")),
        (Kind.DOCUMENT, office("PowerPoint Document")),
        (Kind.ZIP, archive({"收货表.xlsx": "x"})),
        (Kind.ZIP, archive({})),
        (Kind.DAMAGED, archive({"xl/workbook.xml": "<x/>"})),
        (Kind.RIGHTS, office("EncryptedPackage", "\6DataSpaces/DataSpaceInfo/DRMEncryptedDataSpace")),
        (Kind.RIGHTS, office("\tDRMContent", "Workbook", "\6DataSpaces/Version")),
        (Kind.OTHER_OFFICE, office("Contents")),
        (Kind.HTML, HTML.encode()),
        (Kind.HTML, ("\ufeff\r\n " + HTML).encode()),
        (Kind.HTML, HTML.encode("gb18030")),
        (Kind.HTML, HTML.encode("utf-16")),
        (Kind.HTML, b"<!DOCTYPE HTML PUBLIC>\n<HTML>"),
        (Kind.HTML, b"<style>td {}</style>\n<table border=1>"),
        (Kind.HTML, b"MIME-Version: 1.0\r\nContent-Type: multipart/related"),
        (Kind.XML, XML_2003.encode()),
        (Kind.XML, XML_2003.encode("utf-16")),
        (Kind.TEXT, "订单编号,金额\r\n2026030112345678901,12.50\r\n".encode("gbk")),
        (Kind.TEXT, "订单编号\t金额\n".encode("utf-16")),
        (Kind.TEXT, "\ufeff订单编号,金额\n".encode()),
        (Kind.TEXT, ("备" * 30_000).encode()),  # the glance ends within a character
        (Kind.TEXT, ("x" + "备" * 40_000).encode("gbk")),
        (Kind.TEXT, b"<notes>table</notes>"),
        (Kind.EMPTY, b""),
        (Kind.DAMAGED, XLSX[:-1]),
        (Kind.DAMAGED, XLSX[: len(XLSX) // 2]),
        (Kind.DAMAGED, b"PK\3\4"),
        (Kind.DAMAGED, seal(XLSX, "sample-pass-1")[:1500]),
        (Kind.DAMAGED, office("EncryptionInfo")),
        (Kind.UNKNOWN, bytes(5000)),
        (Kind.UNKNOWN, b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        (Kind.UNKNOWN, XLSX[1:]),
        (Kind.UNKNOWN, b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n\0\1\2"),
    ],
)
def test_a_file_is_what_it_holds(kind: Kind, data: bytes) -> None:
    assert sniff(data) is kind


AGAIN = "ask for the file again, or take its last backup"
SAVE_AS = "open it in Excel or WPS and save it as xlsx (Save As)"


@pytest.mark.parametrize(
    ("kind", "code", "message", "fix"),
    [
        (Kind.EMPTY, "damaged-file", "x.xlsx is empty", AGAIN),
        (Kind.DAMAGED, "damaged-file", "x.xlsx is damaged: a part of it is missing or broken", AGAIN),
        (Kind.UNKNOWN, "damaged-file", "x.xlsx is damaged: nothing in it looks like a workbook", AGAIN),
        (
            Kind.XLS,
            "unsupported-file",
            "x.xlsx is in the old Excel format (xls), which is only read",
            SAVE_AS,
        ),
        (Kind.OLD_XLS, "unsupported-file", "x.xlsx is a workbook of Excel 95 or older", SAVE_AS),
        (Kind.XLSB, "unsupported-file", "x.xlsx is a binary workbook (xlsb)", SAVE_AS),
        (Kind.ODS, "unsupported-file", "x.xlsx is an OpenDocument spreadsheet (ods)", SAVE_AS),
        (
            Kind.XML,
            "unsupported-file",
            "x.xlsx is an XML spreadsheet of Excel 2003, whatever its name says",
            SAVE_AS,
        ),
        (Kind.HTML, "unsupported-file", "x.xlsx is a web page, whatever its name says", SAVE_AS),
        (
            Kind.OTHER_OFFICE,
            "unsupported-file",
            "x.xlsx is an Office file without a workbook that can be read, perhaps one of WPS (et)",
            SAVE_AS,
        ),
        (
            Kind.TEXT,
            "unsupported-file",
            "x.xlsx is a text file such as CSV, not a workbook",
            "import it into Excel with all columns as text, so that no id loses digits, and save it as xlsx",
        ),
        (
            Kind.DOCUMENT,
            "unsupported-file",
            "x.xlsx is a Word or PowerPoint document, not a workbook",
            "give the workbook instead, saved as xlsx",
        ),
        (
            Kind.ZIP,
            "unsupported-file",
            "x.xlsx is a zip archive, not a workbook",
            "unpack it and give the workbook that is in it, saved as xlsx",
        ),
        (
            Kind.RIGHTS,
            "unsupported-file",
            "x.xlsx is protected by rights management: it opens for signed-in people, not with a password",
            "have its owner lift the restriction, set a password instead and save it as xlsx",
        ),
    ],
)
def test_what_is_said_of_a_file_that_is_not_opened(kind: Kind, code: str, message: str, fix: str) -> None:
    error = refusal(kind, "x.xlsx")
    assert str(error) == f"{code}: {message}"
    assert error.fix is not None
    assert error.fix.msgid == fix


def test_every_kind_is_opened_or_refused() -> None:
    for kind in set(Kind) - {Kind.OOXML, Kind.ENCRYPTED}:
        assert refusal(kind, "x").code in ("unsupported-file", "damaged-file")


def test_more_members_than_any_workbook_are_left_to_the_limits_of_the_zip_reader() -> None:
    assert sniff(b"PK\3\4" + b"PK\1\2" * 60_000) is Kind.OOXML


def test_a_member_that_would_take_gigabytes_to_unpack_is_not_unpacked() -> None:
    assert sniff(archive({"[Content_Types].xml": MAIN, "a": "x"}, zipfile.ZIP_LZMA)) is Kind.ZIP


@given(st.binary(max_size=200), st.integers(0, len(XLSX)), st.sampled_from(["insert", "replace", "cut"]))
def test_nothing_makes_it_stumble(rubbish: bytes, at: int, how: str) -> None:
    after = {"insert": at, "replace": at + len(rubbish), "cut": len(XLSX)}[how]
    assert sniff(XLSX[:at] + rubbish + XLSX[after:]) in set(Kind)
    assert sniff(rubbish) in set(Kind)
