"""What a file is, by its content: names lie, and platforms export web pages called .xls (domain.md B.10)."""

from __future__ import annotations

import codecs
import io
import struct
import zipfile
import zlib
from enum import StrEnum

from xlflow.excel.cfb import MAGIC, Container
from xlflow.excel.errors import BookError
from xlflow.model import Text


class Kind(StrEnum):
    """What a file holds. The first three are opened, the third of them only to be read."""

    OOXML = "xlsx"  # macros or not
    ENCRYPTED = "encrypted"
    XLS = "xls"
    OLD_XLS = "old-xls"
    XLSB = "xlsb"
    ODS = "ods"
    DOCUMENT = "document"
    ZIP = "zip"
    RIGHTS = "rights-managed"
    OTHER_OFFICE = "other-office"
    HTML = "html"
    XML = "xml"
    TEXT = "text"
    EMPTY = "empty"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"


#: By what [Content_Types].xml calls the main part; the part's usual name counts where that says nothing.
OFFICE = (
    (b"spreadsheetml.sheet.main+xml", "xl/workbook.xml", Kind.OOXML),
    (b"spreadsheetml.template.main+xml", "xl/workbook.xml", Kind.OOXML),
    (b"ms-excel.sheet.macroenabled.main+xml", "xl/workbook.xml", Kind.OOXML),
    (b"ms-excel.template.macroenabled.main+xml", "xl/workbook.xml", Kind.OOXML),
    (b"ms-excel.addin.macroenabled.main+xml", "xl/workbook.xml", Kind.OOXML),
    (b"ms-excel.sheet.binary.macroenabled.main", "xl/workbook.bin", Kind.XLSB),
    (b"wordprocessingml.document.main+xml", "word/document.xml", Kind.DOCUMENT),
    (b"presentationml.presentation.main+xml", "ppt/presentation.xml", Kind.DOCUMENT),
)
TYPES = "[content_types].xml"
#: More members than any workbook has; the zip reader's own limits then speak.
MOST_MEMBERS = 50_000
#: Those of workbooks; others can ask for gigabytes of memory.
COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: Bytes of a text or of a member that are looked at.
GLANCE = 1 << 16
#: How workbooks begin that are older than the compound file (BIFF 2 to 5).
OLD_STARTS = tuple(map(bytes.fromhex, ("09000400", "09020600", "09040600", "09080800")))
PLAIN_CONTROLS = frozenset("\t\n\r\f\x1a")


def sniff(data: bytes) -> Kind:
    """What ``data`` is; never an exception."""
    if not data:
        return Kind.EMPTY
    if data.startswith(MAGIC):
        return _compound(data)
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return _zip(data)
    if data.startswith(OLD_STARTS):
        return Kind.OLD_XLS
    return _text(data[:GLANCE])


def _compound(data: bytes) -> Kind:
    try:
        paths = [tuple(name.lower() for name in path) for path in Container(data).paths()]
    except BookError:
        return Kind.DAMAGED
    top = {path[0] for path in paths}
    if "encryptioninfo" in top:
        return Kind.ENCRYPTED if "encryptedpackage" in top else Kind.DAMAGED
    if "encryptedpackage" in top or "\tdrmcontent" in top:
        return Kind.RIGHTS
    if "workbook" in top:
        return Kind.XLS
    if "book" in top:
        return Kind.OLD_XLS
    return Kind.DOCUMENT if top & {"worddocument", "powerpoint document"} else Kind.OTHER_OFFICE


def _zip(data: bytes) -> Kind:
    if data.count(b"PK\1\2") > MOST_MEMBERS:
        return Kind.OOXML
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
            types = _glance(archive, names, TYPES).lower()
            mimetype = _glance(archive, names, "mimetype")
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        OverflowError,
        RuntimeError,
        ValueError,
        struct.error,
    ):
        return Kind.DAMAGED
    if mimetype.startswith(b"application/vnd.oasis.opendocument."):
        return Kind.ODS if b"spreadsheet" in mimetype else Kind.DOCUMENT
    for declared, _, kind in OFFICE:
        if declared in types:
            return kind
    usual = next((kind for _, part, kind in OFFICE if part in names), Kind.ZIP)
    return usual if TYPES in names or usual is Kind.ZIP else Kind.DAMAGED


