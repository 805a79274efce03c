"""Every key has the line it stands in."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from xlflow.settings.lines import key_lines

KEYS = st.sampled_from(["a", "b-c", "d_1", '"e.f"', "'g h'", '"表"', r'"\u8868 \"x"', '"="', '"#["'])
VALUES = st.sampled_from(
    ["1", "-2.5", "true", "2026-03-01", "07:30:00", '"t"', '"[#=\\""', "'}'", '"""x\n]"y"""""', "'''\n'''''"]
)
LISTS = st.lists(VALUES, max_size=3).map(lambda items: "[\n" + ", # ] }\n".join(items) + ' # "\n]')
TABLES = st.dictionaries(st.tuples(KEYS, KEYS).map(".".join), VALUES | LISTS, max_size=3).map(
    lambda pairs: "{ " + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + " }"
)
PAIRS = st.dictionaries(st.lists(KEYS, min_size=1, max_size=3).map(" . ".join), VALUES | LISTS | TABLES, max_size=4)
HEADERS = st.lists(KEYS, min_size=1, max_size=3).map(".".join)


def paths(values: dict[str, object], prefix: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    found = set()
    for key, value in values.items():
        found.add((*prefix, key))
        if isinstance(value, dict):
            found |= paths(value, (*prefix, key))
    return found


@given(st.lists(st.tuples(HEADERS, PAIRS), max_size=4))
def test_every_key_has_the_line_it_stands_in(tables: list[tuple[str, dict[str, str]]]) -> None:
    text, expected = "# [no]\n", {}
    for number, (header, pairs) in enumerate(tables):
        table = (f"t{number}", *_parts(header))
        expected.setdefault(table, text.count("\n") + 1)
        text += f"[t{number}.{header}] # a = 1\n"
        for key, value in pairs.items():
            expected.setdefault((*table, *_parts(key)), text.count("\n") + 1)
            text += f"  {key} = {value}\n\n"
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = key_lines(text)
    assert set(lines) == paths(values)
    assert {path: lines[path] for path in expected} == expected


def _parts(key: str) -> tuple[str, ...]:
    found, parts = tomllib.loads(f"{key} = 0"), []
    while isinstance(found, dict):
        [(part, found)] = found.items()
        parts.append(part)
    return tuple(parts)


def test_a_key_named_again_keeps_its_first_line() -> None:
    assert key_lines("[a]\nb.c = 1\nb.d = 2\n[a.e]\n") == {
        ("a",): 1,
        ("a", "b"): 2,
        ("a", "b", "c"): 2,
        ("a", "b", "d"): 3,
        ("a", "e"): 4,
    }


def test_tables_in_arrays_are_left_out() -> None:
    assert key_lines("[[a]]\nb = [{c = 1}, {d = [2]}]\ne = 3") == {("a",): 1, ("a", "b"): 2, ("a", "e"): 3}
