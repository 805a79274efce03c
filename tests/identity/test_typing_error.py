"""Numbers within one typing error (contract §5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlflow.identity.typing_error import one_error, remainders, same_start

ORDER = "1234567890123456"
digits = st.text("012", max_size=7)


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        ("1234567890123457", True),  # changed at the end
        ("9234567890123456", True),  # changed at the start
        ("123456789012345", True),  # dropped
        ("12345678990123456", True),  # doubled
        ("2134567890123456", True),  # swapped
        ("1234567890123465", True),
        ("1234567890123456", False),  # the same
        ("3214567890123456", False),  # swapped, but no neighbours
        ("1134567890123457", False),  # two changed
        ("12345678901234", False),  # two dropped
        ("2345678901234561", False),  # the first one moved to the end
        ("", False),
    ],
)
def test_one_error(other: str, is_one: bool) -> None:
    assert one_error(ORDER, other) is one_error(other, ORDER) is is_one


def errors(number: str) -> set[str]:
    """All that one slip can make of a number: a second implementation, by making them all."""
    changed = {number[:i] + c + number[i + 1 :] for i in range(len(number)) for c in "012"}
    added = {number[:i] + c + number[i:] for i in range(len(number) + 1) for c in "012"}
    dropped = {number[:i] + number[i + 1 :] for i in range(len(number))}
    swapped = {number[:i] + number[i + 1] + number[i] + number[i + 2 :] for i in range(len(number) - 1)}
    return (changed | added | dropped | swapped) - {number}


@given(digits, digits)
def test_it_agrees_with_making_every_error(one: str, other: str) -> None:
    assert one_error(one, other) is (other in errors(one))


@given(digits, st.data())
def test_what_is_one_error_away_shares_a_remainder(one: str, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from(sorted(errors(one))))
    assert set(remainders(one)) & set(remainders(other))
    assert len(list(remainders(one))) == len(set(remainders(one)))


def test_the_digits_excel_keeps() -> None:
    assert same_start("1234567890123456789", "123456789012345000")
    assert not same_start("1234567890123456789", "1234567890123446789")
    assert not same_start("1234", "1234")
