"""The competent script: pandas with the calamine engine, whole columns at a time, XlsxWriter, and encrypted again.

``python -m tests.bench.competent DESK DATE RESULT``: what somebody who knows pandas well writes in an afternoon. It
makes the fix lists and the payout list in DESK/out-competent.
"""

from __future__ import annotations

import io
import json
import sys
import tomllib
from pathlib import Path

import msoffcrypto
import pandas as pd
from msoffcrypto.format.ooxml import OOXMLFile

from tests.bench import rules
from tests.bench.competent_cells import READERS


class Desk:
    """Registers as read (``raw``: as they stand, ``cells``: as values), and the findings about them."""

    def __init__(self, folder, today):
        self.folder, self.today = Path(folder), pd.Timestamp(today)
        self.passwords = tomllib.loads((self.folder / "passwords.toml").read_text("utf-8"))
        self.raw, self.cells, self.unread = {}, {}, {}
        self.found = []
        self.also_held = pd.Series(dtype=bool)

    def hit(self, register, mask, code, heading, says, holds=None, owner=None):
        """Note a finding at each row of the mask."""
        index = mask.index[mask]
        if len(index):
            owner = owner or ("manager" if code in rules.MANAGER else rules.OWNERS[register])
            holds = code in rules.HOLDING if holds is None else holds
            says = f"{heading}：{says} [{code}]"
            self.found.append(
                pd.DataFrame(
                    {"at": index, "register": register, "code": code, "says": says, "owner": owner, "holds": holds}
                )
            )

    def read(self, register):
        with open(self.folder / rules.FILES[register], "rb") as file:
            office = msoffcrypto.OfficeFile(file)
            office.load_key(password=self.passwords[register])
            workbook = io.BytesIO()
            office.decrypt(workbook)
        kinds = rules.COLUMNS[register]
        # ids stay what they are in the file: as text, a number of 19 digits would look whole
        types = {heading: object if kind in ("order", "tracking") else str for heading, kind in kinds.items()}
        raw = pd.read_excel(workbook, engine="calamine", dtype=types)
        raw.index = raw.index + 2
        self.raw[register] = raw
        self.cells[register], self.unread[register] = pd.DataFrame(index=raw.index), {}
        for heading, kind in kinds.items():
            self.read_column(register, heading, kind)

    def read_column(self, register, heading, kind):
        column = self.raw[register][heading]
        text = column if kind in ("order", "tracking") else column.str.strip().replace("", pd.NA)
        if kind == "kind":
            values, wrong = READERS["choice"](text, rules.KINDS[register])
        elif kind == "date":
            values, wrong = READERS["date"](text, self.today)
        else:
            values, wrong = READERS[kind](text)
        blank = text.isna()
        required = heading in rules.REQUIRED[register]
        if required and (register, heading) != ("freight", "原因"):
            self.hit(register, blank, "missing", heading, "没填", holds=heading != "收款人姓名")
        unread = pd.Series(False, index=text.index)
        for code, mask in wrong.items():
            unread |= mask
            if kind == "reason":
                mask &= ~text.duplicated()  # told once a spelling
            self.hit(
                register,
                mask,
                code,
                heading,
                "读不了",
                holds=code in rules.HOLDING or required or heading == "打款状态",
            )
        self.cells[register][heading], self.unread[register][heading] = values.mask(unread), unread

    def check_carriers(self, register, courier, heading):
        cells = self.cells[register]
        for carrier, form in rules.CARRIERS.items():
            numbers = cells.loc[cells[courier].eq(carrier), heading].dropna()
            self.hit(register, ~numbers.str.fullmatch(form), "carrier-mismatch", heading, f"不是{carrier}的单号")

    def check_duplicates(self):
        receiving, exchange, freight = (self.cells[register] for register in rules.FILES)
        named = receiving["退回单号"].notna() & (receiving["产品"].notna() | receiving["型号"].notna())
        self.duplicates("receiving", "退回单号", receiving[named], ["退回单号", "产品", "型号"])
        back = exchange["退回单号"].fillna(
            exchange["登记日期"].dt.strftime("%F").mask(self.unread["exchange"]["退回单号"])
        )
        named = exchange["订单编号"].notna() & (exchange["产品"].notna() | exchange["型号"].notna()) & back.notna()
        self.duplicates("exchange", "订单编号", exchange.assign(back=back)[named], ["订单编号", "产品", "型号", "back"])
        named = freight["订单编号"].notna() & ~self.unread["freight"]["退回单号"]
        self.freight_duplicates(freight[named])

    def duplicates(self, register, heading, cells, keys):
        again = in_time(cells, register).duplicated(keys)
        self.hit(register, again, "duplicate-row", heading, "和前面的行重复")

    def freight_duplicates(self, cells):
        """Two rows of an order are one thing unless both name a parcel, and not the same one."""
        several = in_time(cells[cells["订单编号"].duplicated(keep=False)], "freight")
        several = several.assign(at=several.index, turn=range(len(several)))[["订单编号", "退回单号", "at", "turn"]]
        pairs = several.merge(several, on="订单编号", suffixes=("", "_before"))
        pairs = pairs[pairs["turn"] > pairs["turn_before"]]
        other = (
            pairs["退回单号"].notna()
            & pairs["退回单号_before"].notna()
            & (pairs["退回单号"] != pairs["退回单号_before"])
        )
        again = pd.Series(True, index=pd.Index(pairs.loc[~other, "at"].unique()))
        self.hit("freight", again, "duplicate-row", "订单编号", "和前面的行重复")

    def check_receiving(self):
        receiving = self.cells["receiving"]
        applied = receiving["申请数量"].notna() & receiving["数量"].notna()
        differs = applied & (receiving["数量"] != receiving["申请数量"])
        says = "客户寄回来的产品数量不符，拍照拒收"
        self.hit("receiving", differs, "quantity-mismatch", "数量", says, owner="after_sales")
        orders = receiving.loc[differs, "订单编号"].dropna()
        freight = self.cells["freight"]
        self.also_held = freight["订单编号"].isin(orders) | self.unread["freight"]["原因"]

    def check_exchanges(self):
        exchange = in_time(self.cells["exchange"].dropna(subset="订单编号"), "exchange")
        many = exchange.groupby("订单编号").cumcount() >= rules.EXCHANGES_PER_ORDER
        self.hit("exchange", many, "third-exchange", "订单编号", "第三次换货")

    def check_freight(self):
        freight, unread = self.cells["freight"], self.unread["freight"]
        parcels = in_time(self.cells["receiving"], "receiving")
        parcels = parcels[parcels["类型"].isin(["return", "exchange"]) & parcels["收货日期"].notna()]
        by_tracking = parcels.dropna(subset="退回单号").drop_duplicates("退回单号").set_index("退回单号")
        tracked = freight["退回单号"].isin(by_tracking.index)
        elsewhere = self.check_parcels(freight, parcels, tracked)
        by_order = parcels[~parcels["退回单号"].isin(elsewhere)].dropna(subset="订单编号")
        by_order = by_order.drop_duplicates("订单编号").set_index("订单编号")
        ordered = ~tracked & freight["订单编号"].isin(by_order.index) & ~unread["退回单号"]
        lost = ~tracked & ~ordered & freight["订单编号"].notna() & ~unread["退回单号"]
        waiting = (self.today - freight["登记日期"]).dt.days.le(rules.WAITING_DAYS)
        self.hit("freight", lost & ~waiting, "not-received", "订单编号", "还没收到货")
        self.hit("freight", lost & waiting, "not-received", "订单编号", "等收货", owner="nobody yet")
        by_order_only = ordered & freight["退回单号"].notna()
        self.hit("freight", by_order_only, "tracking-differs", "退回单号", "收到的是另一个单号", holds=False)
        parcel = freight["退回单号"].where(tracked).map(by_tracking["收货日期"])
        received = parcel.fillna(freight["订单编号"].where(ordered).map(by_order["收货日期"]))
        reason = self.reasons(freight, by_tracking, by_order, tracked, ordered)
        self.check_kind(freight, reason, received)
        self.hit("freight", freight["运费金额"] > rules.ASK_ABOVE, "freight-too-high", "运费金额", "超过50元")
        self.cells["freight"]["原因"] = reason

    def check_parcels(self, freight, parcels, tracked):
        """Freight that names the parcel of another order; returns these parcels."""
        known = parcels.dropna(subset=["退回单号", "订单编号"])
        both = freight["退回单号"] + "/" + freight["订单编号"]
        asked = tracked & freight["订单编号"].notna() & freight["退回单号"].isin(known["退回单号"])
        other = asked & ~both.isin(known["退回单号"] + "/" + known["订单编号"])
        self.hit("freight", other, "tracking-differs", "退回单号", "是别的订单的包裹", holds=True)
        return freight.loc[other, "退回单号"]

    def reasons(self, freight, by_tracking, by_order, tracked, ordered):
        """The row's reason, else that of its parcel."""
        of_parcel = freight["退回单号"].where(tracked).map(by_tracking["原因"])
        of_parcel = of_parcel.fillna(freight["订单编号"].where(ordered).map(by_order["原因"]))
        reason = freight["原因"].fillna(of_parcel.mask(self.unread["freight"]["原因"]))
        blank = reason.isna() & ~self.unread["freight"]["原因"]
        self.hit("freight", blank, "missing", "原因", "没填", holds=True)
        group = reason.map(READERS["group"])
        self.hit("freight", group.isin(["non_quality", "other"]), "not-quality", "原因", "不是质量问题")
        self.hit("freight", group.eq("shop_fault"), "shop-fault", "原因", "店铺的原因，请店长定")
        return reason

    def check_kind(self, freight, reason, received):
        exchange = self.cells["exchange"]
        kind = freight["类型"].where(
            freight["类型"].notna() | self.unread["freight"]["类型"],
            freight["退回单号"].isin(exchange["退回单号"].dropna()).map({True: "exchange", False: "return"}),
        )
        exchanged = kind.eq("exchange")
        said = freight["备注"].fillna("") + reason.fillna("")
        allowed = ~freight["无法申请"].fillna("").str.lower().isin(rules.NO) | said.str.contains(
            "无法申请|不能申请|申请不了"
        )
        self.hit("freight", exchanged & ~allowed, "exchange-freight", "类型", "换货运费在平台申请")
        rows = freight[exchanged].assign(received=received, at=freight.index[exchanged])
        sent = rows.merge(exchange[["订单编号", "换出日期"]].dropna(), on="订单编号")
        latest = sent[sent["换出日期"] < sent["received"]].groupby("at")["换出日期"].max()
        rows = rows.loc[latest.index]
        late = (rows["反馈日期"] - latest).dt.days > rules.REPLACEMENT_DAYS
        self.hit("freight", late, "replacement-too-late", "反馈日期", "换出超过15天")
        silent = rows["反馈日期"].isna() & ~self.unread["freight"]["反馈日期"].loc[rows.index]
        late = silent & ((rows["received"] - latest).dt.days > rules.REPLACEMENT_DAYS_RECEIVED)
        self.hit("freight", late, "replacement-too-late", "登记日期", "换出超过22天才收到")

    def fix_lists(self, found):
        for owner, name in rules.OWNER_NAMES.items():
            mine = found[found["owner"] == owner]
            tables = {register: self.fix_list(register, rows) for register, rows in mine.groupby("register")}
            counts = mine["code"].value_counts().rename_axis("问题").reset_index(name="行数")
            self.write(f"待补录-{name}.xlsx", {**tables, "汇总": counts})

    def fix_list(self, register, rows):
        says = rows.groupby("at")["says"].agg("\n".join)
        table = self.raw[register].loc[says.index].copy()
        number = says.index.astype(str)
        table.insert(0, "编号", register[0].upper() + "-" + number.str.zfill(6))
        table.insert(1, "来源", f"{rules.FILES[register]} 2026年!" + number)
        days = (self.today - self.cells[register].loc[says.index, rules.DATE[register]]).dt.days
        return table.assign(问题=says, 待了几天=days, 处理结果=None, 说明=None)

    def payouts(self, found):
        freight, says = self.cells["freight"], found[found["register"] == "freight"]
        readable = freight[["订单编号", "支付宝账号", "运费金额"]].notna().all(axis=1)
        owed = freight[readable & freight["打款日期"].isna() & ~freight["打款状态"].eq("paid")]
        held = owed.index.isin(says.loc[says["holds"], "at"]) | self.also_held.loc[owed.index]
        number = owed.index.astype(str)
        table = pd.DataFrame(
            {
                "编号": "XF" + number.str.zfill(7), "登记日期": owed["登记日期"].dt.date, "订单编号": owed["订单编号"],
                "收款人支付宝账号": owed["支付宝账号"], "收款人姓名": owed["收款人姓名"], "金额": owed["运费金额"],
                "事由": "退运费 " + owed["原因"].fillna(""), "来源": "退运费表.xlsx 2026年!" + number,
                "状态": held.map({True: "暂缓", False: "待批准"}), "批次号": None, "打款日期": None,
                "支付宝流水号": None, "备注": says.groupby("at")["says"].agg("\n".join).reindex(owed.index),
            },
        )  # fmt: skip
        self.write(f"打款清单-{self.today.date()}.xlsx", {"打款清单": table[~held], "暂缓": table[held]})
        return {"open": int((~held).sum()), "held": int(held.sum()), "total": f"{table.loc[~held, '金额'].sum():.2f}"}

    def write(self, name, tables):
        workbook = io.BytesIO()
        with pd.ExcelWriter(workbook, engine="xlsxwriter") as writer:
            for sheet, table in tables.items():
                table.to_excel(writer, sheet_name=sheet, index=False)
        workbook.seek(0)
        folder = self.folder / "out-competent"
        folder.mkdir(exist_ok=True)
        with open(folder / name, "wb") as file:
            OOXMLFile(workbook).encrypt(self.passwords["outputs"], file)


def in_time(cells, register):
    """The rows by date, then by place; those without a date last."""
    return cells.sort_values(rules.DATE[register], kind="stable")


def run(folder, today):
    """Do the day's work; returns what was found as (code, register, row), and the payouts."""
    desk = Desk(folder, today)
    for register in rules.FILES:
        desk.read(register)
    desk.check_carriers("receiving", "快递公司", "退回单号")
    desk.check_carriers("exchange", "换出快递", "换出单号")
    desk.check_duplicates()
    desk.check_receiving()
    desk.check_exchanges()
    desk.check_freight()
    found = pd.concat(desk.found, ignore_index=True)
    desk.fix_lists(found)
    payouts = desk.payouts(found)
    return {"findings": found[["code", "register", "at"]].values.tolist(), "payouts": payouts}


if __name__ == "__main__":
    result = run(sys.argv[1], sys.argv[2])
    Path(sys.argv[3]).write_text(json.dumps(result, ensure_ascii=False), "utf-8")
