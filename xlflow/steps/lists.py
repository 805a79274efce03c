"""What there is and with which settings here: registers, checks, reports, policies; one code explained (§2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from xlflow import policies
from xlflow.discover import registers
from xlflow.fields.text import heading_key
from xlflow.judge import checks
from xlflow.model import Text
from xlflow.policies import Policies
from xlflow.report import reports
from xlflow.settings import RegisterSettings, Settings
from xlflow.steps.reports import template_of
from xlflow.steps.sample import examples
from xlflow.table.columns import Column

Say = Callable[[Text], str]
Document = dict[str, Any]


def list_registers(settings: Settings) -> list[Document]:
    """Each register of this version with its path here and its fields."""
    listed = []
    for name, table in registers().items():
        own = settings.registers.get(name, RegisterSettings(path=()))
        fields = [_field(column, own) for column in table.columns.values()]
        listed.append(
            {"register": name, "title": table.table_title, "owner": table.owner, "path": own.path, "fields": fields}
        )
    return listed


def _field(column: Column, own: RegisterSettings) -> Document:
    taught = own.headings.get(column.name, ())
    known = {heading_key(heading) for heading in taught}
    asked = column.required and column.name not in own.optional
    return {
        "field": column.name,
        "type": column.type.name,
        "required": column.name in own.required or (asked and column.where is None),
        "wanted": column.wanted or (asked and column.where is not None),
        "headings": [*taught, *(heading for heading in column.headings if heading_key(heading) not in known)],
    }


def list_checks(settings: Settings, say: Say) -> list[Document]:
    """Each check with its level, whether it is on here, and its first sentence."""
    return [
        {
            "code": code,
            "level": check.level.value,
            "severity": check.level.severity,
            "holds": check.level.holds,
            "owner": check.owner,
            "needs": [table.register for table in check.needs],
            "on": settings.checks.runs(code),
            "about": say(Text(check.doc)).partition("\n")[0],
        }
        for code, check in checks().items()
    ]


def list_reports(settings: Settings, say: Say) -> list[Document]:
    """Each report with its registers, the template that it is filled into here, and who gets it."""
    return [
        {
            "report": name,
            "title": report.title,
            "period": report.span.value,
            "registers": [table.register for table in report.about],
            "template": template_of(settings, name),
            "mail": settings.mail.get(name, ()),
            "about": say(Text(report.doc)).partition("\n")[0],
        }
        for name, report in reports().items()
    ]


def list_policies(settings: Settings, today: date, say: Say) -> list[Document]:
    """Each number of the rules in force today, those of single carriers where the desk has any."""
    here = Policies(settings.policies)
    return [
        {
            "key": key,
            "values": [str(value) for value in policy.values],
            "unit": say(Text(policy.unit)),
            "since": policy.since.isoformat(),
            "source": policy.source,
            "note": say(Text(policy.note)),
        }
        for key in dict.fromkeys((*policies.built_in(), *settings.policies))
        for policy in (here.on(today, key),)
    ]


def explain(code: str, say: Say) -> Document:
    """What a code means, with an example and how to mend it."""
    check = checks()[code]
    return {
        "code": code,
        "level": check.level.value,
        "severity": check.level.severity,
        "holds": check.level.holds,
        "owner": check.owner or (check.needs[0].owner if check.needs else None),
        "text": say(Text(check.doc)),
        "examples": examples(code, say),
    }
