"""The groups, departments and offices on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from members.choices import OfficeName
from members.models import (
    Department,
    GroupAssignment,
    Member,
    Membership,
    OfficeHolding,
    RosterImport,
    UnionGroup,
    User,
)
from members.queries.visibility import led_groups, with_whole_roster
from members.rules import ONE_HOLDER


def offices_of(members: Collection[int], day: date) -> dict[int, list[str]]:
    """The offices that each of these people holds on `day`, as words."""
    rows = OfficeHolding.objects.on(day).filter(member__in=members).order_by("start", "pk")
    words: dict[int, list[str]] = {}
    for member, office in rows.values_list("member", "office"):
        words.setdefault(member, []).append(OfficeName(office).label)
    return words


def groups() -> QuerySet[UnionGroup]:
    return UnionGroup.objects.all()


@dataclass(frozen=True)
class GroupRow:
    """A group on one day: how many 会员 are in it and who leads it."""

    group: UnionGroup
    size: int
    leaders: str


def groups_on(user: User, day: date) -> list[GroupRow]:
    """The groups that the user may see, as they were on `day`."""
    found = groups() if with_whole_roster(user) else led_groups(user)
    in_group = GroupAssignment.objects.on(day).filter(
        Exists(Membership.objects.on(day).filter(member=OuterRef("member")))
    )
    sizes = dict(in_group.order_by().values_list("group").annotate(Count("pk")))
    leaders = OfficeHolding.objects.on(day).filter(office=OfficeName.GROUP_LEADER)
    names: dict[int, list[str]] = {}
    for group, name in leaders.order_by("member__pinyin").values_list("group", "member__name"):
        names.setdefault(group, []).append(name)
    return [
        GroupRow(group, sizes.get(group.pk, 0), "、".join(names.get(group.pk, [])))
        for group in found
    ]


def place_choices() -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """(primary key, name) of every group and of every department, in one query."""
    group_rows = UnionGroup.objects.order_by().values_list(Value(0), "order", "pk", "name")
    department_rows = Department.objects.order_by().values_list(Value(1), Value(0), "pk", "name")
    rows = sorted(group_rows.union(department_rows, all=True))
    groups = [(pk, name) for kind, _, pk, name in rows if kind == 0]
    departments = [(pk, name) for kind, _, pk, name in rows if kind == 1]
    return groups, departments


def not_over(day: date) -> Q:
    """The condition "in force on `day` or later" for dated rows."""
    return Q(end__isnull=True) | Q(end__gte=day)


def office_holdings(day: date) -> tuple[list[OfficeHolding], list[OfficeHolding]]:
    """Those in force on `day` or later, in the order of the offices; those that are over, the
    latest first."""
    holdings = OfficeHolding.objects.select_related("member", "group", "department")
    rank = {office: number for number, office in enumerate(OfficeName.values)}
    current = sorted(
        holdings.filter(not_over(day)),
        key=lambda holding: (rank[holding.office], holding.start or date.min, holding.pk),
    )
    return current, list(holdings.filter(end__lt=day).order_by("-end", "-pk"))


def others_in_office(office: str, member: Member, day: date) -> list[OfficeHolding]:
    """Who else holds, on `day` or later, an office that one person holds at a time."""
    if office not in ONE_HOLDER:
        return []
    holdings = OfficeHolding.objects.filter(not_over(day), office=office)
    return list(holdings.exclude(member=member).select_related("member"))


def roster_imports() -> QuerySet[RosterImport]:
    return RosterImport.objects.select_related("read_by__member").defer("reading", "landed")
