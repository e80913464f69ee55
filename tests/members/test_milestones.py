"""Who reaches a round number of years, and who is new: in the period, as exactly as is known."""

from datetime import date

import pytest

from members.choices import EmploymentStatus, MembershipExit
from members.facts import facts
from members.models import Member
from members.queries import milestones
from members.queries.milestones import YEARS_AT_WORK, YEARS_HERE
from tests.factories.members import make_group, make_member, make_user
from unionoffice.periods import Period, Precision
from unionoffice.roles import Role

TODAY = date(2026, 11, 22)
YEAR = Period.year(2026)
AT_WORK = {"employment": EmploymentStatus.WORKING}
pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(office):
    return make_user(Role.CHAIR)


def found(user, column="work_began", years=YEARS_AT_WORK, period=YEAR, **more):
    rows = milestones.milestones(user, column, years, period, TODAY, **more)
    names = Member.objects.in_bulk([row.pk for row in rows])
    return [(names[row.pk].name, row.years) for row in rows]


def test_those_who_reach_a_round_number_of_years_stand_with_the_most_years_first(chair):
    make_member("张三", work_began=date(2016, 8, 1), **AT_WORK)
    make_member("李四", work_began=date(1996, 9, 1), **AT_WORK)
    make_member("王五", work_began=date(2006, 1, 1), **AT_WORK)
    make_member("赵六", work_began=date(2007, 1, 1), **AT_WORK)
    assert found(chair) == [("李四", 30), ("王五", 20), ("张三", 10)]


def test_the_day_decides_in_which_period_it_falls(chair):
    make_member("张三", work_began=date(2016, 8, 31), **AT_WORK)
    assert found(chair, period=Period.school_year(2025)) == [("张三", 10)]
    assert found(chair, period=Period.school_year(2026)) == []


def test_a_year_or_month_alone_counts_for_every_period_that_touches_it(chair):
    make_member("张三", work_began=date(2016, 1, 1), work_began_precision=Precision.YEAR, **AT_WORK)
    make_member(
        "李四", work_began=date(2016, 8, 1), work_began_precision=Precision.MONTH, **AT_WORK
    )
    half = Period.parse("2026-08-15..2026-12-31")
    assert found(chair, period=half) == [("张三", 10), ("李四", 10)]
    assert found(chair, period=Period.parse("2026-09-01..2026-12-31")) == [("张三", 10)]


def test_who_began_on_29_february_has_the_milestone_in_february(chair):
    make_member("张三", work_began=date(2016, 2, 29), **AT_WORK)
    assert found(chair, period=Period.month(2026, 2)) == [("张三", 10)]
    assert found(chair, period=Period.month(2026, 3)) == []


def test_in_a_long_period_one_person_reaches_more_than_one(chair):
    make_member("张三", work_began=date(1998, 9, 1), **AT_WORK)
    ten_years = Period.parse("2020-01-01..2029-12-31")
    assert found(chair, period=ten_years) == [("张三", 30), ("张三", 25)]


def test_years_at_the_school_are_counted_from_the_arrival(chair):
    make_member("张三", work_began=date(1996, 9, 1), arrived=date(2011, 9, 1), **AT_WORK)
    assert found(chair, "arrived", YEARS_HERE) == [("张三", 15)]


def test_new_staff_are_those_whom_the_figure_counts(chair):
    """Also who left again, and who is known only to have come that year."""
    make_member("张三", arrived=date(2026, 8, 25), **AT_WORK)
    make_member("李四", arrived=date(2025, 8, 25), **AT_WORK)
    make_member("王五", arrived=date(2026, 3, 1), employment="left")
    make_member("赵六", arrived=date(2026, 1, 1), arrived_precision=Precision.YEAR, **AT_WORK)
    for period, names in (
        (YEAR, ["赵六", "王五", "张三"]),
        (Period.parse("2026-07-01..2026-12-31"), ["张三"]),
    ):
        rows = milestones.new_staff(chair, period, TODAY)
        people = Member.objects.in_bulk([row.pk for row in rows])
        assert [people[row.pk].name for row in rows] == names
        (fact,) = (each for each in facts(period) if each.key == "members.arrivals")
        assert fact.value == len(names)


def test_who_retired_left_or_died_has_no_milestone_any_more(chair):
    began = {"work_began": date(1996, 9, 1)}
    make_member("张三", employment="retired", **began)
    make_member("李四", employment="left", **began)
    dead = make_member("王五", **began, **AT_WORK)
    dead.memberships.update(end=TODAY, exit=MembershipExit.DIED)
    assert found(chair) == []


def test_the_list_of_last_year_keeps_who_retired_this_year(chair):
    member = make_member("张三", work_began=date(1995, 9, 1), **AT_WORK)
    member.employments.update(end=date(2026, 3, 31))
    member.employments.create(status=EmploymentStatus.RETIRED, start=date(2026, 4, 1))
    assert found(chair, period=Period.year(2025)) == [("张三", 30)]


def test_the_list_is_narrowed_to_a_group(chair):
    group = make_group()
    make_member("张三", work_began=date(2016, 8, 1), group=group, **AT_WORK)
    make_member("李四", work_began=date(2016, 8, 1), **AT_WORK)
    assert found(chair, group=group.pk) == [("张三", 10)]


def test_those_without_a_date_are_counted(chair):
    make_member("张三", **AT_WORK)
    make_member("李四", work_began=date(2016, 8, 1), **AT_WORK)
    make_member("王五", employment="retired")
    assert milestones.without_start(chair, "work_began", TODAY).count() == 1
