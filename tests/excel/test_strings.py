"""Shared strings, cut out by a pattern or through the XML parser: the same texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.excel.packages import MAIN, table
from xlflow.excel import limits, strings
from xlflow.excel.errors import BookError
from xlflow.excel.strings import shared_strings, slow
from xlflow.excel.text import characters, raw, shown

CASES = [
    ("<t>甲</t>", "甲"),
    ("<t/>", None),
    ("<t></t>", None),
    ("", None),
    ("<t> a b </t>", "a b"),
    ("<t>\n</t>", None),
    ("<t>　a　</t>", "　a　"),
    ("<t>\u00a0a</t>", "\u00a0a"),
    ('<t xml:space="preserve"> a </t>', " a "),
    ('<t xml:space="preserve"> </t>', " "),
    ('<t xml:space="default"> a </t>', "a"),
    ("<t>a&#10;b&#x9;</t>", "a\nb"),
    ("<t>a\r\nb</t>", "a\nb"),
    ("<t>&lt;&amp;&gt;&quot;&apos;</t>", "<&>\"'"),
    ("<t>&amp;lt;</t>", "&lt;"),
    ("<t>x_x000D_y</t>", "x\ry"),
    ("<t>_x005F_x0041_</t>", "_x0041_"),
    ("<t>_x0041_</t>", "A"),
    ("<t>&#95;x0041_</t>", "A"),
    ("<t>_x41_ _X0041_ _x00g1_</t>", "_x41_ _X0041_ _x00g1_"),
    ("<t>_xD83D__xDE00_</t>", "😀"),
    ("<t>_xD83D_</t>", "\ufffd"),
    ("<t>_x0020_a</t>", " a"),
    ("<t>😀𠮷</t>", "😀𠮷"),
    ("<r><t>甲</t></r><r><rPr><b/></rPr><t>乙</t></r>", "甲乙"),
    ('<r><t xml:space="preserve">a </t></r><r><t>b</t></r>', "a b"),
    ("<r><t>a</t></r><r><t> </t></r><r><t>b</t></r>", "a b"),
    ('<t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/>', "課"),
    ('<r><t>課</t></r><rPh sb="0" eb="1"><r><t>カ</t></r></rPh>', "課"),
    ("<t>a<!-- no --></t>", "a"),
    ("<t><![CDATA[<a> ]]></t>", "<a>"),
]


@pytest.mark.parametrize(("item", "text"), CASES)
def test_a_string(item: str, text: str | None) -> None:
    part = table(item, "<t>b</t>")
    assert shared_strings("p", lambda: iter([part])) == [text, "b"]
    assert slow("p", iter([part])) == [text, "b"]


def test_the_table_comes_in_pieces_of_any_size() -> None:
    plain = [case for case in CASES if "<!" not in case[0] and case[0]]
    part = table(*(item for item, _ in plain))
    for size in (1, 7, 100, 10**6):
        pieces = [part[at : at + size] for at in range(0, len(part), size)]
        assert shared_strings("p", lambda found=pieces: iter(found)) == [text for _, text in plain]  # type: ignore[misc]


@pytest.mark.parametrize(
    "part",
    [
        f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>a</x:t></x:si></x:sst>'.encode(),
        f'<sst xmlns="{MAIN}">\n <si>\n  <t>a</t>\n </si>\n</sst>'.encode(),
        f'<sst xmlns="{MAIN}" count="9"><si><t>a</t></si><extLst><si><t>b</t></si></extLst></sst>'.encode(),
        f'<?xml version="1.0" encoding="UTF-16"?><sst xmlns="{MAIN}"><si><t>a</t></si></sst>'.encode("utf-16"),
        f'\ufeff<sst xmlns="{MAIN}"><si><t>a</t></si></sst>'.encode(),
        f'<sst xmlns="{MAIN}"><!-- <sst> <si><t>x</t></si> --><si><t>a</t></si></sst>'.encode(),
    ],
)  # fmt: skip
def test_tables_in_other_forms(part: bytes) -> None:
    assert shared_strings("p", lambda: iter([part])) == ["a"]


def test_an_empty_table() -> None:
    for part in (f'<sst xmlns="{MAIN}"/>', f'<sst xmlns="{MAIN}"></sst>'):
        assert shared_strings("p", lambda found=part: iter([found.encode()])) == []  # type: ignore[misc]


def test_white_space_preserved_by_the_table_itself() -> None:
    part = f'<sst xmlns="{MAIN}" xml:space="preserve"><si><t> a </t></si></sst>'.encode()
    assert shared_strings("p", lambda: iter([part])) == [" a "]


@pytest.mark.parametrize(
    "part",
    [
        table("<t>a</t>")[:-3],
        table("<t>a</t>") + b"x",
        table("<t>a</t></si>"),
        table("<t>\x01</t>"),
        table("<t>&#1;</t>"),
        table("<t>&nbsp;</t>"),
        table("<t>a]]></t>"),
        table("<t>a</t>").replace(b"a", b"\xff"),
        table("<t>a</t>").replace(b"<sst", b"<!DOCTYPE sst><sst"),
        b"<other/>",
        b"",
    ],
)
def test_a_broken_table_is_damaged(part: bytes) -> None:
    with pytest.raises(BookError) as caught:
        shared_strings("xl/sharedStrings.xml", lambda: iter([part]))
    assert str(caught.value) == "damaged-file: the file is damaged: its part xl/sharedStrings.xml cannot be read"


def test_too_many_strings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strings, "MOST_STRINGS", 3)
    for item in ("<t>a</t>", "<t>a<!-- --></t>"):
        with pytest.raises(BookError) as caught:
            shared_strings("p", lambda found=item: iter([table(*[found] * 4)]))  # type: ignore[misc]
        assert caught.value.code == "too-large"
    assert limits.MOST_STRINGS == 10_000_000


TEXT = st.text(
    st.one_of(st.sampled_from(" \n\t\r_x0D5F<&]>甲"), st.characters(exclude_categories=["Cs", "Cc"])), max_size=9
)


@given(st.lists(st.tuples(TEXT, st.sampled_from(["", ' xml:space="preserve"'])), max_size=8), st.integers(1, 60))
def test_both_ways_agree(items: list[tuple[str, str]], size: int) -> None:
    part = table(*(f"<t{space}>{raw(text).decode()}</t>" for text, space in items))
    pieces = [part[at : at + size] for at in range(0, len(part), size)]
    assert shared_strings("p", lambda: iter(pieces)) == slow("p", iter([part]))


@given(st.lists(TEXT, max_size=5))
def test_characters_undoes_raw(texts: list[str]) -> None:
    assert characters([raw(text) for text in texts]) == texts


@given(TEXT)
def test_shown_undoes_what_excel_writes(text: str) -> None:
    escaped = text.replace("_", "_x005F_").replace("\r", "_x000D_")
    assert (shown(escaped) or "") == text


@pytest.mark.parametrize(
    "piece", [b"&", b"&a;", b"&#;", b"&#xD800;", b"&#0;", b"&amp", b"\r", b"\0", b"\x1f", b"]]>", b"\xff"]
)
def test_what_is_no_plain_text(piece: bytes) -> None:
    with pytest.raises(ValueError):
        characters([b"a", piece])
