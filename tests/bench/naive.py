"""The straightforward script: msoffcrypto, pandas.read_excel, iterrows, to_excel, and encrypted again.

``python -m tests.bench.naive DESK DATE RESULT``: what somebody at the office who can program writes without a thought
for speed, and without a mistake. It makes the fix lists and the payout list in DESK/out-naive.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import sys
import tomllib
from pathlib import Path

import msoffcrypto
import pandas as pd
from msoffcrypto.format.ooxml import OOXMLFile

from tests.bench import rules
from tests.bench.naive_cells import READERS, Wrong, is_blank, one_of


class Desk:
    """Registers as read, and what is wrong with them."""

    def __init__(self, folder, today):
        self.folder, self.today = Path(folder), today
        self.passwords = tomllib.loads((self.folder / "passwords.toml").read_text("utf-8"))
        self.tables, self.rows, self.problems, self.held, self.told = {}, {}, [], set(), set()

    def report(self, register, number, code, heading, message, holds=None, owner=None, listed=True):
        holds = code in rules.HOLDING if holds is None else holds
        owner = owner or ("manager" if code in rules.MANAGER else rules.OWNERS[register])
        self.problems.append((register, number, code, f"{heading}：{message} [{code}]", owner if listed else None))
        if holds:
            self.held.add((register, number))

    def read(self, register):
        with open(self.folder / rules.FILES[register], "rb") as file:
            office = msoffcrypto.OfficeFile(file)
            office.load_key(password=self.passwords[register])
            workbook = io.BytesIO()
            office.decrypt(workbook)
        self.tables[register] = table = pd.read_excel(workbook, engine="openpyxl", dtype=object)
        self.rows[register] = [self.read_row(register, index + 2, row) for index, row in table.iterrows()]

    def read_row(self, register, number, row):
        """The row's cells as values; ``wrong`` are the headings of cells that cannot be read."""
        values = {"number": number, "wrong": set()}
        for heading, kind in rules.COLUMNS[register].items():
            values[heading] = None
            if is_blank(row[heading]):
                if heading in rules.REQUIRED[register] and (register, heading) != ("freight", "原因"):
                    self.report(register, number, "missing", heading, "没填", holds=heading != "收款人姓名")
                continue
            read = one_of(rules.KINDS[register]) if kind == "kind" else READERS[kind]
            try:
                values[heading] = read(row[heading])
                if kind == "date" and not dt.date(2005, 1, 1) <= values[heading] <= self.today:
                    values[heading] = None
                    raise Wrong("date-out-of-range", f"{row[heading]} 超出范围")
            except Wrong as wrong:
                values["wrong"].add(heading)
                self.report_cell(register, values, heading, *wrong.args)
        return values

    def report_cell(self, register, values, heading, code, message):
        """An unknown reason is told once a spelling, but every row that has it is held."""
        holds = code in rules.HOLDING or heading in (*rules.REQUIRED[register], "打款状态")
        if heading == "原因" and message in self.told:
            self.held.add((register, values["number"]))
            return
        if heading == "原因":
            self.told.add(message)
        self.report(register, values["number"], code, heading, message, holds=holds)

    def check_carriers(self, register, courier, heading):
        for row in self.rows[register]:
            if row[courier] and row[heading] and not re.fullmatch(rules.CARRIERS[row[courier]], row[heading]):
                self.report(register, row["number"], "carrier-mismatch", heading, f"不是{row[courier]}的单号")

    def check_duplicates(self, register, heading, same):
        seen = {}
        day = rules.DATE[register]
        for row in sorted(self.rows[register], key=lambda row: (row[day] or dt.date.max, row["number"])):
            key = same(row)
            earlier = [other for other in seen.get(key, ()) if register != "freight" or may_be_one(row, other)]
            if key is not None and earlier:
                self.report(register, row["number"], "duplicate-row", heading, f"和第{earlier[0]['number']}行重复")
            if key is not None:
                seen.setdefault(key, []).append(row)

    def check_receiving(self):
        orders = set()
        for row in self.rows["receiving"]:
            if row["数量"] is not None and row["申请数量"] is not None and row["数量"] != row["申请数量"]:
                message = "客户寄回来的产品数量不符，拍照拒收"
                self.report("receiving", row["number"], "quantity-mismatch", "数量", message, owner="after_sales")
                orders.add(row["订单编号"])
        for row in self.rows["freight"]:
            if row["订单编号"] and row["订单编号"] in orders:
                self.held.add(("freight", row["number"]))

    def check_exchanges(self):
        counts = {}
        for row in sorted(self.rows["exchange"], key=lambda row: (row["登记日期"] or dt.date.max, row["number"])):
            if row["订单编号"]:
                counts[row["订单编号"]] = counts.get(row["订单编号"], 0) + 1
                if counts[row["订单编号"]] > rules.EXCHANGES_PER_ORDER:
                    self.report("exchange", row["number"], "third-exchange", "订单编号", "第三次换货")

    def check_freight(self):
        by_tracking, by_order = {}, {}
        for row in sorted(self.rows["receiving"], key=lambda row: (row["收货日期"] or dt.date.max, row["number"])):
            if row["类型"] in ("return", "exchange") and row["收货日期"]:
                if row["退回单号"]:
                    by_tracking.setdefault(row["退回单号"], []).append(row)
                if row["订单编号"]:
                    by_order.setdefault(row["订单编号"], []).append(row)
        claimed = {}  # a parcel that another order's freight names is not there for this one
        for row in self.rows["freight"]:
            if row["退回单号"] in by_tracking:
                claimed.setdefault(row["退回单号"], set()).add(row["订单编号"])
        for order, parcels in by_order.items():
            by_order[order] = [parcel for parcel in parcels if claimed.get(parcel["退回单号"], {order}) == {order}]
        sent = {}
        for row in self.rows["exchange"]:
            if row["订单编号"] and row["换出日期"]:
                sent.setdefault(row["订单编号"], []).append(row["换出日期"])
        exchanged = {row["退回单号"] for row in self.rows["exchange"] if row["退回单号"]}
        for row in self.rows["freight"]:
            self.check_parcel(row, by_tracking, by_order)
            self.check_reason(row)
            self.check_kind(row, exchanged, sent)
            if row["运费金额"] and row["运费金额"] > rules.ASK_ABOVE:
                self.report("freight", row["number"], "freight-too-high", "运费金额", "超过50元")

    def check_parcel(self, row, by_tracking, by_order):
        row["parcel"] = []
        if row["退回单号"] in by_tracking:
            row["parcel"] = by_tracking[row["退回单号"]]
            orders = {received["订单编号"] for received in row["parcel"] if received["订单编号"]}
            if row["订单编号"] and orders and row["订单编号"] not in orders:
                self.report("freight", row["number"], "tracking-differs", "退回单号", "是别的订单的包裹", holds=True)
        elif "退回单号" not in row["wrong"] and by_order.get(row["订单编号"]):
            row["parcel"] = by_order[row["订单编号"]]
            if row["退回单号"]:
                self.report("freight", row["number"], "tracking-differs", "退回单号", "收到的是另一个单号", holds=False)
        elif row["订单编号"] and "退回单号" not in row["wrong"]:
            day = row["登记日期"]
            waiting = day is not None and (self.today - day).days <= rules.WAITING_DAYS
            self.report("freight", row["number"], "not-received", "订单编号", "还没收到货", listed=not waiting)

    def check_reason(self, row):
        if row["原因"] is None and "原因" not in row["wrong"]:
            reasons = [received["原因"] for received in row["parcel"] if received["原因"]]
            row["原因"] = reasons[0] if reasons else None
            if not reasons and not any("原因" in received["wrong"] for received in row["parcel"]):
                self.report("freight", row["number"], "missing", "原因", "没填", holds=True)
        group = row["原因"][1] if row["原因"] else None
        if group in ("non_quality", "other"):
            self.report("freight", row["number"], "not-quality", "原因", "不是质量问题")
        elif group == "shop_fault":
            self.report("freight", row["number"], "shop-fault", "原因", "店铺的原因，请店长定")

    def check_kind(self, row, exchanged, sent):
        if row["类型"] is None and "类型" not in row["wrong"]:
            row["类型"] = "exchange" if row["退回单号"] in exchanged else "return"
        if row["类型"] != "exchange":
            return
        said = f"{row['备注'] or ''}{row['原因'][0] if row['原因'] else ''}"
        refused = any(word in said for word in ("无法申请", "不能申请", "申请不了"))
        if not refused and (row["无法申请"] or "").lower() in rules.NO:
            self.report("freight", row["number"], "exchange-freight", "类型", "换货运费在平台申请")
        received = row["parcel"][0]["收货日期"] if row["parcel"] else None
        before = [day for day in sent.get(row["订单编号"], []) if received and day < received]
        if before and row["反馈日期"] and (row["反馈日期"] - max(before)).days > rules.REPLACEMENT_DAYS:
            self.report("freight", row["number"], "replacement-too-late", "反馈日期", "换出超过15天")
        silent = not row["反馈日期"] and "反馈日期" not in row["wrong"]
        if before and silent and (received - max(before)).days > rules.REPLACEMENT_DAYS_RECEIVED:
            self.report("freight", row["number"], "replacement-too-late", "登记日期", "换出超过22天才收到")

    def fix_lists(self):
        for owner, name in rules.OWNER_NAMES.items():
            wrong = {}
            for register, number, _, message, whose in self.problems:
                if whose == owner:
                    wrong.setdefault((register, number), []).append(message)
            sheets = {}
            for (register, number), messages in sorted(wrong.items()):
                row = self.tables[register].iloc[number - 2].to_dict()
                day = self.rows[register][number - 2][rules.DATE[register]]
                head = {
                    "编号": f"{register[0].upper()}-{number:06d}",
                    "来源": f"{rules.FILES[register]} 2026年!{number}",
                }
                tail = {"问题": "\n".join(messages), "待了几天": (self.today - day).days if day else None}
                sheets.setdefault(register, []).append({**head, **row, **tail, "处理结果": None, "说明": None})
            counts = pd.Series([code for *_, code, _, whose in self.problems if whose == owner]).value_counts()
            tables = {register: pd.DataFrame(rows) for register, rows in sheets.items()}
            self.write(f"待补录-{name}.xlsx", {**tables, "汇总": counts.rename("行数").reset_index(name="行数")})

    def payouts(self):
        messages = {}
        for register, number, _, message, _ in self.problems:
            if register == "freight":
                messages.setdefault(number, []).append(message)
        lists = {"打款清单": [], "暂缓": []}
        for row in self.rows["freight"]:
            readable = row["订单编号"] and row["支付宝账号"] and row["运费金额"]
            if not readable or row["打款日期"] or row["打款状态"] == "paid":
                continue
            held = ("freight", row["number"]) in self.held
            source, reason = f"退运费表.xlsx 2026年!{row['number']}", f"退运费 {row['原因'][0] if row['原因'] else ''}"
            line = (
                f"XF{row['number']:07d}", row["登记日期"], row["订单编号"], row["支付宝账号"], row["收款人姓名"],
                row["运费金额"], reason, source, "暂缓" if held else "待批准", None, None, None,
                "\n".join(messages.get(row["number"], [])),
            )  # fmt: skip
            lists["暂缓" if held else "打款清单"].append(line)
        tables = {name: pd.DataFrame(lines, columns=rules.PAYOUT_COLUMNS) for name, lines in lists.items()}
        self.write(f"打款清单-{self.today}.xlsx", tables)
        opened = tables["打款清单"]["金额"]
        return {"open": len(opened), "held": len(lists["暂缓"]), "total": f"{opened.sum():.2f}"}

    def write(self, name, tables):
        workbook = io.BytesIO()
        with pd.ExcelWriter(workbook, engine="openpyxl") as writer:
            for sheet, table in tables.items():
                table.to_excel(writer, sheet_name=sheet, index=False)
        workbook.seek(0)
        folder = self.folder / "out-naive"
        folder.mkdir(exist_ok=True)
        with open(folder / name, "wb") as file:
            OOXMLFile(workbook).encrypt(self.passwords["outputs"], file)


