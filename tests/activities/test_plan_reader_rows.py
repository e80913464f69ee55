"""Rows of a plan's table that name no month, weeks as spans, days written 11.9."""

from datetime import date

import pytest

from activities import importers
from activities.plan_reader import read_plan
from activities.plan_reader.when import read_when
from members.models import Member
from unionoffice.periods import Period

TITLE = "工会2025年工作计划表\n"
LIN = Member(name="林芳")


def months_of(text: str) -> list[tuple]:
    return [(month.months, month.items) for month in read_plan(TITLE + text).months]


def items_of(text: str) -> list:
    return [item for line in read_plan(TITLE + text).lines for item in line.items]


def laid(rows: list[list[str]], form: str) -> str:
    if form == "cells":
        return "\n".join(cell for row in rows for cell in row)
    return "\n".join("\t".join(row) for row in rows)


@pytest.mark.parametrize("form", ["cells", "tabs"])
@pytest.mark.parametrize("word", ["机动", "寒暑假", "其他", "日常", "待定"])
def test_a_row_that_names_no_month_is_listed_as_not_placed(word, form):
    rows = [["月份", "内容", "负责人"], ["三月", "插花", "林芳"], [word, "体检", "张伟"]]
    reading = read_plan(TITLE + laid([*rows, ["四月", "春游", "林芳"]], form))
    assert [(m.months, m.items) for m in reading.months] == [((3,), ("插花",)), ((4,), ("春游",))]
    assert [words for words in reading.unread if words != "负责人：林芳"] == [
        f"{word}：",
        "体检",
        "负责人：张伟",
    ]
    assert reading.warnings == (f"“{word}：”不属于哪一个月，没有排进月份，自己安排。",)


def test_two_rows_without_a_month_one_under_the_other_are_both_listed():
    reading = read_plan(
        f"{TITLE}月份\t内容\n三月\t插花\n机动\t体检\n其他\t会费\n四月\t春游\n五月\t合唱"
    )
    assert [m.items for m in reading.months] == [("插花",), ("春游",), ("合唱",)]
    assert reading.unread == ("机动：", "体检", "其他：", "会费")


def test_weeks_as_a_span_in_a_table_are_no_item():
    text = "月份\n周次\n内容\n三月\n3\n插花\n7-8\n登山\n四月\n9\n春游\n五月\n10-11\n合唱"
    assert months_of(text) == [((3,), ("插花", "登山")), ((4,), ("春游",)), ((5,), ("合唱",))]
    assert [(item.week, [words.text for words in item.said]) for item in items_of(text)] == [
        (3, []),
        (None, ["周次：第7-8周"]),
        (9, []),
        (None, ["周次：第10-11周"]),
    ]


def test_each_row_of_a_month_is_split_at_its_semicolons():
    text = "月份\t内容\n三月\t插花；春游\n三月\t体检\n四月\t合唱\n十二月\t迎新；走访\n十二月\t总结"
    assert [item.text for item in items_of(text)] == [
        "插花", "春游", "体检", "合唱", "迎新", "走访", "总结",
    ]  # fmt: skip


def test_a_span_of_months_behind_a_later_month_heads_its_own_row():
    text = (
        "序号\n时间\n活动名称\n1\n2025年3月\n爬山\n2\n2025年10月\n棋赛\n3\n2025年9-12月\n小家布置"
    )
    assert months_of(text) == [
        ((3,), ("爬山",)),
        ((10,), ("棋赛",)),
        ((9, 10, 11, 12), ("小家布置",)),
    ]


def test_holidays_alone_in_a_cell_and_a_file_at_the_end_are_no_items():
    text = "月份\n内容\n1-2月\n寒 假\n3月\n插花\n4月\n春游\n12月\n长跑\n2025年计划（表）.doc"
    reading = read_plan(TITLE + text)
    assert [m.items for m in reading.months] == [("插花",), ("春游",), ("长跑",)]
    assert reading.unread == ("寒 假", "2025年计划（表）.doc")


