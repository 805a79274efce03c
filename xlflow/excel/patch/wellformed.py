"""Parts proven to be the XML of a workbook, in UTF-8."""

from __future__ import annotations

import re
from xml.parsers import expat

from xlflow.excel.xml import ENCODINGS, ill_formed

ENCODING = re.compile(r"(<\?xml\s[^>]*?encoding\s*=\s*[\"'])([\w.-]+)")
LONGEST_DECLARATION = 200
#: How a part in UTF-16 begins, with its mark of the byte order or without.
BYTE_ORDERS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}


def prove(part: str, data: bytes) -> list[int]:
    """The places of comments, character data, instructions and namespaces; BookError if it is no XML of a workbook."""
    odd: list[int] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def note(*_: object) -> None:
        odd.append(parser.CurrentByteIndex)

    def refuse(*_: object) -> None:
        raise ill_formed(part)

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ENCODINGS:
            raise ill_formed(part)

    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = refuse
    parser.CommentHandler = parser.ProcessingInstructionHandler = note
    parser.StartCdataSectionHandler = parser.StartNamespaceDeclHandler = note
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise ill_formed(part) from None
    return odd


def utf8(part: str, data: bytes) -> bytes:
    """The part as it stands, or turned into UTF-8 where it is in UTF-16 or says that it is plain ASCII."""
    order = BYTE_ORDERS.get(data[:2])
    said = ENCODING.match(data[:LONGEST_DECLARATION].decode("latin-1"))
    if not order and (said is None or said[2].lower() in ("utf-8", "utf8")):
        return data
    prove(part, data)
    try:
        return ENCODING.sub(r"\1UTF-8", data.decode(order or "ascii"), count=1).encode()
    except UnicodeDecodeError:
        raise ill_formed(part) from None
