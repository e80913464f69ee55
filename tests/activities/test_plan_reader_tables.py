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
    assert plan.unread == ("女工委", "文体委员", "工会")


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
    assert "3月的安排分了周次，周次没有读入，只读了事项。" in plan.warnings


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
