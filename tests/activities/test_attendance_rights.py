"""Who may see and change which part of the attendance, and what the audit keeps of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import attendance, signups
from activities.models import Activity, Participation, Signup
from activities.queries import signups as queries
from activities.rules import signups as rules
from tests.factories.members import make_group, make_member, make_user
from tests.factories.signups import make_announced, make_roll, make_signup
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def two_groups(**values):
    """(activity, a row of the first group, one of the second, the first group)."""
    group, other = make_group(), make_group()
    held = make_announced(day=timezone.localdate(), state="held", **values)
    people = [make_member("本组示", group=group), make_member("他组示", group=other)]
    rows = attendance.put_on_roll(activity=held, members=people, by=held.recorded_by)
    own, their = sorted(rows, key=lambda row: row.group_id != group.pk)
    return held, own, their, group


# How many came


def test_one_group_does_not_make_the_number_of_all_until_all_are_marked(log_in):
    held, own, their, group = two_groups()
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    page = url("attendance_update", held.pk)
    leader.post(page, {f"a{own.pk}": "present", f"s{own.pk}": ""})
    held.refresh_from_db()
    assert (held.headcount, held.counted) == (None, False)
    second = log_in(user=make_user(Role.GROUP_LEADER, group=their.group))
    second.post(page, {f"a{their.pk}": "present", f"s{their.pk}": ""})
    held.refresh_from_db()
    assert (held.headcount, held.counted) == (2, True)


def test_who_is_taken_off_begins_no_count_while_others_are_unmarked(log_in):
    held, own, their, group = two_groups()
    member = make_member(group=group)
    third = attendance.put_on_roll(activity=held, members=[member], by=held.recorded_by)[0]
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    leader.post(url("attendance_update", held.pk), {f"a{own.pk}": "present", f"s{own.pk}": ""})
    attendance.drop_participation(participation=third, by=held.recorded_by)
    held.refresh_from_db()
    assert (held.headcount, held.counted) == (None, False)
    attendance.drop_participation(participation=their, by=held.recorded_by)
    held.refresh_from_db()
    assert (held.headcount, held.counted) == (1, True)


def test_who_has_it_in_hand_counts_what_the_groups_marked_so_far(log_in):
    held, own, _, group = two_groups()
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    page = url("attendance_update", held.pk)
    leader.post(page, {f"a{own.pk}": "present", f"s{own.pk}": ""})
    assert "按名单数</button>" not in leader.get(page).text
    chair = log_in(user=held.recorded_by)
    assert "还有 1 人没记，全记了就自己数。现在数的话是 1 人。" in chair.get(page).text
    done = chair.post(url("attendance_count", held.pk), follow=True)
    assert [m.extra_tags for m in done.context["messages"]] == [""]  # no number to go back to
    assert Activity.objects.get().headcount == 1


# Whose rows one may change and see


def test_a_leader_changes_and_drops_only_rows_of_the_own_group(log_in):
    _, own, their, group = two_groups()
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    for name in ("participation_update", "participation_drop"):
        assert leader.post(url(name, their.pk), {"duty": "裁判"}).status_code == 404
    assert leader.post(url("participation_update", own.pk), {"duty": "裁判"}).status_code == 302
    assert dict(Participation.objects.values_list("pk", "duty")) == {own.pk: "裁判", their.pk: ""}


def test_a_leader_reads_the_attendance_of_the_own_group_and_takes_no_more_away(log_in):
    held, own, their, group = two_groups()
    for row in (own, their):
        attendance.mark_attendance(
            activity=held, marks={row.pk: "present"}, seen={}, by=held.recorded_by
        )
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    rows = leader.get(url("attendance_list")).context["rows"]
    assert [row["name"] for row in rows] == ["本组示"]
    csv = leader.get(url("attendance_list_export"), {"format": "csv"}).getvalue().decode()
    assert ("本组示" in csv, "他组示" in csv) == (True, False)


def test_people_of_a_voided_record_stay_as_they_are(log_in):
    row = make_roll()
    chair = log_in(user=row.activity.recorded_by)
    Activity.objects.update(voided_at=timezone.now(), void_reason="记重了")
    answer = chair.post(url("participation_update", row.pk), {"duty": "裁判"})
    assert (answer.status_code, "已经作废了" in answer.text) == (422, True)
    assert Participation.objects.get().duty == ""


# What a mark and a name on the list do


def test_who_signed_in_and_did_not_come_has_no_time_of_signing_in():
    row = make_roll()
    held, by = row.activity, row.activity.recorded_by
    Participation.objects.update(attendance="present", signed_in_at=timezone.now())
    seen = {row.pk: "present"}
    attendance.mark_attendance(activity=held, marks={row.pk: "absent"}, seen=seen, by=by)
    row.refresh_from_db()
    assert (row.attendance, row.signed_in_at) == ("absent", None)


@pytest.mark.parametrize("state", ["listed", "waiting", "withdrawn"])
def test_who_signed_up_is_withdrawn_and_not_dropped(state):
    row = make_roll()
    Participation.objects.update(signup=state, signed_up_at=timezone.now())
    with pytest.raises(RuleBroken, match="这个人是报名的，要去掉就替他退出报名"):
        attendance.drop_participation(participation=row, by=row.activity.recorded_by)
    assert Participation.objects.exists()


def signed_up(**values) -> tuple[Signup, Participation]:
    signup = make_signup(**values)
    row = signups.sign_up(signup=signup, by=make_user(Role.MEMBER))
    return signup, row


def test_who_is_marked_does_not_withdraw_any_more():
    signup, row = signed_up(day=timezone.localdate())
    by = signup.activity.recorded_by
    attendance.mark_attendance(activity=signup.activity, marks={row.pk: "leave"}, seen={}, by=by)
    with pytest.raises(RuleBroken, match="到没到已经记下了，不能再退出"):
        signups.withdraw_people(signup=signup, members=[row.member_id], by=by)
    assert Participation.objects.get().signup == "listed"


def test_who_was_withdrawn_by_another_one_stands_in_the_audit():
    signup, row = signed_up()
    by = make_user(Role.CHAIR)
    signups.withdraw_people(signup=signup, members=[row.member_id], by=by)
    entry = AuditEntry.objects.get(act="activities.withdraw_people")
    assert (entry.actor, entry.changes) == (by, {"members": [row.member_id]})


def test_who_waited_and_came_does_not_wait_any_more():
    signup, _ = signed_up(day=timezone.localdate(), limit=1)
    late = make_user(Role.MEMBER)
    signups.sign_up(signup=signup, by=late)
    assert queries.heads_of(Participation.objects.all()).waiting == 1
    signup = attendance.open_sign_in(activity=signup.activity, by=signup.activity.recorded_by)
    attendance.sign_in(signup=signup, code=rules.code_at(signup.secret, timezone.now()), by=late)
    heads = queries.heads_of(Participation.objects.all())
    assert (heads.waiting, heads.present, heads.expected) == (0, 1, 2)


# What is open


@pytest.mark.parametrize(("days", "shown"), [(0, True), (7, True), (8, False)])
def test_what_nobody_recorded_leaves_the_list_of_what_is_open_after_a_week(days, shown):
    signup = make_signup()
    Activity.objects.update(day=timezone.localdate() - timedelta(days=days))
    assert list(queries.open_signups(timezone.now())) == [signup] * shown


# Taking back a step


def one_put_on_the_list(**values):
    signup = make_signup(**values)
    activity, by = signup.activity, signup.activity.recorded_by
    attendance.put_on_roll(activity=activity, members=[make_member()], by=by)
    return signup, activity, by


def test_only_who_added_them_takes_them_off_at_one_press_and_only_for_a_while():
    _, activity, by = one_put_on_the_list()
    step = queries.last_put_on(activity, by)
    with pytest.raises(RuleBroken, match="只有加的人自己、半个小时里能一下撤掉"):
        attendance.undo_put_on_roll(activity=activity, entry=step, by=make_user(Role.CHAIR))
    step.at = timezone.now() - timedelta(minutes=31)
    with pytest.raises(RuleBroken, match="只有加的人自己、半个小时里能一下撤掉"):
        attendance.undo_put_on_roll(activity=activity, entry=step, by=by)
    assert Participation.objects.count() == 1


def test_a_step_that_is_taken_back_makes_room_for_who_waits():
    signup, activity, by = one_put_on_the_list(limit=1)
    waits = signups.sign_up(signup=signup, by=make_user(Role.MEMBER))
    assert waits.signup == "waiting"
    step = queries.last_put_on(activity, by)
    attendance.undo_put_on_roll(activity=activity, entry=step, by=by)
    assert list(Participation.objects.values_list("member", "signup")) == [
        (waits.member_id, "listed")
    ]
