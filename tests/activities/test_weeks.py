"""Weeks of a term, and the days on which something that comes again falls."""

from datetime import date, timedelta

import pytest

from activities.choices import Rhythm, Weekday
from activities.rules.weeks import (
    Occurrence,
    Term,
    occurrences,
    week_at,
    week_in,
    week_number,
    week_span,
    weeks_in,
)

AUTUMN = Term(date(2026, 9, 1), date(2027, 1, 22), "2026秋")  # begins on a Tuesday
SPRING = Term(date(2027, 2, 22), date(2027, 7, 2), "2027春")  # begins on a Monday
TERMS = [SPRING, AUTUMN]


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2026, 8, 31), 1),  # the Monday before the first day
        (date(2026, 9, 1), 1),
        (date(2026, 9, 6), 1),  # Sunday
        (date(2026, 9, 7), 2),
        (date(2026, 11, 18), 12),
        (date(2027, 1, 22), 21),
    ],
)
def test_week_one_is_the_week_of_a_first_day_in_the_middle_of_it(day, number):
    assert week_number(AUTUMN, day) == number


@pytest.mark.parametrize("weekday", range(7))
def test_a_term_may_begin_on_any_day_of_its_first_week(weekday):
    term = Term(date(2026, 8, 31) + timedelta(days=weekday), date(2027, 1, 22))
    assert week_number(term, term.first) == 1
    assert week_span(term, 1) == (date(2026, 8, 31), date(2026, 9, 6))
    assert week_number(term, date(2026, 9, 7)) == 2


def test_the_weeks_of_a_term_are_counted_to_its_last_day():
    assert weeks_in(AUTUMN) == 21
    assert week_span(AUTUMN, 3) == (date(2026, 9, 14), date(2026, 9, 20))


def test_a_week_outside_the_terms_has_no_number():
    assert week_at(TERMS, date(2026, 8, 31)) == 1
    assert week_at(TERMS, date(2026, 8, 24)) is None
    assert week_at(TERMS, date(2027, 1, 18)) == 21
    assert week_at(TERMS, date(2027, 1, 25)) is None
    assert week_at(TERMS, date(2027, 2, 22)) == 1


def test_the_week_of_a_number_is_looked_for_in_the_months_of_the_item():
    assert week_in(TERMS, 3, date(2027, 3, 1), date(2027, 3, 31)) == (
        date(2027, 3, 8),
        date(2027, 3, 14),
    )
    assert week_in(TERMS, 3, date(2026, 11, 1), date(2026, 11, 30)) is None
    assert week_in([], 3, date(2026, 9, 1), date(2026, 9, 30)) is None


def days_of(rhythm, weekday, start, end, terms=TERMS, holidays=None):
    return occurrences(rhythm, weekday, start, end, terms, holidays or {})


def test_even_weeks_are_those_of_the_term():
    found = days_of(Rhythm.EVEN_WEEKS, Weekday.FRIDAY, date(2026, 9, 1), date(2026, 10, 31))
    assert [each.day for each in found] == [
        date(2026, 9, 11),
        date(2026, 9, 25),
        date(2026, 10, 9),
        date(2026, 10, 23),
    ]


def test_odd_weeks_begin_with_the_first_also_when_the_term_starts_mid_week():
    found = days_of(Rhythm.ODD_WEEKS, Weekday.FRIDAY, date(2026, 9, 1), date(2026, 9, 30))
    assert [each.day for each in found] == [date(2026, 9, 4), date(2026, 9, 18)]
    mondays = days_of(Rhythm.ODD_WEEKS, Weekday.MONDAY, date(2026, 8, 1), date(2026, 9, 15))
    assert [each.day for each in mondays] == [date(2026, 9, 14)]  # 8-31 lies before the term


def test_a_holiday_is_named_where_it_takes_the_day():
    holidays = {date(2026, 9, 25): "中秋节"}
    found = days_of(
        Rhythm.EVEN_WEEKS, Weekday.FRIDAY, date(2026, 9, 20), date(2026, 10, 10), TERMS, holidays
    )
    assert found == [Occurrence(date(2026, 9, 25), "中秋节"), Occurrence(date(2026, 10, 9))]


def test_weekly_things_rest_between_the_terms():
    found = days_of(Rhythm.WEEKLY, Weekday.THURSDAY, date(2027, 1, 14), date(2027, 3, 1))
    assert [each.day for each in found] == [
        date(2027, 1, 14),
        date(2027, 1, 21),
        date(2027, 2, 25),
    ]


def test_what_is_planned_for_the_vacation_alone_comes_every_week():
    found = days_of(Rhythm.WEEKLY, Weekday.THURSDAY, date(2027, 7, 5), date(2027, 7, 18))
    assert [each.day for each in found] == [date(2027, 7, 8), date(2027, 7, 15)]


@pytest.mark.parametrize("rhythm", [Rhythm.ODD_WEEKS, Rhythm.EVEN_WEEKS])
def test_without_terms_nobody_knows_which_week_is_odd(rhythm):
    assert days_of(rhythm, Weekday.FRIDAY, date(2026, 9, 1), date(2026, 12, 31), terms=[]) == []


@pytest.mark.parametrize(
    ("rhythm", "weekday"), [(Rhythm.MONTHLY, Weekday.FRIDAY), (Rhythm.WEEKLY, None), ("", 1)]
)
def test_what_has_no_day_of_its_own_gets_none(rhythm, weekday):
    assert days_of(rhythm, weekday, date(2026, 9, 1), date(2026, 12, 31)) == []
