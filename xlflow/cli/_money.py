"""What the money commands have in common: typed totals, questions at the terminal, and what is told of entries."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from gettext import gettext
from typing import TYPE_CHECKING, Any

import click

from xlflow.cli.output import Shell
from xlflow.model import Text, XlflowError

if TYPE_CHECKING:
    from xlflow.money.entry import Entry
    from xlflow.steps.pay import Done
    from xlflow.steps.reading import Request

REFUSED = 3


class Yuan(click.ParamType[Decimal]):
    """An amount as a register would take it: 1,234.50, ¥12, 12元."""

    name = "YUAN"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Raises click's usage error."""
        from xlflow.fields.money import MONEY

        found = MONEY.parse(value)
        if not isinstance(found, Decimal):
            message = gettext("{value!r} is not an amount such as 345.60.")
            raise click.BadParameter(message.format(value=value), ctx, param)
        return found

    def of(self, value: str) -> Decimal:
        """An amount that somebody typed at the terminal."""
        return self.convert(value, None, None)


YUAN = Yuan()


def asked_for(shell: Shell, given: str | None, question: Text, option: str) -> str:
    """An option, else what a person at the terminal answers. Raises click's usage error where nobody is there."""
    answer = given if given is not None or shell.json else shell.ask(question)
    if not answer:
        raise click.UsageError(shell.said(Text("{option} is missing", {"option": option})))
    return answer


def told(
    shell: Shell,
    step: Callable[[Request], Done],
    document: Callable[[Done, Callable[[Text], str]], dict[str, Any]] | None = None,
) -> int:
    """Do a money step and tell what it did; when it is refused, why, in ``refused`` too. Returns the exit code."""
    from xlflow.cli._desk import open_desk
    from xlflow.steps.pay_documents import done_document, refused_document

    try:
        done = step(open_desk(shell))
    except XlflowError as problem:
        if getattr(problem, "exit_code", None) == REFUSED:
            shell.result(refused_document(problem, shell.said))
        raise
    shell.result((document or done_document)(done, shell.said))
    _tell(shell, done)
    return 4 if done.troubles else 0


def _tell(shell: Shell, done: Done) -> None:
    from xlflow.cli._tell import tell_trouble
    from xlflow.money.plan import yuan

    for remark in done.now.remarks:
        shell.say(Text("{entry}: {message}", {"entry": remark.entry, "message": remark.message}))
    for entry in done.entries:
        show_entry(shell, entry)
    for entry_id, why in done.left:
        shell.show(Text("left out: {entry}: {reason}", {"entry": entry_id, "reason": why}))
    total = f"{yuan(sum(entry.amount for entry in done.entries)):,.2f}"
    shell.show(Text("{count} entries, {total} yuan", {"count": len(done.entries), "total": total}))
    for batch in done.batches:
        facts = {"batch": batch.number, "path": batch.path, "count": len(batch.ids), "sha256": batch.sha256}
        facts["total"] = f"{yuan(batch.total):,.2f}"
        shell.show(Text("batch {batch}: {count} entries, {total} yuan: {path} (SHA-256 {sha256})", facts))
    for place in done.published:
        shell.show(place.path)
    if done.plan is not None and done.entries:
        facts = {"plan": done.plan.fingerprint, "total": f"{yuan(done.plan.total):.2f}"}
        shell.show(Text("fingerprint {plan}", facts))
        shell.say(Text("next: xlflow payouts approve --plan {plan} --total {total} --by NAME", facts))
    for trouble in done.troubles:
        tell_trouble(shell, trouble)


def show_entry(shell: Shell, entry: Entry) -> None:
    """One line an entry: id, state, amount, order, masked payee, and what holds it."""
    from xlflow.money.payout_list import STATES
    from xlflow.money.plan import yuan

    reasons = f"  {', '.join(entry.reasons)}" if entry.reasons else ""
    batch = f"  {entry.batch}" if entry.batch is not None else ""
    amount = f"{yuan(entry.amount):>10,.2f}"
    state = STATES[entry.state] if shell.language == "zh" else entry.state.value
    shell.show(f"{entry.id}  {state}  {amount}  {entry.order_no}  {entry.payee_masked}{batch}{reasons}")
