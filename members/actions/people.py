"""Writes about one person: who it is, and what it is from which day on."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from members.actions.history import change_dated, correct_joined, date_unknown, end_dated
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
from members.models.people import OWN_COLUMNS, SEARCH_KEYS
from members.names import search_keys
from members.queries import undated_begin
from members.rules.starts import starts
from unionoffice.audit import changed_fields, record
from unionoffice.periods import Precision

MEMBER_FIELDS = ("name", *OWN_COLUMNS)
TELL_SINCE = {"birth", "work_began", "arrived"}  # when someone can have been here first
# what someone is for a time: name -> (the dated rows that hold it, their column)
PLACES = {
    "employment": (Employment, "status"),
    "group": (GroupAssignment, "group"),
    "department": (DepartmentAssignment, "department"),
}


def fill_search_keys(member: Member, reading: str = "") -> Member:
    """Set the columns that the list is ordered and searched by: from the name, or from its
    `reading` ("wei ming") where someone corrected it."""
    for column, value in zip(SEARCH_KEYS, search_keys(member.name, reading), strict=True):
        setattr(member, column, value)
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
    reading: str = "",
) -> Member:
    """Save a new person as a 会员 since `joined`, ordered and found by `reading`, else by the usual
    pinyin of the name. rules.starts says since when everything holds, and what is not dated.
    """
    fill_search_keys(member, reading).save()
    since = starts(member, joined, joined_precision, work=employment or "", begin=undated_begin())
    if status:
        Membership.objects.create(
            member=member, status=status, start=since.membership, start_precision=since.precision
        )
    if employment:
        Employment.objects.create(member=member, status=employment, start=since.employment)
    if group:
        GroupAssignment.objects.create(member=member, group=group, start=since.group)
    if department:
        DepartmentAssignment.objects.create(
            member=member, department=department, start=since.department
        )
    record(by, "members.add_member", member, joined=joined)
    return member


@transaction.atomic
def update_member(
    *,
    member: Member,
    by: User,
    fields: Collection[str] = MEMBER_FIELDS,
    since: date | None = None,
    places: Mapping[str, object] | None = None,
    joined: tuple[date | None, str] | None = None,
    reading: str | None = None,
) -> Member:
    """Save what someone changed and nothing else: of the person's own, `fields`; of PLACES, those
    that `places` names, from `since` on (None or "": none any more); and `joined`, the day (with
    its precision) of the first 会籍. `reading` is the pinyin as corrected, "" the usual one; a new
    name is read in the usual way.

    Raises RuleBroken when a day contradicts what is recorded.
    """
    old = Member.objects.select_for_update().get(pk=member.pk)
    changes = changed_fields(member, old, fields)
    keys = SEARCH_KEYS if reading is not None or "name" in changes else ()
    if keys:
        fill_search_keys(member, reading or "")
        changes |= {} if reading is None else changed_fields(member, old, ["pinyin"])
    if changes:
        member.save(update_fields={*changes, *keys})
        record(by, "members.update_member", member, **changes)
    corrected = joined and correct_joined(member=member, day=joined[0], precision=joined[1], by=by)
    if corrected or TELL_SINCE & changes.keys():
        date_unknown(member=member, arrived=old.arrived, by=by)
    for name, value in (places or {}).items():
        _place(member, name, value, since, by)
    return member


def _place(member: Member, name: str, value, since: date, by: User) -> None:
    model, column = PLACES[name]
    if value:
        change_dated(model=model, member=member, since=since, by=by, **{column: value})
    else:
        end_dated(model=model, member=member, since=since, by=by)
