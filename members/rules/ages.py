"""Ages in completed years, and the days of birth that go with them."""

from collections.abc import Iterator, Mapping
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


def day_doubts(
    birth: date | None, days: Mapping[str, tuple[date | None, str]]
) -> Iterator[tuple[str, str]]:
    """Which of a person's days (work_began, arrived, joined; each with its precision) contradict
    another one: (name, sentence)."""
    for name, (day, precision) in days.items():
        age = age_at_most(day, precision, birth) if day and birth else YOUNGEST_WORKER
        if age < YOUNGEST_WORKER:
            when = f"才 {age} 岁" if age > 0 else "还没出生" if age < 0 else "不到一岁"
            yield name, f"按出生日期算，那时{when}，核对一下这两个日期。"
    (began, _), (arrived, _) = days["work_began"], days["arrived"]
    if began and arrived and arrived.year < began.year:
        yield "arrived", "到校时间早于参加工作时间，核对一下这两个日期。"


def born_between(day: date, low: int | None, high: int | None) -> tuple[date | None, date | None]:
    """The first and the last day of birth of those who are `low` to `high` years old on `day`;
    None: as old, or as young, as anyone."""
    first = _day_after(years_before(day, high + 1)) if high is not None else None
    last = years_before(day, low) if low is not None else None
    return first, last


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
