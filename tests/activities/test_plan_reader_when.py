"""When an item is to be done, from its words. What is not plainly said is left."""

from datetime import time

import pytest

from activities.plan_reader import ItemReading, read_plan
from activities.plan_reader.reading import Said
from activities.plan_reader.when import When, read_when

FROM, TO = time(16, 20), time(17)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        (
            "双周五下午4：20-5：00工会活动",
            When(rhythm="even_weeks", weekday=4, from_time=FROM, to_time=TO),
        ),
        (
            "双周五 16:20–17:00 训练",
            When(rhythm="even_weeks", weekday=4, from_time=FROM, to_time=TO),
        ),
        ("每周四放学后训练", When(rhythm="weekly", weekday=3)),
        ("每星期天打球", When(rhythm="weekly", weekday=6)),
        ("每月一次例会", When(rhythm="monthly")),
        ("3月8日女教师插花", When(day=(3, 8))),
        ("三月八日女教师插花", When(day=(3, 8))),
        ("排球赛（3月10日至14日）", When(day=(3, 10), last_day=(3, 14))),
        ("3月25日—4月10日排球赛", When(day=(3, 25), last_day=(4, 10))),
        ("组长会议（3月12日 14:30 三楼）", When(day=(3, 12), from_time=time(14, 30))),
        ("第3周召开例会", When(week=3)),
        ("第三周召开例会", When(week=3)),
    ],
)
def test_what_is_said_is_read(text, when):
    assert read_when(ItemReading((3, 4), text, 0)) == when


@pytest.mark.parametrize(
    "text",
    [
        "3月20日前上报计划",
        "3月20日起报名",
        "3月5日和3月12日植树",
        "5月4日青年节准备",
        "第3—4周评选",
        "三、八节活动",
        "3.8妇女节",
        "五一活动",
        "14:30开会",
        "拔河每组12人",
        "双周报",
        "建校第三周年",
    ],
)
def test_what_is_not_plain_is_left(text):
    assert read_when(ItemReading((3, 4), text, 0)) == When()


def test_hours_without_the_half_of_the_day_are_left():
    assert read_when(ItemReading((3,), "每周五4:20活动", 0)) == When(rhythm="weekly", weekday=4)


def test_the_week_in_front_of_the_line_and_the_column_of_days():
    assert read_when(ItemReading((9,), "开会", 0, week=2)) == When(week=2)
    dated = ItemReading((9,), "开会", 0, 2, (Said(1, "日期：9.1—9.7"),))
    assert read_when(dated) == When(day=(9, 1), last_day=(9, 7))


def test_the_cells_beside_an_item_belong_to_it():
    plan = read_plan(
        "2026年工会工作安排\n时间\t对象\t内容\t负责人\n3月8日\t女教师\t插花\t张三\n"
        "4月\t全体\t春游\t李四\n5月\t全体\t体检\t王五\n"
    )
    items = [item for line in plan.lines for item in line.items]
    assert [(i.text, [words.text for words in i.said]) for i in items] == [
        ("插花", ["日期：3月8日", "对象：女教师", "负责人：张三"]),
        ("春游", ["对象：全体", "负责人：李四"]),
        ("体检", ["对象：全体", "负责人：王五"]),
    ]
