"""How many doubles are caught, and how many honest rows are held, on an invented desk (contract §5)."""

from __future__ import annotations

import pytest

from tests.identity.desk import HONEST_BY_CONTRACT, KINDS, Desk
from xlflow.identity import Twin, Why, twins
from xlflow.policies import Policies

SIZE, SEED = 20_000, 20260308
SMALL_OR_WHOLE = pytest.mark.parametrize("size", [2_000, pytest.param(SIZE, marks=pytest.mark.slow)])


def is_near(how: tuple[str, ...]) -> bool:
    return "order" in how or ("tracking" in how and "no tracking" not in how)


def caught(desk: Desk) -> dict[tuple[str, ...], tuple[float, float]]:
    """By kind of retyping: the share found to be the same obligation, and the share found at all.

    Every row is retyped once, the kinds in turn, and only finding the very row that was retyped counts.
    """
    copies = [desk.again(claim, KINDS[number % len(KINDS)]) for number, claim in enumerate(desk.honest)]
    found = twins([*desk.honest, *copies], Policies({}))
    told: dict[tuple[str, ...], list[Why | None]] = {how: [] for how in KINDS}
    for copy in copies:
        how, original = copy.key  # type: ignore[misc]
        told[how].append(_between(found.get(copy.key, ()), original) or _between(found.get(original, ()), copy.key))
    return {how: (whys.count(Why.SAME) / len(whys), 1 - whys.count(None) / len(whys)) for how, whys in told.items()}


def _between(found: tuple[Twin, ...], key: object) -> Why | None:
    return next((twin.why for twin in found if twin.earlier.key == key), None)


@SMALL_OR_WHOLE
def test_doubles_are_caught(size: int) -> None:
    shares = caught(Desk(size, SEED))
    for how, (exact, found) in shares.items():
        print(f"{' + '.join(how):24} same {exact:7.2%}  found {found:7.2%}")
    assert {how: exact for how, (exact, _) in shares.items() if not is_near(how)} == {
        how: 1.0 for how in KINDS if not is_near(how)
    }
    assert [how for how, (_, found) in shares.items() if found < 0.98] == [HONEST_BY_CONTRACT]


def test_honest_rows_are_let_through() -> None:
    """All but those whose parcel holds another order too: the contract holds them whatever the amount."""
    desk = Desk(SIZE, SEED)
    found = twins(desk.honest, Policies({}))
    held = {why: sum(any(t.why is why for t in told) for told in found.values()) / len(desk.honest) for why in Why}
    for why, share in held.items():
        print(f"{why:24} honest rows held {share:.2%}")
    assert held[Why.SAME_TRACKING] == pytest.approx(0.05 / 1.05, abs=0.015)
    others = sum(any(t.why is not Why.SAME_TRACKING for t in told) for told in found.values()) / len(desk.honest)
    assert others < 0.01
