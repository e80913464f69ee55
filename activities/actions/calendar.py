"""Every write to the days off, the school terms and the addresses that phones fetch the calendar from."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from activities.models import CalendarDay, CalendarFeed, Semester
from activities.queries.days_off import days_of_year
from activities.queries.feeds import hash_of
from activities.rules.days_off import DayOff
from activities.rules.weeks import Term, check_length
from members.models import User
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.models import Office
from unionoffice.periods import chinese_date
from unionoffice.queries import current_office

SEMESTER_FIELDS = ("first_day", "last_day", "name")
FETCH_HOUR, FETCHED_AT_MOST = timedelta(hours=1), 60  # a phone asks every few hours


# ------------------------------------------------------------------ days off
@transaction.atomic
def keep_year(*, year: int, days: Iterable[DayOff], by, source: str = "") -> list[DayOff]:
    """The office's days of `year` are `days` from now on; none of them: the year is as it was
    shipped. Gives back those that were there, with which it can be undone."""
    _wait()
    rows = CalendarDay.objects.filter(day__year=year).order_by("day")
    before = [DayOff(row.day, row.kind, row.name, row.source) for row in rows]
    days = sorted(days)
    _check_year(year, days)
    rows.delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=d.day, kind=d.kind, name=d.name, source=d.source or source) for d in days
    )
    counts = [len(before), len(days)]
    record(by, "activities.keep_days_off", current_office(), year=year, days=counts, source=source)
    return before


def _wait() -> None:
    """Whoever else changes the days off or the terms comes after."""
    Office.objects.select_for_update().first()


def _check_year(year: int, days: list[DayOff]) -> None:
    strange = [each for each in days if each.day.year != year]
    if strange:
        raise RuleBroken(f"{chinese_date(strange[0].day)}不是 {year} 年的日子，改成 {year} 年的。")


@transaction.atomic
def add_day_off(*, day: DayOff, by) -> list[DayOff]:
    """One more day, also of a year that was only shipped. Gives back the year as it was kept.

    Raises RuleBroken when the day has an entry already.
    """
    _wait()
    days = days_of_year(day.day.year)
    if any(each.day == day.day for each in days):
        raise RuleBroken(f"{chinese_date(day.day)}已经有安排了，先去掉原来的，再加新的。")
    return keep_year(year=day.day.year, days=[*days, day], by=by)


@transaction.atomic
def drop_day_off(*, day: date, by) -> list[DayOff]:
    """Take a day out. Raises RuleBroken when it isn't there, or is the year's last."""
    _wait()
    days = days_of_year(day.year)
    rest = [each for each in days if each.day != day]
    if len(rest) == len(days):
        raise RuleBroken(f"{chinese_date(day)}没有安排，不用去掉。")
    if not rest:
        raise RuleBroken("这是这一年的最后一天，去掉了就回到自带的安排；把要的日子先加上。")
    return keep_year(year=day.year, days=rest, by=by)


# ------------------------------------------------------------------ school terms
@transaction.atomic
def add_semester(*, semester: Semester, by) -> Semester:
    """Raises RuleBroken where it overlaps another, or is too short or too long for a term."""
    _wait()
    _check_span(semester)
    semester.save()
    record(by, "activities.add_semester", semester, **_span(semester))
    return semester


@transaction.atomic
def update_semester(*, semester: Semester, by, untouched: Iterable[str] = ()) -> Semester:
    """Save what a form changed. Raises RuleBroken as add_semester does."""
    _wait()
    old = Semester.objects.select_for_update().get(pk=semester.pk)
    changes = changed_fields(semester, old, set(SEMESTER_FIELDS).difference(untouched))
    if changes:
        _check_span(semester)
        semester.save(update_fields=list(changes))
        record(by, "activities.update_semester", semester, **changes)
    return semester


@transaction.atomic
def drop_semester(*, semester: Semester, by) -> dict:
    """Nothing hangs on a term but the counting of weeks. Gives back what it takes to put it back."""
    span = _span(semester)
    record(by, "activities.drop_semester", semester, **span)
    semester.delete()
    return span


def _span(semester: Semester) -> dict:
    return {
        "first_day": str(semester.first_day),
        "last_day": str(semester.last_day),
        "name": semester.name,
    }


def _check_span(semester: Semester) -> None:
    check_length(Term(semester.first_day, semester.last_day))
    others = Semester.objects.exclude(pk=semester.pk)
    met = others.filter(first_day__lte=semester.last_day, last_day__gte=semester.first_day).first()
    if met:
        raise RuleBroken(
            f"和{met.name}（{chinese_date(met.first_day)}至{chinese_date(met.last_day)}）有重叠的日子，"
            "改一下第一天或最后一天。"
        )


# ------------------------------------------------------------------ addresses for phones
@transaction.atomic
def open_feed(*, by) -> str:
    """A new secret address; the one before it, if any, ends. The secret is known to nobody else
    and stored nowhere."""
    User.objects.select_for_update().get(pk=by.pk)
    _end_feeds(by)
    token = token_urlsafe(32)
    CalendarFeed.objects.create(user=by, token_hash=hash_of(token))
    record(by, "activities.open_feed", by.member)
    return token


@transaction.atomic
def revoke_feed(*, by) -> None:
    """Raises RuleBroken when there is none."""
    if not _end_feeds(by):
        raise RuleBroken("没有在用的订阅地址，不用停。")
    record(by, "activities.revoke_feed", by.member)


def _end_feeds(user) -> int:
    feeds = CalendarFeed.objects.filter(user=user, revoked_at=None)
    return feeds.update(revoked_at=timezone.now())


@transaction.atomic
def count_fetch(*, feed: CalendarFeed, at: datetime) -> None:
    """Counts it with the feed, so for all workers at once. Raises RuleBroken, and writes nothing,
    once it was fetched too often within the hour."""
    own = CalendarFeed.objects.filter(pk=feed.pk)
    began = own.filter(Q(used_at=None) | Q(used_at__lte=at - FETCH_HOUR))
    if began.update(used_at=at, fetches=1):
        return
    if not own.filter(fetches__lt=FETCHED_AT_MOST).update(fetches=F("fetches") + 1):
        raise RuleBroken("这个日历一小时里取得太多次了，过一小时再来取。")
