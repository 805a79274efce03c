"""The hand-over page, which links what else was made (contract §6 ``hand-over``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from xlflow.hand_over import HandOver, page
from xlflow.outputs import Output
from xlflow.steps.making import Making
from xlflow.tasks import Task

KIND = "hand-over"


def hand_over(
    making: Making, tasks: Sequence[Task], payouts: Mapping[str, int | Decimal], files: Iterable[str]
) -> Output:
    """The page of a day. It links the ``files``, paths relative to the desk, but for drafts and the page itself."""
    desk = making.desk
    name = f"交接-{desk.day.date}.html"
    linked = (path for path in sorted(set(files)) if not path.endswith((".eml", f"/{name}")))
    made = HandOver(
        desk.settings.name, desk.day, making.verdict, tasks, payouts,
        tuple(linked),
        tuple((trouble.file, trouble.code) for trouble in desk.troubles),
    )  # fmt: skip
    content = page(made, making.say).encode()
    return Output(KIND, name, content, None)
