"""The lunar calendar, held against dates published by the State Council for the holidays."""

from datetime import date

import pytest

from unionoffice.lunar import chief_festivals, festivals, lunar_day


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 2, 17), "正月初一"),
        (date(2026, 6, 19), "五月初五"),
        (date(2025, 7, 25), "闰六月初一"),
        (date(2026, 11, 18), "十月初十"),
    ],
)
def test_a_day_has_its_lunar_name(day, name):
    assert lunar_day(day) == name


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("春节", [date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17)]),
        ("除夕", [date(2024, 2, 9), date(2025, 1, 28), date(2026, 2, 16)]),
        ("端午", [date(2024, 6, 10), date(2025, 5, 31), date(2026, 6, 19)]),
        ("中秋", [date(2024, 9, 17), date(2025, 10, 6), date(2026, 9, 25)]),
        ("重阳", [date(2024, 10, 11), date(2025, 10, 29), date(2026, 10, 18)]),
        ("清明", [date(2024, 4, 4), date(2025, 4, 4), date(2026, 4, 5)]),
    ],
)
def test_a_moving_festival_falls_on_its_day(name, days):
    found = [
        date(day.year, month, number)
        for day in days
        for month, entries in festivals(day.year).items()
        for number, entry in entries
        if entry == name
    ]
    assert found == days


def test_the_fixed_festivals_stand_in_their_months():
    year = festivals(2026)
    assert list(year) == list(range(1, 13))
    assert {(1, "元旦"), (26, "腊八")} == set(year[1])
    assert (8, "妇女节") in year[3]
    assert year[5] == [(1, "劳动节"), (4, "青年节"), (12, "护士节")]
    assert year[9] == [(10, "教师节"), (25, "中秋")]


def test_a_month_with_little_room_shows_its_days_off_first():
    assert chief_festivals(2025, 5, 3) == [(1, "劳动节"), (4, "青年节"), (31, "端午")]
    assert chief_festivals(2025, 1, 3) == [(1, "元旦"), (28, "除夕"), (29, "春节")]
    assert chief_festivals(2025, 1, 9) == [(1, "元旦"), (7, "腊八"), (28, "除夕"), (29, "春节")]
