"""The columns of a plan's table by their names: when, what is done, and what is said about it."""

import re

from activities.plan_reader.numerals import plain

WEEK_COLUMNS = ("周次", "周 次", "周")
NUMBER_COLUMNS = ("月份", "月 份", "月")  # where 3 alone is March
DAY_COLUMNS = ("日期", "日 期", "时间", "时 间", "活动时间", "起止日期", "起止时间")
DUE_COLUMNS = ("完成时间", "完成时限", "完成日期", "举办时间", "开展时间", "计划时间", "时间安排")
MONTH_COLUMNS = (*NUMBER_COLUMNS, *DAY_COLUMNS, *WEEK_COLUMNS, "阶段")
CONTENT_COLUMNS = (
    "内容", "工作内容", "活动内容", "主要工作", "工作要点", "工作安排", "活动安排", "活动", "主要内容",
    "活动名称", "工作项目", "项目", "活动项目", "主要活动", "重点工作", "具体内容", "工作任务", "内 容", "事项",
    "主要工作内容", "项目名称", "工作名称", "工作重点", "重点", "具体工作", "工作", "安排", "具体安排", "工作事项", "计划内容",
)  # fmt: skip
NAME_COLUMNS = ("活动名称", "活动项目", "项目名称", "工作名称")
SORT_COLUMNS = ("工作重点", "项目", "工作项目", "重点", "板块", "类型")
COUNTS = ("序号", "序 号", "编号")
DOES = (
    "负责|责任|牵头|主办|承办|协办|协作|协助|配合|参与|参加|执行|落实|组织|实施|主管|分管|主持|面向"
)
BODY = "人员?|者|部门|单位|科室|处室|对象|范围|领导|主体|小组"
WHO = rf"(?:主要|具体|第一)?(?:(?:{DOES})(?:{BODY})|活动(?:对象|人员)|负责|责任|牵头|主办|承办|协办|对象|人员|部门)"
WHERE_AND_HOW = "(?:活动|举办|本月)?(?:地点|场地|场所|形式|方式|主题|目的|要求)"
MONEY = "(?:活动|预计|所需)?(?:经费|费用|资金|预算|金额|支出){1,2}(?:安排|来源|保障)?(?:[(][万千]?元[)])?"
DETAIL = "内容说明"  # what is done, in more words than its name
CATEGORY = "类别"
ABOUT = rf"(?:{DETAIL}(?=:)|{CATEGORY}|(?:参加|参与|预计)?人数|{WHO}|{WHERE_AND_HOW}|{MONEY}|备\s*注|完成(?:情况|时间|时限))"
OTHER_COLUMN = re.compile(rf"{ABOUT}|说明|材料|资料")
NO_MONTH = re.compile(
    "机动|待定|不定|另定|适时|随时|其[他它]|日常|平时|常年|常规|长期|经常性?|不定期|全年|全学[年期]|每月|寒暑假|节假日"
)  # in the column of the months
SHORT = 8  # characters of a column's name


def with_months(header: list[str]) -> list[str]:
    """完成时间 is where the months stand, in a table without a better column."""
    due = next((at for at, name in enumerate(header) if name in DUE_COLUMNS), None)
    if due is None or any(name in MONTH_COLUMNS for name in header):
        return header
    return [*header[:due], "时间", *header[due + 1 :]]


def month_column(header: list[str]) -> int:
    """Where the months stand; the weeks only where there is no better column."""
    named = [i for i, name in enumerate(header) if name in MONTH_COLUMNS]
    return min(named, key=lambda i: header[i] in WEEK_COLUMNS, default=0)


def is_column(name: str) -> bool:
    return name in (*MONTH_COLUMNS, *DUE_COLUMNS, *CONTENT_COLUMNS, *COUNTS) or is_other_column(
        name
    )


def is_other_column(name: str) -> bool:
    """Whether the column says something about what is done, and not what: 负责人 · 经费（元）."""
    return name == DETAIL or bool(OTHER_COLUMN.fullmatch(plain(name)))


def told_apart(header: list[str]) -> list[str]:
    """活动名称 · 活动内容: the second says more about the first; 项目 · 内容: the first only sorts."""
    contents = [at for at, name in enumerate(header) if name in CONTENT_COLUMNS]
    told = list(header)
    if len(contents) == 2:
        one, other = (header[at] for at in contents)
        if (one in NAME_COLUMNS) != (other in NAME_COLUMNS):
            told[contents[one in NAME_COLUMNS]] = DETAIL
        elif (one in SORT_COLUMNS) != (other in SORT_COLUMNS):
            told[contents[other in SORT_COLUMNS]] = CATEGORY
        elif one == "重点工作":
            told[contents[0]] = CATEGORY
    return told


def is_header(cells: list[str]) -> bool:
    named = [cell.rstrip(":：") for cell in cells if cell]
    if len(named) < 2 or any(len(cell) > SHORT for cell in named):
        return False
    kinds = (MONTH_COLUMNS, CONTENT_COLUMNS)
    return all(map(is_column, named)) or all(set(named) & set(kind) for kind in kinds)
