"""HTML as values: everything is escaped but markup."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from xlflow.html import Html, joined, opening, tag


def test_elements_and_attributes() -> None:
    assert tag("p", "a < b", tag("b", 3), class_="x", data_label='"q"') == (
        '<p class="x" data-label="&quot;q&quot;">a &lt; b<b>3</b></p>'
    )
    assert opening("meta", http_equiv="X", name="n") == '<meta http-equiv="X" name="n">'
    assert joined("&", Html("&amp;"), 5) == "&amp;&amp;5"


@given(st.text(), st.text())
def test_what_is_put_in_comes_out(text: str, value: str) -> None:
    found: list[object] = []

    class Reader(HTMLParser):
        def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((name, attrs))

        def handle_data(self, data: str) -> None:
            found.append(data)

    reader = Reader()
    reader.feed(tag("td", text, title=value))
    reader.close()
    assert found[0] == ("td", [("title", value)])
    assert "".join(str(part) for part in found[1:]) == text
