"""References move as Excel moves them; openpyxl's translator is the second opinion."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from xlflow.excel.patch.formulas import moved
from xlflow.grid import letters


@pytest.mark.parametrize(
    ("formula", "one_down", "two_right"),
    [
        ("A1", "A2", "C1"),
        ("$A1+A$1+$A$1", "$A2+A$1+$A$1", "$A1+C$1+$A$1"),
        ("SUM(D$2:D5)", "SUM(D$2:D6)", "SUM(F$2:F5)"),
        ("SUM(A:C)+SUM($A:C)", "SUM(A:C)+SUM($A:C)", "SUM(C:E)+SUM($A:E)"),
        ("SUM(1:3)+SUM($1:3)", "SUM(2:4)+SUM($1:4)", "SUM(1:3)+SUM($1:3)"),
        ('IF(B2="A1","C3 ""D4""",B2)', 'IF(B3="A1","C3 ""D4""",B3)', 'IF(D2="A1","C3 ""D4""",D2)'),
        ("'A1 和 B2'!A1+'它''s A1'!$A$1", "'A1 和 B2'!A2+'它''s A1'!$A$1", "'A1 和 B2'!C1+'它''s A1'!$A$1"),
        ("三月!A1+Sheet1!A1", "三月!A2+Sheet1!A2", "三月!C1+Sheet1!C1"),
        ("[1]Sheet1!A1+[2]!name", "[1]Sheet1!A2+[2]!name", "[1]Sheet1!C1+[2]!name"),
        ("T[[#This Row],[A1]]*T[@B2]+A1", "T[[#This Row],[A1]]*T[@B2]+A2", "T[[#This Row],[A1]]*T[@B2]+C1"),
        ("T['[A1']]+A1", "T['[A1']]+A2", "T['[A1']]+C1"),
        ("LOG10(A1)+ATAN2(A1,B1)", "LOG10(A2)+ATAN2(A2,B2)", "LOG10(C1)+ATAN2(C1,D1)"),
        ("_xlfn.XLOOKUP(A1,B:B,C:C)", "_xlfn.XLOOKUP(A2,B:B,C:C)", "_xlfn.XLOOKUP(C1,D:D,E:E)"),
        ("1E5+2.5e-3+E5+.5", "1E5+2.5e-3+E6+.5", "1E5+2.5e-3+G5+.5"),
        ("#N/A+#REF!+A1+#DIV/0!", "#N/A+#REF!+A2+#DIV/0!", "#N/A+#REF!+C1+#DIV/0!"),
        ("A1#+SUM(A1#)", "A2#+SUM(A2#)", "C1#+SUM(C1#)"),
        ("Jan:Mar!A1", "Jan:Mar!A2", "Jan:Mar!C1"),
        ("tax_2026+R1C1+金额1+A1b+XFE1", "tax_2026+R1C1+金额1+A1b+XFE1", "tax_2026+R1C1+金额1+A1b+XFE1"),
        ("A1.B2+A1_+a1", "A1.B2+A1_+A2", "A1.B2+A1_+C1"),
        ("A1048576", "#REF!", "C1048576"),
        ("SUM(A1048575:B1048576)", "SUM(#REF!)", "SUM(C1048575:D1048576)"),
        ("XFD1+XFC1", "XFD2+XFC2", "#REF!+#REF!"),
        ("{1,2;3,4}+A1%", "{1,2;3,4}+A2%", "{1,2;3,4}+C1%"),
        ("A1:B2 B1:C3", "A2:B3 B2:C4", "C1:D2 D1:E3"),
        ("A1:INDEX(A:A,3)", "A2:INDEX(A:A,3)", "C1:INDEX(C:C,3)"),
        ('-A1^2&""', '-A2^2&""', '-C1^2&""'),
        ("", "", ""),
        ('"', '"', '"'),
    ],
)
def test_relative_references_move(formula: str, one_down: str, two_right: str) -> None:
    assert (moved(formula, 1, 0), moved(formula, 0, 2)) == (one_down, two_right)
    assert moved(formula, 0, 0) == formula.replace("a1", "A1")


def test_what_leaves_the_sheet_is_gone() -> None:
    assert moved("A1+B2+$A$1+SUM(A2:B3)", -1, 0) == "#REF!+B1+$A$1+SUM(A1:B2)"
    assert moved("A1+B2+$A$1+A:B", 0, -1) == "#REF!+A2+$A$1+#REF!"


REFERENCES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "$"]),
    st.integers(20, 600).map(letters),
    st.sampled_from(["", "$"]),
    st.integers(50, 900_000),
)
OPERANDS = st.one_of(
    REFERENCES,
    st.builds("{}:{}".format, REFERENCES, REFERENCES),
    st.builds("Sheet1!{}".format, REFERENCES),
    st.builds("'3月 A1'!{}".format, REFERENCES),
    st.sampled_from(['"A1"', "12.5", "1E+3", "TRUE", "T[#All]", "总额", "$AB:AZ", "$60:70"]),
)
FORMULAS = st.recursive(
    OPERANDS,
    lambda inner: st.one_of(
        st.builds("{}{}{}".format, inner, st.sampled_from("+-*/&=<>^,"), inner).map("({})".format),
        st.builds("{}({},{})".format, st.sampled_from(["SUM", "LOG10", "_xlfn.IFS", "VLOOKUP"]), inner, inner),
    ),
    max_leaves=6,
)


@settings(max_examples=40, deadline=None)
@given(FORMULAS, st.integers(-40, 40), st.integers(-15, 15))
def test_formulas_move_as_openpyxl_moves_them(formula: str, rows: int, columns: int) -> None:
    theirs = Translator("=" + formula, "Z100").translate_formula(row_delta=rows, col_delta=columns)
    assert "=" + moved(formula, rows, columns) == theirs


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_survives(text: str) -> None:
    assert isinstance(moved(text, 1, 1), str)
    assert moved(text, 0, 0).casefold() == text.casefold() or "#REF!" not in text
