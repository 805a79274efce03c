"""批量付款结果: what became of each line of a batch, as the bank says (contract §5, "Rejected by the bank")."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from xlflow.exports._bill import Bill
from xlflow.exports._party import party
from xlflow.fields import dates, ids, money, text
from xlflow.statement import Movement
from xlflow.table.columns import column, export

#: In the order they are looked for: 付款未成功 is no success.
FAILED = ("失败", "未成功", "不成功", "退回", "拒绝", "关闭", "撤销", "FAIL")
SUCCEEDED = ("成功", "已付款", "已转账", "已到账", "SUCCESS")


@export
class AlipayBatchResult(Bill):
    """One line of a batch file with its result; what is still on its way says nothing yet."""

    answers: ClassVar[bool] = True

    needed: ClassVar[tuple[str, ...]] = ("account", "sum", "status")

    account: str | None = column(
        "收款方支付宝账号", "收款人支付宝账号", "收款方账号", "收款账号", "收款人账号", "收款人email",
        type=ids.TRANSACTION, required=True,
    )  # fmt: skip
    name: str | None = column("收款方姓名", "收款人姓名", "收款方名称", "收款户名", type=text.TEXT)
    sum: Decimal | None = column("金额", "付款金额", "转账金额", type=money.MONEY, required=True)
    remark: str | None = column("备注", "付款理由", "转账备注", "附言", type=text.TEXT)
    status: str | None = column(
        "处理结果", "处理状态", "付款状态", "转账状态", "付款结果", "转账结果", "打款状态", "交易状态", "结果", "状态",
        type=text.TEXT, required=True,
    )  # fmt: skip
    reason: str | None = column(
        "失败原因", "错误原因", "失败信息", "错误信息", "失败描述", "错误描述", "失败说明", "结果说明", "错误代码",
        type=text.TEXT, required=True,
    )  # fmt: skip
    transaction: str | None = column(
        "支付宝流水号",
        "支付宝交易号",
        "支付宝单号",
        "转账流水号",
        "业务流水号",
        "交易号",
        "流水号",
        type=ids.TRANSACTION,
    )
    paid_on: date | None = column(
        "完成时间", "处理时间", "付款时间", "转账时间", "支付时间", "打款时间", type=dates.date_type(), ahead=True
    )

    def movement(self) -> Movement | None:
        """The payment; with ``rejected`` filled where the bank refused it."""
        status = (self.status or "").upper()
        failed = any(word in status for word in FAILED)
        if not self.sum or not (failed or any(word in status for word in SUCCEEDED)):
            return None
        account, _ = party(self.account)
        return Movement(
            self.number, self.paid_on, self.transaction, -self.sum, self.transaction, account, self.name,
            self.remark or "", self.remark or "", rejected=(self.reason or self.status) if failed else None,
        )  # fmt: skip
