"""Ages on a leap day, and the days of birth that go with them: counted in one place."""

from datetime import date

import pytest

from members.rules.ages import age_on, born_between, years_before
from members.rules.retirement import whole_years

LEAP = date(2000, 2, 29)


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
        (date(2024, 2, 29), 35, date(1989, 2, 28)),
        (date(2026, 3, 1), 26, date(2000, 3, 1)),
        (date(2026, 2, 28), 26, date(2000, 2, 28)),
    ],
)
def test_a_29_february_that_was_not_there_is_the_28th(day, years, then):
    assert years_before(day, years) == then


def test_someone_born_on_a_29_february_is_a_year_older_on_the_first_of_march():
    assert age_on(date(2026, 2, 28), LEAP) == 25
    assert age_on(date(2026, 3, 1), LEAP) == 26
    assert age_on(date(2024, 2, 29), LEAP) == 24


def test_on_a_29_february_who_was_born_on_the_28th_of_a_common_year_belongs_to_the_band():
    """35 at most: born after 28 February 1988 plus the year of the next birthday."""
    day = date(2024, 2, 29)
    first, _ = born_between(day, None, 35)
    assert first == date(1988, 3, 1)
    assert (age_on(day, first), age_on(day, date(1988, 2, 29))) == (35, 36)
    _, last = born_between(day, 35, None)
    assert (last, age_on(day, last)) == (date(1989, 2, 28), 35)
    assert age_on(day, date(1989, 3, 1)) == 34


@pytest.mark.parametrize("until", [date(2026, 2, 28), date(2026, 3, 1), date(2024, 2, 29)])
def test_years_of_work_are_counted_as_ages_are(until):
    assert whole_years(LEAP, until) == age_on(until, LEAP)
