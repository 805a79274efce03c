"""Who may decide about money, and a plan approved exactly as it was seen (contract §5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from xlflow.event import Event
from xlflow.model import Text, XlflowError
from xlflow.money import events
from xlflow.money.entry import Entry, Plan, State
from xlflow.money.fold import Money
from xlflow.money.plan import line, yuan
from xlflow.money.said import STATE_TEXTS


class Refused(XlflowError):
    """A money step that is not allowed as things stand; nothing was changed."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may decide: name → highest total in yuan, nobody named: anybody may, any; and whether two must."""

    approvers: Mapping[str, Decimal] = field(default_factory=dict)
    four_eyes: bool = False

    def ensure(self, by: str, fen: int) -> None:
        """Refused ``not-approver``, ``above-limit``."""
        if not by.strip():
            raise Refused("not-approver", Text("nobody is named who decides"), Text("say who you are with --by"))
        if not self.approvers:
            return
        limit = self.approvers.get(by)
        if limit is None:
            names = "、".join(self.approvers)
            raise Refused(
                "not-approver",
                Text("{by} may not decide about payouts here", {"by": by}),
                Text("ask one of {names}, who are named under [payouts] approvers in xlflow.toml", {"names": names}),
            )
        if yuan(fen) > limit:
            facts = {"by": by, "limit": f"{limit:.2f}", "total": f"{yuan(fen):.2f}"}
            raise Refused(
                "above-limit",
                Text("{by} may decide about up to {limit} yuan, and this is {total}", facts),
                Text("ask somebody who may decide about more"),
            )


@dataclass(frozen=True, slots=True)
class Approval:
    """What somebody who approves types."""

    fingerprint: str
    total: Decimal
    by: str
    on: date


def approve(money: Money, said: Approval, rules: Rules) -> Event | None:
    """Approve a plan; None when just this was done before.

    Refused: ``unknown-plan``, ``total-differs``, ``nothing-to-approve``, ``plan-changed``, ``four-eyes``, and what
    ``Rules.ensure`` refuses.
    """
    plan = money.plans.get(said.fingerprint.strip().upper())
    if plan is None:
        raise Refused(
            "unknown-plan",
            Text("there is no plan {fingerprint}", {"fingerprint": said.fingerprint}),
            Text("copy the fingerprint from the newest plan: `xlflow payouts plan`"),
        )
    _ensure_total(plan, said.total)
    rules.ensure(said.by, plan.total)
    entries = [money.entries[entry_id] for entry_id in plan.lines]
    if entries and all(entry.plan == plan.fingerprint for entry in entries):
        return None
    _ensure_same(plan, entries)
    if rules.four_eyes:
        _ensure_four_eyes(plan, entries, said.by)
    return events.approved(plan.fingerprint, plan.lines, plan.total, said.by, said.on)


def _ensure_total(plan: Plan, typed: Decimal) -> None:
    if typed != yuan(plan.total):
        facts = {"typed": f"{typed}", "total": f"{yuan(plan.total):.2f}"}
        raise Refused(
            "total-differs",
            Text("the plan adds up to {total} yuan, and not to {typed}", facts),
            Text("look at the plan once more, and type the total that stands there"),
        )
    if not plan.lines:
        raise Refused("nothing-to-approve", Text("the plan has no entries"), Text("there is nothing to do"))


def _ensure_same(plan: Plan, entries: Iterable[Entry]) -> None:
    changed = [entry for entry in entries if entry.state is not State.OPEN or line(entry) != plan.lines[entry.id]]
    if changed:
        named = [Text("{entry} ({state})", {"entry": e.id, "state": STATE_TEXTS[e.state]}) for e in changed]
        raise Refused(
            "plan-changed",
            Text("since that plan was made, {count} of its entries changed, were held, or paid: {entries}",
                 {"count": len(named), "entries": named}),
            Text("make a new plan with `xlflow payouts plan`, look at it, and approve that one"),
        )  # fmt: skip


def _ensure_four_eyes(plan: Plan, entries: Iterable[Entry], by: str) -> None:
    if by in plan.planners:
        raise Refused(
            "four-eyes", Text("{by} made the plan, so somebody else must approve it", {"by": by}), _SOMEBODY_ELSE
        )
    released = [entry.id for entry in entries if by in entry.released_by]
    if released:
        facts = {"by": by, "entries": released}
        raise Refused(
            "four-eyes", Text("{by} released {entries}, so somebody else must approve the plan", facts), _SOMEBODY_ELSE
        )


_SOMEBODY_ELSE = Text("ask a second person: [payouts] four_eyes is on in xlflow.toml")
