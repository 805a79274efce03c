"""HTML as values: what is not markup already is escaped."""

from __future__ import annotations

from html import escape
from typing import TypeAlias


class Html(str):
    """Markup, put into a page as it is."""

    __slots__ = ()


Inside: TypeAlias = "str | int"


def tag(name: str, /, *inside: Inside, **attributes: str) -> Html:
    """An element; an attribute is written with ``_`` for ``-``, and with one at its end where its name is Python's."""
    return Html(f"{opening(name, **attributes)}{joined(*inside)}</{name}>")


def opening(name: str, /, **attributes: str) -> Html:
    """The opening tag alone, which is all of an element that holds nothing."""
    written = [f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items()]
    return Html(f"<{name}{''.join(written)}>")


def joined(*inside: Inside) -> Html:
    """Markup and text after each other."""
    return Html("".join(part if isinstance(part, Html) else escape(str(part)) for part in inside))
