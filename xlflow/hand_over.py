"""交接: the day on one page, for the next shift (contract §6 ``hand-over``).

It travels unencrypted, so it holds counts, codes, places and order numbers only: no message, as that may quote a cell.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import quote

from xlflow.day import Day, date_of
from xlflow.discover import registers
from xlflow.html import Html, Inside, joined, opening, tag
from xlflow.judge import Verdict, checks
from xlflow.model import Text
from xlflow.resources import data
from xlflow.tasks import NAMES, Task
from xlflow.workdays import is_known

Say = Callable[[Text], str]

#: So many tasks are on the page; the workbook of tasks has all.
MOST_TASKS = 60
OWNERS = {
    "warehouse": Text("warehouse"),
    "after_sales": Text("after-sales"),
    "finance": Text("finance"),
    "manager": Text("manager"),
}


@dataclass(frozen=True, slots=True)
class HandOver:
    """What the page is about.

    ``payouts`` are numbers by ``new``, ``open``, ``held`` and ``total`` (yuan); ``files`` paths relative to the desk,
    or absolute ones outside it; ``troubles`` files that could not be used, each with the code of why.
    """

    name: str
    day: Day
    verdict: Verdict
    tasks: Sequence[Task]
    payouts: Mapping[str, int | Decimal]
    files: Sequence[str]
    troubles: Sequence[tuple[str, str]]

    @property
    def today(self) -> date:
        """The day it is about."""
        return self.day.date


def page(made: HandOver, say: Say) -> str:
    """The page as one HTML document without any other file."""
    title = say(Text("Hand-over {date}", {"date": made.today.isoformat()}))
    head = joined(
        opening("meta", charset="utf-8"),
        opening("meta", name="viewport", content="width=device-width, initial-scale=1"),
        opening("meta", name="color-scheme", content="light dark"),
        opening("meta", http_equiv="Content-Security-Policy", content="default-src 'none'; style-src 'unsafe-inline'"),
        tag("title", f"{title} {made.name}"),
        tag("style", Html(data("hand_over.css"))),
    )
    sections = (_numbers(made, say), _tasks(made, say), _files(made, say), _findings(made, say), _rows(made, say))
    body = joined(
        tag("header", tag("h1", title), tag("p", made.name, class_="quiet"), *_calendar(made.today, say)),
        tag("main", *sections, _unusable(made, say)),
    )
    language = say(Text("en"))  # what the catalogue translates into, as HTML calls it
    return f"<!doctype html>\n{tag('html', tag('head', head), tag('body', body), lang=language)}\n"


def _calendar(today: date, say: Say) -> Iterator[Html]:
    """That invoices may be due on a holiday, where nobody has told which days those are."""
    if not is_known(today):
        facts = {"year": today.year}
        said = say(Text("the public holidays of {year} are not known here: Monday to Friday count as workdays", facts))
        yield tag("p", said)


def _section(name: str, title: str, *inside: Inside) -> Html:
    return tag("section", tag("h2", title, id=name), *inside, aria_labelledby=name)


def _numbers(made: HandOver, say: Say) -> Html:
    levels = Counter(finding.level.severity for finding in made.verdict.findings)
    overdue = sum(task.due < made.today for task in made.tasks)
    due = sum(task.due == made.today for task in made.tasks)
    numbers: list[tuple[Text, Inside]] = [
        (Text("Tasks overdue"), tag("span", overdue, class_="alarm") if overdue else 0),
        (Text("Tasks due today"), due),
        (Text("Errors"), levels["error"]),
        (Text("Warnings"), levels["warning"]),
        (Text("To be paid"), _count_and_sum(made, say)),
        (Text("Held back"), str(made.payouts["held"])),
    ]
    boxes = (tag("div", tag("dt", say(name)), tag("dd", value)) for name, value in numbers)
    return _section("numbers", say(Text("The day's numbers")), tag("dl", *boxes, class_="numbers"))


def _count_and_sum(made: HandOver, say: Say) -> str:
    facts = {"count": made.payouts["open"], "total": f"{made.payouts['total']:,.2f}"}
    return say(Text("{count}, {total} yuan", facts))


def _tasks(made: HandOver, say: Say) -> Html:
    if not made.tasks:
        return _section("tasks", say(Text("Tasks")), tag("p", say(Text("Nothing is waiting.")), class_="quiet"))
    columns = [say(name) for name in (Text("Due"), Text("Task"), Text("Who"), Text("Order"), Text("Where"))]
    shown = made.tasks[:MOST_TASKS]
    rows = (_task(made, task, columns, say) for task in shown)
    facts = {"shown": len(shown), "count": len(made.tasks)}
    more = say(Text("{shown} of {count}, what is due first; the workbook 待办 has all", facts))
    caption = [tag("caption", more)] if len(shown) < len(made.tasks) else []
    return _section("tasks", say(Text("Tasks")), _table(columns, rows, *caption, class_="stacked"))


def _task(made: HandOver, task: Task, columns: Sequence[str], say: Say) -> Html:
    due = f"{task.due}{f' {task.by:%H:%M}' if task.by is not None else ''}"
    late = joined(due, " ", tag("span", say(Text("overdue")), class_="alarm")) if task.due < made.today else due
    cells: list[Inside] = [NAMES[task.kind], say(OWNERS[task.owner]), task.order_no or "–", task.place]
    rest = (tag("td", tag("span", cell), data_label=name) for cell, name in zip(cells, columns[1:], strict=True))
    return tag("tr", tag("th", tag("span", late), scope="row", data_label=columns[0]), *rest)


def _table(columns: Sequence[str], rows: Iterable[Html], *before: Html, **attributes: str) -> Html:
    heading = tag("tr", *(tag("th", name, scope="col") for name in columns))
    return tag("table", *before, tag("thead", heading), tag("tbody", *rows), **attributes)


def _files(made: HandOver, say: Say) -> Html:
    folder = f"out/{made.today.isoformat()}"
    items = [tag("li", _link(path, folder)) for path in made.files]
    nothing = tag("p", say(Text("No files were made.")), class_="quiet")
    return _section("files", say(Text("Files")), tag("ul", *items, class_="files") if items else nothing)


def _link(path: str, folder: str) -> Inside:
    """A link as seen from the page; a file outside the desk is only named."""
    name = posixpath.basename(path)
    return name if posixpath.isabs(path) else tag("a", name, href=quote(posixpath.relpath(path, folder)))


def _findings(made: HandOver, say: Say) -> Html:
    owners = [block for owner in OWNERS if (block := _owner(made, owner, say)) is not None]
    return _section(
        "findings", say(Text("What is wrong, and who mends it")),
        *(owners or [tag("p", say(Text("Nothing is wrong.")), class_="quiet")]),
    )  # fmt: skip


def _owner(made: HandOver, owner: str, say: Say) -> Html | None:
    """One owner's codes, the most frequent first."""
    counts = Counter(finding.code for finding in made.verdict.findings if finding.owner == owner)
    if not counts:
        return None
    rows = (
        tag("tr", tag("th", tag("code", code), scope="row"), tag("td", _about(code, say)), tag("td", n, class_="count"))
        for code, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    columns = [say(name) for name in (Text("Code"), Text("Rule"), Text("Count"))]
    return joined(tag("h3", f"{say(OWNERS[owner])} · {counts.total()}"), _table(columns, rows, class_="codes"))


def _about(code: str, say: Say) -> str:
    return say(Text(checks()[code].doc)).partition("\n")[0]


def _rows(made: HandOver, say: Say) -> Html:
    columns = [say(name) for name in (Text("Register"), Text("New today"), Text("Rows in all"))]
    rows = (tag("tr", tag("th", title, scope="row"), *cells) for title, cells in _registers(made))
    return _section("registers", say(Text("Registers")), _table(columns, rows, class_="counts"))


def _registers(made: HandOver) -> Iterator[tuple[str, list[Html]]]:
    for table in registers().values():
        if made.day.books.readable(table):
            rows = made.day.all(table)
            counts = (sum(date_of(row) == made.today for row in rows), len(rows))
            yield table.table_title, [tag("td", count, class_="count") for count in counts]


def _unusable(made: HandOver, say: Say) -> Html:
    """What could not be read, and the checks that therefore say nothing; nothing at all on most days."""
    files = [tag("li", file, " ", tag("code", code)) for file, code in made.troubles]
    stopped = [tag("li", tag("code", code)) for code in dict.fromkeys(check.code for check in made.verdict.not_run)]
    if not files and not stopped:
        return Html()
    return _section(
        "unusable", say(Text("What could not be used")),
        tag("ul", *files),
        tag("p", say(Text("Checks that did not run:"))) if stopped else "",
        tag("ul", *stopped),
    )  # fmt: skip
