"""Month arrangements that stand in a table. All texts are invented."""

import pytest

from activities.plan_reader import read_plan

YEAR_PLAN = "2026年示例市第三中学工会工作计划\n"
MONTHS = [([3], ["庆祝三八节"]), ([4], ["春游"]), ([5], ["五四座谈", "体检"])]


def months(text: str) -> list:
    return [(list(month.months), list(month.items)) for month in read_plan(text).months]


def test_a_table_flattened_cell_under_cell():
    text = (
        YEAR_PLAN
        + "月份\n工作内容\n负责人\n三月\n庆祝三八节\n女工委\n四月\n春游\n文体委员\n五月\n1、五四座谈\n2、体检\n工会\n"
    )
    plan = read_plan(text)
    assert months(text) == MONTHS
    assert plan.unread == ("负责人：女工委", "负责人：文体委员", "负责人：工会")


def test_a_table_with_several_rows_a_month():
    text = (
        YEAR_PLAN
        + "月份\n内容\n负责人\n三月\n庆祝三八节\n女工委\n召开例会\n主席\n四月\n春游\n文体委员\n五月\n体检\n主席\n"
    )
    assert months(text) == [([3], ["庆祝三八节", "召开例会"]), ([4], ["春游"]), ([5], ["体检"])]


def test_a_markdown_table():
    text = (
        YEAR_PLAN
        + "| 月份 | 工作内容 | 负责人 |\n|---|---|---|\n| 三月 | 庆祝三八节 | 女工委 |\n| 四月 | 春游 | |\n| 五月 | 1、五四座谈 2、体检 | 工会 |\n"
    )
    plan = read_plan(text)
    assert months(text) == MONTHS
    assert plan.unread == ("负责人：女工委", "负责人：工会")


@pytest.mark.parametrize("gap", ["\t", "  ", " "])
def test_a_table_with_tabs_or_spaces(gap):
    rows = [
        ["月份", "活动内容", "负责人"],
        ["三月", "庆祝三八节", "女工委"],
        ["四月", "春游", "工会"],
        ["五月", "体检", "工会"],
    ]
    text = YEAR_PLAN + "\n".join(gap.join(row) for row in rows)
    assert months(text) == [([3], ["庆祝三八节"]), ([4], ["春游"]), ([5], ["体检"])]


def test_weeks_inside_months():
    text = (
        YEAR_PLAN
        + "二月\n第1周：召开例会\n第2周：慰问\n三月\n第3周\n庆祝三八节\n第4周\n评选先进\n四月\n第5—6周 春游\n"
    )
    plan = read_plan(text)
    assert months(text) == [
        ([2], ["召开例会", "慰问"]),
        ([3], ["庆祝三八节", "评选先进"]),
        ([4], ["春游"]),
    ]
    weeks = [item.week for line in plan.lines for item in line.items]
    assert weeks == [1, 2, 3, 4, None]


def test_who_is_in_charge_is_no_item():
    text = (
        YEAR_PLAN
        + "三月份\n1、庆祝三八节\n负责人：女工委\n四月份\n1、春游\n地点：东山公园\n五月份\n1、体检\n"
    )
    plan = read_plan(text)
    assert months(text) == [([3], ["庆祝三八节"]), ([4], ["春游"]), ([5], ["体检"])]
    assert plan.unread == ("负责人：女工委", "地点：东山公园")


def test_a_table_whose_content_stands_before_the_month():
    text = (
        YEAR_PLAN
        + "序号\n活动名称\n时间\n负责人\n1\n庆祝三八节\n3月\n女工委\n2\n春游\n4月\n工会\n3\n体检\n5月\n工会\n"
    )
    assert months(text) == [([3], ["庆祝三八节"]), ([4], ["春游"]), ([5], ["体检"])]


