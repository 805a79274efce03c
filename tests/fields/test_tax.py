"""Tax numbers: the form and the check character of GB 32100, and the older forms (domain.md B.8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlflow.fields import tax
from xlflow.grid import Value

RIGHT = "91110108551385082Q"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        (RIGHT, RIGHT),
        (f" '{RIGHT.lower()} ", RIGHT),
        ("9111 0108 5513 8508 2Q", RIGHT),
        ("９１１１０１０８５５１３８５０８２Ｑ", RIGHT),
        ("\u200b91110108551385082Q", RIGHT),
        (330100123456789, "330100123456789"),
        ("待补", "待补"),
    ],
)
def test_how_it_is_read(value: Value, read: str | None) -> None:
    assert tax.TAX_NO.parse(value) == read


@pytest.mark.parametrize(
    "number",
    [
        RIGHT,
        "91110000600037341L",
        "911101085513850070",  # Σ mod 31 = 0
        "N2330100MA2ABCDE0" + tax.check_character("N2330100MA2ABCDE0"),
        "330100123456789",
        "330100MA2ABCDE7",
        "330100199001011234AB"[:17],
        "33010019900101123X00",
    ],
)
def test_right_ones(number: str) -> None:
    assert tax.problem(number) is None


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("91110108551385082A", "the last character of 91110108551385082A does not fit the others"),
        ("91110108551385028Q", "the last character of 91110108551385028Q does not fit the others"),
        ("91110108551385082", None),
        ("9111010855138508", "9111010855138508 does not have the form of a tax number"),
        ("91110108551385082I", "91110108551385082I does not have the form of a tax number"),
        ("9111O108551385082Q", "9111O108551385082Q does not have the form of a tax number"),
        ("9.11101085513851E+17", "9.11101085513851E+17 does not have the form of a tax number"),
        ("待补", "待补 does not have the form of a tax number"),
    ],
)
def test_wrong_ones(number: str, message: str | None) -> None:
    found = tax.problem(number)
    assert (str(found) if found else None) == message


CODES = st.builds(
    "".join,
    st.tuples(
        st.text(tax.ALPHABET, min_size=2, max_size=2),
        st.text("0123456789", min_size=6, max_size=6),
        st.text(tax.ALPHABET, min_size=9, max_size=9),
    ),
)


@given(CODES, st.integers(0, 17), st.sampled_from(tax.ALPHABET))
def test_any_one_wrong_character_shows(code: str, place: int, other: str) -> None:
    whole = code + tax.check_character(code)
    assert tax.problem(whole) is None
    if other != whole[place]:
        assert tax.problem(whole[:place] + other + whole[place + 1 :]) is not None


@given(CODES)
def test_the_check_character_is_the_standard_s(code: str) -> None:
    """C18 = 31 − (Σ Cᵢ·Wᵢ mod 31), where 31 is 0; the weights as the standard prints them."""
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = 0
    for char, weight in zip(code, weights, strict=True):
        total += tax.ALPHABET.find(char) * weight
    assert tax.ALPHABET.find(tax.check_character(code)) == (31 - total % 31) % 31


@given(st.one_of(st.none(), st.text(), st.booleans(), st.integers(), st.decimals(allow_nan=False), st.dates()))
def test_anything_can_be_read_and_judged(value: Value) -> None:
    read = tax.TAX_NO.parse(value)
    if read is not None:
        assert isinstance(read, str)
        tax.problem(read)
