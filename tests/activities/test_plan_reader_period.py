"""Which period a plan is for, by its title, its text and the order of its months."""

import pytest

from activities.plan_reader import read_plan


def test_semester_plan_from_february_to_july():
    text = "示例市第三中学2025—2026学年第二学期工会工作计划\n二月：例会\n三月：庆祝三八节\n四月：春游\n五月：体检\n六月：教代会\n七月：疗休养\n"
    plan = read_plan(text)
    assert [m.months for m in plan.months] == [(2,), (3,), (4,), (5,), (6,), (7,)]
    assert plan.as_json()["period"] == {"kind": "semester", "start": "2026-02", "end": "2026-08"}


@pytest.mark.parametrize(
    ("title", "kind", "start", "end"),
    [
        ("2026年学校工会工作计划", "calendar_year", "2026-01", "2026-12"),
        ("二〇二六年工会工作要点", "calendar_year", "2026-01", "2026-12"),
        ("2026年度工会工作计划", "calendar_year", "2026-01", "2026-12"),
        ("2025—2026学年工会工作计划", "school_year", "2025-09", "2026-08"),
        ("二0一三---二0一四学年工会工作计划", "school_year", "2013-09", "2014-08"),
        ("2025-2026学年度第一学期工会工作计划", "semester", "2025-09", "2026-01"),
        ("2025-2026学年度第二学期工会工作计划", "semester", "2026-02", "2026-08"),
        ("2025-2026学年度下学期工会工作计划", "semester", "2026-02", "2026-08"),
        ("2025-26学年工会工作计划", "school_year", "2025-09", "2026-08"),
        ("2026年上半年工会工作计划", "half_year", "2026-01", "2026-06"),
        ("2026年下半年工会工作安排", "half_year", "2026-07", "2026-12"),
        ("2026年春季学期工会工作计划", "semester", "2026-02", "2026-08"),
        ("2026年秋季学期工会工作计划", "semester", "2026-09", "2027-01"),
        ("2025学年第一学期工会工作计划", "semester", "2025-09", "2026-01"),
        ("2025学年第二学期工会工作计划", "semester", "2026-02", "2026-08"),
        ("2025学年工会工作计划", "school_year", "2025-09", "2026-08"),
        ("20xx年工会工作计划", "calendar_year", None, None),
        ("学校工会工作计划", "calendar_year", None, None),
        ("第二学期工会工作计划", "semester", None, None),
        ("2025年工会工作总结及2026年工会工作计划", "calendar_year", "2026-01", "2026-12"),
    ],
)
def test_the_period_by_the_title(title, kind, start, end):
    plan = read_plan(f"{title}\n一、指导思想\n服务教职工。\n")
    assert plan.title == title
    assert plan.as_json()["period"] == {"kind": kind, "start": start, "end": end}


def test_the_year_by_the_text_where_the_title_has_none():
    text = "学校工会工作计划\n学习教育局2026工作要点。\n落实2026年工会工作要点。\n迎接2027年上级考核。\n"
    plan = read_plan(text)
    assert plan.as_json()["period"] == {
        "kind": "calendar_year",
        "start": "2026-01",
        "end": "2026-12",
    }


def test_a_school_year_by_the_order_of_the_months():
    names = ["九月", "十月", "十一月", "十二月", "一月", "三月", "四月", "五月", "六月"]
    text = "学校工会工作计划\n" + "".join(f"{name}\n1、开展活动\n" for name in names)
    assert read_plan(text).period.kind == "school_year"


def test_next_years_plan_beside_this_years_summary():
    plan = read_plan(
        "2025年工会工作总结及明年工作计划\n" + "三月份\n1、庆祝三八节\n四月份\n1、春游\n"
    )
    assert plan.period.start == "2026-01"
    assert plan.warnings == ("标题说的是2025年之后的一年，按2026年读入。",)
