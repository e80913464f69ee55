"""Tables whose months are columns, and cells that say something of an item. Texts are invented."""

import pytest

from activities.plan_reader import plan_text, read_plan
from tests.activities.test_plan_reader_months import arranged
from tests.activities.test_plan_reader_source import docx, table

MONTHS = [([3], ["庆祝三八节", "植树"]), ([4], ["春游"]), ([5], ["体检", "例会"])]


@pytest.mark.parametrize(
    "text",
    [
        "3月\t4月\t5月\n庆祝三八节\t春游\t体检\n植树\t\t例会\n",
        "月份\t3月\t4月\t5月\n内容\t庆祝三八节\t春游\t体检\n\t植树\t\t例会\n",
        "| 月份 | 3月 | 4月 | 5月 |\n|--|--|--|--|\n| 工作 | 庆祝三八节<br>植树 | 春游 | 体检<br>例会 |\n",
    ],
)
def test_months_side_by_side_head_their_columns(text):
    assert arranged(text) == MONTHS


def test_months_side_by_side_in_a_word_table():
    rows = [
        ["月份", "3月", "4月", "5月"],
        ["内容", "庆祝三八节\n植树", "春游", "体检\n例会"],
        ["负责人", "王红", "李强", "王红"],
    ]
    plan = read_plan(plan_text("计划.docx", docx(lambda document: table(document, rows))))
    assert [(list(m.months), list(m.items)) for m in plan.months] == MONTHS
    assert plan.unread == ("负责人：王红", "负责人：李强", "负责人：王红")


def test_months_side_by_side_separated_by_spaces():
    assert arranged("3月 4月 5月\n庆祝三八节 春游 体检\n") == [
        ([3], ["庆祝三八节"]),
        ([4], ["春游"]),
        ([5], ["体检"]),
    ]


def test_two_halves_of_a_year_side_by_side():
    text = "3月\t4月\t5月\n三八节\t春游\t体检\n9月\t10月\t11月\n教师节\t登高\t球赛\n"
    assert [months for months, _ in arranged(text)] == [[3], [4], [5], [9], [10], [11]]
    assert arranged(text)[3] == ([9], ["教师节"])


def test_columns_of_months_stacked_cell_under_cell():
    text = "3月\n4月\n5月\n庆祝三八节\n春游\n体检\n植树\n读书\n例会\n二、要求\n1、重视\n"
    assert arranged(text) == [
        ([3], ["庆祝三八节", "植树"]),
        ([4], ["春游", "读书"]),
        ([5], ["体检", "例会"]),
    ]


def test_columns_of_months_stacked_with_the_names_of_their_rows():
    text = "月份\n3月\n4月\n5月\n内容\n庆祝三八节\n春游\n体检\n负责人\n王红\n李强\n王红\n示例小学工会\n"
    plan = read_plan(text)
    assert [m.items for m in plan.months] == [("庆祝三八节",), ("春游",), ("体检",)]
    assert plan.unread[:3] == ("负责人：王红", "负责人：李强", "负责人：王红")


def test_months_that_stand_together_above_too_few_words_get_none_of_them():
    plan = read_plan("3月\n4月\n5月\n6月\n庆祝三八节\n春游\n体检\n")
    assert plan.months == ()
    assert plan.warnings[0] == (
        "“3月”起几个月份连在一起，看不出下面的话各是哪个月的，没有排进月份；在下面逐行选月份。"
    )


def test_months_left_empty_before_one_that_is_filled_are_no_columns():
    assert arranged("1月\n2月\n3月\n庆祝三八节\n4月\n春游\n5月\n体检\n") == [
        ([3], ["庆祝三八节"]),
        ([4], ["春游"]),
        ([5], ["体检"]),
    ]


@pytest.mark.parametrize(
    ("cell", "week", "said"),
    [("二", 2, []), ("12", 12, []), ("第九周", 9, []), ("第9-10周", None, ["周次：第9-10周"]),
     ("五、六", None, ["周次：第五、六周"]), ("12-13", None, ["周次：第12-13周"])],
)  # fmt: skip
def test_a_column_of_weeks_in_every_way_of_writing(cell, week, said):
    text = f"月份\t周次\t工作内容\n二月\t1\t例会\n三月\t{cell}\t庆祝三八节\n四月\t9\t春游\n"
    items = [item for line in read_plan(text).lines for item in line.items]
    assert (items[1].months, items[1].text, items[1].week) == ((3,), "庆祝三八节", week)
    assert [words.text for words in items[1].said] == said


@pytest.mark.parametrize(
    "gap",
    [" 负责人：王红 地点：操场", "；负责人：王红；地点：操场", "，负责人：王红，地点：操场。"],
)
def test_what_is_said_of_an_item_on_its_line(gap):
    plan = read_plan(f"三月\n1、拔河{gap}\n四月\n1、春游\n五月\n1、体检\n")
    item = next(item for line in plan.lines for item in line.items)
    assert item.text == "拔河"
    assert [words.text for words in item.said] == ["负责人：王红", "地点：操场"]


def test_items_behind_who_is_in_charge_are_not_lost():
    found = arranged("三月：拔河；负责人：王红；植树\n四月：春游\n五月：体检\n")
    assert found[0] == ([3], ["拔河", "负责人：王红", "植树"])


def test_a_name_below_the_word_for_who_is_in_charge():
    plan = read_plan("三月\n拔河\n责任人\n王红\n四月\n春游\n责任人\n李强\n五月\n体检\n")
    assert [m.items for m in plan.months] == [("拔河",), ("春游",), ("体检",)]
    assert plan.unread == ("责任人：王红", "责任人：李强")


def test_a_sum_of_money_in_a_row_that_lacks_a_cell_is_listed():
    text = "月份\n工作内容\n预算\n责任人\n3月\n拔河\n3000\n4月\n春游\n500\n李强\n5月\n体检\n800\n王红\n"
    plan = read_plan(text)
    assert [m.items for m in plan.months] == [("拔河",), ("春游",), ("体检",)]
    assert plan.unread[0] == "3000"
