"""School terms for tests."""

from datetime import date

from activities.models import Semester


def make_semester(first: str = "2026-09-01", last: str = "2027-01-22", name: str = "") -> Semester:
    """The first term of 2026, which begins on a Tuesday."""
    first_day, last_day = date.fromisoformat(first), date.fromisoformat(last)
    name = name or f"{first_day.year}年{first_day.month}月开学"
    return Semester.objects.create(first_day=first_day, last_day=last_day, name=name)
