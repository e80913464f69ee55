"""Reading the yearly notice on holidays."""

from datetime import date

import pytest

from activities.choices import DayKind
from activities.notices import NOTICES, shipped_days, shipped_source
from activities.rules.days_off import DayOff, read_notice
from unionoffice.errors import RuleBroken
from unionoffice.lunar import statutory_days

HOLIDAY, WORKDAY = DayKind.HOLIDAY.value, DayKind.WORKDAY.value


def test_a_paragraph_of_the_notice_gives_its_days():
    reading = read_notice(
        "关于2026年部分节假日安排的通知\n国办发明电〔2025〕9号\n"
        "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。"
    )
    source = "国办发明电〔2025〕9号"
    assert reading.days == [
        DayOff(date(2026, 1, 1), HOLIDAY, "元旦", source),
        DayOff(date(2026, 1, 2), HOLIDAY, "元旦", source),
        DayOff(date(2026, 1, 3), HOLIDAY, "元旦", source),
        DayOff(date(2026, 1, 4), WORKDAY, "元旦", source),
    ]
    assert (reading.year, reading.doubts, reading.unread) == (2026, [], [])


def test_one_paragraph_without_a_heading_takes_the_year_that_was_asked_for():
    reading = read_notice("元旦：1月1日放假，与周末连休。", year=2024)
    assert [day.line for day in reading.days] == ["2024-01-01 放假 元旦"]


def test_without_any_year_it_says_so():
    with pytest.raises(RuleBroken, match="没写是哪一年"):
        read_notice("元旦：1月1日放假。")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (
            "一、元旦：2027年1月1日（周五）至3日（周日）放假，共3天。\n二、清明节：4月5日放假。",
            2027,
        ),
        ("一、元旦：2026年12月31日至2027年1月2日放假，共3天。", 2027),
    ],
)
def test_a_notice_without_its_title_has_the_year_of_its_days(text, year):
    reading = read_notice(f"{text}\n国务院办公厅\n2026年11月4日")
    assert reading.year == year
    assert {day.day.year for day in reading.days} == {year}


def test_a_span_over_the_turn_of_a_month_and_words_in_the_brackets():
    text = "2025年节假日\n春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。"
    days = read_notice(text).days
    assert (days[0].day, days[-1].day, len(days)) == (date(2025, 1, 28), date(2025, 2, 4), 8)


def test_advice_to_rest_is_no_day_off():
    text = (
        "2024年节假日\n春节：2月10日至17日放假调休，共8天。鼓励各单位安排职工在除夕（2月9日）休息。"
    )
    assert min(day.day for day in read_notice(text).days) == date(2024, 2, 10)


def test_a_list_with_one_day_a_line_is_read_in_any_order():
    reading = read_notice(
        "日期,安排,节日\n2027-01-01,放假,元旦\n2027/1/3 元旦 上班\n2027年1月2日 休 元旦"
    )
    assert [day.line for day in reading.days] == [
        "2027-01-01 放假 元旦",
        "2027-01-02 放假 元旦",
        "2027-01-03 上班 元旦",
    ]


def test_what_does_not_agree_with_itself_is_said():
    text = "2026年节假日\n元旦：1月1日（周五）至3日（周六）放假，共4天。"
    assert read_notice(text).doubts == [
        "2026-01-01 是周四，通知里写的是周五，对一下。",
        "元旦写着共 4 天，读到 3 天，对一下。",
    ]


def test_days_of_another_year_and_impossible_ones_are_named_and_left_out():
    text = "关于2023年部分节假日安排\n元旦：2022年12月31日至2023年1月2日放假，共3天。\n清明节：4月31日放假。"
    reading = read_notice(text)
    assert [day.day for day in reading.days] == [date(2023, 1, 1), date(2023, 1, 2)]
    assert reading.doubts[0].startswith("2022-12-31 不在 2023 年里")
    assert "“4月31日”读不成日子，对一下。" in reading.doubts


def test_a_line_that_gives_no_day_is_named():
    assert read_notice("2026-01-01 放假 元旦\n2026-01-02 也许").unread == ["2026-01-02 也许"]


@pytest.mark.parametrize("text", ["", "2026年放假安排", "关于2026年部分节假日安排的通知", "你好"])
def test_a_text_without_days_is_refused(text):
    with pytest.raises(RuleBroken):
        read_notice(text, year=2026)


@pytest.mark.parametrize("year", NOTICES)
def test_a_shipped_notice_agrees_with_itself_and_with_the_law(year):
    reading = read_notice(NOTICES[year])
    assert (reading.year, reading.doubts, reading.unread) == (year, [], [])
    off = {day.day for day in reading.days if day.is_holiday}
    assert set(statutory_days(year)) <= off
    working = [day.day for day in reading.days if not day.is_holiday]
    assert [day for day in working if day.weekday() < 5] == []


@pytest.mark.parametrize(("year", "moved"), [(2024, 8), (2025, 5), (2026, 6)])
def test_as_many_days_are_worked_instead_as_weekdays_are_off_beyond_the_law(year, moved):
    """A weekday off is one of the law, or given instead of one that fell on a weekend, or worked
    for on another weekend."""
    days = shipped_days(year)
    weekdays_off = [day for day in days if day.is_holiday and day.day.weekday() < 5]
    assert len([day for day in days if not day.is_holiday]) == moved
    assert len(weekdays_off) - moved == len(statutory_days(year))


def test_a_year_whose_notice_is_not_here_has_no_days():
    assert shipped_days(2027) == ()
    assert shipped_source(2027) == ""
    assert shipped_source(2025) == "国办发明电〔2024〕12号"
    assert shipped_source(2026) == "国务院办公厅2025年11月4日通知"
