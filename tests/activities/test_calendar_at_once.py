"""Two people change the days off or the terms in the same moment, each over a connection of their
own: none of it is lost, and what excludes each other is not both there."""

from datetime import date

import pytest

from activities.actions.calendar import add_day_off, add_semester, drop_day_off, keep_year
from activities.choices import DayKind
from activities.models import CalendarDay, Semester
from activities.rules.days_off import DayOff
from tests.factories.at_once import at_once, shared_database
from tests.factories.members import make_office, make_user
from unionoffice.errors import RuleBroken
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared_database(transactional_db, tmp_path):
    with shared_database(tmp_path):
        make_office()
        yield


def off(day: str) -> DayOff:
    return DayOff(date.fromisoformat(day), DayKind.HOLIDAY, "校庆")


def test_two_days_added_at_once_are_both_kept():
    one, other = make_user(Role.CHAIR), make_user(Role.ORGANISATION)
    keep_year(year=2030, days=[off("2030-01-01")], by=one)
    at_once(
        lambda: add_day_off(day=off("2030-05-04"), by=one),
        lambda: add_day_off(day=off("2030-05-05"), by=other),
    )
    days = [str(row.day) for row in CalendarDay.objects.order_by("day")]
    assert days == ["2030-01-01", "2030-05-04", "2030-05-05"]


def test_a_day_dropped_and_one_added_at_once_are_both_so():
    one, other = make_user(Role.CHAIR), make_user(Role.ORGANISATION)
    keep_year(year=2030, days=[off("2030-01-01"), off("2030-01-02")], by=one)
    at_once(
        lambda: drop_day_off(day=date(2030, 1, 1), by=one),
        lambda: add_day_off(day=off("2030-05-05"), by=other),
    )
    days = [str(row.day) for row in CalendarDay.objects.order_by("day")]
    assert days == ["2030-01-02", "2030-05-05"]


def test_of_two_terms_that_overlap_one_is_refused():
    def tried(first: date, last: date, by):
        try:
            return add_semester(semester=Semester(first_day=first, last_day=last), by=by)
        except RuleBroken as refusal:
            return str(refusal)

    one, other = make_user(Role.CHAIR), make_user(Role.ORGANISATION)
    at_once(
        lambda: tried(date(2030, 2, 18), date(2030, 7, 5), one),
        lambda: tried(date(2030, 2, 25), date(2030, 7, 5), other),
    )
    assert Semester.objects.count() == 1
