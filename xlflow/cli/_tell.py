"""Findings and files for people: short on the terminal, the most important last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from xlflow.cli.output import Shell
from xlflow.model import Level, Text, XlflowError

if TYPE_CHECKING:
    from xlflow.finding import Finding
    from xlflow.fixes.results import Merge
    from xlflow.judge import Verdict
    from xlflow.steps.doctor import Problem
    from xlflow.steps.source import Trouble

#: So many findings are listed; all of them stand in the fix lists and in ``--json``.
SHOWN = 50
#: So many codes are named in an owner's line.
NAMED = 4


def tell_findings(shell: Shell, findings: tuple[Finding, ...]) -> None:
    """One line a finding: ``file sheet!C7: code: what; remedy``."""
    for finding in findings[: None if shell.verbose else SHOWN]:
        said = f"{shell.said(finding.message)}; {shell.said(finding.fix)}"
        shell.show(f"{finding.place}: {finding.code}: {said}")
    if len(findings) > SHOWN and not shell.verbose:
        counted = {"shown": SHOWN, "count": len(findings)}
        shell.say(Text("{shown} of {count} findings are shown; --verbose shows all", counted))


def tell_owners(shell: Shell, findings: tuple[Finding, ...]) -> None:
    """One line an owner: how many findings wait for them, and of which codes the most."""
    for owner, name in OWNERS.items():
        counts = Counter(finding.code for finding in findings if finding.owner == owner)
        if counts:
            most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            codes = [f"{code} {count}" for code, count in most[: None if shell.verbose else NAMED]]
            more = "" if len(codes) == len(most) else " …"
            facts = {"owner": name, "count": counts.total(), "codes": codes, "more": more}
            shell.show(Text("{owner}: {count} findings ({codes}{more})", facts))


def tell_troubles(shell: Shell, troubles: tuple[Trouble, ...], verdict: Verdict) -> None:
    """The files that could not be used and the checks that did not run."""
    not_run: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for check in verdict.not_run:
        where = f" ({check.file} {check.sheet})" if check.sheet is not None else ""
        not_run.setdefault((check.needs, where), []).append(check.code)
    for (needs, where), codes in not_run.items():
        facts = {"needs": needs, "where": where, "codes": codes}
        shell.say(Text("without {needs}{where} these checks did not run: {codes}", facts))
    tell_files(shell, troubles)


def tell_files(shell: Shell, troubles: Iterable[Trouble]) -> None:
    """The files that could not be used."""
    for trouble in troubles:
        tell_trouble(shell, trouble)


def tell_trouble(shell: Shell, trouble: Trouble) -> None:
    """A file that could not be used, and what to do."""
    shell.complain(f"{trouble.file}: {trouble.code}: {shell.said(trouble.message)}")
    if trouble.fix is not None:
        shell.complain(f"  {shell.said(trouble.fix)}")


def tell_refused(shell: Shell, problem: XlflowError) -> None:
    """Why answers, statements and money were left for later."""
    shell.complain(f"{problem.code}: {shell.said(problem.message)}")
    if problem.fix is not None:
        shell.complain(f"  {shell.said(problem.fix)}")
    shell.complain(shell.said(Text("until then answers, statements and payouts wait; the rest was done")))


def tell_answers(shell: Shell, made: Merge) -> None:
    """What came of returned lists, without what stands in the cells."""
    for one in made.conflicts:
        where = {"place": one.spot.place, "answer": one.spot.answer}
        shell.show(Text("{place}: conflict: changed both here and in {answer}", where))
    for other in made.rejected:
        facts = {"place": other.spot.place, "reason": other.reason, "answer": other.spot.answer}
        shell.show(Text("{place}: not taken: {reason} ({answer})", facts))
    facts = {
        "applied": len(made.applied), "accepted": len(made.accepted), "taught": len(made.taught),
        "conflicts": len(made.conflicts), "rejected": len(made.rejected), "unchanged": made.unchanged,
    }  # fmt: skip
    shell.say(
        Text(
            "answers: {applied} cells written, {accepted} problems accepted, {taught} spellings taught, "
            "{conflicts} conflicts, {rejected} not taken; {unchanged} rows unchanged",
            facts,
        )
    )


def tell_sum(shell: Shell, findings: tuple[Finding, ...]) -> None:
    """Errors, warnings and remarks in one line."""
    levels = Counter(finding.level.severity for finding in findings)
    facts = {name: levels[severity] for name, severity in (("e", "error"), ("w", "warning"), ("i", "info"))}
    shell.say(Text("{e} errors, {w} warnings, {i} remarks", facts))


def tell_problems(
    shell: Shell, problems: list[Problem], well: Text, errors: Sequence[Mapping[str, object]] = ()
) -> int:
    """What ``doctor`` or ``verify`` found, or that all is well; the exit code."""
    from xlflow.steps.documents import problem_document

    shell.result({"problems": [problem_document(problem, shell.said) for problem in problems], "errors": errors})
    for problem in problems:
        shell.show(f"{problem.where}: {problem.code}: {shell.said(problem.message)}; {shell.said(problem.fix)}")
    if not problems:
        shell.say(well)
    return 1 if any(problem.level is not Level.INFO for problem in problems) else 0


def is_bad(findings: tuple[Finding, ...]) -> bool:
    """Whether there is an error or a warning among them."""
    return any(finding.level is not Level.INFO for finding in findings)


OWNERS = {
    "warehouse": Text("warehouse"),
    "after_sales": Text("after-sales"),
    "finance": Text("finance"),
    "manager": Text("manager"),
}
