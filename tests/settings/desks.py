"""A desk's settings as the tests of this folder write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlflow.locale import render
from xlflow.settings import Known, Settings, SettingsError, load

KNOWN = Known(
    registers={
        "receiving": {"received_on": (), "tracking_no": (), "kind": ("return", "exchange", "refused")},
        "freight": {"order_no": (), "amount": (), "reason": ("quality", "shop_fault", "non_quality", "other")},
    },
    checks=("missing", "cable-late", "not-inspected", "no-picture"),
    off_by_default=("not-inspected", "no-picture"),
    policies=("freight.replacement_days", "freight.ask_above", "cable.unit", "plain"),
    kinds=("fix-list", "payout-list", "tasks"),
    reports=("weekly-quality", "claim-sheet"),
)

LEAST = """
[desk]
name = "示例店"
start = 2026-03-01
[registers.freight]
path = "退运费表.xlsx"
"""


def desk(tmp_path: Path, text: str | bytes) -> Path:
    data = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "xlflow.toml").write_bytes(data)
    return tmp_path


def loaded(tmp_path: Path, text: str | bytes) -> Settings:
    return load(desk(tmp_path, text), KNOWN)


def mistakes(tmp_path: Path, text: str | bytes, language: str = "en") -> list[str]:
    with pytest.raises(SettingsError) as refused:
        loaded(tmp_path, text)
    return [
        " | ".join(render(part, language) for part in (mistake.message, mistake.fix) if part)
        for mistake in refused.value.problems
    ]