def test_a_markdown_table_with_line_breaks_in_a_cell():
    text = (
        YEAR_PLAN
        + "| 月份 | 内容 |\n|--|--|\n| 三月 | 庆祝三八节<br>例会 |\n| | 慰问 |\n| 四月 | 春游 |\n| 五月 | 体检 |\n"
    )
    assert months(text) == [([3], ["庆祝三八节", "例会", "慰问"]), ([4], ["春游"]), ([5], ["体检"])]


TERM_PLAN = "2025—2026学年第一学期示例小学工会工作安排\n"
WEEKS = [([9], ["制订计划"]), ([9], ["庆祝教师节"]), ([10], ["重阳节慰问"])]


@pytest.mark.parametrize(
    "table",
    [
        "周次\t日期\t内容\n1\t9.1—9.7\t制订计划\n2\t9.8—9.14\t庆祝教师节\n7\t10.13—10.19\t重阳节慰问\n",
        "周次\n日期\n内容\n1\n9.1—9.7\n制订计划\n2\n9.8—9.14\n庆祝教师节\n7\n10.13—10.19\n重阳节慰问\n",
        "| 周次 | 日期 | 工作内容 |\n|--|--|--|\n| 第一周 | 9月1日-9月7日 | 制订计划 |\n| 第二周 | 9月8日—14日 | 庆祝教师节 |\n"
        "| 第七周 | 2025-10-13 | 重阳节慰问 |\n",
        "时间|主要工作\n9.1|制订计划\n9.10|庆祝教师节\n10.29|重阳节慰问\n",
    ],
)
def test_a_table_of_weeks_with_their_days(table):
    assert months(TERM_PLAN + table) == WEEKS


def test_the_days_of_a_table_of_weeks_are_listed():
    plan = read_plan(
        TERM_PLAN + "周次\t日期\t内容\n1\t9.1—9.7\t制订计划\n2\t9.8\t登山\n7\t10.13\t慰问\n"
    )
    assert plan.unread == ("日期：9.1—9.7", "日期：9.8", "日期：10.13")
    items = [item for line in plan.lines for item in line.items]
    assert [(item.week, item.said[0].text) for item in items] == [
        (1, "日期：9.1—9.7"),
        (2, "日期：9.8"),
        (7, "日期：10.13"),
    ]


@pytest.mark.parametrize("gap", ["\t", "|"])
def test_two_columns_with_several_numbered_items_in_a_cell(gap):
    rows = [
        "月份~主要工作",
        "三月~1、庆祝三八节；2、评选先进。",
        "四月~春游",
        "五月~1．五四座谈 2．体检",
    ]
    assert months(YEAR_PLAN + "\n".join(rows).replace("~", gap)) == [
        ([3], ["庆祝三八节", "评选先进。"]),
        ([4], ["春游"]),
        ([5], ["五四座谈", "体检"]),
    ]


def test_a_column_of_bare_month_numbers():
    table = "| 月 | 内容 |\n|--|--|\n| 3 | 庆祝三八节 |\n| 4 | 春游 |\n| 5-6 | 球赛 |\n"
    assert months(YEAR_PLAN + table) == [([3], ["庆祝三八节"]), ([4], ["春游"]), ([5, 6], ["球赛"])]


def test_rows_whose_month_stands_in_the_row_above():
    table = "月份\t序号\t工作内容\t负责人\n3月\t1\t庆祝三八节\t女工委\n\t2\t评选先进\t主席\n4月\t1\t春游\n5月\t1\t体检\t工会\n"
    assert months(YEAR_PLAN + table) == [
        ([3], ["庆祝三八节", "评选先进"]),
        ([4], ["春游"]),
        ([5], ["体检"]),
    ]


def test_a_table_with_a_column_of_its_own_name():
    table = "时间\t活动内容\t校区\n3月\t庆祝三八节\t东区\n4月\t春游\t西区\n5月\t1、五四座谈 2、体检\t东区\n"
    assert months(YEAR_PLAN + table) == MONTHS
