"""What a register's row is recognised by from run to run, without a word of personal data (contract §5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from xlflow.event import Json
from xlflow.fields.text import same
from xlflow.finding import shown
from xlflow.table.columns import Row

#: What a payment leaves in a row; it stays the row it was.
_MARKS = frozenset({"paid_on", "status", "transaction"})
_ITEM = ("item", "items", "product", "model")
#: Whom a row is about: the first of these that is filled in.
_PERSON = ("payee_account", "buyer", "phone")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row's place, a digest of all its cells, and the few values by which it is known again when those change.

    ``number`` is the row of the sheet, ``item`` what it is about (a compensation's item, else the product),
    ``date`` its register's first date, ``person`` a digest of its payee, else of its buyer or phone.
    """

    register: str
    file: str
    sheet: str
    number: int
    content: str
    order_no: str | None = None
    tracking: str | None = None
    item: str | None = None
    date: date | None = None
    person: str | None = None

    @property
    def place(self) -> tuple[str, str, str, int]:
        """Register, file, sheet and row: rows of a sheet sort as they stand."""
        return (self.register, self.file, self.sheet, self.number)

    def to_json(self) -> dict[str, Json]:
        """The anchor as an event's body keeps it; what is not known is left out."""
        body: dict[str, Json] = {
            "register": self.register, "file": self.file, "sheet": self.sheet, "number": self.number,
            "content": self.content, "order_no": self.order_no, "tracking": self.tracking, "item": self.item,
            "date": None if self.date is None else self.date.isoformat(), "person": self.person,
        }  # fmt: skip
        return {name: value for name, value in body.items() if value is not None}

    @classmethod
    def from_json(cls, body: Mapping[str, Json]) -> Anchor:
        """The anchor that ``to_json`` wrote."""
        day = body.get("date")
        return cls(**{**body, "date": None if day is None else date.fromisoformat(str(day))})  # type: ignore[arg-type]


def anchor(row: Row, digest: Callable[[str], str]) -> Anchor:
    """What a row is recognised by; ``digest`` is the ledger's own, so that nobody else can try names and accounts."""
    day: date | None = getattr(row, row.date_field) if row.date_field else None
    parcel = _parcel_field(type(row))  # type: ignore[arg-type]  # a class can be hashed
    person = next((value for name in _PERSON if (value := getattr(row, name, None))), None)
    return Anchor(
        row.register, row.sheet.file, row.sheet.name, row.number, digest(_content(row)),
        order_no=getattr(row, "order_no", None),
        tracking=getattr(row, parcel) if parcel else None,
        item="/".join(_said(value) for name in _ITEM if (value := getattr(row, name, None)) is not None) or None,
        date=day,
        person=digest(_said(person)) if person else None,
    )  # fmt: skip


@cache
def _parcel_field(table: type[Row]) -> str | None:
    """The tracking number by which a register knows its parcel: its first one."""
    return next((name for name, column in table.columns.items() if column.type.name == "tracking"), None)


def _content(row: Row) -> str:
    """Every cell that is filled in but the marks, each under its field's name."""
    unread, said = row.unread, [row.register]
    for name in _content_fields(type(row)):  # type: ignore[arg-type]
        value = unread[name] if name in unread else getattr(row, name)
        if value is not None:
            said.append(f"{name}={_said(value)}")
    return "\n".join(said)


@cache
def _content_fields(table: type[Row]) -> tuple[str, ...]:
    return tuple(name for name in table.columns if name not in _MARKS)


def _said(value: object) -> str:
    if isinstance(value, str):
        return same(value) or ""
    if isinstance(value, tuple | frozenset):
        return "+".join(sorted(map(_said, value)))
    return same(str(shown(value))) or ""
