"""What ends at the last row grows with a row below it, as in Excel: filters, rules, names, tables."""

from __future__ import annotations

import pytest

from tests.excel.packages import SHEET
from tests.excel.patch.cases import WORKBOOK, book, done, row, sheet, text, with_names, with_table
from xlflow.excel.patch import Append, Edit

ROW = Append("S", {"A": "x"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<autoFilter ref="A1:C2"><filterColumn colId="0"/></autoFilter>',
         '<autoFilter ref="A1:C4"><filterColumn colId="0"/></autoFilter>'),
        ('<autoFilter ref="A1:C9"/>', '<autoFilter ref="A1:C9"/>'),
        ('<autoFilter ref="A1:C1"/>', '<autoFilter ref="A1:C1"/>'),
        ('<dataValidations count="1"><dataValidation type="list" sqref="A2 B1:B2 C2:C1000 D1"><formula1>A2</formula1>'
         "</dataValidation></dataValidations>",
         '<dataValidations count="1"><dataValidation type="list" sqref="A2:A4 B1:B4 C2:C1000 D1"><formula1>A2</formula1>'
         "</dataValidation></dataValidations>"),
        ('<dataValidations count="3"><dataValidation sqref="A1:C2"/><dataValidation sqref="B3:B9 D1:D2"/>'
         '<dataValidation sqref="E1:E2 $F$2"/></dataValidations>',
         '<dataValidations count="3"><dataValidation sqref="A1:C2"/><dataValidation sqref="B3:B9 D1:D4"/>'
         '<dataValidation sqref="E1:E4 $F$2:$F$4"/></dataValidations>'),
        ('<conditionalFormatting sqref="A1:XFD2"><cfRule type="expression" priority="1"><formula>A1=2</formula></cfRule>'
         "</conditionalFormatting><conditionalFormatting sqref='B2'/>",
         '<conditionalFormatting sqref="A1:XFD4"><cfRule type="expression" priority="1"><formula>A1=2</formula></cfRule>'
         '</conditionalFormatting><conditionalFormatting sqref="B2:B4"/>'),
        ('<ignoredErrors><ignoredError sqref="A1:C2" numberStoredAsText="1"/></ignoredErrors>',
         '<ignoredErrors><ignoredError sqref="A1:C4" numberStoredAsText="1"/></ignoredErrors>'),
        ('<extLst><ext xmlns:x14="x14" uri="u"><x14:dataValidations><x14:dataValidation><x14:formula1><xm:f xmlns:xm="xm">'
         'A2</xm:f></x14:formula1><xm:sqref xmlns:xm="xm">A2 B2:B2</xm:sqref></x14:dataValidation></x14:dataValidations>'
         '<x14:conditionalFormattings><x14:conditionalFormatting><xm:sqref xmlns:xm="xm">C1:C2</xm:sqref>'
         "</x14:conditionalFormatting></x14:conditionalFormattings><x14:sparklineGroups><x14:sparklineGroup><x14:sparklines>"
         '<x14:sparkline><xm:f xmlns:xm="xm">S!A2:B2</xm:f><xm:sqref xmlns:xm="xm">C2</xm:sqref></x14:sparkline>'
         "</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>",
         '<extLst><ext xmlns:x14="x14" uri="u"><x14:dataValidations><x14:dataValidation><x14:formula1><xm:f xmlns:xm="xm">'
         'A2</xm:f></x14:formula1><xm:sqref xmlns:xm="xm">A2:A4 B2:B4</xm:sqref></x14:dataValidation></x14:dataValidations>'
         '<x14:conditionalFormattings><x14:conditionalFormatting><xm:sqref xmlns:xm="xm">C1:C4</xm:sqref>'
         "</x14:conditionalFormatting></x14:conditionalFormattings><x14:sparklineGroups><x14:sparklineGroup><x14:sparklines>"
         '<x14:sparkline><xm:f xmlns:xm="xm">S!A2:B2</xm:f><xm:sqref xmlns:xm="xm">C2</xm:sqref></x14:sparkline>'
         "</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>"),
        ('<mergeCells count="1"><mergeCell ref="C1:C2"/></mergeCells><hyperlinks><hyperlink ref="B2"/></hyperlinks>'
         '<rowBreaks count="1"><brk id="2"/></rowBreaks>',
         '<mergeCells count="1"><mergeCell ref="C1:C2"/></mergeCells><hyperlinks><hyperlink ref="B2"/></hyperlinks>'
         '<rowBreaks count="1"><brk id="2"/></rowBreaks>'),
    ],
)  # fmt: skip
def test_what_ends_at_the_last_row_grows(before: str, after: str) -> None:
    made = book(text("A1", "x"), text("A2", "y"), after=before)
    assert sheet(made, ROW, ROW).endswith(f"</sheetData>{after}</worksheet>")
    assert sheet(made, Edit("S", "A3", None, 1)).endswith(f"</sheetData>{before}</worksheet>")


def test_rules_of_a_heading_stay_with_it() -> None:
    rules = (
        '<autoFilter ref="A1:C1"/><conditionalFormatting sqref="A1:C1"/><dataValidations count="1">'
        '<dataValidation sqref="A1"/></dataValidations>'
    )
    made = book(text("A1", "x"), after=rules)
    assert sheet(made, ROW, ROW).endswith(rules.replace("A1:C1", "A1:C3", 1) + "</worksheet>")


def test_what_ends_elsewhere_stays_when_rows_are_apart() -> None:
    made = book(text("A1", "x"), text("A2", "y"), after='<autoFilter ref="A1:C2"/><conditionalFormatting sqref="A2"/>')
    after = sheet(made, Edit("S", "A7", None, 1), ROW)
    assert '<autoFilter ref="A1:C2"/><conditionalFormatting sqref="A2"/>' in after


