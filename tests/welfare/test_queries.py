"""Who sees which visits, and whom a typed name means."""

from datetime import date

import pytest

from members.models import Member
from tests.factories.members import make_department, make_group, make_member, make_user
from tests.factories.welfare import make_visit
from unionoffice.periods import Period
from unionoffice.roles import Role
from welfare.models import Visit
from welfare.queries import (
    ago,
    filtered,
    in_reach,
    people_named,
    people_to_visit,
    sees_everyone,
    visitor_choices,
    visits_visible_to,
)

pytestmark = pytest.mark.django_db


def test_the_committee_sees_every_visit():
    make_visit()
    make_visit(person_name="临聘张师傅")
    assert visits_visible_to(make_user(Role.TREASURER)).count() == 2


def test_a_group_leader_sees_visits_to_the_own_group_only():
    group = make_group()
    own = make_visit(make_member(group=group))
    make_visit(make_member(group=make_group()))
    make_visit(person_name="临聘张师傅")
    leader = make_user(Role.GROUP_LEADER, group=group)
    assert list(visits_visible_to(leader)) == [own]


EVERY_VISIT = {
    Role.CHAIR,
    Role.VICE_CHAIR,
    Role.WELFARE,
    Role.WOMEN,
    Role.TREASURER,
    Role.AUDITOR,
}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.GROUP_LEADER}))
def test_a_group_leader_sees_every_visit_only_through_a_role_that_opens_visits(role):
    group = make_group()
    make_visit(make_member("本组", group=group))
    make_visit(make_member("别组", group=make_group()))
    make_visit(person_name="临聘张师傅")
    both = make_user(Role.GROUP_LEADER, role, group=group)
    seen = {visit.person for visit in visits_visible_to(both)}
    assert seen == ({"本组", "别组", "临聘张师傅"} if role in EVERY_VISIT else {"本组"})
    assert sees_everyone(both) == (role in EVERY_VISIT)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.GROUP_LEADER}))
def test_a_group_leader_names_everyone_only_through_a_role_that_opens_visits(role):
    group = make_group()
    own, other = make_member(group=group), make_member(group=make_group())
    named = set(people_to_visit(make_user(Role.GROUP_LEADER, role, group=group)))
    assert (own in named, other in named) == (True, role in EVERY_VISIT)


def test_a_group_leader_sees_the_visits_of_the_days_someone_was_in_the_group():
    group = make_group()
    moved = make_member(joined=date(2020, 9, 1), group=make_group())
    moved.group_assignments.update(end=date(2026, 2, 28))
    moved.group_assignments.create(group=group, start=date(2026, 3, 1))
    days = [date(2026, 2, 28), date(2026, 3, 1)]
    before, since = [make_visit(moved, day=day) for day in days]
    leader = make_user(Role.GROUP_LEADER, group=group)
    assert list(visits_visible_to(leader)) == [since]
    assert [in_reach(leader, visit) for visit in (before, since)] == [False, True]


@pytest.fixture
def two_wangs(db):
    chinese, maths = make_department("语文组"), make_department("数学组")
    return [
        make_member("王芳", department=chinese, staff_no="A1"),
        make_member("王芳", department=maths, staff_no="A2"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王芳", [0, 1]),
        ("王芳（数学组）", [1]),
        ("王芳(语文组)", [0]),
        ("王芳（A2）", [1]),
        ("A1", [0]),
        (" wf ", [0, 1]),
        ("wangfang", [0, 1]),
        ("王", [0, 1]),
        ("李芳", []),
        ("王芳（总务处）", []),
    ],
)
def test_people_named_finds_whom_the_text_means(two_wangs, text, found):
    assert people_named(Member.objects.all(), text) == [two_wangs[n] for n in found]


def test_an_exact_name_wins_over_longer_ones(db):
    short = make_member("王芳")
    make_member("王芳芳")
    assert people_named(Member.objects.all(), "王芳") == [short]


def test_visitor_choices_are_the_committee_the_user_and_who_is_recorded():
    committee = make_user(Role.WELFARE).member
    make_user(Role.SCHOOL_LEADER)
    recorded = make_member()
    leader = make_user(Role.GROUP_LEADER)
    visit = make_visit(visitors=[recorded])
    assert set(visitor_choices(leader)) == {committee, leader.member}
    assert set(visitor_choices(leader, visit)) == {committee, leader.member, recorded}


def test_a_search_for_someone_outside_the_roster_minds_no_case():
    visit = make_visit(person_name="外教Mary")
    assert list(filtered(Visit.objects.all(), Period.year(2026), q="mary")) == [visit]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 12), "今天"),
        (date(2026, 3, 11), "昨天"),
        (date(2026, 2, 13), "27 天前"),
        (date(2026, 2, 12), "1 个月前"),
        (date(2025, 3, 13), "11 个月前"),
        (date(2025, 3, 12), "1 年前"),
        (date(2024, 3, 13), "1 年前"),
    ],
)
def test_how_long_ago_is_said_in_whole_units(day, words):
    assert ago(day, date(2026, 3, 12)) == words