def run(folder, today):
    """Do the day's work; returns what was found as (code, register, row), and the payouts."""
    desk = Desk(folder, today)
    for register in rules.FILES:
        desk.read(register)
    desk.check_carriers("receiving", "快递公司", "退回单号")
    desk.check_carriers("exchange", "换出快递", "换出单号")
    desk.check_duplicates("receiving", "退回单号", same_parcel)
    desk.check_duplicates("exchange", "订单编号", same_exchange)
    desk.check_duplicates(
        "freight", "订单编号", lambda row: row["订单编号"] if "退回单号" not in row["wrong"] else None
    )
    desk.check_freight()
    desk.check_receiving()
    desk.check_exchanges()
    desk.fix_lists()
    payouts = desk.payouts()
    return {
        "findings": [(code, register, number) for register, number, code, _, _ in desk.problems],
        "payouts": payouts,
    }


def same_parcel(row):
    return (row["退回单号"], row["产品"], row["型号"]) if row["退回单号"] and (row["产品"] or row["型号"]) else None


def may_be_one(row, other):
    """Two freight rows of an order with different parcels are two things."""
    return not row["退回单号"] or not other["退回单号"] or row["退回单号"] == other["退回单号"]


def same_exchange(row):
    back = row["退回单号"] or ("退回单号" not in row["wrong"] and row["登记日期"])
    readable = row["订单编号"] and (row["产品"] or row["型号"]) and back
    return (row["订单编号"], row["产品"], row["型号"], back) if readable else None


if __name__ == "__main__":
    found = run(sys.argv[1], dt.date.fromisoformat(sys.argv[2]))
    Path(sys.argv[3]).write_text(json.dumps(found, ensure_ascii=False), "utf-8")
