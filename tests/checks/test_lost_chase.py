"""``lost-chase`` and ``lost-claim``: 7 silent days, then 3 more (contract §4, T3)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.build import O2, RECEIVING, T1, T2, TODAY, day, findings, said, sheet, spots, verdict
from tests.clean_parcels import LOST
from xlflow.grid import UNCACHED, Value

CHASE, CLAIM = "lost-chase", "lost-claim"
Cells = dict[str, Value]
ELSEWHERE: Cells = RECEIVING | {"退回单号": T2, "订单号": O2}


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def ask(change: Cells, received: Cells = ELSEWHERE, **options: object) -> list[str]:
    made = day(lost=[LOST | {"登记日期": ago(15), "最后物流日期": ago(8)} | change], receiving=[received], **options)  # type: ignore[arg-type]
    return [spot for code in (CHASE, CLAIM) for spot in (f"{code} {one}" for one in spots(made, code))]


CHASED, CLAIMED = ["lost-chase lost C2 W tracking_no"], ["lost-claim lost C2 W tracking_no"]


def test_it_says_since_when_and_what_to_do() -> None:
    rows = [LOST | {"最后物流日期": ago(8)}, LOST | {"最后物流日期": ago(10), "快递单号": T2}]
    found = findings(day(lost=rows, receiving=[]), CHASE) + findings(day(lost=rows, receiving=[]), CLAIM)
    assert [(said(f), f.owner, f.related) for f in found] == [
        (
            f"lost.xlsx 3月!C2 lost-chase W tracking_no={T1}: no trace of the parcel for 8 days; "
            "ask the carrier where it is; from 2026-04-02 on it is to be claimed",
            "after_sales",
            (),
        ),
        (
            f"lost.xlsx 3月!C3 lost-claim W tracking_no={T2}: no trace of the parcel for 10 days: claim it; "
            "put it on the claim sheet and fill in 索赔日期; if it came back, book it as received",
            "after_sales",
            (),
        ),
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, []), (6, []), (7, CHASED), (8, CHASED), (9, CHASED), (10, CLAIMED), (11, CLAIMED), (400, CLAIMED)],
)
def test_the_days_run_from_the_last_scan(days: int, expected: list[str]) -> None:
    assert ask({"最后物流日期": ago(days)}) == expected


@pytest.mark.parametrize(("days", "expected"), [(6, []), (7, CHASED), (9, CHASED), (10, CLAIMED)])
def test_without_one_from_the_registration(days: int, expected: list[str]) -> None:
    assert ask({"最后物流日期": None, "登记日期": ago(days)}) == expected
    absent = {heading: value for heading, value in LOST.items() if heading != "最后物流日期"}
    made = day(lost=[absent | {"登记日期": ago(days)}], receiving=[])
    assert bool(spots(made, CHASE) + spots(made, CLAIM)) == bool(expected)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"类型": "丢件"}, CHASED),
        ({"类型": None}, CHASED),  # lost is the default
        ({"类型": "拦截"}, CHASED),
        ({"类型": "撤件"}, CHASED),
        ({"类型": "破损"}, []),
        ({"类型": "短少"}, []),
        ({"类型": "延误"}, []),
        ({"类型": "飞了"}, []),
        ({"索赔日期": ago(1)}, []),
        ({"索赔日期": "昨天"}, []),
        ({"索赔金额": 129}, CHASED),  # what it is to be claimed with
        ({"赔付日期": ago(1)}, []),
        ({"赔付日期": UNCACHED}, []),
        ({"赔付金额": 129}, []),
        ({"赔付金额": 0}, CHASED),
        ({"最后物流日期": "上周"}, []),
        ({"最后物流日期": date(2026, 4, 1)}, []),
        ({"最后物流日期": None, "登记日期": None}, []),
        ({"最后物流日期": None, "登记日期": "上周"}, []),
        ({"登记日期": "上周"}, CHASED),
        ({"快递单号": None}, []),
        ({"快递单号": "看不清"}, []),
        ({"快递公司": "某某快递"}, CHASED),
        ({"快递公司": None}, CHASED),
        ({"登记日期": date(2026, 2, 28)}, []),  # before the start
    ],
)
def test_whom_it_is_said_of(change: Cells, expected: list[str]) -> None:
    assert ask(change) == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ({"退回单号": T1}, []),
        ({"退回单号": f"圆通{T1}-1-1-"}, []),
        ({"退回单号": T1, "类型": "拒收"}, []),
        ({"退回单号": T1, "收货日期": date(2026, 2, 20)}, []),
        ({"退回单号": T1, "类型": None, "收货日期": "昨天"}, []),
        ({"退回单号": T2, "订单号": LOST["订单编号"]}, CHASED),
    ],
)
def test_what_is_in_receiving_is_not_gone(received: Cells, expected: list[str]) -> None:
    assert ask({}, RECEIVING | received) == expected


class TestTheCarrier:
    @pytest.mark.parametrize(
        ("own", "days", "expected"),
        [
            ({"lost.chase_days": 3}, 3, CHASED),
            ({"lost.chase_days": 3}, 2, []),
            ({"lost.chase_days.圆通": 3}, 3, CHASED),
            ({"lost.chase_days.中通": 3}, 3, []),
            ({"lost.claim_days.圆通": 2}, 2, CLAIMED),  # the agreement of 48 hours: no chase before
            ({"lost.claim_days.圆通": 2}, 1, []),
            ({"lost.claim_days.圆通": 2, "lost.claim_days": 30}, 8, CLAIMED),
            ({"lost.claim_days": 30}, 29, CHASED),
        ],
    )
    def test_may_have_days_of_its_own(self, own: dict[str, int], days: int, expected: list[str]) -> None:
        policies = {key: (Decimal(value),) for key, value in own.items()}
        assert ask({"最后物流日期": ago(days)}, policies=policies) == expected

    def test_is_that_of_the_sheet_s_name_where_there_is_no_column(self) -> None:
        absent = {heading: value for heading, value in LOST.items() if heading != "快递公司"}
        made = day(
            lost=sheet([absent | {"最后物流日期": ago(3)}], "圆通丢件登记"),
            receiving=[],
            policies={"lost.chase_days.圆通": (Decimal(3),)},
        )
        assert spots(made, CHASE) == ["lost C2 W tracking_no"]


@pytest.mark.parametrize("broken", [[], ["receiving"]])
def test_without_receiving_it_cannot_be_known(broken: list[str]) -> None:
    tables = {"receiving": [RECEIVING]} if broken else {}
    made = verdict(day(lost=[LOST], broken=broken, **tables))
    assert {(n.code, n.needs) for n in made.not_run if n.code.startswith("lost-")} == {
        (code, ("receiving",)) for code in (CHASE, CLAIM, "lost-found")
    }
