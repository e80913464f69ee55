"""Days off and school terms. A year of which the office keeps nothing is as its notice was shipped."""

from datetime import date

from activities.models import CalendarDay, Semester
from activities.notices import NOTICES, shipped_days
from activities.rules.days_off import DayOff
from activities.rules.weeks import Term
from unionoffice.lunar import statutory_days


def days_off(start: date, end: date) -> dict[date, DayOff]:
    """Days off and working days instead, from `start` to `end`. One query."""
    first, last = date(start.year, 1, 1), date(end.year, 12, 31)
    found = _kept(first, last)
    years = {day.year for day in found}
    for year in range(start.year, end.year + 1):
        if year not in years:
            found |= {each.day: each for each in shipped_days(year)}
    return {day: each for day, each in sorted(found.items()) if start <= day <= end}


def _kept(first: date, last: date) -> dict[date, DayOff]:
    rows = CalendarDay.objects.filter(day__range=(first, last)).order_by("day")
    return {row[0]: DayOff(*row) for row in rows.values_list("day", "kind", "name", "source")}


def holidays_between(start: date, end: date) -> dict[date, str]:
    """Each day off with its festival; those of the law also in a year whose notice is not here."""
    return holidays_of(days_off(start, end), start, end)


def holidays_of(days: dict[date, DayOff], start: date, end: date) -> dict[date, str]:
    law = {
        day: name
        for year in range(start.year, end.year + 1)
        for day, name in statutory_days(year).items()
        if start <= day <= end and day not in days
    }
    return law | {day: each.name for day, each in days.items() if each.is_holiday}


def is_noticed(year: int) -> bool:
    """Whether the year's notice is here: shipped, or kept by the office."""
    return bool(shipped_days(year)) or is_kept(year)


def is_kept(year: int) -> bool:
    """Whether the office keeps this year's days itself."""
    return CalendarDay.objects.filter(day__year=year).exists()


def days_of_year(year: int) -> list[DayOff]:
    return list(days_off(date(year, 1, 1), date(year, 12, 31)).values())


def years_known(today: date) -> list[int]:
    """Those with days of their own or shipped, and this year and the next, the latest first."""
    kept = {day.year for day in CalendarDay.objects.order_by().values_list("day", flat=True)}
    return sorted(kept | set(NOTICES) | {today.year, today.year + 1}, reverse=True)


def terms() -> list[Term]:
    """Every school term, the latest first."""
    rows = Semester.objects.order_by("-first_day")
    return [Term(*row) for row in rows.values_list("first_day", "last_day", "name")]
