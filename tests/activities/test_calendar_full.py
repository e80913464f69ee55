"""The calendar of a year with two thousand activities."""

from datetime import date

from activities import calendar
from activities.queries.calendar import span_of
from tests.factories.full_year import make_full_year
from tests.factories.members import make_user
from unionoffice.roles import Role


def test_a_month_and_a_feed_of_a_full_year_take_five_queries(office, django_assert_num_queries):
    user, today = make_user(Role.CHAIR), date(2026, 11, 18)
    user.has_perm("activities.view_plans")  # what a request has loaded already
    make_full_year()
    with django_assert_num_queries(5):
        month = span_of(user, *calendar.month_bounds(date(2026, 11, 1)), today)
    assert len(month.entries) > 100
    with django_assert_num_queries(5):
        span_of(user, date(2026, 8, 18), date(2027, 12, 23), today)
