"""What the desk's workbooks are called, and the headings of their sheets."""

from __future__ import annotations

from typing import TypeAlias

MARCH = "2026年3月"
FILES = {
    "receiving": "收货表.xlsx", "exchange": "换货表.xlsx", "freight": "退运费表.xlsx", "reissue": "补发记录表.xlsx",
    "compensation": "补偿登记表.xlsx", "lost": "物流丢件记录表.xlsx", "interception": "撤件登记表.xlsx",
    "invoice": "发票登记表.xlsx", "quality": "质量差评登记表.xlsx", "badreview": "质量差评登记表.xlsx",
}  # fmt: skip
TITLES = {
    "receiving": "退货签收登记表", "exchange": "换货登记表", "freight": "退运费登记表", "reissue": "售后补发记录",
    "compensation": "补偿登记", "lost": "物流丢件记录", "interception": "撤件登记", "invoice": "发票登记",
    "quality": "质量问题登记", "badreview": "差评记录",
}  # fmt: skip
#: The field that a register's totals add up, where it has totals.
COUNTED = {
    "receiving": "quantity", "exchange": "quantity", "freight": "amount", "reissue": "quantity",
    "lost": "goods_value",
    "invoice": "amount", "compensation": "amount",
}  # fmt: skip

#: Field → heading and column width. A field "+…" is a column that no field of the register claims.
Columns: TypeAlias = dict[str, tuple[str, int]]

