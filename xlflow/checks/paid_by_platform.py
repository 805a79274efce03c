"""The platform has refunded the return freight of this order already (F5): it is not paid a second time.

A refund of the amount of a compensation by the platform, of the same order and not for freight, is that compensation;
each accounts for one. Any other of just 2.00, 4.00 or 10.00 may be a cable's or an adapter's that nobody registered:
held until somebody has looked.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlflow.day import Day
from xlflow.exports.taobao_refunds import TaobaoRefund
from xlflow.finding import Hit, places
from xlflow.model import Level, Text
from xlflow.registers.compensation import Channel, Compensation, Item
from xlflow.registers.freight import Freight

LEVEL, NEEDS = Level.ERROR, (Freight, TaobaoRefund)


def check(day: Day) -> Iterator[Hit]:
    for row in day.rows(Freight):
        refunds = _not_accounted_for(day, row)
        if refunds:
            yield _hit(day, row, refunds)


def _not_accounted_for(day: Day, row: Freight) -> list[TaobaoRefund]:
    compensated = [
        other.amount
        for other in day.by(Compensation, "order_no").get(row.order_no, ())
        if other.channel == Channel.PLATFORM and other.item not in (None, Item.FREIGHT)
    ]
    left = []
    for refund in day.by(TaobaoRefund, "order_no").get(row.order_no, ()):
        if refund.pays_freight and refund.amount is not None and refund.amount in compensated:
            compensated.remove(refund.amount)
        elif refund.pays_freight:
            left.append(refund)
    return left


def _hit(day: Day, row: Freight, refunds: list[TaobaoRefund]) -> Hit:
    gifts = day.policies.amounts(row.registered_on or day.date, "platform.gift_amounts")
    surely = [refund for refund in refunds if refund.amount not in gifts]
    refund = (surely or refunds)[0]
    return Hit(
        row, "order_no",
        _refunded(refund),
        Text("take the row out: the freight is paid") if surely
        else Text("look in the platform what it was for; release it if it was a cable or an adapter"),
        related=places(refunds, "order_no"), level=Level.ERROR if surely else Level.HOLD,
    )  # fmt: skip


def _refunded(refund: TaobaoRefund) -> Text:
    facts = {"amount": refund.amount, "number": refund.refund_no}
    if refund.amount is None:
        return Text("the platform refunded 退运费, refund {number}; the amount cannot be read", facts)
    return Text("the platform refunded {amount} yuan for 退运费, refund {number}", facts)
