"""大事记: what happened in a period, out of what was recorded; nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from activities.choices import ChangeKind
from activities.models import Activity, Honour, Series
from activities.queries.changes import OF_CHAPTER, changes_in
from activities.queries.plans import plans_visible_to
from activities.rules import when_text
from members.choices import ElectionKind
from members.models import Election
from unionoffice.periods import Period, Precision, chinese_date

# what of a plan's changes is an event; a word put right is none
EVENTFUL = (ChangeKind.ADDED, ChangeKind.POSTPONED, ChangeKind.CANCELLED, ChangeKind.RESUMED)


@dataclass(frozen=True)
class Event:
    """`key` tells it from all others, for the address: a12, h3."""

    key: str
    day: date
    precision: str
    text: str
    url: str = ""
    last_day: date | None = None

    @property
    def activity(self) -> int | None:
        """The key of the activity that it tells of."""
        return int(self.key[1:]) if self.key.startswith("a") else None

    @property
    def when(self) -> str:
        """3月8日, 3月8日至10日; 本月 where only the month is known."""
        if self.precision == Precision.MONTH:
            return "本月"
        if self.precision == Precision.YEAR:
            return "本年"
        text = when_text(self.day, Precision.DAY, None, self.last_day)
        return text.removeprefix(f"{self.day.year}年")


@dataclass(frozen=True)
class Month:
    label: str
    events: list[Event]


def events_of(user, period: Period, *, everything: bool) -> list[Event]:
    """In the order of the days. Of the activities only those marked for the summary, unless
    `everything`. Six queries."""
    found = [
        *_activities(period, everything),
        *_honours(period),
        *_plans(user, period),
        *_changes(user, period),
        *_series(period),
        *_elections(period),
    ]
    return sorted(found, key=lambda event: (event.day, event.key))


def by_month(events: list[Event]) -> list[Month]:
    months = groupby(events, key=lambda event: chinese_date(event.day, Precision.MONTH))
    return [Month(label, list(rows)) for label, rows in months]


def _activities(period: Period, everything: bool) -> Iterator[Event]:
    rows = Activity.objects.standing().in_period(period)
    if not everything:
        rows = rows.filter(is_highlight=True)
    for one in rows.order_by("day", "pk"):
        text = one.highlight.strip() if one.is_highlight else _held(one)
        yield Event(
            f"a{one.pk}", one.day, _day(one.precision), text, one.get_absolute_url(), one.last_day
        )


def _day(precision: str) -> str:
    return Precision.DAY if precision == Precision.MINUTE else precision


def _held(activity: Activity) -> str:
    people = f"，{activity.headcount}人参加" if activity.headcount else ""
    place = f"在{activity.place}" if activity.place else ""
    return f"{place}办了“{activity.title}”{people}。"


def _honours(period: Period) -> Iterator[Event]:
    """Those of one title, day and level stand in one line."""
    rows = Honour.objects.standing().in_period(period).select_related("member", "group")
    rows = rows.order_by("day", "level", "title", "awarding_body", "precision", "pk")
    alike = ("day", "level", "title", "awarding_body", "precision")
    for _, group in groupby(rows, key=lambda one: [getattr(one, name) for name in alike]):
        group = list(group)
        first, whose = group[0], "、".join(one.whose for one in group)
        text = f"{whose}获{first.get_level_display()}“{first.title}”（{first.awarding_body}）。"
        yield Event(f"h{first.pk}", first.day, first.precision, text, first.get_absolute_url())


def _plans(user, period: Period) -> Iterator[Event]:
    rows = plans_visible_to(user).filter(passed_on__range=(period.start, period.end))
    for plan in rows:
        by = f"{plan.passed_by}通过" if plan.passed_by else "通过"
        text = f"{by}《{plan.title}》。"
        yield Event(f"p{plan.pk}", plan.passed_on, Precision.DAY, text, plan.get_absolute_url())


def _changes(user, period: Period) -> Iterator[Event]:
    seen = plans_visible_to(user).order_by().values("pk")
    rows = changes_in(period).filter(plan__in=seen, kind__in=EVENTFUL).exclude(OF_CHAPTER)
    for change in rows:
        because = f"：{change.reason}" if change.reason else ""
        text = f"计划事项“{change.item_text}”{change.get_kind_display()}{because}。"
        day = timezone.localdate(change.made_at)
        yield Event(f"c{change.pk}", day, Precision.DAY, text)


def _series(period: Period) -> Iterator[Event]:
    span = (period.start, period.end)
    rows = Series.objects.filter(Q(start__range=span) | Q(end__range=span))
    for one in rows:
        url = one.get_absolute_url()
        if period.contains(one.start):
            yield Event(f"s{one.pk}", one.start, Precision.DAY, f"{one.name}成立。", url)
        if one.end and period.contains(one.end):
            yield Event(f"e{one.pk}", one.end, Precision.DAY, f"{one.name}停办。", url)


def _elections(period: Period) -> Iterator[Event]:
    """Those whose result was declared."""
    rows = Election.objects.filter(
        concluded_at__isnull=False, day__range=(period.start, period.end)
    ).select_related("term")
    for one in rows:
        general = one.kind == ElectionKind.GENERAL
        text = f"选举产生{one.term}。" if general else f"{one.term}任期内补选。"
        yield Event(f"x{one.pk}", one.day, Precision.DAY, text)
