"""Every line is accounted for, and what is corrected by hand is what the plan is made of."""

import pytest

from activities.plan_reader import Role, read_plan
from activities.plan_reader.corrections import correct

PLAN = (
    "2026年示例市第三中学工会工作计划\n"  # 0
    "一、指导思想\n"  # 1
    "围绕中心工作。\n"  # 2
    "二、月度安排\n"  # 3
    "三月份：\n"  # 4
    "1、庆祝三八节。评选先进。\n"  # 5
    "2、为五月教代会，\n"  # 6
    "做准备。\n"  # 7
    "四月份：春游\n"  # 8
    "负责人：张三\n"  # 9
    "五月份：\n"  # 10
    "1、体检\n"  # 11
    "示例市第三中学工会 2026年1月5日\n"  # 12
)


def corrected(**choices):
    return correct(
        read_plan(PLAN), {key.removeprefix("l"): value for key, value in choices.items()}
    )


def items(found) -> list:
    return [(list(item.months), item.text, item.line) for item in found.items]


def test_every_line_is_read_as_something():
    assert [(line.role, line.doubt) for line in read_plan(PLAN).lines] == [
        (Role.TITLE, ""),
        (Role.HEADING, ""),
        (Role.TEXT, ""),
        (Role.HEADING, ""),
        (Role.MONTH, ""),
        (Role.ITEM, ""),
        (Role.ITEM, "排在3月，话里又提到五月"),
        (Role.JOINED, "看着像上一行没写完，接了上去"),
        (Role.MONTH, ""),
        (Role.SAID, ""),
        (Role.MONTH, ""),
        (Role.ITEM, ""),
        (Role.ASIDE, ""),
    ]


def test_without_choices_the_parts_are_those_of_the_reading():
    reading = read_plan(PLAN)
    found = correct(reading, {})
    assert [(item.months, item.text) for item in found.items] == [
        (group.months, text) for group in reading.months for text in group.items
    ]
    assert tuple(found.sections) == reading.sections
    assert tuple(text for _, text in found.unread) == reading.unread


def test_an_item_can_be_put_into_other_months():
    found = corrected(l6={"as": "item", "months": [5, 6]})
    assert items(found)[1] == ([5, 6], "为五月教代会，做准备。", 6)


def test_a_heading_put_to_another_month_takes_its_lines_along():
    found = corrected(l4={"as": "month", "months": [2]})
    assert [item.months for item in found.items] == [(2,), (2,), (4,), (5,)]


def test_a_line_can_be_split_at_its_sentences():
    assert items(corrected(l5={"as": "split"}))[:2] == [
        ([3], "庆祝三八节", 5),
        ([3], "评选先进", 5),
    ]


def test_a_line_can_be_joined_to_the_one_above():
    assert items(corrected(l6={"as": "join"}))[0] == (
        [3],
        "庆祝三八节。评选先进。2、为五月教代会，",
        5,
    )


def test_a_line_left_out_is_listed():
    found = corrected(l11={"as": "out"})
    assert "1、体检" in [text for _, text in found.unread]
    assert len(found.items) == 3


def test_a_line_joined_to_one_left_out_is_left_out_too():
    found = corrected(l6={"as": "out"})
    assert [text for _, text in found.unread[:2]] == ["2、为五月教代会，", "做准备。"]


def test_a_joined_line_can_be_an_item_of_its_own():
    found = corrected(l7={"as": "item", "months": [3]})
    assert items(found)[1:3] == [([3], "为五月教代会，", 6), ([3], "做准备。", 7)]


def test_text_becomes_an_item_and_an_item_text():
    found = corrected(l2={"as": "item", "months": [9]}, l11={"as": "text"})
    assert ([9], "围绕中心工作。", 2) in items(found)
    assert [section.body for section in found.sections] == ["", "1、体检"]


def test_a_line_becomes_a_heading():
    found = corrected(l11={"as": "heading"})
    assert [section.title for section in found.sections] == ["指导思想", "月度安排", "体检"]


@pytest.mark.parametrize("choice", [{"as": "join"}, {"as": "heading"}, {"as": "out"}])
def test_the_first_line_can_be_anything(choice):
    assert len(corrected(l0=choice).lines) == 13
