"""What of the plan and of the sign-ups waits on whose home page."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from activities.actions.attendance import put_on_roll
from activities.actions.signups import sign_up, withdraw
from activities.choices import PlanState
from activities.home import home_part, selections_part, signups_part
from activities.models import Activity, Signup
from tests.factories.activities import make_item, make_plan
from tests.factories.honours import make_selection
from tests.factories.members import make_group, make_user
from tests.factories.signups import make_signup
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
TODAY, YEAR = date(2026, 3, 11), Period.year(2026)


@pytest.mark.parametrize(
    ("state", "of_chair", "of_leader"),
    [
        (PlanState.DRAFT, ["2026年计划"], []),
        (PlanState.PASSED, ["女职工活动"], []),
        (PlanState.PUBLISHED, ["女职工活动"], ["女职工活动"]),
    ],
)
def test_an_item_is_due_once_its_plan_is_passed(state, of_chair, of_leader):
    make_item(make_plan(state=state), "2026-02", "女职工活动")
    for role, expected in ((Role.CHAIR, of_chair), (Role.GROUP_LEADER, of_leader)):
        part = home_part(make_user(role), TODAY, YEAR)
        assert [todo.title for todo in part.todos] == expected
        assert sum(month.planned for month in part.ribbon) == expected.count("女职工活动")


def test_of_a_year_and_a_term_planned_beside_it_the_year_is_counted():
    make_item(make_plan(), "2026-02", "全年的")
    make_item(make_plan(Period.semester(2025, 2)), "2026-02", "学期的")
    part = home_part(make_user(Role.CHAIR), TODAY, YEAR)
    assert [month.planned for month in part.ribbon] == [0, 1, *[0] * 10]
    assert sorted(todo.title for todo in part.todos) == ["全年的", "学期的"]


def asked(user) -> list[str]:
    return [todo.title for todo in signups_part(user, timezone.localdate(), YEAR).todos]


def test_one_is_asked_to_sign_up_while_it_is_open():
    now, hour = timezone.now(), timedelta(hours=1)
    make_signup("还没开始", opens_at=now + hour)
    make_signup("开着", opens_at=now - hour, deadline=now + hour)
    over, stopped = make_signup("过了"), make_signup("停了")
    Signup.objects.filter(pk=over.pk).update(deadline=now - hour)
    Signup.objects.filter(pk=stopped.pk).update(closed_at=now)
    assert asked(make_user(Role.MEMBER)) == ["开着"]


def going(user) -> list[tuple]:
    part = signups_part(user, timezone.localdate(), YEAR)
    return [(each.day, each.text) for each in part.dates]


def test_what_one_signed_up_for_stands_among_the_days_ahead_until_it_is_over():
    user, other, today = make_user(Role.MEMBER), make_user(Role.MEMBER), timezone.localdate()
    day = today + timedelta(days=7)
    full, listed, left, put = (
        make_signup(title, limit=1) for title in ("候补的", "报上的", "退出的", "加上的")
    )
    sign_up(signup=full, by=other)
    for signup in (full, listed, left):
        sign_up(signup=signup, by=user)
    withdraw(signup=left, by=user)
    by = put.activity.recorded_by
    put_on_roll(activity=put.activity, members=[user.member], by=by)
    Signup.objects.filter(pk=listed.pk).update(closed_at=timezone.now())  # the list stands
    assert going(user) == [
        (day, "候补的，您在候补"), (day, "报上的，您报了名"), (day, "加上的，您在名单上"),
    ]  # fmt: skip
    assert asked(user) == []
    assert (going(other), asked(other)) == ([(day, "候补的，您报了名")], ["退出的", "加上的"])
    yesterday = today - timedelta(days=1)
    Activity.objects.update(day=yesterday)
    assert going(user) == []
    Activity.objects.filter(pk=listed.activity_id).update(last_day=today)
    assert going(user) == [(today, "报上的，您报了名")]


def test_what_one_may_and_what_one_does_sign_up_for_are_one_question(django_assert_num_queries):
    user = make_user(Role.MEMBER)
    for _ in range(3):
        make_signup()
        sign_up(signup=make_signup(), by=user)
    user.has_perm("activities.sign_up")  # the roles are asked for once a request
    with django_assert_num_queries(1):
        assert len(asked(user)) == 3
    assert len(going(user)) == 3


def test_an_open_selection_waits_for_those_who_recommend():
    make_selection("甲", recommend_until=timezone.localdate() + timedelta(days=3))
    make_selection("乙", recommend_until=timezone.localdate() - timedelta(days=3))
    leader, member = make_user(Role.GROUP_LEADER, group=make_group()), make_user(Role.MEMBER)
    asked = {
        user: [
            (t.title, t.act_label, t.late)
            for t in selections_part(user, timezone.localdate(), YEAR).todos
        ]
        for user in (leader, member, make_user(Role.CHAIR))
    }
    assert list(asked.values()) == [
        [("甲", "推荐", False)],
        [],
        [("乙", "公示", True), ("甲", "推荐", False)],
    ]
