"""The hand-over page: what it says, that it stands alone, and that everybody can read it (contract §6 ``hand-over``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from tests import golden
from tests.build import EXCHANGE, FREIGHT, O2, RECEIVING, T2, TODAY, day, verdict
from tests.clean_parcels import INVOICE, LOST
from xlflow.hand_over import MOST_TASKS, HandOver, page
from xlflow.locale import render
from xlflow.model import Text
from xlflow.resources import data
from xlflow.tasks import tasks

PAYOUTS: Mapping[str, int | Decimal] = {"new": 3, "open": 12, "held": 5, "total": Decimal("1345.60")}
FILES = ("out/2026-03-31/待补录-售后.xlsx", "打款清单.xlsx", "out/2026-03-31/索赔单 #1 & 2.xlsx", "/mnt/外面.xlsx")
#: What somebody may have typed into any cell.
PERSONAL = ("云朵爱上网", "13800000000", "张三丰", "canary@example.com", "幸福路", "李四的话", "王五")


def said(text: Text) -> str:
    return render(text, "en")


def made(today: date = TODAY, **tables: Any) -> HandOver:
    read = day(today=today, **tables)
    judged = verdict(read, on=["not-inspected"])
    return HandOver(
        "样板店 <旗舰>", read, judged, tasks(read, judged), PAYOUTS, FILES, [("换货表.xlsx", "wrong-password")]
    )


def little_desk() -> HandOver:
    return made(
        invoice=[INVOICE | {"开票日期": None, "登记日期": date(2026, 3, 30)}],
        lost=[LOST | {"最后物流日期": date(2026, 3, 20)}],
        receiving=[RECEIVING | {"退回单号": T2, "订单号": O2, "质检结果": None, "收货日期": TODAY}],
        freight=[FREIGHT | {"登记日期": TODAY}, FREIGHT | {"登记日期": TODAY, "运费金额": None}],
    )


def test_the_page_of_a_little_desk() -> None:
    style, text = page(little_desk(), said).split("</style>")
    assert data("hand_over.css") in style
    golden.compare("hand-over.html", re.sub(r"(</(?:tr|li|p|div|h\d|section|header|thead)>)", r"\1\n", text))


def test_a_quiet_day_says_so() -> None:
    read = day(receiving=[RECEIVING])
    quiet = HandOver("样板店", read, verdict(read, off=["carrier-mismatch"]), (), PAYOUTS, (), ())
    text = page(quiet, said)
    for words in ("Nothing is waiting.", "No files were made.", "Nothing is wrong."):
        assert words in text
    assert 'class="alarm"' not in text


def test_in_chinese_it_says_that_it_is() -> None:
    assert page(little_desk(), said).startswith('<!doctype html>\n<html lang="en">')
    assert '<html lang="语言">' in page(little_desk(), lambda text: "语言" if text.msgid == "en" else said(text))


def test_nobody_is_named() -> None:
    cells = {"买家旺旺": PERSONAL[0], "联系电话": PERSONAL[1], "备注": PERSONAL[5], "地址": PERSONAL[4]}
    rows = [
        FREIGHT | cells | {"收款人姓名": PERSONAL[2], "支付宝账号": PERSONAL[3], "登记日期": TODAY},
        FREIGHT
        | cells
        | {"支付宝账号": PERSONAL[6], "运费金额": PERSONAL[5], "原因": PERSONAL[4], "登记日期": PERSONAL[0]},
    ]
    found = made(
        freight=rows,
        exchange=[EXCHANGE | cells | {"换出单号": None, "责任人": PERSONAL[6]}],
        receiving=[RECEIVING | cells | {"类型": PERSONAL[0], "退回单号": PERSONAL[1], "质检结果": None}],
        lost=[LOST | cells | {"快递公司": PERSONAL[2], "最后物流日期": date(2026, 3, 9)}],
        invoice=[INVOICE | {"发票抬头": PERSONAL[2], "税号": PERSONAL[0], "地址电话": PERSONAL[4], "开票日期": None}],
    )
    assert {finding.code for finding in found.verdict.findings} >= {"unreadable", "unknown-value", "tax-number"}
    text = page(found, said)
    assert [word for word in PERSONAL if word in text] == []


def test_what_is_shown_is_escaped() -> None:
    text = page(little_desk(), said)
    assert "样板店 &lt;旗舰&gt;" in text
    assert "<旗舰>" not in text


def test_links_lead_to_the_files_as_seen_from_the_page() -> None:
    text = page(little_desk(), said)
    found = dict(re.findall(r'<li><a href="([^"]*)">([^<]*)</a></li>', text))
    assert found == {
        "%E5%BE%85%E8%A1%A5%E5%BD%95-%E5%94%AE%E5%90%8E.xlsx": "待补录-售后.xlsx",
        "../../%E6%89%93%E6%AC%BE%E6%B8%85%E5%8D%95.xlsx": "打款清单.xlsx",
        "%E7%B4%A2%E8%B5%94%E5%8D%95%20%231%20%26%202.xlsx": "索赔单 #1 &amp; 2.xlsx",
    }
    assert "<li>外面.xlsx</li>" in text


def test_more_tasks_than_fit_are_counted() -> None:
    rows = [
        INVOICE | {"订单编号": str(3 * 10**18 + n * 7919), "开票日期": None, "登记日期": TODAY - timedelta(2)}
        for n in range(MOST_TASKS + 3)
    ]
    text = page(made(invoice=rows), said)
    assert text.count("专票开票") == MOST_TASKS
    assert "60 of 63, what is due first; the workbook 待办 has all" in text
    assert "what is due first" not in page(made(invoice=rows[:MOST_TASKS]), said)


@pytest.mark.parametrize(("today", "told"), [(date(2026, 3, 31), False), (date(2031, 3, 31), True)])
def test_a_year_whose_holidays_nobody_knows_is_told(today: date, told: bool) -> None:
    said_so = "the public holidays of 2031 are not known here: Monday to Friday count as workdays"
    assert (said_so in page(made(today=today, receiving=[RECEIVING]), said)) is told


class Outline(HTMLParser):
    """What is open when, and everything that leads out of the page."""

    VOID = ("meta",)

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.names: list[str] = []
        self.ids: list[str] = []
        self.labels: list[str] = []
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.names.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [known["id"]] if "id" in known else []
        self.labels += [known["aria-labelledby"]] if "aria-labelledby" in known else []
        self.out += [known[name] for name in ("src", "href", "action", "data", "srcset", "style") if name in known]
        assert not any(name.startswith("on") for name in known)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def outline() -> Outline:
    reader = Outline()
    reader.feed(page(little_desk(), said))
    reader.close()
    assert reader.open == []
    return reader


def test_it_stands_alone(outline: Outline) -> None:
    assert [link for link in outline.out if ":" in link or link.startswith("//")] == []
    assert not {"script", "link", "img", "iframe", "object", "form", "svg"} & set(outline.names)
    assert "url(" not in data("hand_over.css")
    assert "@import" not in data("hand_over.css")
    assert "default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;" in page(little_desk(), said)


def test_its_landmarks_and_headings(outline: Outline) -> None:
    assert outline.names.count("main") == outline.names.count("header") == outline.headings.count(1) == 1
    steps = [after - before for before, after in zip(outline.headings, outline.headings[1:], strict=False)]
    assert max(steps) == 1
    assert outline.ids == outline.labels
    assert len(set(outline.ids)) == len(outline.ids)


def test_every_cell_has_a_heading() -> None:
    text = page(little_desk(), said)
    for table in re.findall("<table.*?</table>", text, re.DOTALL):
        columns = len(re.findall('<th scope="col">', table))
        body = table.partition("<tbody>")[2]
        for row in re.findall("<tr>(.*?)</tr>", body):
            assert len(re.findall("<th |<td", row)) == columns
            assert row.startswith('<th scope="row"')


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("front", ["text", "quiet", "link", "alarm"])
@pytest.mark.parametrize("back", ["page", "card"])
def test_contrast_in_light_and_dark(theme: int, front: str, back: str) -> None:
    themes = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", part)) for part in data("hand_over.css").split("@media")[:2]]
    one, other = (luminance(themes[theme][name]) for name in (front, back))
    light, dark = max(one, other), min(one, other)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
