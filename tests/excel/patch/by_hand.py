"""Workbooks in forms that no library writes; each feature can be left out."""

from __future__ import annotations

import random
from collections.abc import Collection

from tests.excel.packages import MAIN, OFFICE, SHEET, STRICT, STYLES, parts, styles, zipped
from tests.excel.patch.cases import RELS, WORKBOOK, text, with_chain, with_names, with_table

NAME = "S"
HAND = [
    "prefix",
    "numbers",
    "shared",
    "new_rules",
    "images",
    "strict",
    "utf16",
    "rows",
    "columns",
    "table",
    "names",
    "merge",
    "dimension",
    "stored",
]
IMAGES = (
    '<e:cellImages xmlns:e="http://www.wps.cn/officeDocument/2017/etCustomData"><e:cellImage><pic><nvPicPr>'
    '<cNvPr id="1" name="ID_1"/></nvPicPr></pic></e:cellImage></e:cellImages>'
)
NEW_RULES = (
    '<extLst><ext uri="u" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:conditionalFormattings>'
    "<x14:conditionalFormatting><xm:sqref>C1:C{last}</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
    "</ext></extLst>"
)


def by_hand(features: Collection[str], seed: int, rows: int) -> bytes:
    """A workbook in forms that no library writes."""
    last = rows + 1
    made = parts(
        "".join(_row(features, random.Random(seed + at), at, last) for at in range(1, last + 1)),
        before='<dimension ref="A1:C3"/>' * ("dimension" in features)
        + '<cols><col min="1" max="2" style="1"/></cols>' * ("columns" in features),
        after='<mergeCells count="1"><mergeCell ref="H1:I2"/></mergeCells>' * ("merge" in features)
        + f'<conditionalFormatting sqref="A1:B{last}"/>'
        + NEW_RULES.format(last=last) * ("new_rules" in features),
    )
    made[STYLES] = styles(0, 14, 49, "0.00")
    if "shared" in features:
        made = with_chain(made, "".join(f'<c r="D{at}" i="1"/>' for at in range(1, last + 1)))
    if "names" in features:
        name = f'<definedName name="_xlnm.Print_Area" localSheetId="0">{NAME}!$A$1:$F${last}</definedName>'
        made = with_names(made, f"<definedNames>{name}</definedNames>")
    if "table" in features and "numbers" not in features and "prefix" not in features:
        columns = "".join(f'<tableColumn id="{at}" name="h{at}"/>' for at in range(1, 4))
        made = with_table(made, f'ref="A1:C{last + 1}"><tableColumns count="3">{columns}</tableColumns>')
    if "images" in features:
        link = f'<Relationship Id="r8" Type="{OFFICE}/cellImage" Target="cellimages.xml"/></Relationships>'
        made |= {RELS: made[RELS].replace(b"</Relationships>", link.encode()), "xl/cellimages.xml": IMAGES.encode()}
    if "prefix" in features:
        made[SHEET] = _prefixed(made[SHEET])
    if "strict" in features:
        made = {name: data.replace(MAIN.encode(), STRICT.encode()) for name, data in made.items()}
    if "utf16" in features:
        made[SHEET] = made[SHEET].decode().replace("UTF-8", "UTF-16").encode("utf-16")
        made[WORKBOOK] = b'<?xml version="1.0" encoding="ascii"?>' + made[WORKBOOK]
    return zipped(made, method=0 if "stored" in features else 8)


def _row(features: Collection[str], made: random.Random, at: int, last: int) -> str:
    heads = [text(f"{letter}{at}", f"h{n}") for n, letter in enumerate("ABC", 1)]
    cells = heads if at == 1 else [made.choice([
        f'<c r="{letter}{at}"><v>{made.randrange(9)}</v></c>', f'<c r="{letter}{at}" s="1"/>', text(f"{letter}{at}", "文"), "",
        f'<c r="{letter}{at}" s="1"><v>46082</v></c>', f'<c r="{letter}{at}" t="b"><v>1</v></c>',
    ]) for letter in "ABC"]  # fmt: skip
    if "shared" in features:
        formula = f'<f t="shared" ref="D1:D{last}" si="0">A1+1</f>' if at == 1 else '<f t="shared" si="0"/>'
        cells.append(f'<c r="D{at}">{formula}<v>{at}</v></c>')
    if "images" in features and at > 1:
        cells.append(f'<c r="E{at}" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>')
    joined = "".join(cells)
    style = ' s="3" customFormat="1" spans="1:3"' if "rows" in features else ""
    if "numbers" in features and "" not in cells and "shared" not in features:
        for letter in "ABCDE":
            joined = joined.replace(f' r="{letter}{at}"', "")
        return f"<row{style}>{joined}</row>"
    return f'<row r="{at}"{style}>{joined}</row>'


def _prefixed(sheet: bytes) -> bytes:
    plain = sheet.decode().replace("<worksheet xmlns=", "<worksheet xmlns:x=")
    for name in [
        "worksheet",
        "dimension",
        "cols",
        "col",
        "sheetData",
        "row",
        "c",
        "v",
        "f",
        "is",
        "t",
        "mergeCells",
        "mergeCell",
        "conditionalFormatting",
        "extLst",
        "ext",
    ]:
        plain = (
            plain.replace(f"<{name} ", f"<x:{name} ")
            .replace(f"<{name}>", f"<x:{name}>")
            .replace(f"<{name}/", f"<x:{name}/")
        )
        plain = plain.replace(f"</{name}>", f"</x:{name}>")
    return plain.encode()
