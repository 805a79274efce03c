"""``paid-review``: money for a changed or deleted review, wherever it is written (contract §4, T26)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import BADREVIEW, COMPENSATION, FREIGHT, QUALITY, RECEIVING, REISSUE, day, findings, said, spots
from xlflow.grid import UNCACHED, Value

CODE = "paid-review"
Cells = dict[str, Value]
REVIEW = BADREVIEW | {"评价内容": None, "处理方式": None, "处理结果": None, "备注": None}


def test_money_for_a_review_is_the_manager_s() -> None:
    made = day(freight=[FREIGHT | {"备注": "退了运费就改评"}], receiving=[RECEIVING])
    assert [(said(f), f.owner) for f in findings(made, CODE)] == [
        (
            "freight.xlsx 3月!H2 paid-review H memo=退了运费就改评: this reads like money for a review: "
            "退了运费就改评; such money is not paid; ask the manager",
            "manager",
        )
    ]


@pytest.mark.parametrize(
    ("row", "spot"),
    [
        ({"原因": "质量问题，已删评"}, ["freight F2 H reason"]),
        ({"原因": "好评返现"}, ["freight F2 H reason"]),
        ({"备注": "好评返现5元"}, ["freight H2 H memo"]),
        ({"原因": "质量问题 改评", "备注": "删评"}, ["freight F2 H reason", "freight H2 H memo"]),
        ({"备注": "客户给了好评"}, []),
        ({"备注": "差评已处理"}, []),
        ({"备注": "返现"}, []),
        ({"备注": None}, []),
        ({"收款人姓名": "改评"}, []),
        ({"备注": "改评", "登记日期": date(2026, 2, 28)}, []),
    ],
)
def test_in_freight(row: Cells, spot: list[str]) -> None:
    assert spots(day(freight=[FREIGHT | row], receiving=[RECEIVING]), CODE) == spot


@pytest.mark.parametrize(
    ("row", "spot"),
    [
        ({"原因": "改评补偿"}, ["compensation F2 H problem"]),
        ({"原因": "坏了，改评"}, ["compensation F2 H problem"]),
        ({"备注": "答应删评"}, ["compensation G2 H memo"]),
        ({"原因": "不好看", "备注": "客户要给差评"}, []),
        ({"备注": "改评", "登记日期": date(2026, 2, 28)}, []),
    ],
)
def test_in_compensation(row: Cells, spot: list[str]) -> None:
    assert spots(day(compensation=[COMPENSATION | {"原因": None, "备注": None} | row]), CODE) == spot


@pytest.mark.parametrize(
    ("row", "spot"),
    [
        ({"处理方式": "返现5元改评"}, ["badreview F2 H handling"]),
        ({"处理结果": "给了红包，客户已删评"}, ["badreview G2 H result"]),
        ({"备注": "改评 10.00 元"}, ["badreview H2 H memo"]),
        ({"备注": "改评十元"}, ["badreview H2 H memo"]),
        ({"备注": "改评￥10"}, ["badreview H2 H memo"]),
        ({"备注": "改评１０元"}, ["badreview H2 H memo"]),
        ({"差评原因": "没有好评返现"}, ["badreview C2 H reason"]),
        ({"处理方式": "客户已改评"}, []),
        ({"处理结果": "换货后客户自己删评"}, []),
        ({"处理方式": "退款129元"}, []),
        ({"处理方式": "发红包"}, []),
        ({"处理方式": "改评", "备注": "5元"}, []),
        ({"处理方式": "改评，元件坏了"}, []),
        ({"处理方式": "改评，换了3元件"}, []),
        ({"评价内容": "客服说改评返现10元"}, []),
        ({"处理方式": UNCACHED}, []),
        ({"处理方式": "返现5元改评", "评价日期": date(2026, 2, 28)}, []),
    ],
)
def test_of_bad_reviews_only_with_money(row: Cells, spot: list[str]) -> None:
    assert spots(day(badreview=[REVIEW | row]), CODE) == spot


def test_no_other_register_is_asked() -> None:
    said_so: Cells = {"备注": "改评返现5元"}
    assert spots(day(reissue=[REISSUE | said_so], quality=[QUALITY | said_so]), CODE) == []
