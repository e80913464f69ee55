"""How those who are 会员 no more went, and from where."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Model

from members.choices import EmploymentStatus
from members.models import DepartmentAssignment, Employment, GroupAssignment, Membership
from members.timeline import exit_text

LATEST = F("end").asc(nulls_last=True)


@dataclass(frozen=True)
class Departure:
    """`day`: the first on which someone was gone, None where nobody knows; `group`, `department`:
    those of before, "" for none."""

    day: date | None
    how: str
    group: str
    department: str


def departures(members: Collection[int], day: date) -> dict[int, Departure]:
    """Of these people, who have gone by `day`."""
    over = _last(Membership, members, end__lt=day)
    left = _last(Employment, members, status=EmploymentStatus.LEFT)
    groups = _last(GroupAssignment, members, "group", end__lt=day)
    departments = _last(DepartmentAssignment, members, "department")
    return {
        pk: Departure(
            *_going(over.get(pk), left.get(pk)),
            groups[pk].word if pk in groups else "",
            departments[pk].word if pk in departments else "",
        )
        for pk in members
    }


def _going(row: Membership | None, left: Employment | None) -> tuple[date | None, str]:
    if row:
        return row.end + timedelta(days=1), exit_text(row)
    return (left.start, left.word) if left else (None, "")


def _last(model: type[Model], members: Collection[int], *words: str, **conditions) -> dict:
    """The row of each that ended last, or has not ended."""
    rows = model.objects.filter(member__in=members, **conditions).order_by(LATEST, "pk")
    return {row.member_id: row for row in (rows.select_related(*words) if words else rows)}
