"""Taking back, at one click, what was just marked of who came."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import attendance
from activities.models import Activity, Participation
from activities.queries.signups import steps_marked
from tests.factories.members import make_user
from tests.factories.signups import make_announced, make_roll
from unionoffice.errors import RuleBroken
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db


def marks() -> dict[int, str]:
    return dict(Participation.objects.values_list("pk", "attendance"))


def test_all_others_marked_absent_by_mistake_are_taken_back_at_one_click(log_in):
    first = make_roll()
    activity, by = first.activity, first.activity.recorded_by
    people = [make_user(Role.MEMBER).member for _ in range(2)]
    rest = attendance.put_on_roll(activity=activity, members=people, by=by)
    attendance.mark_attendance(activity=activity, marks={first.pk: "present"}, seen={}, by=by)
    chair, before = log_in(user=by), marks()
    values = {f"a{row.pk}": "" for row in rest} | {"rest": "absent", "guests": "3"}
    values |= {f"a{first.pk}": "present", f"s{first.pk}": "present"}
    address = reverse("activities:attendance_update", args=[activity.pk])
    page = chair.post(address, values, follow=True).text
    assert "记好了 3 处" in page
    assert sorted(marks().values()) == ["absent", "absent", "present"]
    undo = reverse("activities:attendance_marks_undo", args=[activity.pk, last(activity, by).pk])
    assert f'action="{undo}"' in page
    assert "撤销了，刚记的不算" in chair.post(undo, follow=True).text
    activity.refresh_from_db()
    assert (marks(), activity.guests, activity.headcount) == (before, None, 1)
    assert "没有能撤的" in chair.post(undo, follow=True).text


def last(activity: Activity, by):
    return steps_marked(activity, by)[0]


def test_what_another_one_marked_since_stays():
    row = make_roll()
    activity, by = row.activity, row.activity.recorded_by
    attendance.mark_attendance(activity=activity, marks={row.pk: "absent"}, seen={}, by=by)
    step, other = last(activity, by), make_user(Role.CHAIR)
    seen = {row.pk: "absent"}
    attendance.mark_attendance(activity=activity, marks={row.pk: "leave"}, seen=seen, by=other)
    with pytest.raises(RuleBroken, match="后来又改记过"):
        attendance.undo_marks(activity=activity, entry=step, by=by)
    assert marks() == {row.pk: "leave"}


def test_only_who_marked_takes_it_back_and_only_for_a_while():
    row = make_roll()
    activity, by = row.activity, row.activity.recorded_by
    attendance.mark_attendance(activity=activity, marks={row.pk: "absent"}, seen={}, by=by)
    step = last(activity, by)
    with pytest.raises(RuleBroken, match="只有记的人自己、半个小时里"):
        attendance.undo_marks(activity=activity, entry=step, by=make_user(Role.CHAIR))
    step.at = timezone.now() - timedelta(minutes=31)
    with pytest.raises(RuleBroken, match="只有记的人自己、半个小时里"):
        attendance.undo_marks(activity=activity, entry=step, by=by)
    assert marks() == {row.pk: "absent"}


def test_the_time_of_the_code_and_the_withdrawal_come_back_with_it():
    activity, at = make_announced(day=timezone.localdate()), timezone.now()
    by, people = activity.recorded_by, [make_user(Role.MEMBER).member for _ in range(2)]
    here, gone = attendance.put_on_roll(activity=activity, members=people, by=by)
    Participation.objects.filter(pk=here.pk).update(attendance="present", signed_in_at=at)
    Participation.objects.filter(pk=gone.pk).update(signup="withdrawn", signed_up_at=at)
    new, seen = {here.pk: "absent", gone.pk: "present"}, {here.pk: "present"}
    attendance.mark_attendance(activity=activity, marks=new, seen=seen, by=by)
    attendance.undo_marks(activity=activity, entry=last(activity, by), by=by)
    kept = Participation.objects.order_by("pk").values_list("attendance", "signup", "signed_in_at")
    assert set(kept) == {("present", "", at), ("", "withdrawn", None)}
