"""Messages come out in the language that was chosen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xlflow.locale import choose, render, translate
from xlflow.model import Text
from xlflow.passwords import Secret


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        (Text("is negative"), "is negative", "是负数"),
        (Text("write {expected}", {"expected": Text("a date")}), "write a date", "请写成日期"),
        (
            Text("{what}: {name}", {"what": Text("cannot be {found}", {"found": Text("a list")}), "name": 3}),
            "cannot be a list: 3",
            "不能是列表：3",
        ),
        (Text("not in the catalogue {n}", {"n": Decimal("1.50")}), "not in the catalogue 1.50", None),
        (Text("{a} and {b}", {"a": date(2026, 3, 2), "b": ()}), "2026-03-02 and ", None),
        (Text("all: {names}", {"names": ("{a}", Text("a date"), 3)}), "all: {a}, a date, 3", "all: {a}、日期、3"),
        (Text("says {word}", {"word": Secret("sample-pass-1")}), "says ***", None),
        (Text(""), "", ""),
    ],
)
def test_render(text: Text, english: str, chinese: str | None) -> None:
    assert render(text, "en") == english
    assert render(text, "zh") == (english if chinese is None else chinese)


def test_translate_leaves_the_slots_open() -> None:
    assert translate("cannot be {found}", "zh") == "不能是{found}"


@pytest.mark.parametrize(
    ("option", "settings", "environ", "chosen"),
    [
        ("en", "zh", {"LANG": "zh_CN.UTF-8"}, "en"),
        ("zh", "en", {}, "zh"),
        ("fr", "zh", {}, "zh"),
        (None, "en", {"LANG": "zh_CN.UTF-8"}, "en"),
        (None, "fr", {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, None, {"LANG": "zh"}, "zh"),
        (None, None, {"LANG": "en_US.UTF-8"}, "en"),
        (None, None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, None, {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh"),
    ],
)
def test_choose(option: str | None, settings: str | None, environ: dict[str, str], chosen: str) -> None:
    assert choose(option, settings, environ) == chosen


@pytest.mark.parametrize(
    ("name", "chosen"),
    [("zh_CN", "zh"), ("Chinese (Simplified)_China", "zh"), ("English_United States", "en"), (None, "en")],
)
def test_choose_by_the_system(monkeypatch: pytest.MonkeyPatch, name: str | None, chosen: str) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (name, "cp936"))
    assert choose(None, None, {}) == chosen
