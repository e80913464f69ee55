"""Weeks of a school term, and the days on which something that comes again and again falls. Pure.

Week 1 is the week, Monday to Sunday, of the term's first day, also where that is no Monday.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from activities.choices import Rhythm
from unionoffice.errors import RuleBroken

DAY, WEEK = timedelta(days=1), timedelta(days=7)
BY_WEEK = frozenset({Rhythm.WEEKLY, Rhythm.ODD_WEEKS, Rhythm.EVEN_WEEKS})
WEEKS_AT_LEAST, WEEKS_AT_MOST = 8, 30  # of a school term; a school year is two of them
REMAINDER = {Rhythm.ODD_WEEKS: 1, Rhythm.EVEN_WEEKS: 0}


@dataclass(frozen=True)
class Term:
    """The first and the last day of a school term."""

    first: date
    last: date
    name: str = ""


@dataclass(frozen=True)
class Occurrence:
    """A day on which it falls; `off` is the holiday for which it is left out, "" where it is held."""

    day: date
    off: str = ""


def monday(day: date) -> date:
    """The Monday of the week that the day belongs to."""
    return day - day.weekday() * DAY


def term_of(terms: Sequence[Term], day: date) -> Term | None:
    return next((term for term in terms if term.first <= day <= term.last), None)


def week_number(term: Term, day: date) -> int:
    """1 for every day of the week of the term's first day."""
    return (monday(day) - monday(term.first)) // WEEK + 1


def weeks_in(term: Term) -> int:
    return week_number(term, term.last)


def check_length(term: Term) -> None:
    weeks = weeks_in(term)
    if weeks < WEEKS_AT_LEAST:
        raise RuleBroken(
            f"从第一天到最后一天只有 {weeks} 周，一个学期至少 {WEEKS_AT_LEAST} 周，改一下日子。"
        )
    if weeks > WEEKS_AT_MOST:
        raise RuleBroken(
            f"从第一天到最后一天有 {weeks} 周，一个学期最多 {WEEKS_AT_MOST} 周；"
            "一学年是两个学期，分开登记。"
        )


def week_span(term: Term, number: int) -> tuple[date, date]:
    """Monday and Sunday of that week of the term."""
    first = monday(term.first) + (number - 1) * WEEK
    return first, first + 6 * DAY


def week_at(terms: Sequence[Term], week: date) -> int | None:
    """The number of the week that begins with the Monday `week`; None outside the terms."""
    term = next((t for t in terms if monday(t.first) <= week <= t.last), None)
    return week_number(term, week) if term else None


def week_in(terms: Sequence[Term], number: int, start: date, end: date) -> tuple[date, date] | None:
    """Monday and Sunday of the week of that number which touches `start` to `end`."""
    for term in terms:
        first, last = week_span(term, number)
        if number <= weeks_in(term) and first <= end and last >= start:
            return first, last
    return None


def occurrences(
    rhythm: str,
    weekday: int | None,
    start: date,
    end: date,
    terms: Sequence[Term],
    holidays: Mapping[date, str],
) -> list[Occurrence]:
    """The days from `start` to `end`. Weekly ones keep to the terms, where a term touches that
    span; 单周 and 双周 are counted by the terms alone. What comes monthly has no day of its own."""
    if weekday is None or rhythm not in BY_WEEK:
        return []
    touching = any(term.first <= end and term.last >= start for term in terms)
    return [
        Occurrence(day, holidays.get(day, ""))
        for day in _weekdays(weekday, start, end)
        if _falls(rhythm, term_of(terms, day), day, touching)
    ]


def _weekdays(weekday: int, start: date, end: date) -> Iterator[date]:
    day = start + (weekday - start.weekday()) % 7 * DAY
    while day <= end:
        yield day
        day += WEEK


def _falls(rhythm: str, term: Term | None, day: date, touching: bool) -> bool:
    if rhythm == Rhythm.WEEKLY:
        return term is not None or not touching
    return term is not None and week_number(term, day) % 2 == REMAINDER[Rhythm(rhythm)]
