"""Announced activities with a sign-up, for tests."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from activities.actions.attendance import mark_attendance, put_on_roll
from activities.actions.signups import open_signup
from activities.choices import ActivityState, Field
from activities.models import Activity, Participation, Signup
from members.models import UnionGroup
from tests.factories.members import make_member, make_user
from unionoffice.roles import Role

numbers = count(1)


def make_announced(title: str = "", *, day: date | None = None, by=None, **values) -> Activity:
    """In a week, unless `day` is given."""
    fields = {
        "title": title or f"示例报名活动{next(numbers)}",
        "day": day or timezone.localdate() + timedelta(days=7),
        "field": Field.CULTURE,
        "state": ActivityState.ANNOUNCED,
        "recorded_by": by or make_user(Role.CHAIR),
    }
    return Activity.objects.create(**fields | values)


def make_signup(
    title: str = "",
    *,
    day: date | None = None,
    by=None,
    quotas: dict[UnionGroup, int] | None = None,
    **values,
) -> Signup:
    """Open to all, without a limit, unless the values say otherwise."""
    activity = make_announced(title, day=day, by=by)
    limits = {group.pk: limit for group, limit in (quotas or {}).items()}
    signup = Signup(activity=activity, **values)
    return open_signup(signup=signup, quotas=limits, by=activity.recorded_by)


def make_roll(by=None) -> Participation:
    """Someone whom the organiser put on the list of an activity of a week ago."""
    day = timezone.localdate() - timedelta(days=7)
    activity = make_announced(day=day, by=by, state=ActivityState.HELD)
    return put_on_roll(activity=activity, members=[make_member()], by=activity.recorded_by)[0]


def make_marked(by=None) -> Activity:
    """Such an activity, of which it is known that this one came."""
    row = make_roll(by)
    activity = row.activity
    marks = {row.pk: "present"}
    mark_attendance(activity=activity, marks=marks, seen={}, by=activity.recorded_by)
    return activity
