"""Lists that a school keeps beside its roster: each of them names people, none is a roster."""

from tests.factories.school_rosters import ROSTERS, Case, book_of, roster, text_of

__all__ = ["ROSTERS"]


@roster("ledger.xlsx")
def ledger() -> Case:
    rows = [
        ["示例中学工会经费收支台账（2026年）"],
        ["序号", "日期", "姓名", "部门", "摘要", "收入", "支出", "结余"],
        [1, "2026-01-05", "甲一", "语文组", "会费", 50, None, 50],
        [2, "2026-01-06", "乙二", "数学组", "慰问", None, 500, -450],
    ]
    return book_of({"台账": rows}, {"台账": ["A1:H1"]}), [], []


@roster("dues.csv")
def dues() -> Case:
    lines = ["工号,姓名,性别,部门,1月,2月,3月,4月,应缴,实缴", "001,甲一,男,语文组,5,5,5,5,20,20"]
    return text_of(lines, "utf-8-sig"), [], []


@roster("wages.xlsx")
def wages() -> Case:
    rows = [
        [
            "序号",
            "姓名",
            "性别",
            "部门",
            "岗位工资",
            "薪级工资",
            "绩效工资",
            "应发工资",
            "实发工资",
        ],
        [1, "甲一", "男", "语文组", 1, 2, 3, 6, 5],
    ]
    return book_of({"9月": rows}), [], []


@roster("visits.xlsx")
def visits() -> Case:
    rows = [
        ["序号", "慰问日期", "姓名", "性别", "部门", "联系电话", "慰问事由", "慰问金额", "经办人"],
        [1, "2026-03-01", "甲一", "男", "语文组", "13800000001", "住院", 500, "乙二"],
    ]
    return book_of({"慰问": rows}), [], []


@roster("gifts.xlsx")
def gifts() -> Case:
    rows = [
        ["端午节福利发放登记表"],
        ["序号", "姓名", "部门", "物品名称", "数量", "领取人签字", "备注"],
        [1, "甲一", "语文组", "粽子", 2, None, None],
    ]
    return book_of({"发放": rows}), [], []


@roster("signed_in.xlsx")
def signed_in() -> Case:
    rows = [["会员大会签到表"], ["姓名", "性别", "部门", "手机"], ["甲一", "男", "语文组", None]]
    return book_of({"签到": rows}), [], []


@roster("signed.csv")
def signed() -> Case:
    return text_of(["序号,姓名,部门,签名", "1,甲一,语文组,"], "utf-8"), [], []


@roster("students.xlsx")
def students() -> Case:
    rows = [["班级", "学号", "姓名", "性别", "出生日期"], ["一班", "1", "甲一", "男", "2015-01-01"]]
    return book_of({"名单": rows}), [], []


@roster("ledger_beside_the_roster.xlsx")
def ledger_beside_the_roster() -> Case:
    return (
        book_of(
            {
                "会员": [["姓名", "性别", "部门"], ["甲一", "男", "语文组"]],
                "收支": [["日期", "摘要", "经办人", "姓名", "收入", "支出"],
                       ["2026-1-1", "会费", "乙二", "甲一", 5, None]],
            }
        ),
        [(2, "甲一", "男", None, "语文组")],
        [],
    )  # fmt: skip
