"""Writes about one person: who it is, and what it is from which day on."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import F, Q

from members.choices import MembershipStatus
from members.models import (
    Department,
    DepartmentAssignment,
    Employment,
    GroupAssignment,
    Member,
    Membership,
    UnionGroup,
    User,
)
from members.names import search_keys
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.periods import Precision, iso_date

MEMBER_FIELDS = (
    "name",
    "gender",
    "birth",
    "birth_precision",
    "ethnicity",
    "party",
    "staff_no",
    "phone",
    "title",
    "post",
    "note",
)


@dataclass(frozen=True)
class Places:
    """What someone is from `since` on; None: not a 会员, no group, no department, not known."""

    since: date
    status: str | None = None
    employment: str | None = None
    group: UnionGroup | None = None
    department: Department | None = None


def fill_search_keys(member: Member) -> Member:
    """Set the columns that the list is ordered and searched by from the name."""
    member.pinyin, member.pinyin_joined, member.initials = search_keys(member.name)
    return member


@transaction.atomic
def add_member(
    *,
    member: Member,
    by: User | None,
    joined: date | None = None,
    joined_precision: str = Precision.DAY,
    status: str | None = MembershipStatus.ACTIVE,
    employment: str | None = None,
    group: UnionGroup | None = None,
    department: Department | None = None,
) -> Member:
    """Save a new person as a 会员 since `joined` (None: since before our records).

    Group and department count from the same day, if it is known to the day.
    """
    since = joined if joined_precision == Precision.DAY else None
    fill_search_keys(member).save()
    if status:
        Membership.objects.create(
            member=member, status=status, start=joined, start_precision=joined_precision
        )
    if employment:
        Employment.objects.create(member=member, status=employment)
    if group:
        GroupAssignment.objects.create(member=member, group=group, start=since)
    if department:
        DepartmentAssignment.objects.create(member=member, department=department, start=since)
    record(by, "members.add_member", member, joined=joined)
    return member


@transaction.atomic
def update_member(
    *,
    member: Member,
    by: User,
    places: Places | None = None,
    joined: tuple[date | None, str] | None = None,
) -> Member:
    """Save what a form filled: the person's own fields, `places` from their day on, and `joined`,
    the day (with its precision) of the first 会籍. None leaves things as they are.

    Raises RuleBroken when the first 会籍 would begin after it ended.
    """
    old = Member.objects.select_for_update().get(pk=member.pk)
    changes = changed_fields(member, old, MEMBER_FIELDS)
    if changes:
        fill_search_keys(member).save()
        record(by, "members.update_member", member, **changes)
    if places:
        _place(member, places, by)
    if joined:
        _correct_joined(member, *joined, by)
    return member


def _place(member: Member, places: Places, by: User) -> None:
    dated = (
        (Membership, "status", places.status),
        (Employment, "status", places.employment),
        (GroupAssignment, "group", places.group),
        (DepartmentAssignment, "department", places.department),
    )
    for model, field, value in dated:
        if value:
            change_dated(model=model, member=member, since=places.since, by=by, **{field: value})
        else:
            end_dated(model=model, member=member, since=places.since, by=by)


def _correct_joined(member: Member, day: date | None, precision: str, by: User) -> None:
    first = (
        Membership.objects.select_for_update()
        .filter(member=member)
        .order_by(F("start").asc(nulls_first=True), "pk")
        .first()
    )
    if first is None or (first.start, first.start_precision) == (day, precision):
        return
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


@transaction.atomic
def change_dated(
    *, model: type[models.Model], member: Member, since: date, by: User | None, **values
) -> models.Model | None:
    """End the member's open row of `model` the day before `since` and open one with `values`.

    Nothing happens when the open row already has these values. A row that began on or after
    `since` is replaced, not kept as an empty span.
    """
    row = model.objects.filter(member=member, end__isnull=True).first()
    if row and all(getattr(row, key) == value for key, value in values.items()):
        return None
    _clear_from(model, member, since)
    new = model.objects.create(member=member, start=since, **values)
    record(by, f"members.change_{model._meta.model_name}", member, since=since, now=str(new))
    return new


@transaction.atomic
def end_dated(
    *, model: type[models.Model], member: Member, since: date, by: User | None
) -> models.Model | None:
    """The member's open row of `model` holds for the last time on the day before `since`."""
    row = model.objects.filter(member=member, end__isnull=True).first()
    if row is None:
        return None
    _clear_from(model, member, since)
    record(by, f"members.end_{model._meta.model_name}", member, since=since, was=str(row))
    return row


def _clear_from(model: type[models.Model], member: Member, since: date) -> None:
    """No row of the member reaches `since` or lies after it."""
    rows = model.objects.filter(member=member)
    rows.filter(start__gte=since).delete()
    rows.filter(Q(end__isnull=True) | Q(end__gte=since)).update(end=since - timedelta(days=1))
