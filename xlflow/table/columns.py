"""What a register or an export is: a class whose attributes are its columns.

*Required* is a check, not a type: a required cell may still be blank, and that blank is the finding.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

from xlflow.fields import FieldType
from xlflow.grid import Value
from xlflow.table.sheets import TableSheet

NOTHING_UNREAD: Mapping[str, Value] = {}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register or an export.

    ``required`` is ★ and ``wanted`` ☆ of contract §3, both in the rows of which ``where`` is true, without it in all.
    ``instead`` names the column that will do in this one's place, ``takes`` the one that is read for this field where
    there is none of its own; ``of_sheet`` finds the value of an absent column in the sheet's name. ``ahead`` lets a
    date lie after the day of the run. ``beside`` are the fields that this cell may fill when they are blank, each with
    the function that finds the value in the raw cell.
    """

    name: str
    headings: tuple[str, ...]
    type: FieldType
    required: bool = False
    wanted: bool = False
    where: Callable[[Any], bool] | None = None
    instead: str | None = None
    takes: str | None = None
    ahead: bool = False
    beside: tuple[tuple[str, Callable[[Value], object]], ...] = ()
    of_sheet: Callable[[str], object] | None = None


@dataclass(slots=True, eq=False)
class Row:
    """One row of a register or an export; attributes of the subclasses are its cells, None when blank.

    ``unread`` holds, by field, the raw value of each cell that could not be read: such an attribute is None too.
    """

    sheet: TableSheet
    number: int
    unread: Mapping[str, Value]

    register: ClassVar[str]
    owner: ClassVar[str]
    table_title: ClassVar[str]
    columns: ClassVar[Mapping[str, Column]]
    date_field: ClassVar[str | None]
    #: The tracking number that the row's courier carries, where it has a courier.
    carried: ClassVar[str | None] = None

    def can_read(self, *fields: str) -> bool:
        """Whether none of these cells defied reading; blank ones can be read."""
        return not self.unread or not any(name in self.unread for name in fields)

    def may_lack(self, field: str) -> bool:  # noqa: ARG002  # the registers' own answers look at it
        """Whether a required field may be blank in this row."""
        return False

    def same_thing(self) -> Hashable | None:
        """What two rows of a register have in common when they are the same thing; None when it cannot be known."""
        return None

    def repeats(self, earlier: Self) -> bool:  # noqa: ARG002  # the registers' own answers look at it
        """Whether the row repeats an earlier one with the same ``same_thing``."""
        return True

    def identity(self) -> str | None:
        """What makes two rows of different exports the same one; None when nothing does."""
        return None

    def as_of(self) -> date:
        """The latest day that an export's row knows of."""
        return date.min

    def named_by(self) -> str:
        """The field by which people name such a row."""
        return "order_no"

    @classmethod
    def required_fields(cls) -> tuple[str, ...]:
        """The ★ fields, in the order of the contract, without those that are so in some rows only."""
        return tuple(column.name for column in cls.columns.values() if column.required and column.where is None)

    @classmethod
    def conditional_fields(cls) -> tuple[str, ...]:
        """The fields that are ★ in some rows only."""
        return tuple(column.name for column in cls.columns.values() if column.required and column.where is not None)


def column(*headings: str, type: FieldType, **options: Any) -> Any:
    """Declare a column: its headings, earliest first, its field type, and the options of ``Column``."""
    return field(default=None, metadata={"headings": headings, "type": type, **options})


R = TypeVar("R", bound=Row)


@dataclass_transform(field_specifiers=(column,))
def register(*, owner: str, title: str) -> Callable[[type[R]], type[R]]:
    """Make a class of columns a register; its name is that of its file, its date the first date column (contract §3).

    ``owner`` mends its rows, ``title`` is what the desk calls it (``table_title``: a field may be named title).
    """

    def declare(cls: type[R]) -> type[R]:
        made = dataclass(slots=True, eq=False)(cls)
        made.register = cls.__module__.rpartition(".")[2]
        made.owner, made.table_title = owner, title
        made.columns = dict(_columns(made))
        made.date_field = next((c.name for c in made.columns.values() if c.type.name == "date"), None)
        return made

    return declare


@dataclass_transform(field_specifiers=(column,))
def export(cls: type[R]) -> type[R]:
    """Make a class of columns the export of a platform or a bank; nobody here owns it."""
    return register(owner="", title="")(cls)


def _columns(cls: type[Row]) -> list[tuple[str, Column]]:
    declared = (item for item in dataclasses.fields(cls) if "headings" in item.metadata)
    return [(item.name, Column(item.name, **item.metadata)) for item in declared]
