"""Who sees which visits, and whom a typed name means."""

import pytest

from members.models import Member
from tests.factories.members import make_department, make_group, make_member, make_user
from tests.factories.welfare import make_visit
from unionoffice.roles import Role
from welfare.queries import people_named, visitor_choices, visits_visible_to

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
