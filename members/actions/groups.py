"""Groups: set up, named anew, put in order, dissolved; and moving many people at once."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import models, transaction

from members.actions.history import change_dated, end_dated
from members.models import (
    Department,
    DepartmentAssignment,
    GroupAssignment,
    Member,
    UnionGroup,
    User,
)
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date

TOLD_AT_ONCE = 5  # refusals that one sentence names


@transaction.atomic
def add_group(*, group: UnionGroup, by: User) -> UnionGroup:
    group.save()
    record(by, "members.add_group", group)
    return group


def move_to_group(
    *, members: Iterable[Member], group: UnionGroup | None, since: date, by: User
) -> list[Member]:
    """From `since` on these people are in `group` (None: in none). Gives those for whom something
    changed; each has the move in the own log.

    Raises RuleBroken, and moves nobody, when a day contradicts what is recorded of one of them, or
    when the group is dissolved by then.
    """
    if group and group.last_day and group.last_day < since:
        raise RuleBroken(f"{group}到{chinese_date(group.last_day)}就撤销了，换一个小组。")
    return _moved(GroupAssignment, members, since, by, group=group)


def move_to_department(
    *, members: Iterable[Member], department: Department | None, since: date, by: User
) -> list[Member]:
    """As move_to_group, for the department."""
    return _moved(DepartmentAssignment, members, since, by, department=department)


@transaction.atomic
def _moved(
    model: type[models.Model], members: Iterable[Member], since: date, by: User, **place
) -> list[Member]:
    def move(member: Member):
        if None in place.values():
            return end_dated(model=model, member=member, since=since, by=by)
        return change_dated(model=model, member=member, since=since, by=by, **place)

    return [member for member, row in _all_or_none(members, move) if row]


def _all_or_none(members: Iterable[Member], move: Callable) -> list[tuple]:
    """(member, what `move` gave). Raises one RuleBroken with what stands in the way of whom."""
    done, refusals = [], []
    for member in members:
        try:
            done.append((member, move(member)))
        except RuleBroken as refusal:
            refusals.append(str(refusal))
    if not refusals:
        return done
    reasons = list(dict.fromkeys(refusals))
    more = len(reasons) - TOLD_AT_ONCE
    told = "".join(reasons[:TOLD_AT_ONCE])
    raise RuleBroken(f"一个人都没有动。{told}" + (f"另有 {more} 人也动不了。" if more > 0 else ""))