NAMES = (
    "<definedNames>{}"
    '<definedName name="_xlnm.Print_Area" localSheetId="1">S!$A$1:$C$2</definedName>'
    '<definedName name="_xlnm.Print_Titles" localSheetId="0">S!$1:$2</definedName>'
    '<definedName name="货物">S!$A$1:$A$2</definedName></definedNames>'
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('name="_xlnm.Print_Area" localSheetId="0">S!$A$1:$C$2<', 'name="_xlnm.Print_Area" localSheetId="0">S!$A$1:$C$4<'),
        ('name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">\'3月 A1:B2\'!$A$1:$C$2<',
         'name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">\'3月 A1:B2\'!$A$1:$C$4<'),
        ('name="_xlnm.Print_Area" localSheetId="0">S!$A$1:$C$2,S!$E$2,S!$G$1:$G$9<',
         'name="_xlnm.Print_Area" localSheetId="0">S!$A$1:$C$4,S!$E$2:$E$4,S!$G$1:$G$9<'),
        ('name="_xlnm.Print_Area" localSheetId="0">S!$A:$C<', 'name="_xlnm.Print_Area" localSheetId="0">S!$A:$C<'),
        ('name="_xlnm.Print_Area" localSheetId="0">#REF!<', 'name="_xlnm.Print_Area" localSheetId="0">#REF!<'),
        ('name="_xlnm.Print_Area" localSheetId="0">OFFSET(S!$A$1,0,0,2,2)<',
         'name="_xlnm.Print_Area" localSheetId="0">OFFSET(S!$A$1,0,0,2,2)<'),
    ],
)  # fmt: skip
def test_the_print_area_and_the_filters_name_grow(before: str, after: str) -> None:
    made = with_names(book(text("A1", "x"), text("A2", "y")), NAMES.format(f"<definedName {before}/definedName>"))
    changed, members = done(made, ROW, ROW)
    assert members[WORKBOOK].decode() == made[WORKBOOK].decode().replace(before, after)
    assert (WORKBOOK in changed.parts) == (before != after)


TABLE = (
    'ref="A1:C2" totalsRowShown="0"><autoFilter ref="A1:C2"/><sortState ref="A2:C2"/><tableColumns count="3">'
    '<tableColumn id="1" name="a"/><tableColumn id="2" name="b"><calculatedColumnFormula>T[[#This Row],[a]]*2'
    '</calculatedColumnFormula></tableColumn><tableColumn id="3" name="c"><calculatedColumnFormula>A2'
    "</calculatedColumnFormula></tableColumn></tableColumns>"
)
PART = "xl/tables/table1.xml"


def test_a_table_grows_with_a_row_right_below_it() -> None:
    made = with_table(book(text("A1", "a"), '<c r="A2"><v>1</v></c>'), TABLE)
    changed, after = done(made, Append("S", {"A": 5}), Append("S", {"B": 6}))
    assert changed.changed == (("S", "A3"), ("S", "B3"), ("S", "B4"))
    assert changed.parts == (WORKBOOK, SHEET, PART)
    assert after[PART] == made[PART].replace(b'"A1:C2"', b'"A1:C4"')
    assert '<row r="3"><c r="A3"><v>5</v></c><c r="B3"><f>T[[#This Row],[a]]*2</f></c></row>' in after[SHEET].decode()


def test_a_table_does_not_grow_with_a_row_beside_it() -> None:
    made = with_table(book(text("A1", "a"), '<c r="A2"><v>1</v></c>'), TABLE)
    assert PART not in done(made, Append("S", {"E": 5}))[0].parts
    blank = with_table(book(text("A1", "a")), TABLE)
    assert done(blank, Append("S", {"E": 5}))[0].changed == (("S", "E2"),)
    apart = with_table(book(text("A1", "a"), '<c r="A2"><v>1</v></c>', text("E3", "备注")), TABLE)
    assert PART not in done(apart, ROW)[0].parts


def test_a_table_with_a_blank_row_is_filled_first() -> None:
    made = with_table(book(text("A1", "a")), TABLE)
    changed, after = done(made, Append("S", {"A": 5}))
    assert changed.changed == (("S", "A2"), ("S", "B2"))
    assert PART not in changed.parts
    changed, after = done(made, Append("S", {"A": 5}), Append("S", {"A": 6}))
    assert after[PART] == made[PART].replace(b'"A1:C2"', b'"A1:C3"')


def test_an_empty_table_is_no_longer_said_to_be_empty() -> None:
    made = with_table(book(text("A1", "a")), TABLE.replace("totalsRowShown", 'insertRow="1" totalsRowShown'))
    for change in (Append("S", {"A": 5}), Edit("S", "B2", None, 5)):
        assert done(made, change)[1][PART] == made[PART].replace(b'insertRow="1"', b'insertRow="0"')
    for change in (Append("S", {"E": 5}), Edit("S", "A3", None, 5), Edit("S", "A2", None, None)):
        assert PART not in done(made, change)[0].parts


def test_the_formula_of_the_row_above_comes_before_that_of_the_column() -> None:
    made = with_table(book(text("A1", "a"), '<c r="A2"><v>1</v></c><c r="B2"><f>A2+7</f><v>8</v></c>'), TABLE)
    assert row(made, 3, Append("S", {"A": 5})) == '<row r="3"><c r="A3"><v>5</v></c><c r="B3"><f>A3+7</f></c></row>'
