"""A plan's text into a plan: what was read, put into the months of a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from activities import said
from activities.models import Plan, PlanItem, PlanSection
from activities.plan_reader import ItemReading, LineReading, PlanReading, SectionReading
from activities.plan_reader.corrections import Choices, correct
from activities.plan_reader.when import read_when
from activities.rules import field_of, months_between
from activities.said import People
from unionoffice.errors import FileRefused
from unionoffice.periods import Period, PeriodKind, last_day

LONGEST_TEXT = 200_000  # characters; a plan has a few thousand
LONGEST_TITLE = Plan._meta.get_field("title").max_length
LONGEST_SECTION_TITLE = PlanSection._meta.get_field("title").max_length
AUTUMN = 7  # a semester that begins in July or later is the first of its school year


@dataclass(frozen=True)
class Arranged:
    """A plan's parts, not saved. `unread` is what found no place, `left` the lines it stands on."""

    items: list[PlanItem]
    sections: list[PlanSection]
    unread: list[str]
    lines: list[LineReading]
    left: list[int]


def check_length(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise FileRefused(
            f"这份文字有 {len(text)} 字，一份计划最多收 {LONGEST_TEXT} 字，去掉不是计划的部分再来。"
        )


def period_read(reading: PlanReading) -> Period | None:
    """The period that the text names; None when it names no year."""
    if reading.period.start is None:
        return None
    year, month = (int(part) for part in reading.period.start.split("-"))
    match PeriodKind(reading.period.kind):
        case PeriodKind.SCHOOL_YEAR:
            return Period.school_year(year)
        case PeriodKind.HALF_YEAR:
            return Period.half(year, 1 if month < AUTUMN else 2)
        case PeriodKind.SEMESTER:
            return Period.semester(year, 1) if month >= AUTUMN else Period.semester(year - 1, 2)
    return Period.year(year)


def arrange(
    reading: PlanReading,
    period: Period,
    choices: Choices | None = None,
    people: People | None = None,
) -> Arranged:
    """Every item in its months of the period; for a month outside of it, it is unread.

    `choices`: what was corrected by hand; `people`: whom a name on the roster means, if only one.
    """
    found = correct(reading, choices or {})
    months = {month: date(year, month, 1) for year, month in reversed(period.months())}
    arranged = Arranged([], _sections(found.sections), [], found.lines, [])
    placed: set[tuple[int, str]] = set()
    outside: list[tuple[int, str]] = []
    for item in found.items:
        spans = list(_runs(sorted(months[m] for m in item.months if m in months)))
        for span in spans:
            made = _item(item, span, people or {}, placed)
            made.order, made.line = len(arranged.items), item.line
            arranged.items.append(made)
        if missing := [str(month) for month in item.months if month not in months]:
            outside.append((item.line, f"{'、'.join(missing)}月：{item.text}"))
    left = [said for said in found.unread if said not in placed] + outside
    arranged.unread.extend(text for _, text in left)
    arranged.left.extend(at for at, _ in left)
    return arranged


def names_said(reading: PlanReading) -> set[str]:
    """The names that the text gives for who is in charge."""
    return said.names_said(item for line in reading.lines for item in line.items)


def _runs(months: list[date]) -> Iterable[tuple[date, date]]:
    """First and last of each run of neighbouring months."""
    start = previous = None
    for month in months:
        if previous and months_between(previous, month) > 1:
            yield start, previous
            start = None
        start, previous = start or month, month
    if previous:
        yield start, previous


def _item(
    item: ItemReading, span: tuple[date, date], people: People, placed: set[tuple[int, str]]
) -> PlanItem:
    """The item, with its time and what is said beside it; `placed` takes what found its field."""
    text = item.text.rstrip("。；;，, ")
    made = PlanItem(text=text, first_month=span[0], last_month=span[1], field=field_of(text))
    _set_time(made, item)
    placed |= set(said.take_said(made, item, people))
    return made


def _set_time(made: PlanItem, item: ItemReading) -> None:
    """The day, week or rhythm; a day that the year lacks, or outside the months, is left."""
    when = read_when(item)
    made.day = _day(made, when.day)
    if made.day and when.last_day:
        made.last_day = _day_after(made.day, when.last_day)
        made.day = made.day if made.last_day else None
    made.week, made.rhythm, made.weekday = when.week, when.rhythm, when.weekday
    if made.day or made.week or made.rhythm:
        made.from_time, made.to_time = when.from_time, when.to_time


def _day(made: PlanItem, month_day: tuple[int, int] | None) -> date | None:
    months = (made.first_month, made.last_month) if month_day else ()
    return next((_dated(m.year, *month_day) for m in months if m.month == month_day[0]), None)


def _day_after(first: date, month_day: tuple[int, int]) -> date | None:
    """The end of a span, in the next year where its month comes before the first one's."""
    end = _dated(first.year + (month_day[0] < first.month), *month_day)
    return end if end and end >= first else None


def _dated(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 0 < day <= last_day(year, month).day else None


def _sections(sections: list[SectionReading]) -> list[PlanSection]:
    return [
        PlanSection(order=order, title=section.title[:LONGEST_SECTION_TITLE], body=section.body)
        for order, section in enumerate(sections)
    ]
