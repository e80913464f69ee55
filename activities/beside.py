"""What the activities put on the pages of the roster."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from activities.queries.honours import honours_of
from members.models import Member, User
from unionoffice.beside import Beside
from unionoffice.periods import Period, PeriodKind, iso_date

SHOWN = 6


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