HEADINGS: dict[str, Columns] = {
    "receiving": {
        "received_on": ("收货日期", 16), "courier": ("快递公司", 10), "tracking_no": ("退货单号", 26),
        "order_no": ("订单编号", 24), "buyer": ("买家旺旺", 17), "product": ("产品", 16), "model": ("型号", 10),
        "quantity": ("数量", 7), "kind": ("类型", 9), "reason": ("退货原因", 24), "inspection": ("质检结果", 16),
        "recorder": ("登记人", 8), "memo": ("备注", 26),
    },
    "exchange": {
        "registered_on": ("登记日期", 16), "order_no": ("订单编号", 24), "buyer": ("旺旺号", 17),
        "product": ("产品名称", 16), "model": ("规格型号", 10), "quantity": ("换货数量", 9),
        "reason": ("换货原因", 14), "return_tracking": ("寄回单号", 22), "courier": ("换出快递", 9),
        "sent_tracking": ("换出单号", 22), "sent_on": ("发出日期", 16), "recipient": ("收件人", 9),
        "phone": ("联系电话", 16), "address": ("收货地址", 34), "responsible": ("责任人", 8), "memo": ("备注", 14),
    },
    "freight": {
        "registered_on": ("登记日期", 16), "order_no": ("订单号", 24), "buyer": ("买家旺旺", 17),
        "payee_account": ("支付宝帐号", 24), "payee_name": ("收款人姓名", 11), "amount": ("运费金额（元）*", 11),
        "reason": ("退运费原因", 24), "kind": ("售后类型", 9), "return_tracking": ("退回快递单号", 26),
        "problem_on": ("反馈日期", 12), "platform_unavailable": ("无法申请原因", 12), "status": ("打款状态", 11),
        "paid_on": ("打款日期", 16), "transaction": ("支付宝流水号", 30), "memo": ("备注", 24),
    },
    "reissue": {
        "registered_on": ("补发日期", 16), "order_no": ("订单编号", 24), "buyer": ("买家旺旺", 17),
        "items": ("补发项目", 14), "product": ("补发货品", 16), "quantity": ("补发数量", 9),
        "problem": ("补发原因", 24),
        "serial_no": ("路由器序列号", 18), "evidence": ("凭证", 16), "with_invoice": ("一起补发票", 11),
        "invoiced_before": ("是否开过发票", 12), "recipient": ("收件人", 9), "phone": ("手机", 16),
        "address": ("收件地址", 34), "courier": ("快递", 8), "sent_tracking": ("寄出单号", 22),
        "sent_on": ("寄出日期", 16),
        "responsible": ("责任人", 8), "memo": ("备注", 18),
    },
    "compensation": {
        "registered_on": ("登记日期", 16), "order_no": ("交易编号", 24), "buyer": ("会员名", 17),
        "item": ("补偿项目", 9),
        "quantity": ("数量", 7), "amount": ("补偿金额（元）", 11), "channel": ("补偿方式", 11),
        "signed_on": ("签收日期", 16),
        "feedback_on": ("反馈日期", 16), "problem": ("补偿原因", 22), "evidence": ("凭证", 16),
        "serial_no": ("序列号", 18), "payee_account": ("支付宝账号", 24), "payee_name": ("真实姓名", 11),
        "status": ("打款状态", 11), "paid_on": ("打款日期", 16), "memo": ("备注", 22),
    },
    "lost": {
        "registered_on": ("登记日期", 16), "order_no": ("平台订单号", 24), "tracking_no": ("丢件单号", 24),
        "product": ("商品名称", 16), "model": ("规格", 10), "quantity": ("数量", 7), "kind": ("类型", 8),
        "sent_on": ("发货日期", 16), "last_scan_on": ("最后走件日期", 16), "goods_value": ("货值（元）", 10),
        "freight": ("运费", 8), "handling": ("处理方式", 9), "refunded_on": ("退款日期", 16),
        "returning_on": ("物流返回日期", 16), "promised": ("快递承诺", 16), "claimed_on": ("索赔日期", 16),
        "claim_amount": ("索赔金额", 9), "settled_on": ("到账日期", 16), "settled_amount": ("到账金额", 9),
        "memo": ("备注", 24),
    },
    "interception": {
        "notified_on": ("撤件日期", 16), "order_no": ("订单编号", 24), "courier": ("快递公司", 10),
        "tracking_no": ("发货单号", 24), "quantity": ("数量", 7), "upgraded": ("补差价", 9),
        "promised": ("承诺退回", 12),
        "paid_amount": ("实付金额", 10), "roundtrip_freight": ("来回运费", 9), "refund_amount": ("退款金额", 10),
        "confirmed_on": ("确认日期", 16), "returning_on": ("退回日期", 16), "memo": ("备注", 24),
    },
    "invoice": {
        "requested_on": ("申请日期", 16), "order_no": ("订单编号", 24), "kind": ("发票类型", 14),
        "title": ("发票抬头", 24), "tax_no": ("纳税人识别号", 24), "address": ("地址", 28), "phone": ("电话", 16),
        "bank": ("开户行", 20), "account": ("账号", 22), "amount": ("开票金额（元）", 11),
        "issued_on": ("开票日期", 16),
        "invoice_no": ("发票号码", 24), "courier": ("快递公司", 9), "sent_tracking": ("运单号", 22),
        "memo": ("备注", 16),
    },
    "quality": {
        "registered_on": ("登记日期", 16), "order_no": ("订单编号", 24), "product": ("产品名称", 16),
        "model": ("型号", 10),
        "quantity": ("数量", 7), "serial_no": ("SN", 18), "reason": ("故障描述", 26), "batch": ("生产批次", 10),
        "supplier": ("厂家", 14), "unit_price": ("进价", 8), "evidence": ("问题图片", 22),
        "handling": ("处理方式", 12),
        "responsible": ("责任人", 8), "memo": ("备注", 18),
    },
    "badreview": {
        "reviewed_on": ("评价日期", 16), "order_no": ("订单号", 24), "buyer": ("买家昵称", 17),
        "product": ("商品名称", 16),
        "model": ("规格型号", 10), "rating": ("评价等级", 9), "reason": ("差评原因", 22), "content": ("评价内容", 36),
        "result": ("处理结果", 24), "responsible": ("责任人", 8), "memo": ("备注", 16),
    },
}  # fmt: skip

#: Where a sheet differs: since March the warehouse has its own word for the tracking number, notes what was applied
#: for, and the shelf; a colleague's own sheet of exchanges has no quantity; only 顺丰 insures; in February the data of
#: an invoice stood in two columns, now in four.
OTHERWISE: dict[tuple[str, str], dict[str, tuple[str, int] | None]] = {
    ("receiving", MARCH): {
        "tracking_no": ("回来的单号", 26), "quantity": ("实收数量", 9), "expected_quantity": ("申请数量", 9),
        "phone": ("联系电话", 15), "+shelf": ("货架号", 8),
    },
    ("freight", MARCH): {"+clerk": ("登记客服", 9)},
    ("exchange", "3月补登"): {"quantity": None},
    ("lost", "顺丰"): {"insured_value": ("保价金额", 9)},
    ("invoice", "2026年2月"): {
        "address": None, "phone": None, "bank": None, "account": None, "address_phone": ("地址、电话", 36),
        "bank_account": ("开户行及账号", 36),
    },
}  # fmt: skip
