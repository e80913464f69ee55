"""The calendar as pages draw it: a month in weeks, a week in days. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from activities.choices import DayKind
from activities.queries.calendar import Compared, Entry, Span
from activities.rules.weeks import monday, week_at
from unionoffice.facts import list_url
from unionoffice.lunar import Almanac, almanac, lunar_day, statutory_days
from unionoffice.periods import FIRST_YEAR, LAST_YEAR, Period, last_day

DAY, WEEK = timedelta(days=1), timedelta(days=7)
LINES = 5  # of a day in the month's table; where there is more the last one leads to the week
LANES = LINES - 1  # of them, at most, for what runs over several days
AGENDA_LINES = 8  # of a day in the month's list
LOOSE_SHOWN = 20  # activities of which only the month is known, beside the month
MARKS = {DayKind.HOLIDAY.value: "休", DayKind.WORKDAY.value: "班"}


@dataclass(frozen=True)
class Piece:
    """What one day shows of an entry."""

    entry: Entry
    day: date

    @property
    def begins(self) -> bool:
        return self.entry.first == self.day

    @property
    def middle(self) -> bool:
        """Whether a month's list need not say it again: it was said on its first day, or on that of
        the month, and will be on its last."""
        return not self.begins and self.day not in (self.entry.last, self.day.replace(day=1))

    @property
    def note(self) -> str:
        """到11月20日，共3天 on its first day, 第2天，共3天 on the others."""
        if not self.entry.long:
            return ""
        days = f"共{(self.entry.last - self.entry.first).days + 1}天"
        if self.begins:
            return f"到{self.entry.last.month}月{self.entry.last.day}日，{days}"
        return f"第{(self.day - self.entry.first).days + 1}天，{days}"


@dataclass(frozen=True)
class Slot:
    """A line of a day in the month's table. What runs over several days is drawn once a week,
    `days` wide, and its line is kept free on the others (`days` 0). Without a `piece` the line is
    kept for what stands in it on the days beside. `begins`, `ends`: in this week."""

    piece: Piece | None = None
    days: int = 1
    begins: bool = True
    ends: bool = True


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
    slots: list[Slot] = field(default_factory=list)
    rest: int = 0  # pieces for which there is no slot

    @property
    def listed(self) -> list[Piece]:
        """What the month's list says of the day."""
        return [piece for piece in self.pieces if self.today or not piece.middle]

    @property
    def first_listed(self) -> list[Piece]:
        """As many of them as are shown at once; the `others` stand in the week."""
        return self.listed if len(self.listed) <= AGENDA_LINES else self.listed[: AGENDA_LINES - 1]

    @property
    def others(self) -> int:
        return len(self.listed) - len(self.first_listed)

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
        """The days on which there is something, and today."""
        return [
            day
            for day in self.days
            if day.inside and (day.listed or day.mark or day.words.festival or day.today)
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
    weeks, pieces = [], _pieces(span)
    for first in _mondays(*month_bounds(month)):
        days = [_day(first + n * DAY, span, pieces, today, month) for n in range(7)]
        _fill_slots(days)
        weeks.append(Week(week_at(span.terms, first), days))
    return Page(month, last_day(month.year, month.month), weeks, span)


def week_page(first: date, span: Span, today: date) -> Page:
    pieces = _pieces(span)
    days = [_day(first + n * DAY, span, pieces, today) for n in range(7)]
    return Page(first, first + 6 * DAY, [Week(week_at(span.terms, first), days)], span)


def _mondays(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += WEEK


def _pieces(span: Span) -> dict[date, list[Piece]]:
    """What stands on each day, in the order of the entries."""
    found = defaultdict(list)
    for entry in span.entries:
        day, last = max(entry.first, span.start), min(entry.last, span.end)
        while day <= last:
            found[day].append(Piece(entry, day))
            day += DAY
    return found


def _day(
    day: date, span: Span, pieces: dict[date, list[Piece]], today: date, month: date | None = None
) -> Day:
    entry = span.days_off.get(day)
    law = statutory_days(day.year).get(day, "")
    return Day(
        day=day,
        words=almanac(day.year, day.month)[day],
        mark=MARKS[entry.kind] if entry else "休" * bool(law),
        reason=entry.name if entry else law,
        inside=month is None or (day.year, day.month) == (month.year, month.month),
        today=day == today,
        pieces=pieces.get(day, []),
    )


# ------------------------------------------------------------------ the lines of a week
def _fill_slots(days: list[Day]) -> None:
    """What runs over several days stands in one line of its week; the rest of a day where there is
    room. `rest` counts what has none."""
    lanes = _lanes(days)
    for at, day in enumerate(days):
        singles = [Slot(piece) for piece in day.pieces if not piece.entry.long]
        taken = [lane[at] for lane in lanes]
        whole = len(singles) + sum(map(bool, taken)) == len(day.pieces)
        slots = list(_filled(taken, singles))
        day.slots = slots if whole and len(slots) <= LINES else slots[: LINES - 1]
        day.rest = len(day.pieces) - sum(slot.piece is not None for slot in day.slots)


def _filled(taken: list[Slot | None], singles: list[Slot]) -> Iterator[Slot]:
    """The lines of a day: where a lane is free, the next single one stands in it."""
    waiting = iter(singles)
    last = max((at for at, slot in enumerate(taken) if slot), default=-1)
    for slot in taken[: last + 1]:
        yield slot or next(waiting, Slot())
    yield from waiting


def _lanes(days: list[Day]) -> list[list[Slot | None]]:
    """Lines of seven days, at most LANES, and what runs through each."""
    lanes: list[list[Slot | None]] = []
    long = dict.fromkeys(p.entry for day in days for p in day.pieces if p.entry.long)
    for entry in long:
        covered = [at for at, day in enumerate(days) if entry.first <= day.day <= entry.last]
        lane = next((lane for lane in lanes if not any(lane[at] for at in covered)), None)
        if lane is None and len(lanes) < LANES:
            lane = [None] * len(days)
            lanes.append(lane)
        if lane is not None:
            begins, ends = entry.first >= days[0].day, entry.last <= days[-1].day
            for at in covered:
                width = len(covered) if at == covered[0] else 0
                lane[at] = Slot(Piece(entry, days[at].day), width, begins, ends)
    return lanes


def month_in(period: Period, today: date) -> date:
    """Where the calendar of a period begins: at this month, when it is in it."""
    return today.replace(day=1) if period.contains(today) else period.start


def within_reach(day: date) -> bool:
    """Whether the lunar calendar and the weeks around the day can be drawn."""
    return FIRST_YEAR < day.year < LAST_YEAR


@dataclass(frozen=True)
class Beside:
    """What stands beside the days: each item of the month with its day, planned and in fact; what
    has no day yet; activities of which only the month is known, the first of them; what a holiday
    takes away."""

    items: list[Compared]
    undated: list[Compared]
    loose: list[Entry]
    left_out: list[Entry]
    loose_rest: int = 0

    @property
    def loose_url(self) -> str:
        """The list of all activities of their month."""
        month = self.loose[0].first
        return list_url("activities:activity_list", Period.month(month.year, month.month))


def beside(span: Span, month: date | None = None) -> Beside:
    """Of the days of the span, or of the `month` without the weeks around it."""
    start, end = (month, last_day(month.year, month.month)) if month else (span.start, span.end)

    def inside(first: date, last: date) -> bool:
        return first <= end and last >= start

    def planned(each: Compared) -> bool:
        months = ((each.row.first_month, each.row.last_month),)
        return any(inside(*days) for days in (months if month else each.days))

    items = [each for each in span.items if planned(each)]
    undated = [each for each in span.undated if each in items]
    loose = [each for each in span.loose if inside(each.first, each.last)]
    left_out = [each for each in span.entries if each.off and inside(each.first, each.last)]
    dated = [each for each in items if each not in undated]
    rest = max(0, len(loose) - LOOSE_SHOWN)
    return Beside(dated, undated, loose[:LOOSE_SHOWN], left_out, rest)
