"""Ages in completed years, and the days of birth that go with them."""

from datetime import MINYEAR, date

from unionoffice.periods import Precision, last_day

YOUNGEST_WORKER = 14  # years
OLDEST = 120


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier, in the year 1 at the earliest; 28 February for a 29th that was
    not there."""
    year = max(day.year - years, MINYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def age_on(day: date, birth: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def age_at_most(day: date, precision: str, birth: date) -> int:
    """How old someone can have been on a day that is known in part. Of a birth that is known in
    part, the first day of what is known is stored: the one that makes oldest."""
    if precision == Precision.YEAR:
        return age_on(date(day.year, 12, 31), birth)
    if precision == Precision.MONTH:
        return age_on(last_day(day.year, day.month), birth)
    return age_on(day, birth)


def born_between(day: date, low: int | None, high: int | None) -> tuple[date | None, date | None]:
    """The first and the last day of birth of those who are `low` to `high` years old on `day`;
    None: as old, or as young, as anyone."""
    first = _day_after(years_before(day, high + 1)) if high is not None else None
    last = years_before(day, low) if low is not None else None
    return first, last


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
