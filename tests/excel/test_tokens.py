"""The fast way and the XML parser give the same tokens, and the fast way knows when it must give way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.excel.packages import MAIN, SHEET, parts, read_sheet, values, worksheet
from xlflow.excel import read
from xlflow.excel.columns import Common
from xlflow.excel.errors import BookError
from xlflow.excel.parts import SheetPart
from xlflow.excel.stream import UnfitError
from xlflow.excel.tokens import attributes, picture_id
from xlflow.grid import UNCACHED, CellError, letters

PART = SheetPart("S", SHEET, False)
COMMON = Common(texts=("甲", " 乙 ", None), looks=(0, 1, 0, 3))


def fast(sheet: bytes, piece: int = 1 << 18) -> list[tuple[int, list[object], tuple[int, ...]]]:
    """The lines by patterns, the part coming in pieces of that size."""
    pieces = (sheet[at : at + piece] for at in range(0, len(sheet), piece))
    return [tuple(line) for line in read.fast(PART, pieces, COMMON)[0].lines]  # type: ignore[misc]


def slow(sheet: bytes) -> list[tuple[int, list[object], tuple[int, ...]]]:
    """The lines by the XML parser."""
    return [tuple(line) for line in read.slow(PART, iter([sheet]), COMMON)[0].lines]  # type: ignore[misc]


FITTING = [
    '<row r="1"><c r="A1"><v>1</v></c></row>',
    '<row r="1" spans="1:2"><c r="A1" s="1"/><c r="B1" t="s"><v>0</v></c></row>',
    '<row r="3"/><row r="7" hidden="1"><c r="AA7" t="b"><v>1</v></c></row><row r="8"></row>',
    '<row r="1"><c r="A1"></c><c r="B1"><v/></c><c r="C1"><v></v></c><c r="D1"><v>4</v></c></row>',
    '<row r="1"><c r="A1"><f>B1</f><v>2</v></c><c r="B1"><f t="shared" si="0"/></c></row>',
    '<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c><c r="B1" t="str"><f>C1</f><v>x&amp;y</v></c></row>',
    '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>'
    '<c r="B1" t="inlineStr"><is><t> b </t></is></c></row>',
    '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="XFD1"><v>1</v></c></row>',
    '<row r="1" ht="0" customHeight="1"><c r="A1" s="1" ><v>45000</v></c></row>',
    '<row r="1048576"><c r="A1048576" s="3"><v>45000</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>5&quot;</v></c></row><row r="2"><c r="A2" s="2"><v>2</v></c></row>',
]
UNFIT = [
    '<row><c r="A1"><v>1</v></c></row>',
    '<row r="1"><c><v>1</v></c></row>',
    '<row r="1"><c s="1" r="A1"><v>1</v></c></row>',
    '<row r="1"> <c r="A1"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row>\n<row r="2"/>',
    "<row r='1'><c r=\"A1\"><v>1</v></c></row>",
    '<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>',
    '<row r="2"><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>',
    '<row r="1"><!-- a --><c r="A1"><v>1</v></c></row>',
    '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></is></c></row>',
    '<row r="1"><c r="A1"><v>1</v><extLst/></c></row>',
    '<row r="1"><c r="A1" s="&#49;"><v>1</v></c></row>',
    f'<row r="1" xmlns="{MAIN}"><c r="A1"><v>1</v></c></row>',
    '<row r="1"><c r="a1"><v>1</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>a&#x9;b</v></c><c r="B1" t="str"><v>c\rd</v></c></row>',
]


@pytest.mark.parametrize("rows", FITTING)
@pytest.mark.parametrize("piece", [1 << 18, 3])
def test_usual_forms_are_read_by_patterns_as_by_the_parser(rows: str, piece: int) -> None:
    sheet = worksheet(rows)
    assert fast(sheet, piece) == slow(sheet)


@pytest.mark.parametrize("rows", UNFIT)
def test_other_forms_are_left_to_the_parser(rows: str) -> None:
    with pytest.raises(UnfitError):
        fast(worksheet(rows))
    assert slow(worksheet(rows))


@pytest.mark.parametrize("broken", [b"\xff", b"&b;", b"&#1;", b"]]>", b"\0"])
def test_a_formula_that_is_no_xml_is_damage(broken: bytes) -> None:
    sheet = worksheet('<row r="1"><c r="A1"><f>A2</f><v>1</v></c></row>').replace(b"A2", broken)
    with pytest.raises(UnfitError):
        fast(sheet)
    with pytest.raises(BookError, match="damaged-file"):
        slow(sheet)


def test_names_may_have_a_prefix() -> None:
    sheet = worksheet(FITTING[4]).decode().replace("xmlns=", "xmlns:x=")
    for name in ("worksheet", "sheetData", "row", "c", "v", "f"):
        for end in (" ", ">", "/"):
            sheet = sheet.replace(f"<{name}{end}", f"<x:{name}{end}").replace(f"</{name}{end}", f"</x:{name}{end}")
    assert "<x:c r" in sheet
    assert fast(sheet.encode()) == slow(sheet.encode()) == slow(worksheet(FITTING[4]))


def test_a_prefix_that_a_pattern_would_misread_is_left_to_the_parser() -> None:
    sheet = (
        worksheet(FITTING[0]).replace(b"xmlns=", b"xmlns:x.y=").replace(b"<", b"<x.y:").replace(b"<x.y:/", b"</x.y:")
    )
    sheet = sheet.replace(b"<x.y:?", b"<?")
    with pytest.raises(UnfitError):
        fast(sheet)
    assert slow(sheet) == [(1, [1], ())]


def test_the_pattern_grows_with_columns_and_formulas_and_learns_usual_tags() -> None:
    rows = [
        f'<row r="{number}">' + "".join(
            f'<c r="{letters(column)}{number}" s="{number % 3}"><v>{number}</v></c>'
            for column in range(number % 40 // (2 if number < 400 else 1))
        ) + (f'<c r="ZZ{number}"><f>A1</f><v>1</v></c>' if number > 600 else "") + "</row>"
        for number in range(1, 800)
    ]  # fmt: skip
    sheet = worksheet("".join(rows))
    assert fast(sheet, 1 << 13) == slow(sheet)


def test_many_columns_are_left_to_the_parser() -> None:
    row = "".join(f'<c r="{letters(column)}1"><v>1</v></c>' for column in range(300))
    with pytest.raises(UnfitError):
        fast(worksheet(f'<row r="1">{row}</row>'))
    assert len(slow(worksheet(f'<row r="1">{row}</row>'))[0][1]) == 300


def test_what_looks_like_rows_in_a_comment_is_not_taken_for_them() -> None:
    trap = '<!-- <sheetData><row r="1"><c r="A1"><v>666</v></c></row></sheetData> -->'
    sheet = worksheet('<row r="1"><c r="A1"><v>1</v></c></row>', before=trap)
    with pytest.raises(UnfitError):
        fast(sheet)
    assert slow(sheet) == [(1, [1], ())]


def test_rows_of_another_namespace_are_no_rows() -> None:
    foreign = '<x:row xmlns:x="urn:x" r="1"><x:c r="A1"><x:v>666</x:v></x:c></x:row>'
    assert values(foreign + '<row r="2"><c r="A2"><v>2</v></c></row>') == [[2]]


def test_a_sheet_in_another_namespace_is_damaged() -> None:
    made = parts()
    made[SHEET] = made[SHEET].replace(MAIN.encode(), b"urn:x")
    with pytest.raises(BookError, match=r"its part xl/worksheets/sheet1\.xml cannot be read"):
        read_sheet(made)


def test_formulas_tell_values_from_none_and_pictures_from_both() -> None:
    sheet = worksheet(
        '<row r="1"><c r="A1"><f>B1</f></c><c r="B1"><f>B1</f><v/></c><c r="C1" t="str"><f>B1</f><v></v></c>'
        '<c r="D1" t="str"><f>B1</f></c><c r="E1" t="e"><f>B1</f><v>#REF!</v></c>'
        '<c r="F1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'
        '<c r="G1"><f>DISPIMG(&quot;ID_2&quot;,1)</f></c></row>'
    )
    assert fast(sheet) == slow(sheet)
    assert slow(sheet) == [(1, [UNCACHED, UNCACHED, None, UNCACHED, CellError("#REF!")], (0, 1, 2, 3, 4, 5, 6))]


@pytest.mark.parametrize(
    ("formula", "image"),
    [
        ('DISPIMG("ID_A",1)', "ID_A"),
        ('_xlfn.DISPIMG("ID_A",1)', "ID_A"),
        ('=DISPIMG( "ID_A" , 1 )', "ID_A"),
        ("DISPIMG(A1,1)", "?"),
        ("SUM(A1:A2)", ""),
        ('"DISPIMG"', ""),
    ],
)
def test_the_picture_a_formula_shows(formula: str, image: str) -> None:
    assert picture_id(formula.encode()) == image


@pytest.mark.parametrize("raw", [b' a="1" a="2"', b" a='1'", b' a="1', b' a="&amp;"', b" a", b' xmlns="u"', b'a="1"'])
def test_attributes_that_are_not_plain_are_unfit(raw: bytes) -> None:
    with pytest.raises(UnfitError):
        attributes(raw)


def test_attributes() -> None:
    assert attributes(b'  s="1"\n t = "s" ') == {"s": "1", "t": "s"}


TEXT = st.text(st.sampled_from("a<>&\"' \n\t_x0D]甲😀\r"), max_size=8)
NUMBER_TEXTS = st.sampled_from(["", "0", "1", "45000", "45000.5", "1e3", "x", " 7 ", "99", "-0", "1.10", "&#49;"])


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;")


@st.composite
def cells(draw: st.DrawFn) -> str:
    """A cell without its reference."""
    head = draw(st.sampled_from(["", ' s="1"', ' s="3"', ' s="70"', ' s="2" cm="1"', ' vm="2"']))
    formula = draw(st.sampled_from(["", "", "<f>A1</f>", "<f/>", '<f t="shared" si="0"/>', '<f>DISPIMG("I",1)</f>']))
    kind = draw(st.sampled_from(["", "s", "str", "b", "e", "d", "inlineStr", "blank", "n"]))
    if kind == "blank":
        return f"{head}/>"
    if kind == "inlineStr":
        space = draw(st.sampled_from(["", ' xml:space="preserve"']))
        return f'{head} t="inlineStr"><is><t{space}>{escape(draw(TEXT))}</t></is></c>'
    inner = escape(draw(TEXT)) if kind in ("str", "e") else draw(NUMBER_TEXTS)
    shown = draw(st.sampled_from([f"<v>{inner}</v>", f"<v>{inner}</v>", "", "<v/>"]))
    return head + (f' t="{kind}"' if kind else "") + f">{formula}{shown}</c>"


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """A worksheet in a usual form."""
    rows = []
    for number in sorted(draw(st.sets(st.integers(1, 30), max_size=6))):
        inner = "".join(
            f'<c r="{letters(column)}{number}"{draw(cells())}' for column in sorted(draw(st.sets(st.integers(0, 5))))
        )
        tag = draw(st.sampled_from(["", ' spans="1:5"', ' hidden="1"', ' ht="0"', ' ht="15.5" customHeight="1"']))
        rows.append(f'<row r="{number}"{tag}>{inner}</row>' if inner else f'<row r="{number}"{tag}/>')
    return worksheet("".join(rows))


SCRAPS = [
    *(bytes([byte]) for byte in b'<>/"1& s\0\xff'),
    *(
        b"",
        b"</v>",
        b"<v>",
        b"</c>",
        b"</row>",
        b'<row r="9">',
        b'<c r="B2">',
        b"]]>",
        b"<f>",
        b"</f>",
        b"<v/>",
        b' t="b"',
    ),
]


def outcome(way: object, sheet: bytes) -> object:
    """What reading gives: lines with the types of their values, or the code of the refusal."""
    try:
        gathered, xml = way(PART, iter([sheet[:700], sheet[700:]]), COMMON)  # type: ignore[operator]
    except BookError as error:
        return error.code
    except UnfitError:
        return UnfitError
    lines = [(line.number, [(type(v), repr(v)) for v in line.values], line.formulas) for line in gathered.lines]
    return lines, gathered.hidden, gathered.heights, gathered.pictures, xml.merges


@settings(max_examples=40)
@given(sheets())
def test_both_ways_agree(sheet: bytes) -> None:
    found = outcome(read.fast, sheet)
    if found is not UnfitError:  # a number the parser must look at, or a text that names no string
        assert found == outcome(read.slow, sheet)


@settings(max_examples=50)
@given(sheets(), st.data())
def test_what_the_fast_way_takes_the_parser_takes_too(sheet: bytes, data: st.DataObject) -> None:
    begin = sheet.index(b"<sheetData>") + 11
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(begin, len(sheet)))
        cut = data.draw(st.integers(0, 8))
        put = data.draw(st.sampled_from(SCRAPS))
        sheet = sheet[:at] + put + sheet[at + cut :]
    found = outcome(read.fast, sheet)
    if found is not UnfitError:
        assert found == outcome(read.slow, sheet)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None)
@given(sheets(), st.data())
def test_both_ways_agree_on_many_sheets(sheet: bytes, data: st.DataObject) -> None:
    test_both_ways_agree.hypothesis.inner_test(sheet)  # type: ignore[attr-defined]
    test_what_the_fast_way_takes_the_parser_takes_too.hypothesis.inner_test(sheet, data)  # type: ignore[attr-defined]
