"""Groups: set up, named anew, put in order, dissolved; and moving many people at once."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from members.actions.history import change_dated, end_dated
from members.actions.offices import end_office
from members.models import (
    Department,
    DepartmentAssignment,
    GroupAssignment,
    Member,
    UnionGroup,
    User,
)
from members.queries import not_over
from members.rules.groups import refuse_dissolved
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date

GROUP_FIELDS = ("name", "kind", "order")
TOLD_AT_ONCE = 5  # refusals that one sentence names


@transaction.atomic
def add_group(*, group: UnionGroup, by: User) -> UnionGroup:
    group.save()
    record(by, "members.add_group", group)
    return group


@transaction.atomic
def update_group(*, group: UnionGroup, by: User) -> UnionGroup:
    old = UnionGroup.objects.select_for_update().get(pk=group.pk)
    changes = changed_fields(group, old, GROUP_FIELDS)
    if changes:
        group.save(update_fields=list(changes))
        record(by, "members.update_group", group, **changes)
    return group


@transaction.atomic
def raise_group(*, group: UnionGroup, by: User) -> None:
    """One place up in the order of the groups."""
    rows = list(UnionGroup.objects.select_for_update().order_by("order", "pk"))
    place = rows.index(UnionGroup.objects.get(pk=group.pk))
    if not place:
        return
    rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            row.save(update_fields=["order"])
    record(by, "members.raise_group", group, above=str(rows[place]))


@transaction.atomic
def dissolve_group(
    *, group: UnionGroup, last_day: date, to: UnionGroup | None, by: User
) -> list[Member]:
    """The group is there for the last time on `last_day`: its people are in `to` (None: in none)
    from the next day on, its leaders' offices end. Gives the people.

    Raises RuleBroken as move_to_group does, or when the group is gone already.
    """
    group = UnionGroup.objects.select_for_update().get(pk=group.pk)
    if group.last_day:
        raise RuleBroken(f"{group}到{chinese_date(group.last_day)}已经撤销了。")
    if group == to:
        raise RuleBroken(f"{group}要撤销，人移到别的小组。")
    if last_day >= timezone.localdate():
        raise RuleBroken("最后一天写到昨天为止，人从第二天起在新的小组。")
    since = last_day + timedelta(days=1)
    people = list(Member.objects.filter(group_assignments__in=group.assignments.on(since)))
    move_to_group(members=people, group=to, since=since, by=by)
    for leader in group.leaders.filter(not_over(since)).select_related("member"):
        if leader.start and leader.start > last_day:
            raise RuleBroken(
                f"{leader.member}从{chinese_date(leader.start)}起才任{group}组长，"
                "先在“职务”里改日期或者去掉，再撤小组。"
            )
        end_office(holding=leader, last_day=last_day, by=by)
    group.last_day = last_day
    group.save(update_fields=["last_day"])
    record(by, "members.dissolve_group", group, last_day=last_day, to=to and str(to))
    return people


@transaction.atomic
def restore_group(*, group: UnionGroup, by: User) -> UnionGroup:
    """A dissolved group is there again; who was in it has to be moved back."""
    group = UnionGroup.objects.select_for_update().get(pk=group.pk)
    if not group.last_day:
        raise RuleBroken(f"{group}没有撤销，不用恢复。")
    record(by, "members.restore_group", group, last_day=[group.last_day, None])
    group.last_day = None
    group.save(update_fields=["last_day"])
    return group


@transaction.atomic
def drop_group(*, group: UnionGroup, by: User) -> None:
    """Take away a group that nobody was ever in."""
    group = UnionGroup.objects.select_for_update().get(pk=group.pk)
    if group.assignments.exists() or group.leaders.exists():
        raise RuleBroken(f"{group}编过人，不能去掉，要撤就写上最后一天。")
    record(by, "members.drop_group", group)
    try:
        group.delete()
    except ProtectedError:
        refusal = f"{group}有活动或经费记着，不能去掉，要撤就写上最后一天。"
        raise RuleBroken(refusal) from None


def move_to_group(
    *, members: Iterable[Member], group: UnionGroup | None, since: date, by: User
) -> list[Member]:
    """From `since` on these people are in `group` (None: in none). Gives those for whom something
    changed; each has the move in the own log.

    Raises RuleBroken, and moves nobody, when a day contradicts what is recorded of one of them, or
    when the group is dissolved by then.
    """
    if group:
        refuse_dissolved(group, since)
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
