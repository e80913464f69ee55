"""Sign-up: who gets on the list, who waits, who moves up; sign-in: the code of the half minute."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from activities.actions import attendance, call_off_activity, signups
from activities.choices import ActivityState, Attendance
from activities.models import Activity, Participation, Signup
from activities.queries import signups as queries
from activities.rules import signups as rules
from members.models import Delivery
from tests.factories.members import make_group, make_member, make_user
from tests.factories.signups import make_signup
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 8, 4, 0, 10, tzinfo=UTC)


def states(signup: Signup) -> list[str]:
    rows = signup.activity.participations.order_by("signed_up_at", "pk")
    return list(rows.values_list("signup", flat=True))


def test_the_third_of_two_places_waits_and_moves_up_when_the_first_withdraws_and_is_told():
    signup = make_signup(limit=2)
    first, second, third = (make_user(Role.MEMBER) for _ in range(3))
    for user in (first, second, third):
        signups.sign_up(signup=signup, by=user)
    assert states(signup) == ["listed", "listed", "waiting"]
    assert queries.place_of(signup, third.member_id).number == 1
    raised = signups.withdraw(signup=signup, by=first)
    assert [row.member for row in raised] == [third.member]
    assert states(signup) == ["withdrawn", "listed", "listed"]
    told = Delivery.objects.get(member=third.member).message
    assert told.text.startswith(f"“{signup.activity}”有了名额，您从候补转成已报名")
    assert told.sent_by == signup.activity.recorded_by


def test_nobody_waits_where_nobody_can():
    signup = make_signup(limit=1, with_waiting=False)
    signups.sign_up(signup=signup, by=make_user(Role.MEMBER))
    with pytest.raises(RuleBroken, match="1 个名额已经报满了"):
        signups.sign_up(signup=signup, by=make_user(Role.MEMBER))


def test_the_quota_of_a_group_lets_the_next_group_pass():
    north, south = make_group("北校区小组"), make_group("南校区小组")
    signup = make_signup(limit=2, quotas={north: 1})
    for group in (north, north, south):
        user = make_user(Role.MEMBER, member=make_member(group=group))
        signups.sign_up(signup=signup, by=user)
    assert states(signup) == ["listed", "waiting", "listed"]


def test_whoever_waits_is_passed_over_while_the_own_group_is_full():
    north, south = make_group("北校区小组"), make_group("南校区小组")
    signup = make_signup(limit=2, quotas={north: 1})
    users = [
        make_user(Role.MEMBER, member=make_member(group=group))
        for group in (north, south, north, south)
    ]
    for user in users:
        signups.sign_up(signup=signup, by=user)
    raised = signups.withdraw(signup=signup, by=users[1])
    assert [row.member for row in raised] == [users[3].member]


def test_more_places_move_those_up_who_wait():
    signup = make_signup(limit=1)
    for _ in range(3):
        signups.sign_up(signup=signup, by=make_user(Role.MEMBER))
    signup.limit = 2
    raised = signups.update_signup(signup=signup, quotas={}, by=signup.activity.recorded_by)
    assert len(raised) == 1
    assert states(signup) == ["listed", "listed", "waiting"]


def test_who_signs_up_again_stands_at_the_end():
    signup = make_signup(limit=1)
    first, second = make_user(Role.MEMBER), make_user(Role.MEMBER)
    signups.sign_up(signup=signup, by=first)
    signups.sign_up(signup=signup, by=second)
    signups.withdraw(signup=signup, by=first)
    assert signups.sign_up(signup=signup, by=first).signup == "waiting"


def test_after_the_deadline_only_the_office_withdraws():
    signup = make_signup()
    user = make_user(Role.MEMBER)
    signups.sign_up(signup=signup, by=user)
    Signup.objects.update(deadline=timezone.now() - timedelta(minutes=1))
    for act in (signups.withdraw, signups.sign_up):
        with pytest.raises(RuleBroken, match="截止了"):
            act(signup=signup, by=user)
    chair = signup.activity.recorded_by
    signups.withdraw_people(signup=signup, members=[user.member_id], by=chair)
    assert states(signup) == ["withdrawn"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"opens_at": datetime(2099, 1, 1, tzinfo=UTC)}, "到时候再来"),
        ({"closed_at": datetime(2026, 1, 1, tzinfo=UTC)}, "报名已经停了"),
        ({"open_to_signup": False}, "报名已经停了"),
    ],
)
def test_one_signs_up_only_while_it_is_open(values, words):
    signup = make_signup()
    Signup.objects.update(**values)
    with pytest.raises(RuleBroken, match=words):
        signups.sign_up(signup=signup, by=make_user(Role.MEMBER))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": ActivityState.HELD}, "办完了"),
        ({"state": ActivityState.CALLED_OFF, "off_reason": "下雨"}, "不办了"),
    ],
)
def test_nobody_signs_up_to_what_was_held_or_called_off(values, words):
    signup = make_signup()
    Activity.objects.update(**values)
    with pytest.raises(RuleBroken, match=words):
        signups.sign_up(signup=signup, by=make_user(Role.MEMBER))


def test_who_is_no_member_on_that_day_is_sent_to_the_office():
    with pytest.raises(RuleBroken, match="不是会员"):
        signups.sign_up(signup=make_signup(), by=make_user(Role.COLLEAGUE))


def test_the_office_signs_up_past_the_limit_only_when_it_says_so():
    signup = make_signup(limit=1, with_waiting=False)
    people = [make_member(), make_member()]
    chair = signup.activity.recorded_by
    with pytest.raises(RuleBroken, match="1 个名额已经报满了"):
        signups.sign_up_people(signup=signup, members=people, by=chair)
    assert states(signup) == []
    signups.sign_up_people(signup=signup, members=people, by=chair, past_limit=True)
    assert states(signup) == ["listed", "listed"]
    entry = AuditEntry.objects.get(act="activities.sign_up_people")
    assert entry.changes["past_limit"] is True


def test_who_is_on_the_list_reads_that_it_is_called_off():
    signup = make_signup("登山")
    stays, leaves = make_user(Role.MEMBER), make_user(Role.MEMBER)
    for user in (stays, leaves):
        signups.sign_up(signup=signup, by=user)
    signups.withdraw(signup=signup, by=leaves)
    call_off_activity(activity=signup.activity, reason="下雨", by=signup.activity.recorded_by)
    told = Delivery.objects.get()
    assert (told.member, told.message.text[-6:]) == (stays.member, "不办了：下雨")


# ------------------------------------------------------------------ the code
def test_a_code_is_taken_for_two_half_minutes_then_it_is_too_old():
    code = rules.code_at("s", NOON)
    rules.check_code("s", code, NOON + timedelta(seconds=49))  # the 30 s after its own
    for later in (timedelta(seconds=50), timedelta(minutes=9)):
        with pytest.raises(RuleBroken, match="过时") as refusal:
            rules.check_code("s", code, NOON + later)
        assert type(refusal.value) is RuleBroken


@pytest.mark.parametrize("code", ["0" * 16, "", "不是码"])
def test_a_code_that_never_was_is_a_guess(code):
    with pytest.raises(rules.WrongCode):
        rules.check_code("s", code, NOON)


def test_the_code_of_another_activity_is_a_guess():
    with pytest.raises(rules.WrongCode):
        rules.check_code("s", rules.code_at("t", NOON), NOON)


def open_sign_in(**values) -> Signup:
    signup = make_signup(day=timezone.localdate(), **values)
    attendance.open_sign_in(activity=signup.activity, by=signup.activity.recorded_by)
    return Signup.objects.get()


def code_now(signup: Signup) -> str:
    return rules.code_at(signup.secret, timezone.now())


def test_who_scans_the_code_is_present_and_counted_once():
    signup, user = open_sign_in(), make_user(Role.MEMBER)
    signups.sign_up(signup=signup, by=user)
    for _ in range(2):
        attendance.sign_in(signup=signup, code=code_now(signup), by=user)
    row = Participation.objects.get()
    assert (row.attendance, row.signed_in_at is not None) == ("present", True)
    assert Activity.objects.get().headcount == 1
    assert AuditEntry.objects.filter(act="activities.sign_in").count() == 1


def test_who_is_not_on_the_list_is_asked_first():
    signup, user = open_sign_in(), make_user(Role.MEMBER)
    with pytest.raises(RuleBroken, match="名单上没有您"):
        attendance.sign_in(signup=signup, code=code_now(signup), by=user)
    attendance.sign_in(signup=signup, code=code_now(signup), by=user, joins=True)
    assert (Participation.objects.get().signup, Activity.objects.get().headcount) == ("", 1)


def test_guessing_has_to_wait_after_five_codes():
    signup, user = open_sign_in(), make_user(Role.MEMBER)
    for _ in range(rules.GUESSES):
        with pytest.raises(rules.WrongCode):
            attendance.sign_in(signup=signup, code="0" * 16, by=user)
    with pytest.raises(RuleBroken, match="过十分钟再试"):
        attendance.sign_in(signup=signup, code=code_now(signup), by=user, joins=True)


def test_after_closing_the_code_is_dead():
    signup, user = open_sign_in(), make_user(Role.MEMBER)
    attendance.open_sign_in(activity=signup.activity, by=user, is_open=False)
    with pytest.raises(RuleBroken, match="现在不能扫码签到"):
        attendance.sign_in(signup=signup, code=code_now(signup), by=user, joins=True)


# ------------------------------------------------------------------ the list
def roll(count: int = 3):
    signup = make_signup(day=timezone.localdate())
    activity, by = signup.activity, signup.activity.recorded_by
    people = [make_member() for _ in range(count)]
    return activity, by, attendance.put_on_roll(activity=activity, members=people, by=by)


def test_who_came_is_counted_with_the_guests():
    activity, by, rows = roll()
    marks = {rows[0].pk: "present", rows[1].pk: "leave", rows[2].pk: "absent"}
    attendance.mark_attendance(activity=activity, marks=marks, seen={}, by=by, guests=4)
    heads = queries.heads_of(activity.participations.all())
    assert heads == queries.Heads(expected=3, present=1, leave=1, absent=1)
    activity.refresh_from_db()
    assert (activity.headcount, activity.guests) == (5, 4)


def test_a_typed_number_stays_while_no_name_is_recorded():
    activity, by, _ = roll()
    Activity.objects.update(headcount=86)
    attendance.mark_attendance(activity=activity, marks={}, seen={}, by=by, guests=2)
    assert Activity.objects.get().headcount == 86


def test_two_who_tick_at_once_keep_each_others_marks_and_are_told_of_a_contradiction():
    activity, by, rows = roll()
    marks = {rows[0].pk: "present"}
    attendance.mark_attendance(activity=activity, marks=marks, seen={}, by=by)
    others = {rows[0].pk: "", rows[1].pk: "leave"}
    attendance.mark_attendance(activity=activity, marks=others, seen={rows[0].pk: ""}, by=by)
    with pytest.raises(RuleBroken, match=f"{rows[0].member}（到）"):
        attendance.mark_attendance(
            activity=activity, marks={rows[0].pk: "absent"}, seen={rows[0].pk: ""}, by=by
        )
    kept = dict(Participation.objects.values_list("pk", "attendance"))
    assert kept == {rows[0].pk: "present", rows[1].pk: "leave", rows[2].pk: ""}


def test_nobody_is_marked_before_the_day():
    signup = make_signup()
    with pytest.raises(RuleBroken, match="那天还没到"):
        attendance.mark_attendance(
            activity=signup.activity, marks={}, seen={}, by=signup.activity.recorded_by
        )


def test_who_was_put_on_the_list_by_mistake_comes_off_and_is_not_counted():
    activity, by, rows = roll(2)
    marks = {row.pk: Attendance.PRESENT for row in rows}
    attendance.mark_attendance(activity=activity, marks=marks, seen={}, by=by)
    attendance.drop_participation(participation=rows[0], by=by)
    assert Activity.objects.get().headcount == 1