@pytest.mark.parametrize(
    ("line", "text", "days"),
    [
        ("11.9 消防演练", "消防演练", ((11, 9), None)),
        ("11.12—11.15 篮球赛", "篮球赛", ((11, 12), (11, 15))),
        ("11.20-22：书画展", "书画展", ((11, 20), (11, 22))),
        ("12.3 书画展", "12.3 书画展", (None, None)),
        ("消防演练 完成时间：11月9日", "消防演练", ((11, 9), None)),
    ],
)
def test_a_dotted_day_and_a_time_of_completion_are_the_day(line, text, days):
    item = items_of(f"9月\n插花\n10月\n春游\n11月\n{line}\n12月\n总结")[2]
    when = read_when(item)
    assert (item.text, (when.day, when.last_day)) == (text, days)


def test_numbers_of_items_under_their_month_are_no_days():
    items = items_of("3月\n3.1 插花\n3.2 春游\n4月\n4.1 合唱\n4.2 体检\n5月\n5.1 总结\n5.2 评优")
    assert [read_when(item).day for item in items] == [None] * 6


def test_departments_stand_with_the_co_organisers_and_not_in_the_title():
    found = importers.arrange(
        read_plan(
            "2026年工会工作计划\n三月\n1、插花（负责人：女工委）\n2、座谈（责任部门：办公室；协办：团委）\n"
            "四月\n1、春游（责任人：张伟）\n2、合唱（负责人：林芳）\n五月\n1、体检\n完成时间：5月8日\n"
        ),
        Period.year(2026),
        people={"林芳": LIN},
    )
    assert [(i.text, i.responsible, i.co_organiser) for i in found.items] == [
        ("插花", None, "女工委"),
        ("座谈", None, "办公室、团委"),
        ("春游（责任人：张伟）", None, ""),
        ("合唱", LIN, ""),
        ("体检", None, ""),
    ]
    assert found.items[-1].day == date(2026, 5, 8)
    assert found.unread == []


@pytest.mark.parametrize("form", ["cells", "tabs"])
def test_a_time_of_completion_is_the_month_of_its_row(form):
    rows = [
        ["序号", "重点工作", "具体内容", "完成时间", "责任部门"],
        ["1", "组织建设", "例会", "3月", "办公室"],
        ["2", "民主管理", "教代会", "4月", "办公室"],
        ["3", "文体活动", "运动会", "5月", "文体部"],
    ]
    assert months_of(laid(rows, form)) == [
        ((3,), ("例会",)),
        ((4,), ("教代会",)),
        ((5,), ("运动会",)),
    ]


def test_beside_a_month_the_time_of_completion_only_says_more():
    text = "月份\t内容\t完成时间\n3月\t插花\t4月底\n4月\t春游\t4月\n5月\t合唱\t6月"
    assert months_of(text) == [((3,), ("插花",)), ((4,), ("春游",)), ((5,), ("合唱",))]


def test_counts_of_people_and_the_sum_below_a_table_are_no_items():
    text = "活动名称\t活动时间\t参加人数\t经费\n插花\t3月\t60\t300\n春游\t4月\t50\t200\n合唱\t5月\t40\t100\n合计\t\t\t600"
    reading = read_plan(TITLE + text)
    assert [m.items for m in reading.months] == [("插花",), ("春游",), ("合唱",)]
    assert "参加人数：60" in reading.unread
    assert [line.text for line in reading.lines][-1] == "合计：600"


def test_rows_of_weeks_between_blanks_may_lack_their_last_cell():
    text = "周次 日期 工作内容 备注\n一 8.31-9.6 （开学）\n二 9.7-9.13 教师节大会\n六 10.5-10.11 歌会\n十 11.2-11.8 运动会"
    assert months_of(text) == [((9,), ("教师节大会",)), ((10,), ("歌会",)), ((11,), ("运动会",))]


def test_rows_between_wide_blanks_may_lack_the_cell_of_their_month():
    text = "月份　　内容　　负责人\n一月　　1、体检　　万玲\n　　　　2、走访　　方华\n二月　　1、插花　　万玲\n三月　　1、春游　　方华"
    assert months_of(text) == [((1,), ("体检", "走访")), ((2,), ("插花",)), ((3,), ("春游",))]
    assert [item.said[0].text for item in items_of(text)[:2]] == ["负责人：万玲", "负责人：方华"]
