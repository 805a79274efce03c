"""Carriers: names, and the forms of their numbers (domain.md B.2)."""

from __future__ import annotations

import pytest

from tests.fields.reading import read
from xlflow.fields.carriers import COURIER, carriers, fits, guess, named_in

TEACH = "teach this spelling in the fix list"
ALL = "顺丰、中通、圆通、韵达、申通、EMS、极兔、京东、百世、德邦、菜鸟、天天"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None),
        ("顺丰", "顺丰"),
        ("顺丰速运", "顺丰"),
        ("sf", "顺丰"),
        ("ＺＴＯ", "中通"),
        ("圆通 速递", "圆通"),
        ("yd", "韵达"),
        ("申通e物流", "申通"),
        ("邮政", "EMS"),
        ("平邮", "EMS"),
        ("J&T", "极兔"),
        ("汇通", "百世"),
        ("丹鸟", "菜鸟"),
        ("TTKDEX", "天天"),
        ("韵达快运", f"unknown-value: 韵达快运 is not a known spelling; write 韵达快递 if that is meant, or {TEACH}"),
        ("顺风", f"unknown-value: 顺风 is not a known spelling; write 顺丰 if that is meant, or {TEACH}"),
        ("YT", f"unknown-value: YT is not a known spelling; write YTO if that is meant, or {TEACH}"),
        ("飞鸽传书", f"unknown-value: 飞鸽传书 is not a known spelling; write one of these: {ALL}; or {TEACH}"),
        (5, f"unknown-value: 5 is not a known spelling; write one of these: {ALL}; or {TEACH}"),
    ],
)
def test_courier(cell: object, value: str | None) -> None:
    assert read(COURIER, cell) == value


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        ("中通丢件登记", "中通"),
        ("申通（云仓）丢件登记", "申通"),
        ("3月EMS2026", "EMS"),
        ("jd 登记", "京东"),
        ("百世汇通", "百世"),
        ("邮政ＥＭＳ", "EMS"),
        ("韵达快运丢件", None),
        ("韵达快运、韵达快递", None),
        ("中通圆通", None),
        ("SFX登记", None),
        ("仓库错发漏发双面单登记", None),
        ("", None),
    ],
)
def test_named_in(text: str, carrier: str | None) -> None:
    assert named_in(text) == carrier


N = "123456789012345678"  # digits to fill up with

FITTING = {
    "顺丰": ["SF1234567890123", "SFA" + N[:12], N[:12], N[:15]],
    "中通": [
        *["7" + d + N[:12] for d in "345678"],
        "99" + N[:12],
        *["5711" + N[:8], "2008" + N[:8], "2013" + N[:8], "91" + N[:10], "98" + N[:10], "36" + N[:10], "4" + N[:11]],
        *["54" + N[:10], "56" + N[:10], "63" + N[:10], "64" + N[:10], "72" + N[:10], "120" + N[:9], "780" + N[:9]],
        *["885" + N[:9], "960" + N[:9], "39" + N[:10], "50" + N[:10], "53" + N[:10], "37" + N[:10], "68" + N[:10]],
    ],
    "圆通": [
        *["YT" + N[:13], "A1" + N[:10], "A1" + N[:13], "AB" + N[:8], "6" + N[:17], "9" + N[:17], "DD8" + N[:15]],
        *["Y" + N[:12], "1" + N[:9], "A" + N[:9]],
    ],
    "韵达": ["3" + N[:14], "4" + N[:14], "5" + N[:12], N[:13], N[:15]],
    "申通": [
        *["77" + N[:12], "43" + N[:15], "77" + N[:13], "88" + N[:13], "99" + N[:13], "33" + N[:11], "66" + N[:11]],
        *["4" + N[:12], "268" + N[:9], "968" + N[:13], "773" + N[:9], "STO" + N[:10]],
    ],
    "EMS": ["9" + N[:12], "8" + N[:12], "1" + N[:12], "PA" + N[:11], "RR123456789CN", "12" + N[:11], "5" + N[:12]],
    "极兔": ["JT" + N[:13], "JT" + N[:12]],
    "京东": ["JD00" + N[:11], "JDVA" + N[:11], "JDX" + N[:12], "JDK" + N[:12]],
    "百世": [
        *["JT" + N[:13], "A" + N[:12], "E" + N[:12], "BXA" + N[:10], "K8" + N[:11], "02" + N[:11], "000" + N[:10]],
        *["29" + N[:10], "30" + N[:10], "61" + N[:10], "5" + N[:13], "5" + N[:14], "7" + N[:13], "58" + N[:14]],
    ],
    "德邦": ["DPK" + N[:12], N[:8], N[:10], "DPK" + N[:11], "DPK" + N[:12] + "A1"],
    "菜鸟": ["621" + N[:12]],
    "天天": ["TT" + N[:9], N[:11], N[:14]],
}

NEAR_MISSES = {
    "顺丰": ["SF" + N[:12], "SF" + N[:14], N[:13], N[:14], "YT" + N[:13]],
    "中通": ["2007" + N[:8], "2014" + N[:8], "90" + N[:10], "99" + N[:10], "55" + N[:9], "YT" + N[:13], N[:13], N[:15]],
    "圆通": ["YT" + N[:14], "5" + N[:17], "DD7" + N[:15], "YT" + N[:9]],
    "韵达": ["YT" + N[:13], N[:12], N[:14]],
    "申通": ["78" + N[:12], "43" + N[:16], "34" + N[:11], "268" + N[:8], "STO" + N[:9]],
    "EMS": [N[:12], "RR12345678CN", "PA" + N[:10], "EMS" + N[:13]],
    "极兔": ["JT" + N[:14], "JT" + N[:11], N[:15]],
    "京东": ["JD" + N[:12], "JDAB" + N[:12], N[:13]],
    "百世": ["F" + N[:12], "62" + N[:10], "K7" + N[:11], N[:13]],
    "德邦": [N[:7], N[:11], "DPK" + N[:10]],
    "菜鸟": ["622" + N[:12], "621" + N[:11]],
    "天天": [N[:10], N[:15], "TX" + N[:9]],
}


def test_every_carrier_is_looked_at() -> None:
    assert list(FITTING) == list(NEAR_MISSES) == list(carriers())


@pytest.mark.parametrize("carrier", FITTING)
def test_fits(carrier: str) -> None:
    assert [number for number in FITTING[carrier] if not fits(carrier, number)] == []
    assert [number for number in NEAR_MISSES[carrier] if fits(carrier, number)] == []


def test_a_carrier_without_known_forms_fits_anything() -> None:
    assert fits("飞鸽", "12345678")


@pytest.mark.parametrize(
    ("number", "owners"),
    [
        ("432542035598773", {"申通", "韵达"}),
        ("4309597495550", set()),
        ("SF1234567890123", {"顺丰"}),
        ("JT1234567890123", {"极兔"}),
        ("JTT1234567890123", set()),
        ("73123456789012", {"中通"}),
        ("77123456789012", {"申通"}),
        ("78123456789012", {"中通"}),
    ],
)
def test_guess(number: str, owners: set[str]) -> None:
    assert guess(number) == owners
