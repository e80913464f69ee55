"""What stands in the calendar from one day to another: plan items, activities, meetings of series."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from activities.choices import ActivityState, ItemState, Mark, PlanState
from activities.models import PlanItem, Series
from activities.queries.activities import activities_visible_to, activity_url
from activities.queries.days_off import days_off, holidays_of, terms
from activities.queries.plans import ItemRow, item_rows, items_visible_to
from activities.queries.series import series_visible_to
from activities.rules.days_off import DayOff
from activities.rules.weeks import BY_WEEK, Term, monday, occurrences, week_in
from activities.rules.when import item_when
from unionoffice.periods import Precision, last_day

NOT_HELD = "没有记录"  # of a day that is past, of what comes again and again
WORKING_DAYS = timedelta(days=4)  # from Monday to Friday
IN_DRAFT = {"plan__state": PlanState.DRAFT}
ACTIVITY_COLUMNS = (
    "pk", "title", "day", "last_day", "time", "to_time", "precision", "state", "place",
    "plan_item_id", "series_id",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One thing on one day or on several. `mark` is drawn; `word` says it. `off`: the holiday for
    which it is left out; `draft`: its plan was not passed yet. `uid` stays the same from one look
    to the next."""

    first: date
    last: date
    text: str
    url: str
    mark: Mark
    word: str
    uid: str
    start: time | None = None
    end: time | None = None
    place: str = ""
    off: str = ""
    item: int | None = None
    draft: bool = False

    @property
    def source(self) -> tuple[str, str]:
        """What it is made from: item, activity or series, and its key."""
        kind, pk = self.uid.split("-")[:2]
        return kind, pk

    @property
    def not_held(self) -> bool:
        return self.word == NOT_HELD

    @property
    def struck(self) -> bool:
        return bool(self.off) or self.mark == Mark.OFF

    @property
    def long(self) -> bool:
        return self.last > self.first

    @property
    def times(self) -> str:
        if self.start is None:
            return ""
        return f"{self.start:%H:%M}–{self.end:%H:%M}" if self.end else f"{self.start:%H:%M}"


@dataclass(frozen=True)
class Compared:
    """An item of the span: when it was planned for, and its row with what became of it. `days`:
    (first, last) of each time that it stands for, its months where no day is known."""

    row: ItemRow
    when: str
    dated: bool
    days: tuple[tuple[date, date], ...] = ()


@dataclass
class Span:
    """All that the calendar knows of the days from `start` to `end`. `loose`: activities of which
    only the month is known."""

    start: date
    end: date
    entries: list[Entry] = field(default_factory=list)
    items: list[Compared] = field(default_factory=list)
    loose: list[Entry] = field(default_factory=list)
    days_off: dict[date, DayOff] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)

    @property
    def undated(self) -> list[Compared]:
        """What waits for a day: neither done nor given up, and not what comes again and again."""
        gone = (Mark.DONE, Mark.OFF)
        waiting = [each for each in self.items if not each.dated and not each.row.rhythm]
        return [each for each in waiting if each.row.mark not in gone]

    @property
    def holidays(self) -> dict[date, str]:
        return holidays_of(self.days_off, self.start, self.end)


@lru_cache(maxsize=500)
def series_url(pk: int) -> str:
    return reverse("activities:series_detail", args=[pk])


def span_of(user, start: date, end: date, today: date, *, drafts: bool = True) -> Span:
    """What `user` may see of it; five queries, however much that is. `drafts`: also of plans that
    nobody passed yet."""
    span = Span(start, end, days_off=days_off(start, end), terms=terms())
    activities = _activities(user, start, end)
    items = items_visible_to(user) if drafts else items_visible_to(user).exclude(**IN_DRAFT)
    _put_items(span, items, today, activities)
    for row in activities:
        (span.loose if row["precision"] == Precision.MONTH else span.entries).append(_held(row))
    _put_series(span, user, today, activities)
    span.entries.sort(key=_order)
    return span


def _order(entry: Entry) -> tuple:
    return (not entry.long, entry.first, entry.start or time.min, entry.text, entry.uid)


# ------------------------------------------------------------------ plan items
def _put_items(span: Span, items: QuerySet[PlanItem], today: date, activities: list[dict]) -> None:
    """An item that was recorded stands in the calendar as its activity, a recurring one also on its
    days in the weeks without one."""
    months = Q(first_month__lte=span.end, last_month__gte=span.start.replace(day=1))
    held = {row["plan_item_id"] for row in activities}
    met = {(row["plan_item_id"], monday(row["day"])) for row in activities}
    for row in item_rows(items.filter(months).order_by("first_month", "order", "pk"), today):
        found = list(_item_entries(row, span, today))
        if not row.record or row.rhythm:
            open_ones = [each for each in found if (row.pk, monday(each.first)) not in met]
            span.entries += [each for each in open_ones if _touches(each, span)]
        dated = bool(found) or row.pk in held
        span.items.append(Compared(row, item_when(row), dated, _days_of(row, found)))


