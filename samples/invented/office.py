"""Write the desk's registers so that they look like those of an office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from xlsxwriter.utility import xl_col_to_name  # noqa: TID251  (as in cells.py)

from invented.cells import Formula, Merged, new_workbook, put
from invented.headings import COUNTED, MARCH
from invented.lines import Line
from invented.pages import SHOP, Page

HEADING_ROW = 3
HINT = "单号、订单编号请先设为文本格式再粘贴；数量和金额不要合并；登记错了请直接改，不要另起一行。"
GUIDE = (
    "填表说明",
    "1、一行登记一个包裹，一个包裹里有两种产品就写两行；",
    "2、订单编号和单号请先把单元格设成“文本”再粘贴，否则后面几位会变成 0；",
    "3、不要合并数量和金额；",
    "4、无理件没有订单编号可以空着，备注里写清面单上的信息。",
)
FILL = {
    "receiving": "#DDEBF7", "exchange": "#E2EFDA", "freight": "#FCE4D6", "reissue": "#E4DFEC",
    "compensation": "#FDE9D9",
    "lost": "#F2DCDB", "interception": "#DAEEF3", "invoice": "#EBF1DE", "quality": "#FFF2CC", "badreview": "#F2F2F2",
}  # fmt: skip
CARRIERS = ["中通", "圆通", "韵达", "申通", "顺丰", "EMS", "极兔", "京东"]
CHOICES = {
    ("receiving", "kind"): ["退货", "换货", "拒收", "无理件"], ("receiving", "courier"): CARRIERS,
    ("exchange", "courier"): CARRIERS, ("freight", "kind"): ["退货", "换货"],
    ("freight", "status"): ["未打款", "已打款", "打款失败"],
    ("compensation", "item"): ["网线", "电源", "差价", "其他"],
    ("compensation", "channel"): ["平台", "支付宝", "小额打款"],
    ("lost", "kind"): ["丢件", "破损", "短少", "延误", "拦截"], ("lost", "handling"): ["退款", "补发"],
    ("interception", "courier"): CARRIERS, ("invoice", "kind"): ["增值税专用发票", "普通发票"],
    ("badreview", "rating"): ["差评", "中评", "好评"],
}  # fmt: skip
TEXTS = {
    "order_no", "tracking_no", "return_tracking", "sent_tracking", "payee_account", "phone", "transaction", "tax_no",
    "account",
    "invoice_no", "serial_no",
}  # fmt: skip
AMOUNTS = {
    "amount", "goods_value", "freight", "insured_value", "claim_amount", "settled_amount", "unit_price",
    "paid_amount",
    "roundtrip_freight", "refund_amount",
}  # fmt: skip


def office_workbook(pages: list[Page], edit_password: str | None) -> bytes:
    """One file of registers as a workbook; the row of each line is noted in it."""
    made = BytesIO()
    book = new_workbook(made, author="阿玲", company=SHOP)
    if pages[0].register == "receiving":
        _guide(book)
    for page in pages:
        _Writer(book, page).write(edit_password)
    shown = book.get_worksheet_by_name(MARCH)
    if shown is not None:
        shown.activate()
    book.close()
    return made.getvalue()


def _guide(book: Any) -> None:
    sheet = book.add_worksheet(GUIDE[0])
    sheet.set_column(0, 0, 80)
    for number, text in enumerate(GUIDE):
        sheet.write_string(number, 0, text)


class _Writer:
    """One page being written."""

    def __init__(self, book: Any, page: Page) -> None:
        self.page, self.sheet, self.fields = page, book.add_worksheet(page.name), list(page.columns)
        self.hides = any(shown.startswith("hidden-rows") for shown in page.shows)
        body = {"font_name": "宋体", "font_size": 10, "border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}
        looks = {
            "title": {"font_name": "微软雅黑", "font_size": 16, "bold": True, "align": "center"},
            "hint": {"font_name": "微软雅黑", "font_size": 9, "font_color": "#7F7F7F"},
            "head": body | {"bold": True, "bg_color": FILL[page.register], "align": "center", "text_wrap": True},
            "text": body | {"num_format": "@"},
            "date": body | {"num_format": "yyyy-mm-dd", "align": "center"},
            "amount": body | {"num_format": "0.00"},
            "body": body,
            "paid": {"bg_color": "#D9D9D9"},
        }
        self.looks = {name: book.add_format(look) for name, look in looks.items()}

    def write(self, edit_password: str | None) -> None:
        last = len(self.fields) - 1
        self.sheet.merge_range(0, 0, 0, last, self.page.title, self.looks["title"])
        self.sheet.merge_range(1, 0, 1, last, HINT, self.looks["hint"])
        self.sheet.set_row(0, 28)
        self._headings(HEADING_ROW)
        self._rows()
        self._furniture(HEADING_ROW + len(self.page.rows))
        if edit_password is not None:
            self.sheet.protect(edit_password, {"autofilter": True, "format_columns": True})

    def _headings(self, row: int) -> None:
        for column, (heading, width) in enumerate(self.page.columns.values()):
            self.sheet.write_string(row - 1, column, heading, self.looks["head"])
            self.sheet.set_column(column, column, width)
        self.sheet.set_row(row - 1, 24)

    def _rows(self) -> None:
        subtotal, covered = 0, ()
        for row, line in self._numbered():
            if line is None:
                self._headings(row)
                continue
            line.row = row
            if line.cells.get(self.fields[0]) in ("小计", "本页合计"):
                subtotal = row
            for column, name in enumerate(self.fields):
                if name not in covered:
                    put(self.sheet, (row - 1, column), self._value(line, name, subtotal), self._look(line, name))
            covered = line.merge_down
            if self.hides and line.cells.get("kind") == "拒收":
                self.sheet.set_row(row - 1, None, None, {"hidden": True})

    def _numbered(self) -> Iterator[tuple[int, Line | None]]:
        return enumerate(self.page.rows, start=HEADING_ROW + 1)

    def _value(self, line: Line, name: str, subtotal: int) -> Any:
        value = line.cells.get(name)
        if isinstance(value, Formula):
            column = xl_col_to_name(self.fields.index(name))
            places = {"row": line.row, "first": HEADING_ROW + 1, "above": line.row - 1, "subtotal": subtotal}
            return Formula(value.text.format(column=column, **places), value.result)
        return Merged(value, 2) if name in line.merge_down else value

    def _look(self, line: Line, name: str) -> Any:
        if isinstance(line.cells.get(name), date):
            return self.looks["date"]
        return self.looks["text" if name in TEXTS else "amount" if name in AMOUNTS else "body"]

    def _furniture(self, end: int) -> None:
        """What an office adds: panes, a filter, drop-downs, colours, a comment, how to print."""
        sheet, last = self.sheet, len(self.fields) - 1
        sheet.freeze_panes(HEADING_ROW, 2)
        sheet.autofilter(HEADING_ROW - 1, 0, end - 1, last)
        if self.hides:
            sheet.filter_column(self.fields.index("kind"), "x != 拒收")
        for (register, name), source in CHOICES.items():
            if register == self.page.register:
                column = self.fields.index(name)
                rule = {"validate": "list", "source": source, "error_type": "information"}
                sheet.data_validation(HEADING_ROW, column, end + 200, column, rule)
        for column, name in enumerate(self.fields):
            if name == "status":
                said = f'=${xl_col_to_name(column)}{HEADING_ROW + 1}="已打款"'
                paid = {"type": "formula", "criteria": said, "format": self.looks["paid"]}
                sheet.conditional_format(HEADING_ROW, 0, end - 1, last, paid)
            if name == COUNTED.get(self.page.register):
                sheet.write_comment(HEADING_ROW - 1, column, "只填数字，不要合并单元格", {"author": "阿玲"})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(HEADING_ROW - 1)
        sheet.fit_to_pages(1, 0)
