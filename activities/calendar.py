"""The calendar as pages draw it: a month in weeks, a week in days. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from activities.choices import DayKind
from activities.queries.calendar import Compared, Entry, Span
from activities.rules.weeks import monday, week_at
from unionoffice.lunar import Almanac, almanac, lunar_day, statutory_days
from unionoffice.periods import FIRST_YEAR, LAST_YEAR, last_day

DAY, WEEK = timedelta(days=1), timedelta(days=7)
MARKS = {DayKind.HOLIDAY.value: "休", DayKind.WORKDAY.value: "班"}


@dataclass(frozen=True)
class Piece:
    """What one day shows of an entry: `begins` and `ends` there, `named` where its words stand."""

    entry: Entry
    begins: bool
    ends: bool
    named: bool


@dataclass
class Day:
    """`mark`: 休 or 班, as the notice says it; `festival` by law where there is no notice."""

    day: date
    words: Almanac
    mark: str = ""
    reason: str = ""
    inside: bool = True
    today: bool = False
    pieces: list[Piece] = field(default_factory=list)

    @property
    def weekend(self) -> bool:
        return self.day.weekday() >= 5

    @property
    def idle(self) -> bool:
        """Whether nobody works on it."""
        return self.mark == "休" or (self.weekend and self.mark != "班")

    @property
    def number(self) -> str:
        """9; 11/1 on the first of a month."""
        return f"{self.day.month}/1" if self.day.day == 1 else str(self.day.day)


@dataclass
class Week:
    number: int | None
    days: list[Day]


@dataclass
class Page:
    """A month or a week: its days, and what stands beside them."""

    start: date
    end: date
    weeks: list[Week]
    span: Span

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week.days]

    @property
    def agenda(self) -> list[Day]:
        """The days on which there is something."""
        return [
            day
            for day in self.days
            if day.inside and (day.pieces or day.mark or day.words.festival)
        ]

    @property
    def lunar(self) -> str:
        return f"{lunar_day(self.start)}至{lunar_day(self.end)}"

    @property
    def weeks_text(self) -> str:
        numbers = [week.number for week in self.weeks if week.number]
        if not numbers:
            return ""
        first, last = numbers[0], numbers[-1]
        return f"第 {first} 周" if first == last else f"第 {first} 至 {last} 周"


def month_bounds(month: date) -> tuple[date, date]:
    """The Monday and the Sunday around a month."""
    end = last_day(month.year, month.month)
    return monday(month), monday(end) + 6 * DAY


def month_page(month: date, span: Span, today: date) -> Page:
    weeks = []
    for first in _mondays(*month_bounds(month)):
        days = [_day(first + n * DAY, span, today, month) for n in range(7)]
        weeks.append(Week(week_at(span.terms, first), days))
    return Page(month, last_day(month.year, month.month), weeks, span)


def week_page(first: date, span: Span, today: date) -> Page:
    days = [_day(first + n * DAY, span, today) for n in range(7)]
    return Page(first, first + 6 * DAY, [Week(week_at(span.terms, first), days)], span)


def _mondays(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += WEEK


def _day(day: date, span: Span, today: date, month: date | None = None) -> Day:
    entry = span.days_off.get(day)
    law = statutory_days(day.year).get(day, "")
    return Day(
        day=day,
        words=almanac(day.year, day.month)[day],
        mark=MARKS[entry.kind] if entry else "休" * bool(law),
        reason=entry.name if entry else law,
        inside=month is None or (day.year, day.month) == (month.year, month.month),
        today=day == today,
        pieces=[_piece(each, day) for each in span.entries if each.first <= day <= each.last],
    )


def _piece(entry: Entry, day: date) -> Piece:
    begins = entry.first == day
    named = begins or day.weekday() == 0 or day.day == 1
    return Piece(entry, begins, entry.last == day, named)


def within_reach(day: date) -> bool:
    """Whether the lunar calendar and the weeks around the day can be drawn."""
    return FIRST_YEAR < day.year < LAST_YEAR


@dataclass(frozen=True)
class Beside:
    """What stands beside the days: each item of the month with its day, planned and in fact; what
    has no day yet; activities of which only the month is known; what a holiday takes away."""

    items: list[Compared]
    undated: list[Compared]
    loose: list[Entry]
    left_out: list[Entry]


def beside(span: Span, month: date | None = None) -> Beside:
    """`month`: leaves out what only the weeks around it touch."""

    def inside(first: date, last: date) -> bool:
        return month is None or (first <= last_day(month.year, month.month) and last >= month)

    items = [each for each in span.items if inside(each.row.first_month, each.row.last_month)]
    undated = [each for each in span.undated if each in items]
    loose = [each for each in span.loose if inside(each.first, each.last)]
    left_out = [each for each in span.entries if each.off and inside(each.first, each.last)]
    return Beside([each for each in items if each not in undated], undated, loose, left_out)