def _days_of(row: ItemRow, found: list[Entry]) -> tuple[tuple[date, date], ...]:
    days = [(each.first, each.last) for each in found]
    if row.record_day and row.record_precision != Precision.MONTH:
        days.append((row.record_day, row.record_day))
    return tuple(days) or ((row.first_month, _end(row)),)


def _touches(entry: Entry, span: Span) -> bool:
    return entry.first <= span.end and entry.last >= span.start


def _item_entries(row: ItemRow, span: Span, today: date) -> Iterator[Entry]:
    if row.rhythm in BY_WEEK:
        yield from _recurring(row, span, today)
    elif row.day:
        yield _planned(row, row.day, row.last_day or row.day)
    elif row.week and (week := week_in(span.terms, row.week, row.first_month, _end(row))):
        first = week[0] + timedelta(days=row.weekday or 0)
        last = first if row.weekday is not None else first + WORKING_DAYS
        yield _planned(row, first, last)


def _end(row: ItemRow) -> date:
    return last_day(row.last_month.year, row.last_month.month)


def _recurring(row: ItemRow, span: Span, today: date) -> Iterator[Entry]:
    days = occurrences(
        row.rhythm, row.weekday, row.first_month, _end(row), span.terms, span.holidays
    )
    mark = Mark.OFF if row.state == ItemState.CANCELLED else Mark.PLAN
    for each in days:
        if span.start <= each.day <= span.end:
            missed = mark == Mark.PLAN and each.day < today and not each.off
            word = NOT_HELD if missed else mark.label
            yield _planned(row, each.day, each.day, mark=mark, word=word, off=each.off)


def _planned(
    row: ItemRow,
    first: date,
    last: date,
    *,
    mark: Mark | None = None,
    word: str = "",
    off: str = "",
) -> Entry:
    mark = mark or row.mark
    repeated = f"-{first:%Y%m%d}" if row.rhythm else ""
    return Entry(
        first=first,
        last=last,
        text=row.text,
        url=row.url,
        mark=mark,
        word=word or mark.label,
        uid=f"item-{row.pk}{repeated}",
        start=row.from_time,
        end=row.to_time,
        off=off,
        item=row.pk,
        draft=row.plan_state == PlanState.DRAFT,
    )


# ------------------------------------------------------------------ activities
def _activities(user, start: date, end: date) -> list[dict]:
    rows = activities_visible_to(user).filter(voided_at=None, day__lte=end)
    rows = rows.annotate(until=Coalesce("last_day", "day")).filter(
        Q(until__gte=start) | Q(precision=Precision.MONTH, day__gte=start.replace(day=1))
    )
    return list(rows.order_by("day", "time", "pk").values(*ACTIVITY_COLUMNS))


def _held(row: dict) -> Entry:
    mark, word = _mark_of(row)
    return Entry(
        first=row["day"],
        last=row["last_day"] or row["day"],
        text=row["title"],
        url=activity_url(row["pk"]),
        mark=mark,
        word=word,
        uid=f"activity-{row['pk']}",
        start=row["time"],
        end=row["to_time"],
        place=row["place"],
        item=row["plan_item_id"],
    )


def _mark_of(row: dict) -> tuple[Mark, str]:
    if row["state"] == ActivityState.ANNOUNCED:
        return Mark.DOING, "已通知"
    if row["state"] == ActivityState.CALLED_OFF:
        return Mark.OFF, "不办了"
    planned = row["plan_item_id"] or row["series_id"]
    return (Mark.DONE, "已举行") if planned else (Mark.EXTRA, "计划外，已举行")


# ------------------------------------------------------------------ series
def _put_series(span: Span, user, today: date, activities: Iterable[dict]) -> None:
    """The meetings to come of what comes again and again; a week that has one is settled."""
    met = {(row["series_id"], monday(row["day"])) for row in activities if row["series_id"]}
    open_then = Q(end=None) | Q(end__gte=span.start)
    series = series_visible_to(user).filter(open_then, start__lte=span.end)
    for one in series.filter(rhythm__in=BY_WEEK).order_by("pk"):
        span.entries += [
            each for each in _meetings(one, span, today) if (one.pk, monday(each.first)) not in met
        ]


def _meetings(series: Series, span: Span, today: date) -> Iterator[Entry]:
    first, last = max(series.start, span.start), min(series.end or span.end, span.end)
    for each in occurrences(series.rhythm, series.weekday, first, last, span.terms, span.holidays):
        yield Entry(
            first=each.day,
            last=each.day,
            text=series.name,
            url=series_url(series.pk),
            mark=Mark.PLAN,
            word=NOT_HELD if each.day < today and not each.off else "定期活动",
            uid=f"series-{series.pk}-{each.day:%Y%m%d}",
            start=series.from_time,
            end=series.to_time,
            place=series.place,
            off=each.off,
        )
