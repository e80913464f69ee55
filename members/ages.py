"""Ages in completed years, and the days of birth that go with them."""

from datetime import date


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 28 February for a 29th that was not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def age_on(day: date, birth: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def born_between(day: date, low: int | None, high: int | None) -> tuple[date | None, date | None]:
    """The first and the last day of birth of those who are `low` to `high` years old on `day`;
    None: as old, or as young, as anyone."""
    first = _day_after(years_before(day, high + 1)) if high is not None else None
    last = years_before(day, low) if low is not None else None
    return first, last


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
