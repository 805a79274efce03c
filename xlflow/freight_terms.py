"""What a freight row says once the other registers are asked: its reason, its kind, whether the platform could pay."""

from __future__ import annotations

from xlflow.day import Day
from xlflow.fields.reasons import Reason
from xlflow.parcels import freight_parcels
from xlflow.registers.exchange import Exchange
from xlflow.registers.freight import Freight, FreightKind
from xlflow.registers.receiving import Receiving
from xlflow.table.sheets import Defect

#: What people write where the platform would not take the application (F3).
UNAVAILABLE = ("无法申请", "不能申请", "申请不了")


def reason_of(day: Day, row: Freight) -> Reason | None:
    """The row's reason, else that of the parcel it was sent back in."""
    if row.reason is not None or not row.can_read("reason"):
        return row.reason
    return next((received.reason for received in _received(day, row) if received.reason is not None), None)


def reason_is_hidden(day: Day, row: Freight) -> bool:
    """Whether there is a reason that cannot be read: the row's own, or the parcel's where the row has none.

    So it is, too, when the parcel's cannot be known because the receiving register could not be used.
    """
    if row.reason is not None:
        return False
    return not row.can_read("reason") or Receiving in day.books.broken or bool(hidden_reasons(day, row))


def hidden_reasons(day: Day, row: Freight) -> tuple[Defect, ...]:
    """The cells of the row's parcel that hide the reason it would take from there."""
    if row.reason is not None or not row.can_read("reason"):
        return ()
    received = _received(day, row)
    if any(r.reason is not None for r in received):
        return ()
    hidden = [r for r in received if not r.can_read("reason")]
    return tuple(d for r in hidden for d in r.sheet.defects if d.row is r and d.field == "reason")


def _received(day: Day, row: Freight) -> tuple[Receiving, ...]:
    parcel = freight_parcels(day).get(row)
    return parcel.rows if parcel is not None else ()


def kind_of(day: Day, row: Freight) -> str | None:
    """The row's kind; blank, it is an exchange when the exchange register has its parcel, else a return.

    None when the cell cannot be read, or is blank and the exchange register could not be used.
    """
    if row.kind is not None or not row.can_read("kind"):
        return row.kind
    if row.return_tracking is not None and row.return_tracking in day.by(Exchange, "return_tracking"):
        return FreightKind.EXCHANGE
    if Exchange in day.books.broken or not row.can_read("return_tracking"):
        return None
    return FreightKind.RETURN


def platform_refused(row: Freight) -> bool | None:
    """Whether the customer could not claim the freight in the platform; None when that cell cannot be read."""
    said = (row.memo or "", row.reason.text if row.reason is not None else "")
    if row.platform_unavailable or any(word in text for word in UNAVAILABLE for text in said):
        return True
    return False if row.can_read("platform_unavailable", "memo", "reason") else None