def _glance(archive: zipfile.ZipFile, names: dict[str, str], name: str) -> bytes:
    if name not in names or archive.getinfo(names[name]).compress_type not in COMPRESSIONS:
        return b""
    with archive.open(names[name]) as member:
        return member.read(GLANCE)


def _text(head: bytes) -> Kind:
    text = _decoded(head)
    if text is None:
        return Kind.UNKNOWN
    text = text.lstrip("\ufeff \t\r\n").lower()
    if text.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in text:
            return Kind.XML
        if "<office:document" in text:
            return Kind.ODS
        if any(tag in text for tag in ("<html", "<table", "<body")):
            return Kind.HTML
    return Kind.HTML if text.startswith("mime-version:") else Kind.TEXT


def _decoded(head: bytes) -> str | None:
    """``head`` as text, if it is text in one of the encodings that Chinese computers write."""
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        if all(char >= " " or char in PLAIN_CONTROLS for char in text):
            return text
    return None


def refusal(kind: Kind, name: str) -> BookError:
    """Why the file ``name`` cannot be used, or an xls not written, and what helps (contract §7).

    KeyError for the kinds that are both read and written.
    """
    code, message, fix = REFUSALS[kind]
    return BookError(code, Text(message.msgid, {"file": name}), fix)


AGAIN = Text("ask for the file again, or take its last backup")
SAVE_AS = Text("open it in Excel or WPS and save it as xlsx (Save As)")
REFUSALS = {
    Kind.EMPTY: ("damaged-file", Text("{file} is empty"), AGAIN),
    Kind.DAMAGED: ("damaged-file", Text("{file} is damaged: a part of it is missing or broken"), AGAIN),
    Kind.UNKNOWN: ("damaged-file", Text("{file} is damaged: nothing in it looks like a workbook"), AGAIN),
    Kind.XLS: ("unsupported-file", Text("{file} is in the old Excel format (xls), which is only read"), SAVE_AS),
    Kind.OLD_XLS: ("unsupported-file", Text("{file} is a workbook of Excel 95 or older"), SAVE_AS),
    Kind.XLSB: ("unsupported-file", Text("{file} is a binary workbook (xlsb)"), SAVE_AS),
    Kind.ODS: ("unsupported-file", Text("{file} is an OpenDocument spreadsheet (ods)"), SAVE_AS),
    Kind.XML: (
        "unsupported-file",
        Text("{file} is an XML spreadsheet of Excel 2003, whatever its name says"),
        SAVE_AS,
    ),
    Kind.HTML: ("unsupported-file", Text("{file} is a web page, whatever its name says"), SAVE_AS),
    Kind.OTHER_OFFICE: (
        "unsupported-file",
        Text("{file} is an Office file without a workbook that can be read, perhaps one of WPS (et)"),
        SAVE_AS,
    ),
    Kind.TEXT: (
        "unsupported-file",
        Text("{file} is a text file such as CSV, not a workbook"),
        Text("import it into Excel with all columns as text, so that no id loses digits, and save it as xlsx"),
    ),
    Kind.DOCUMENT: (
        "unsupported-file",
        Text("{file} is a Word or PowerPoint document, not a workbook"),
        Text("give the workbook instead, saved as xlsx"),
    ),
    Kind.ZIP: (
        "unsupported-file",
        Text("{file} is a zip archive, not a workbook"),
        Text("unpack it and give the workbook that is in it, saved as xlsx"),
    ),
    Kind.RIGHTS: (
        "unsupported-file",
        Text("{file} is protected by rights management: it opens for signed-in people, not with a password"),
        Text("have its owner lift the restriction, set a password instead and save it as xlsx"),
    ),
}
