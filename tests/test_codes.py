"""Short ids that people read out and type (contract §4 "Fix lists", §5)."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlflow import codes

IDS = st.text(codes.ALPHABET, min_size=1, max_size=12)


def whole(body: str) -> str:
    return body + codes.check_character(body)


def holds(code: str) -> bool:
    return codes.check_character(code[:-1]) == code[-1]


def test_crockford_s_alphabet() -> None:
    assert len(set(codes.ALPHABET)) == 32
    assert sorted(set(string.digits + string.ascii_uppercase) - set(codes.ALPHABET)) == ["I", "L", "O", "U"]


@given(IDS, st.data())
def test_one_wrong_character_is_noticed(body: str, data: st.DataObject) -> None:
    code = whole(body)
    at = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from(codes.ALPHABET.replace(code[at], "")))
    assert not holds(code[:at] + wrong + code[at + 1 :])


def swaps() -> list[tuple[str, str]]:
    return [(a, b) for a in codes.ALPHABET for b in codes.ALPHABET if a != b]


@pytest.mark.parametrize("around", [("", ""), ("7", ""), ("", "K"), ("XF", "3A")])
def test_two_characters_that_changed_places_are_noticed(around: tuple[str, str]) -> None:
    before, after = around
    check = {a + b: codes.check_character(before + a + b + after) for a, b in swaps()}
    assert [pair for pair in check if check[pair] == check[pair[::-1]]] == []


@given(IDS)
def test_the_last_one_and_the_check_character_that_changed_places_are_noticed(body: str) -> None:
    code = whole(body)
    swapped = code[:-2] + code[-1] + code[-2]
    assert swapped == code or not holds(swapped)


def test_the_letters_people_mistake_for_digits_are_those_digits() -> None:
    assert codes.check_character("O1IL") == codes.check_character("0111")


@given(st.text(max_size=40), st.integers(1, 12))
def test_made_of_nothing_but_the_content(content: str, length: int) -> None:
    code = codes.from_content(content, length)
    assert len(code) == length
    assert set(code) <= set(codes.ALPHABET)
    assert code == codes.from_content(content, length)


def test_contents_that_differ_a_little_differ() -> None:
    made = [codes.from_content(f"{number}", 7) for number in range(2000)]
    assert len(set(made)) == len(made)


def test_the_ids_of_today_are_those_of_tomorrow() -> None:
    """Ids are printed, sent and answered: what makes them must not change unnoticed."""
    assert codes.from_content("1234567890123456789", 7) == "1RA9QJ5"
