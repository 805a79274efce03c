"""What both scripts of the benchmark know of the desk: headings, spellings, patterns and numbers, as constants.

The numbers and spellings are those of contract §3 and §4; the patterns are domain.md B.2.
"""

from __future__ import annotations

FILES = {"receiving": "收货表.xlsx", "exchange": "换货表.xlsx", "freight": "退运费表.xlsx"}
OWNERS = {"receiving": "warehouse", "exchange": "warehouse", "freight": "after_sales"}
OWNER_NAMES = {"warehouse": "仓库", "after_sales": "售后"}

#: Register → heading → what its cells hold.
COLUMNS = {
    "receiving": {
        "收货日期": "date", "退回单号": "tracking", "订单编号": "order", "买家旺旺": "text", "联系电话": "phone",
        "产品": "text", "型号": "text", "数量": "int", "申请数量": "int", "类型": "kind", "原因": "reason",
        "快递公司": "courier", "质检结果": "text", "登记人": "text", "备注": "text",
    },
    "exchange": {
        "登记日期": "date", "订单编号": "order", "买家旺旺": "text", "产品": "text", "型号": "text", "数量": "int",
        "原因": "reason", "退回单号": "tracking", "换出单号": "tracking", "换出日期": "date", "换出快递": "courier",
        "收件人": "text", "联系电话": "phone", "收货地址": "text", "责任人": "text",
    },
    "freight": {
        "登记日期": "date", "订单编号": "order", "买家旺旺": "text", "支付宝账号": "account", "收款人姓名": "text",
        "运费金额": "money", "原因": "reason", "类型": "kind", "退回单号": "tracking", "反馈日期": "date",
        "无法申请": "text", "打款状态": "status", "打款日期": "date", "备注": "text",
    },
}  # fmt: skip
#: Blank is an error; 收款人姓名 only warns, and a freight row may take its reason from its parcel.
REQUIRED = {
    "receiving": ("收货日期", "退回单号", "订单编号", "产品", "数量", "类型"),
    "exchange": ("登记日期", "订单编号", "产品", "数量"),
    "freight": ("登记日期", "订单编号", "支付宝账号", "收款人姓名", "运费金额", "原因"),
}
DATE = {"receiving": "收货日期", "exchange": "登记日期", "freight": "登记日期"}
PAYOUT_COLUMNS = (
    "编号", "登记日期", "订单编号", "收款人支付宝账号", "收款人姓名", "金额", "事由", "来源", "状态", "批次号",
    "打款日期", "支付宝流水号", "备注",
)  # fmt: skip

KINDS = {
    "receiving": {
        "退货": "return", "换货": "exchange", "拒收": "refused", "客户拒收": "refused", "拒签": "rejected",
        "拍照拒收": "rejected", "无理件": "unmatched", "无主件": "unmatched",
    },
    "freight": {"退货": "return", "换货": "exchange"},
}  # fmt: skip
STATUSES = {
    "已打款": "paid", "已付": "paid", "已付款": "paid", "已转账": "paid", "已转": "paid", "√": "paid", "已完成": "paid",
    "未打款": "unpaid", "未付": "unpaid", "待打款": "unpaid", "打款失败": "failed", "失败": "failed",
}  # fmt: skip
REASONS = {
    word: group
    for group, words in {
        "quality": "产品质量问题 质量问题 坏 故障 不亮 断网 无法使用 不通电 与描述不符 商品需要维修",
        "shop_fault": "发错商品 少件 包装破损 配件缺失",
        "non_quality": "非质量问题 未按约定时间发货 个人原因退货 未达到宣传效果",
        "other": "其他 配送延迟 促销活动变动 丢件 修改地址",
    }.items()
    for word in words.split()
}
NO = ("", "否", "无", "不", "没有", "×", "0", "n")

#: Carrier → all forms of its numbers.
CARRIERS = {
    "顺丰": r"SF[A-Z0-9]\d{12}|\d{12}|\d{15}",
    "中通": r"7[3-68]\d{12}|\d{14}",
    "圆通": r"YT\d{13}|[A-Z0-9]{2}\d{10,13}|[A-Z0-9]{2}\d{8}|[6-9]\d{17}|DD[89]\d{15}|Y\d{12}|[0-9A-Z]\d{9}",
    "韵达": r"[34]\d{14}|5\d{12}|\d{13}|\d{15}",
    "申通": r"(?:77|43)\d{12,15}|77\d{13}|(?:88|99)\d{13}|(?:33|55|66)\d{11}|4\d{12}|STO\d{10}",
    "EMS": r"[981]\d{12}|P[A-Z]\d{11}|[A-Z]{2}\d{9}[A-Z]{2}|\d{13}",
    "极兔": r"JT\d{12,13}",
    "京东": r"JD[A-Z0-9]{2}\d{11}|JD[XK]\d{12}|JDV[A-Z]\d{11}",
}
COURIERS = {name: name for name in CARRIERS} | {
    "顺丰速运": "顺丰", "中通快递": "中通", "圆通速递": "圆通", "韵达快递": "韵达", "申通快递": "申通",
    "极兔速递": "极兔", "京东物流": "京东",
}  # fmt: skip

ORDER = r"\d{15,19}"
TRACKING = r"[A-Z0-9]{8,20}"
SHORTENED = r"\d(?:\.\d+)?E\+?\d{1,2}"
PHONE = r"(?:\+?86)?1[3-9]\d{9}"
ACCOUNT = r"1[3-9]\d{9}|2088\d{12}|[a-z0-9][a-z0-9._%+-]*@(?:[a-z0-9-]+\.)+[a-z]{2,}"

ASK_ABOVE = 50  # yuan
WAITING_DAYS = 7
REPLACEMENT_DAYS, REPLACEMENT_DAYS_RECEIVED = 15, 22
EXCHANGES_PER_ORDER = 2
#: Findings that hold a row back from money, and those the manager looks at instead of a fix list.
HOLDING = {
    "unreadable", "damaged-number", "date-out-of-range", "duplicate-row", "not-received", "not-quality", "shop-fault",
    "exchange-freight", "replacement-too-late", "freight-too-high", "quantity-mismatch",
}  # fmt: skip
MANAGER = {"shop-fault", "third-exchange", "freight-too-high"}
