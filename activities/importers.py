"""A plan's text into a plan: what was read, put into the months of a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from activities.models import Plan, PlanItem, PlanSection
from activities.plan_reader import PlanReading
from activities.rules import field_of, months_between, months_text
from unionoffice.errors import FileRefused
from unionoffice.periods import Period, PeriodKind

LONGEST_TEXT = 200_000  # characters; a plan has a few thousand
LONGEST_TITLE = Plan._meta.get_field("title").max_length
LONGEST_SECTION_TITLE = PlanSection._meta.get_field("title").max_length
AUTUMN = 7  # a semester that begins in July or later is the first of its school year


@dataclass(frozen=True)
class Arranged:
    """A plan's parts, not saved. `unread` are the lines that found no place, each whole."""

    items: list[PlanItem]
    sections: list[PlanSection]
    unread: list[str]


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


def arrange(reading: PlanReading, period: Period) -> Arranged:
    """Every item in its months of the period; for a month outside of it, it is unread."""
    months = {month: date(year, month, 1) for year, month in reversed(period.months())}
    items, unread = [], list(reading.unread)
    for group in reading.months:
        inside = sorted(months[m] for m in group.months if m in months)
        spans = list(_runs(inside))
        items += [_item(text, span) for text in group.items for span in spans]
        if outside := [str(month) for month in group.months if month not in months]:
            unread += [f"{'、'.join(outside)}月：{text}" for text in group.items]
    for order, item in enumerate(items):
        item.order = order
    return Arranged(items, _sections(reading), unread)


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


def _item(text: str, span: tuple[date, date]) -> PlanItem:
    text = text.rstrip("。；;，, ")
    return PlanItem(text=text, first_month=span[0], last_month=span[1], field=field_of(text))


def _sections(reading: PlanReading) -> list[PlanSection]:
    return [
        PlanSection(order=order, title=section.title[:LONGEST_SECTION_TITLE], body=section.body)
        for order, section in enumerate(reading.sections)
    ]


def month_groups(items: list[PlanItem], with_year: bool) -> list[tuple[str, list[PlanItem]]]:
    """The items under their months, in order, for the preview."""
    groups: dict[tuple[date, date], list[PlanItem]] = {}
    for item in items:
        groups.setdefault((item.first_month, item.last_month), []).append(item)
    return [(_heading(span, with_year), groups[span]) for span in sorted(groups)]


def _heading(span: tuple[date, date], with_year: bool) -> str:
    if with_year:
        return months_text(*span)
    first, last = span
    return f"{first.month}月" if first == last else f"{first.month}月至{last.month}月"
