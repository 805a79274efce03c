"""xlflow.toml → Settings; every mistake of the file is found in one reading (contract §1)."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from xlflow.model import Text
from xlflow.settings.document import read
from xlflow.settings.mistakes import Mistake, SettingsError, nearest
from xlflow.settings.register import registers
from xlflow.settings.schema import OWNERS, Checks, Known, Payouts, Person, Settings
from xlflow.settings.table import Table

FILE = "xlflow.toml"
LANGUAGES = ("zh", "en")
TIMEZONE = "Asia/Shanghai"

_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9-]+"
#: What every mail program takes: dot-atom of RFC 5322, and a domain by name.
_EMAIL = re.compile(rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})*")
_NO_EMAIL = Text("is not an e-mail address")
_EMAIL_FORM = Text("write it as name@example.com")


def load(desk: Path, known: Known) -> Settings:
    """The settings in a desk's folder; raises SettingsError with all mistakes of the file."""
    try:
        document = read(desk / FILE)
    except FileNotFoundError:
        raise SettingsError([_no_desk(desk)]) from None
    root = Table(document, (), document.values, [])
    settings = _settings(desk, root, known)
    root.close()
    if root.mistakes:
        raise SettingsError(root.mistakes)
    return settings


def _no_desk(desk: Path) -> Mistake:
    where = {"file": FILE, "folder": str(desk)}
    fix = Text("name the desk's folder with --desk, or make a new desk: xlflow init {folder}", where)
    return Mistake(None, "", Text("there is no {file} in {folder}", where), fix)


def _settings(desk: Path, root: Table, known: Known) -> Settings:
    first = root.table("desk")
    first.needed("name", 'name = "…"')
    first.needed("start", "start = 2026-03-01")
    return Settings(
        name=first.text("name", "?"),
        start=first.day("start"),
        language=first.choice("language", LANGUAGES, Text("there is no such language")),
        timezone=_timezone(first),
        state=desk / first.text("state", ".xlflow"),
        registers=registers(root, known.registers),
        checks=_checks(root.table("checks"), known),
        payouts=_payouts(root.table("payouts"), desk),
        plain=root.table("outputs").names("plain", (*known.kinds, "*"), Text("there is no such kind of output")),
        password_command=root.table("passwords").texts("command"),
        templates=desk / root.table("templates").text("path", "templates"),
        policies=dict(_policies(root.table("policies"), known.policies)),
        people=_people(root.table("people"), desk),
        mail=_mail(root.table("mail"), known.reports),
        register_names=tuple(known.registers),
    )


def _timezone(table: Table) -> str:
    name = table.text("timezone", TIMEZONE)
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        near = {"nearest": nearest(name, sorted(zoneinfo.available_timezones()))}
        fix = Text("write Asia/Shanghai for China; the nearest known one is {nearest}", near)
        table.wrong("timezone", Text("there is no such time zone: {name}", {"name": name}), fix)
    return name


def _checks(table: Table, known: Known) -> Checks:
    unknown = Text("there is no such check")
    checks = Checks(
        table.names("on", known.checks, unknown),
        table.names("off", known.checks, unknown),
        known.off_by_default,
    )
    for code in checks.on:
        if code in checks.off:
            table.wrong("off", Text("{name} is in on too", {"name": code}), Text("keep it in one of the two"))
    return checks


def _payouts(table: Table, desk: Path) -> Payouts:
    approvers = table.table("approvers")
    return Payouts(
        list=desk / table.text("list", "打款清单.xlsx"),
        max_rows=table.whole("max_rows", 1, 1_000_000) or 1000,
        account=table.text("account", "").strip(),
        approvers={name.strip(): approvers.number(name, 2) for name in approvers.given()},
        four_eyes=table.flag("four_eyes"),
    )


def _policies(table: Table, known: tuple[str, ...]) -> Iterator[tuple[str, tuple[Decimal, ...]]]:
    """The overridden numbers; ``"a.b" = 1``, ``a.b = 1`` and a table ``[policies.a]`` say the same."""
    groups = tuple(dict.fromkeys(name.partition(".")[0] for name in known if "." in name))
    for key in table.keys((*known, *groups), Text("there is no such policy")):
        if key in known:
            yield key, table.numbers(key, 6)
        else:
            inner = tuple(name.removeprefix(f"{key}.") for name in known if name.startswith(f"{key}."))
            yield from ((f"{key}.{name}", value) for name, value in _policies(table.table(key), inner))


def _people(table: Table, desk: Path) -> dict[str, Person]:
    given = dict(table.tables(OWNERS, Text("there is no such owner")))
    return {owner: _person(given[owner], desk) if owner in given else Person() for owner in OWNERS}


def _person(table: Table, desk: Path) -> Person:
    name, email, folder = (table.text(key, "").strip() for key in ("name", "email", "folder"))
    if email and not _EMAIL.fullmatch(email):
        table.wrong("email", _NO_EMAIL, _EMAIL_FORM)
    return Person(name, email, desk / folder if folder else None)


def _mail(table: Table, reports: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    mail = {report: table.texts(report) for report in table.keys(reports, Text("there is no such report"))}
    for report, addresses in mail.items():
        if not all(_EMAIL.fullmatch(address) for address in addresses):
            table.wrong(report, _NO_EMAIL, _EMAIL_FORM)
    return mail
