"""The benchmark's desk holds what it says, and both scripts find it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bench import competent, desk, naive
from tests.bench.rules import FILES

OUTPUTS = ["待补录-仓库.xlsx", "待补录-售后.xlsx", f"打款清单-{desk.DAY}.xlsx"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return desk.write(tmp_path_factory.mktemp("bench") / "desk", 60, share=0.25)


@pytest.fixture(scope="module")
def by_naive(small: Path) -> dict[str, Any]:
    return naive.run(small, desk.DAY)


@pytest.fixture(scope="module")
def by_competent(small: Path) -> dict[str, Any]:
    return competent.run(small, str(desk.DAY))


def places(findings: list[Any]) -> set[tuple[str, str, int]]:
    return {(code, register, row) for code, register, row in findings}


def test_a_desk_is_whole_and_made_once(small: Path) -> None:
    assert {path.name for path in small.glob("*.*")} == {
        *FILES.values(),
        "xlflow.toml",
        "passwords.toml",
        "seeded.json",
    }
    assert (small / "passwords.toml").stat().st_mode & 0o777 == 0o600
    before = (small / "收货表.xlsx").read_bytes()
    assert desk.write(small, 60) == small
    assert (small / "收货表.xlsx").read_bytes() == before


def test_the_same_seed_makes_the_same_desk() -> None:
    assert desk.invent(60, seed=3) == desk.invent(60, seed=3)
    assert desk.invent(60, seed=3) != desk.invent(60, seed=4)


def test_about_nine_rows_in_a_hundred_are_spoilt() -> None:
    spoilt = {place[1:] for place in desk.invent(1000).seeded}
    assert 0.07 < len(spoilt) / 3000 < 0.10


def test_the_straightforward_script_finds_all_that_was_seeded(small: Path, by_naive: dict[str, Any]) -> None:
    """But for merged amounts, whose lower cells pandas reads as blank."""
    seeded = places(json.loads((small / "seeded.json").read_text("utf-8")))
    assert {place[0] for place in seeded - places(by_naive["findings"])} <= {"merged-cells"}
    assert len({place[0] for place in seeded}) >= 12


def test_the_competent_script_finds_what_the_straightforward_one_finds(
    by_naive: dict[str, Any], by_competent: dict[str, Any]
) -> None:
    assert places(by_competent["findings"]) == places(by_naive["findings"])
    assert by_competent["payouts"] == by_naive["payouts"]


@pytest.mark.usefixtures("by_naive", "by_competent")
def test_both_scripts_write_the_same_encrypted_books(small: Path) -> None:
    for script in ("naive", "competent"):
        made = sorted((small / f"out-{script}").iterdir())
        assert [path.name for path in made] == OUTPUTS
        assert {path.read_bytes()[:4] for path in made} == {b"\xd0\xcf\x11\xe0"}
