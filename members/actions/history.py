"""Dated rows: what someone is from which day on. What is recorded of earlier days stays."""

from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from members.models import (
    DepartmentAssignment,
    Employment,
    GroupAssignment,
    Member,
    Membership,
    User,
)
from members.rules.move_days import refuse_before_here
from members.rules.starts import starts
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.periods import Precision, chinese_date, iso_date

# the dated rows, each with what rules.starts.Starts calls its first day
STARTS = {
    Membership: "membership",
    Employment: "employment",
    DepartmentAssignment: "department",
    GroupAssignment: "group",
}


@transaction.atomic
def change_dated(
    *, model: type[models.Model], member: Member, since: date, by: User | None, **values
) -> models.Model | None:
    """From `since` on the member has `values` in `model`: the open row ends the day before, one
    that began on `since` itself is corrected. None when nothing changes.

    Raises RuleBroken when `since` lies ahead, before something that is recorded already, or before
    the member was here.
    """
    row, changed = begin_row(model=model, member=member, since=since, **values)
    if row:
        _refuse_before_here(model, member, since)
    return row and _recorded("change", row, since, by, changed)


@transaction.atomic
def end_dated(
    *, model: type[models.Model], member: Member, since: date, by: User | None
) -> models.Model | None:
    """The member's open row of `model` holds for the last time on the day before `since`; it goes
    when it began on `since` itself. None when there is no open row.

    Raises RuleBroken as change_dated does.
    """
    row, changed = end_row(model=model, member=member, since=since)
    if row:
        _refuse_before_here(model, member, since)
    return row and _recorded("end", row, since, by, changed)


@transaction.atomic
def begin_row(
    *, model: type[models.Model], member: Member, since: date, **values
) -> tuple[models.Model | None, list]:
    """change_dated, with what is to be recorded left to the caller: (row, [old, new] of each)."""
    refuse_future(since)
    row = last_row(model, member)
    if row and _open_on(row, since) and all(getattr(row, k) == v for k, v in values.items()):
        return None, []
    _refuse_rewriting(row, since)
    if row and row.end is None and row.start == since:
        return row, _rewritten(row, values)
    changed = [] if row is None or row.end else _rewritten(row, {"end": since - timedelta(days=1)})
    new = model.objects.create(member=member, start=since, **values)
    return new, [*changed, [None, _told(new)]]


@transaction.atomic
def end_row(
    *, model: type[models.Model], member: Member, since: date
) -> tuple[models.Model | None, list]:
    """end_dated, with what is to be recorded left to the caller: (row, [old, new] of each)."""
    refuse_future(since)
    row = last_row(model, member)
    if row is None or row.end:
        return None, []
    _refuse_rewriting(row, since)
    if row.start != since:
        return row, _rewritten(row, {"end": since - timedelta(days=1)})
    changed = [[_told(row), None]]
    row.delete()
    return row, changed


@transaction.atomic
def date_unknown(*, member: Member, arrived: date | None, by: User | None) -> None:
    """What began nobody knows when begins as the days that are known of the member say now; so does
    what began on the day of arrival, `arrived` until now."""
    rows = {model: _first(model.objects.filter(member=member)) for model in STARTS}
    joined, work = rows[Membership], rows[Employment]
    told = joined and joined.start and joined.start_precision != Precision.UNKNOWN
    known = (joined.start, joined.start_precision) if told else (None, Precision.DAY)
    since = starts(member, *known, work=work.status if work else "", begin=None)
    for model, row in rows.items():
        day = getattr(since, STARTS[model])
        if row is None or row.start == day or (row.end and day and day > row.end):
            continue
        if row.start in (None, arrived) and not (model is Membership and told):
            _begin_on(row, day, since.precision, by)


def _begin_on(row: models.Model, day: date | None, precision: str, by: User | None) -> None:
    values = {"start": day}
    if isinstance(row, Membership):
        values["start_precision"] = precision
    _recorded("change", row, day, by, _rewritten(row, values))


@transaction.atomic
def correct_joined(*, member: Member, day: date | None, precision: str, by: User | None) -> bool:
    """The day of the first 会籍, as far as it is known; gives whether that changes anything. Raises
    RuleBroken when it was over by then."""
    rows = Membership.objects.select_for_update().filter(member=member)
    first = _first(rows)
    if first is None or (first.start, first.start_precision) == (day, precision):
        return False
    if day and first.end and day > first.end:
        raise RuleBroken(f"入会时间 {day} 晚于这段会籍结束的 {first.end}，改成之前的日期。")
    record(
        by,
        "members.correct_joined",
        member,
        joined=[iso_date(first.start, first.start_precision), iso_date(day, precision)],
    )
    first.start, first.start_precision = day, precision
    first.save(update_fields=["start", "start_precision"])
    return True


def _first(memberships: models.QuerySet) -> Membership | None:
    """The one since before our records, else the one that began first."""
    return memberships.order_by(F("start").asc(nulls_first=True), "pk").first()


def last_row(model: type[models.Model], member: Member) -> models.Model | None:
    """The open row, else the one that ended last."""
    rows = model.objects.select_for_update().filter(member=member)
    return rows.order_by(F("end").desc(nulls_first=True)).first()


def _open_on(row: models.Model, day: date) -> bool:
    return row.end is None and (row.start is None or row.start <= day)


def refuse_future(since: date) -> None:
    if since > timezone.localdate():
        raise RuleBroken(f"变动日期 {since} 还没到，到了那天再改。")


def _refuse_rewriting(row: models.Model | None, since: date) -> None:
    """Raises RuleBroken when a change from `since` on would undo what `row`, the last, says."""
    if row is None:
        return
    if row.end and row.end >= since:
        raise RuleBroken(
            f"{row.member}的“{row.word}”到{chinese_date(row.end)}才结束，变动日期要在那以后。"
        )
    if row.start and row.start > since:
        raise RuleBroken(
            f"{row.member}的“{row.word}”是从{chinese_date(row.start)}起的，变动日期 {since} 比它早。"
            f"变动日期要在那以后；那天就记错了的话，写 {row.start}，会改正那一条。"
        )


def _refuse_before_here(model: type[models.Model], member: Member, since: date) -> None:
    """Raises RuleBroken when nobody could have been in a place here from `since` on: a colleague
    may work in a department before joining the union, but is in no group of it."""
    first = None
    if model is GroupAssignment or member.arrived is None:
        first = _first(member.memberships.all())
    refuse_before_here(
        member, since, **({"joined": (first.start, first.start_precision)} if first else {})
    )


def _rewritten(row: models.Model, values: dict) -> list:
    """Give the row new values; gives what is to be recorded of it."""
    old = _told(row)
    for field, value in values.items():
        setattr(row, field, value)
    row.save(update_fields=values.keys())
    return [[old, _told(row)]]


def _told(row: models.Model) -> dict:
    return {"what": row.word, "start": row.start, "end": row.end}


def _recorded(verb: str, row: models.Model, since: date, by: User | None, rows: list):
    """`rows`: [old, new] of every row that was touched; None where there is none."""
    record(by, f"members.{verb}_{row._meta.model_name}", row.member, since=since, rows=rows)
    return row
