"""Titles for tests."""

from datetime import date

from members.actions.titles import grant_titles
from members.models import Member, TitleGrant


def make_title(
    member: Member, title: str = "一级教师", day: str = "2026-06-30", *, by=None, **values
) -> TitleGrant:
    grant = TitleGrant(title=title, day=date.fromisoformat(day), **values)
    return grant_titles(grant=grant, members=[member], by=by)[0]
