"""The Chinese catalogue is complete, fits its sources, and is compiled."""

from __future__ import annotations

import gettext
from io import BytesIO

import pytest

from tests.locale.update import MO, compiled, fits, msgids, read, template, translations

CATALOGUE = read()
TEMPLATE = template()


def test_every_message_is_translated() -> None:
    missing = [m.id for m in TEMPLATE if m.id and not (m.id in CATALOGUE and translations(CATALOGUE[m.id]))]
    assert missing == []


def test_translations_have_the_slots_of_their_messages() -> None:
    assert [message.id for message in CATALOGUE if message.id and not fits(message)] == []


def test_nothing_is_fuzzy() -> None:
    assert [message.id for message in CATALOGUE if message.fuzzy] == []


def test_nothing_is_left_over() -> None:
    left = [m.id for m in CATALOGUE if m.id and m.id not in TEMPLATE and ("click", 0) not in m.locations]
    assert left == []
    assert not CATALOGUE.obsolete


def test_it_is_compiled() -> None:
    with MO.open("rb") as file:
        ours = gettext.GNUTranslations(file)
    fresh = gettext.GNUTranslations(BytesIO(compiled(CATALOGUE)))
    assert {**ours._catalog, "": ""} == {**fresh._catalog, "": ""}


@pytest.mark.parametrize(
    ("file", "source", "found"),
    [
        ("xlflow/a.py", 'Text("one {n}", {"n": 1})', ["one {n}"]),
        ("xlflow/a.py", 'Text("one "\n"two")', ["one two"]),
        ("xlflow/a.py", "Text(msgid)", []),
        ("xlflow/a.py", '"""Doc."""', []),
        ("xlflow/checks/missing.py", '"""Says.\n\n    Why."""', ["Says.\n\nWhy."]),
        ("xlflow/checks/_cells.py", '"""Shared."""', []),
        ("xlflow/reports/monthly.py", '"""Counts."""', ["Counts."]),
        ("xlflow/reports/_counts.py", '"""Shared."""', []),
        ("xlflow/table/defects.py", '"""Says."""', ["Says."]),
        ("xlflow/cli/run.py", '"""The day.\n\nMore."""', ["The day."]),
        ("xlflow/cli/_run.py", '"""The day."""', []),
        ("xlflow/cli/_a.py", 'option("--x", help="Help.")', ["Help."]),
        ("xlflow/cli/_a.py", '@command()\ndef f():\n    """One.\n\n    Two."""', ["One.\n\nTwo.", "One."]),
        ("xlflow/cli/_a.py", 'def f():\n    """One."""', []),
    ],
)
def test_where_messages_are_found(file: str, source: str, found: list[str]) -> None:
    assert list(msgids(source, file)) == found


@pytest.mark.parametrize("source", ['Text(f"{x}")', 'Text("a" + b)', 'Text("a" if b else "c")'])
def test_a_message_that_is_put_together_is_refused(source: str) -> None:
    with pytest.raises(ValueError) as refused:
        list(msgids(source, "xlflow/a.py"))
    assert str(refused.value) == "xlflow/a.py:1: a msgid must be a plain literal"
