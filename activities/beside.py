"""What the activities put on the pages of the roster."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from activities.models import Participation
from activities.queries.honours import honours_of
from activities.queries.series import series_joined_by, series_led_by
from activities.queries.signups import activities_of_member
from members.models import Member, User
from unionoffice.beside import Beside
from unionoffice.periods import Period, PeriodKind, iso_date

SHOWN = 6
CAME_TO = 4


def member_honours(member: Member, user: User, day: date) -> Beside | None:
    """The honours of a person, the newest first; nothing where there is none."""
    if not user.has_perm("activities.view_honours"):
        return None
    rows = list(honours_of(member).order_by("-day", "-pk"))
    if not rows:
        return None
    lines = tuple(
        (iso_date(one.day, one.precision), f"{one.get_level_display()} {one.title}")
        for one in rows[:SHOWN]
    )
    since = Period(PeriodKind.FREE, rows[-1].day, max(day, rows[0].day))
    url = f"{reverse('activities:honour_list')}?{urlencode({'period': since.code, 'q': member})}"
    return Beside("荣誉", (), url, f"全部 {len(rows)} 项", lines=lines)


def member_attendance(member: Member, user: User, day: date) -> Beside | None:
    """What someone came to, the latest first: for oneself and for those who keep the lists."""
    own = member.pk == user.member_id and user.has_perm("activities.sign_up")
    if not own and not user.has_perm("activities.manage_attendance"):
        return None
    rows = activities_of_member(member)
    lines = tuple(
        (iso_date(one.activity.day, one.activity.precision), _came(one)) for one in rows[:CAME_TO]
    )
    if not lines:
        return None
    whole = reverse("activities:attendance_member", args=[member.pk])
    url = reverse("activities:my_attendance") if own else whole
    return Beside("参加的活动", (), url, f"全部 {rows.count()} 次", lines=lines)


def member_series(member: Member, user: User, day: date) -> Beside | None:
    """The clubs that someone leads or belongs to today."""
    if not user.has_perm("activities.view_series_people"):
        return None
    led = [(one.start, f"{one}（负责人）") for one in series_led_by(member)]
    joined = [(row.start, str(row.series)) for row in series_joined_by(member)]
    lines = tuple((iso_date(start), text) for start, text in [*led, *joined])
    if not lines:
        return None
    return Beside("社团和定期活动", (), reverse("activities:series_list"), "全部社团", lines=lines)


def _came(row: Participation) -> str:
    return " ".join(filter(None, (str(row.activity), row.get_attendance_display(), row.duty)))
