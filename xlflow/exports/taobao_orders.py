"""订单导出 (ExportOrderList…csv): the orders that Taobao or Tmall knows of (domain.md B.6.1)."""

from __future__ import annotations

from datetime import date

from xlflow.fields import dates, ids, people, text
from xlflow.table.columns import Row, column, export


@export
class TaobaoOrder(Row):
    """One order, or one of its parts. The same order may stand in several exports: the newest row wins."""

    created_on: date | None = column("订单创建时间", "创建时间", type=dates.date_type())
    order_no: str | None = column("订单编号", "主订单编号", type=ids.ORDER_NO, required=True)
    part_no: str | None = column("子订单编号", type=ids.TRANSACTION)
    status: str | None = column("订单状态", type=text.TEXT, required=True)
    buyer: str | None = column("买家会员名", "买家昵称", type=text.TEXT)
    recipient: str | None = column("收货人姓名", type=text.TEXT)
    phone: str | None = column("联系手机", "联系电话", type=people.PHONE)
    product: str | None = column("宝贝标题", "商品标题", type=text.TEXT)
    tracking_no: str | None = column("物流单号", "运单号", type=ids.TRACKING)
    courier: str | None = column("物流公司", type=text.TEXT)
    paid_on: date | None = column("订单付款时间", type=dates.date_type())
    received_on: date | None = column("确认收货时间", type=dates.date_type())

    def identity(self) -> str | None:
        """The number of the order, or of its part."""
        return self.part_no or self.order_no

    def as_of(self) -> date:
        """The latest day the row knows of."""
        return self.received_on or self.paid_on or self.created_on or date.min
