"""What is told beside the findings: the checks that could not run, in one line for the same want."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import FREIGHT, RECEIVING
from tests.desks import TODAY, make_desk, xlflow


def test_checks_that_lack_the_same_stand_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    on = '[checks]\non = ["not-inspected", "no-picture"]'
    home = make_desk(tmp_path, settings=on, receiving=[RECEIVING], freight=[FREIGHT])
    told = xlflow(capsys, "check", "--desk", home, "--date", TODAY).err.splitlines()
    assert "without reissue these checks did not run: cable-broken-reissue, serial-missing" in told
    assert "without quality these checks did not run: no-picture" in told
    assert "without taobao_refunds these checks did not run: paid-by-platform" in told
    assert "without inspection (收货表.xlsx 3月) these checks did not run: not-inspected" in told
    assert not [line for line in told if "paid-review" in line]
