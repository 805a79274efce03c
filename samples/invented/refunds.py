"""The platform's refund export as it is downloaded (domain.md B.6.2): GBK, ids as ``="…"``."""

from __future__ import annotations

HEADINGS = (
    "订单编号", "退款编号", "支付宝交易号", "订单付款时间", "商品编码", "退款完结时间", "买家实际支付金额", "宝贝标题",
    "买家退款金额", "手工退款/系统退款", "是否需要退货", "退款的申请时间", "超时时间", "退款状态", "货物状态",
    "退货物流信息", "发货物流信息", "客服介入状态", "卖家真实姓名", "卖家真实姓名新", "卖家退货地址", "卖家邮编",
    "卖家电话", "卖家手机", "退货物流单号", "退货物流公司", "买家退款原因", "买家退款说明", "买家退货时间", "责任方",
    "售中或售后", "商家备注", "完结时间", "部分退款/全部退款", "审核操作人", "举证超时", "是否零秒响应", "退款操作人",
    "退款原因标签", "业务类型", "是否帮他退款", "帮他退款操作账号",
)  # fmt: skip
IDS = ("订单编号", "退款编号", "支付宝交易号")


def refund_export(refunds: list[dict[str, str]]) -> bytes:
    """The CSV of these refunds, each by heading, the newest first."""
    newest = sorted(refunds, key=lambda refund: refund["退款的申请时间"], reverse=True)
    rows = [[_field(name, refund.get(name, "")) for name in HEADINGS] for refund in newest]
    return "".join(f"{','.join(row)}\r\n" for row in [HEADINGS, *rows]).encode("gbk")


def _field(name: str, text: str) -> str:
    if name in IDS and text:
        return f'="{text}"'
    return f'"{text}"' if "," in text else text
