"""Text as it stands in a workbook's XML, turned into the text that people see."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Bytes that XML text cannot have; a carriage return it can, but not as the same text.
CONTROLS = bytes(set(range(32)) - set(b"\t\n"))
ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
ENTITY = re.compile("&(?:#([0-9]{1,7}|x[0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));", re.ASCII)
#: Excel writes characters that XML cannot hold, and what looks like this form, as ``_x000D_``.
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
WHITE = " \t\r\n"


def ensure_plain(raws: Sequence[bytes]) -> str:
    """The pieces of XML text as they stand, a NUL between them; ValueError if one is not plain well-formed text."""
    joined = b"\0".join(raws)
    if len(joined.translate(None, CONTROLS)) != len(joined) - max(len(raws) - 1, 0) or b"]]>" in joined:
        raise ValueError("control characters")
    text = joined.decode()
    if "&" in text:
        found = ENTITY.findall(text)
        if len(found) != text.count("&") or not all(name or _is_legal(_code(code)) for code, name in found):
            raise ValueError("an entity that XML does not have")
    return text


def characters(raws: Sequence[bytes]) -> list[str]:
    """The characters of several pieces of XML text; ValueError if one of them is not plain well-formed text."""
    joined = ensure_plain(raws)
    texts = joined.split("\0") if raws else []
    if "&" in joined:
        texts = [ENTITY.sub(_character, text) if "&" in text else text for text in texts]
    return texts


def _character(entity: re.Match[str]) -> str:
    return ENTITIES[entity[2]] if entity[2] else chr(_code(entity[1]))


def _code(code: str) -> int:
    return int(code[1:], 16) if code.startswith("x") else int(code)


def _is_legal(code: int) -> bool:
    """Whether XML can have the character of that number."""
    if code < 32:
        return code in (9, 10, 13)
    return code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000


def raw(text: str) -> bytes:
    """The XML text of some characters."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;").encode()


def shown(text: str) -> str | None:
    """The text with Excel's own escapes undone, as a cell has it: None for no text at all."""
    if "_x" not in text:
        return text or None
    text = ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def trimmed(text: str) -> str:
    """The text of a ``<t>`` that does not preserve its white space."""
    return text.strip(WHITE)
