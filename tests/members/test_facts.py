"""The roster's numbers, and the lists behind them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from members import actions
from members.actions.bodies import dissolve_working_group
from members.choices import EmploymentStatus, Gender, MembershipStatus
from members.facts import RosterTotals, active_members, facts, roster_totals
from members.home import home_part
from members.models import Employment, Member, Membership
from members.queries import in_tab, members_visible_to
from tests.factories.bodies import make_working_group
from tests.factories.members import make_group, make_member, make_user
from tests.factories.titles import make_title
from unionoffice.periods import Period
from unionoffice.roles import Role

YEAR = Period.year(2025)
# no single list has the people behind these
ON_THE_FIGURES_PAGE = {
    "members.rate",
    "members.retirees",
    "members.teacher_rate",
    "members.young_rate",
}


def make_people() -> None:
    group = make_group("一组")
    make_group("没有人的组")
    make_member("甲一", gender="female", group=group, employment="working", is_teacher=True)
    young = {"birth": date(1990, 1, 1), "arrived": date(2025, 8, 20), "is_teacher": False}
    make_member("乙二", gender="male", employment="working", **young)
    make_member("丙新", gender="female", joined=date(2025, 12, 31))
    make_member("丁还没来", gender="female", joined=date(2026, 1, 1))
    make_member("戊退休", gender="female", status="retained")
    make_member("己从来不是", status=None, employment="working")
    make_member("壬离休", status=None, employment="retired_cadre")
    make_member("庚调出", status=None, employment="left")
    retired = make_member("癸今年退休", status=None, employment="working")
    actions.change_dated(
        model=Employment, member=retired, since=date(2025, 7, 1), by=None, status="retired"
    )
    make_title(retired, day="2025-03-08")
    make_working_group("师德建设领导小组")
    for name, end in (("调解小组", date(2025, 12, 31)), ("校庆小组", date(2025, 12, 30))):
        dissolve_working_group(working_group=make_working_group(name), last_day=end, by=None)
    make_working_group("还没成立的", start=date(2026, 1, 1))
    gone = make_member("辛退会", gender="male")
    actions.end_dated(model=Membership, member=gone, since=date(2025, 6, 1), by=None)


def values(period=YEAR) -> dict:
    return {fact.key: fact.value for fact in facts(period)}


@pytest.mark.django_db
def test_facts_count_the_roster_at_the_end_of_the_period():
    make_people()
    assert values() == {
        "members.active": 3,
        "members.women": 2,
        "members.retained": 1,
        "members.new": 1,
        "members.left": 1,
        "members.retired": 1,
        "members.groups": 1,
        "members.working_groups": 2,
        "members.arrivals": 1,
        "members.titles": 1,
        "members.employed": 3,
        "members.rate": Decimal("66.7"),
        "members.retirees": 2,
        "members.teachers": 1,
        "members.teacher_rate": Decimal("50.0"),
        "members.young": 1,
        "members.young_rate": Decimal("100.0"),
    }


@pytest.mark.django_db
def test_facts_of_an_empty_office_are_unknown_and_never_zero():
    assert set(values().values()) == {None}


@pytest.mark.django_db
def test_facts_of_a_past_period_stay_when_someone_retires_later():
    make_people()
    before = values()
    member = Member.objects.get(name="甲一")
    actions.change_dated(
        model=Membership, member=member, since=date(2026, 1, 1), by=None, status="retained"
    )
    assert values() == before
    assert values(Period.year(2026))["members.retained"] == 2


@pytest.mark.django_db
def test_the_members_at_the_end_are_those_of_the_year_before_and_who_came_less_who_went():
    make_people()
    before = roster_totals(date(2024, 12, 31))
    after = roster_totals(YEAR.end)
    found = values()
    assert after.active + after.retained == (
        before.active + before.retained + found["members.new"] - found["members.left"]
    )


def test_every_fact_is_as_many_rows_as_its_list(log_in):
    client = log_in(Role.CHAIR)
    make_people()
    sizes, expected = {}, values()
    for fact in facts(YEAR):
        context = client.get(fact.source).context
        if fact.key in ON_THE_FIGURES_PAGE:
            sizes[fact.key] = next(f.value for f in context["figures"].facts if f.key == fact.key)
        elif fact.key == "members.groups":
            sizes[fact.key] = len(context["groups"])
        else:
            sizes[fact.key] = len(context["page"].object_list)
    assert sizes == expected


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 6, 1), date(2026, 1, 1)])
def test_totals_are_as_many_as_the_tabs_have_rows(day):
    make_people()
    totals = roster_totals(day)
    tabs = {
        tab: in_tab(Member.objects.all(), tab, day).count()
        for tab in (*MembershipStatus.values, "left", "all")
    }
    assert tabs == {
        "active": totals.active,
        "retained": totals.retained,
        "left": totals.left,
        "all": totals.everyone,
    }


@pytest.mark.django_db
def test_totals_of_some_count_only_those():
    group = make_group()
    leader = make_user(Role.GROUP_LEADER, group=group)
    make_member("甲一", gender="female", group=group)
    make_member("乙二", gender="female")
    visible = members_visible_to(leader)
    assert roster_totals(date(2026, 1, 1), visible) == RosterTotals(1, 1, 0, 0, 2)
    assert roster_totals(date(2026, 1, 1), visible.none()) == RosterTotals(0, 0, 0, 0, 0)


@pytest.mark.django_db
def test_the_home_page_shows_the_members_to_who_may_see_the_whole_roster(
    django_assert_num_queries,
):
    make_people()
    chair, leader, teacher = (
        make_user(role) for role in (Role.CHAIR, Role.GROUP_LEADER, Role.MEMBER)
    )
    today = date(2025, 11, 1)
    with django_assert_num_queries(2):
        figure = home_part(chair, today, YEAR).figures[0]
    assert (figure.label, figure.fact.value) == ("在册会员", 3)
    assert home_part(leader, today, YEAR).figures == ()
    assert home_part(teacher, today, YEAR).figures == ()


def spans_of(statuses):
    """Rows of one person one after the other: (days before it, its length or None, status)."""
    row = st.tuples(st.integers(0, 3), st.integers(1, 4), st.sampled_from(statuses))
    return st.tuples(st.lists(row, max_size=3), st.booleans(), st.booleans())


people = st.lists(
    st.tuples(
        st.sampled_from(["", *Gender.values]),
        spans_of(MembershipStatus.values),
        spans_of([EmploymentStatus.WORKING, EmploymentStatus.LEFT]),
        st.integers(0, 20),
    ),
    max_size=5,
)
FIRST = date(2025, 12, 28)


def make_spans(model, member, spans) -> None:
    rows, begins_unknown, stays_open = spans
    day = FIRST
    for number, (gap, length, status) in enumerate(rows):
        start, day = day + timedelta(days=gap), day + timedelta(days=gap + length)
        model.objects.create(
            member=member,
            status=status,
            start=None if begins_unknown and number == 0 else start,
            end=None if stays_open and number == len(rows) - 1 else day - timedelta(days=1),
        )


def counted(day: date) -> RosterTotals:
    """The same as roster_totals, in the ORM's own words."""
    in_force = (Q(start=None) | Q(start__lte=day)) & (Q(end=None) | Q(end__gte=day))
    enrolled = Membership.objects.filter(in_force)
    ever = Q(memberships__end__lt=day)
    left = Q(employments__in=Employment.objects.filter(in_force, status="left"))
    gone = Member.objects.filter(ever | left).exclude(memberships__in=enrolled)
    active = enrolled.filter(status="active")
    return RosterTotals(
        active=active.count(),
        women=active.filter(member__gender="female").count(),
        retained=enrolled.filter(status="retained").count(),
        left=gone.distinct().count(),
        everyone=sum(_come_by(member, day) for member in Member.objects.all()),
    )


def _come_by(member: Member, day: date) -> bool:
    """Someone of whom all that is known begins later, has yet to come."""
    starts = [row.start for row in (*member.memberships.all(), *member.employments.all())]
    later = any(start and start > day for start in starts) or (
        member.arrived is not None and member.arrived > day
    )
    return not later or any(start is None or start <= day for start in starts)


@pytest.mark.django_db
@given(people, st.integers(-2, 22))
def test_totals_are_what_the_orm_counts(histories, days):
    with transaction.atomic():
        for number, (gender, memberships, employments, later) in enumerate(histories):
            arrived = later and FIRST + timedelta(days=later)
            member = Member.objects.create(
                name=f"示例{number}", gender=gender, arrived=arrived or None
            )
            make_spans(Membership, member, memberships)
            make_spans(Employment, member, employments)
        day = FIRST + timedelta(days=days)
        found, expected = roster_totals(day), counted(day)
        assert active_members(day) == expected.active
        transaction.set_rollback(True)
    assert found == expected
