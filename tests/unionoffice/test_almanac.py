"""Every cell of a table of festivals that two other lunar libraries agree on, and the days off that
the law itself gives."""

from datetime import date

import pytest

from unionoffice.lunar import almanac, festivals, statutory_days

NAMES = ["除夕", "春节", "元宵", "端午", "七夕", "中秋", "重阳", "腊八", "清明", "冬至"]
TABLE = """
2024 02-09 02-10 02-24 06-10 08-10 09-17 10-11 2025-01-07 04-04 12-21
2025 01-28 01-29 02-12 05-31 08-29 10-06 10-29 2026-01-26 04-04 12-21
2026 02-16 02-17 03-03 06-19 08-19 09-25 10-18 2027-01-15 04-05 12-22
2027 02-05 02-06 02-20 06-09 08-08 09-15 10-08 2028-01-04 04-05 12-22
2028 01-25 01-26 02-09 05-28 08-26 10-03 10-26 2029-01-22 04-04 12-21
2029 02-12 02-13 02-27 06-16 08-16 09-22 10-16 2030-01-11 04-04 12-21
2030 02-02 02-03 02-17 06-05 08-05 09-12 10-05 2031-01-01 04-05 12-22
2031 01-22 01-23 02-06 06-24 08-24 10-01 10-24 2032-01-20 04-05 12-22
2032 02-10 02-11 02-25 06-12 08-12 09-19 10-12 2033-01-08 04-04 12-21
2033 01-30 01-31 02-14 06-01 08-01 09-08 10-01 2034-01-27 04-04 12-21
2034 02-18 02-19 03-05 06-20 08-20 09-27 10-20 2035-01-16 04-05 12-22
2035 02-07 02-08 02-22 06-10 08-10 09-16 10-09 2036-01-05 04-05 12-22
"""
CELLS = [
    (name, date.fromisoformat(cell if len(cell) > 5 else f"{row.split()[0]}-{cell}"))
    for row in TABLE.strip().splitlines()
    for name, cell in zip(NAMES, row.split()[1:], strict=True)
]
SOLAR_TERMS = [
    "小寒",
    "大寒",
    "立春",
    "雨水",
    "惊蛰",
    "春分",
    "清明",
    "谷雨",
    "立夏",
    "小满",
    "芒种",
    "夏至",
    "小暑",
    "大暑",
    "立秋",
    "处暑",
    "白露",
    "秋分",
    "寒露",
    "霜降",
    "立冬",
    "小雪",
    "大雪",
    "冬至",
]


def test_the_table_is_whole():
    assert len(CELLS) == 120


@pytest.mark.parametrize(("name", "day"), CELLS)
def test_a_festival_falls_on_the_day_of_the_table(name, day):
    found = {number for number, entry in festivals(day.year)[day.month] if entry == name}
    assert day.day in found


@pytest.mark.parametrize("year", range(2024, 2036))
def test_a_festival_comes_once_a_year(year):
    for name in set(NAMES) - {"腊八", "除夕"}:
        days = [
            date(year, month, number)
            for month, entries in festivals(year).items()
            for number, entry in entries
            if entry == name
        ]
        assert days == [day for found, day in CELLS if found == name and day.year == year], name


@pytest.mark.parametrize("year", [2024, 2026, 2035])
def test_a_year_has_its_twenty_four_terms_in_their_order(year):
    terms = [day.term for month in range(1, 13) for day in almanac(year, month).values()]
    assert [term for term in terms if term] == SOLAR_TERMS


def test_a_day_is_called_by_its_festival_then_by_its_term_then_by_its_lunar_day():
    november = almanac(2026, 11)
    assert november[date(2026, 11, 8)].text == "记者节"
    assert november[date(2026, 11, 7)].text == "立冬"
    assert november[date(2026, 11, 9)].text == "十月"
    assert november[date(2026, 11, 18)].text == "初十"
    assert len(november) == 30


def test_fathers_day_is_the_third_sunday_of_june():
    assert almanac(2026, 6)[date(2026, 6, 21)].festival == "父亲节"
    assert almanac(2025, 6)[date(2025, 6, 15)].festival == "父亲节"


def test_from_2025_on_the_eve_of_spring_and_the_second_of_may_are_days_off_by_law():
    assert date(2024, 2, 9) not in statutory_days(2024)
    assert date(2024, 5, 2) not in statutory_days(2024)
    assert len(statutory_days(2024)) == 11
    assert statutory_days(2026)[date(2026, 2, 16)] == "春节"
    assert statutory_days(2026)[date(2026, 5, 2)] == "劳动节"
    assert len(statutory_days(2026)) == 13


def test_where_two_festivals_meet_the_day_is_off_once():
    assert statutory_days(2031)[date(2031, 10, 1)] == "国庆节"
    assert len(statutory_days(2031)) == 12
