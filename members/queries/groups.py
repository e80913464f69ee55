"""The groups on a day: who is in them, who leads them, who came and went."""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from members.choices import GroupKind, MembershipStatus, OfficeName
from members.models import GroupAssignment, Member, Membership, OfficeHolding, UnionGroup, User
from members.queries.organisation import not_dissolved, not_over
from members.queries.regulations import FOUND_AT_ONCE
from members.queries.roster import with_places
from members.queries.visibility import led_groups, visible_to, with_whole_roster
from members.rules.offices import doubts

MOVES_SHOWN = 20


def groups() -> QuerySet[UnionGroup]:
    return UnionGroup.objects.all()


def groups_there(day: date | None = None) -> QuerySet[UnionGroup]:
    """Without those that were dissolved before `day`, or at all."""
    return groups().filter(not_dissolved(day) if day else Q(last_day=None))


def group_for_retired(area: str) -> UnionGroup | None:
    """Where someone who lives in `area` goes on retiring: the group named after it, else the one
    group of the retired, if there is only one."""
    kinds = (GroupKind.RETIRED, GroupKind.AREA)
    found = list(groups_there(timezone.localdate()).filter(kind__in=kinds))
    near = [group for group in found if area and area.removesuffix("片") in group.name]
    retired = [group for group in found if group.kind == GroupKind.RETIRED]
    return next((one[0] for one in (near, found, retired) if len(one) == 1), None)


def groups_begun(day: date) -> QuerySet[UnionGroup]:
    """Those of groups_there that were there on `day` already: from the first day of the first who
    was in it or led it; one that nobody was in yet is there today."""
    there = groups_there(day)
    if day >= timezone.localdate():
        return there
    begun = Q(start__isnull=True) | Q(start__lte=day)
    placed = GroupAssignment.objects.filter(begun, group=OuterRef("pk"))
    led = OfficeHolding.objects.filter(begun, group=OuterRef("pk"))
    return there.filter(Exists(placed) | Exists(led))


def groups_visible_to(user: User) -> QuerySet[UnionGroup]:
    return groups() if with_whole_roster(user) else led_groups(user).distinct()


def find_groups(user: User, text: str) -> QuerySet[UnionGroup]:
    found = groups_visible_to(user).filter(name__icontains=text)
    return found.filter(not_dissolved(timezone.localdate()))[:FOUND_AT_ONCE]


@dataclass(frozen=True)
class GroupRow:
    """A group on one day: how many 会员 are in it (`size`: 在册, as everywhere 会员 are counted;
    `retained`: 保留会籍 beside them; `others`: who are no 会员) and who leads it."""

    group: UnionGroup
    size: int
    retained: int
    others: int
    leaders: str


def groups_on(user: User, day: date) -> list[GroupRow]:
    """The groups that the user may see and that were there on `day`."""
    return group_rows(groups_visible_to(user).filter(pk__in=groups_begun(day)), day)


def group_rows(found: QuerySet[UnionGroup], day: date) -> list[GroupRow]:
    enrolled = Membership.objects.on(day).filter(member=OuterRef("member"))
    in_group = GroupAssignment.objects.on(day).order_by().values_list("group")
    counted = in_group.annotate(
        active=Count("pk", filter=Exists(enrolled.filter(status=MembershipStatus.ACTIVE))),
        retained=Count("pk", filter=Exists(enrolled.filter(status=MembershipStatus.RETAINED))),
        others=Count("pk", filter=~Exists(enrolled)),
    )
    sizes = {group: heads for group, *heads in counted}
    leaders = OfficeHolding.objects.on(day).filter(office=OfficeName.GROUP_LEADER)
    names: dict[int, list[str]] = {}
    for group, name in leaders.order_by("member__pinyin").values_list("group", "member__name"):
        names.setdefault(group, []).append(name)
    return [
        GroupRow(group, *sizes.get(group.pk, (0, 0, 0)), "、".join(names.get(group.pk, [])))
        for group in found
    ]


def doubts_about(holding: OfficeHolding, today: date) -> list[str]:
    """What is unusual of an appointment, in sentences."""
    if holding.office != OfficeName.GROUP_LEADER or not holding.group:
        held = Membership.objects.on(holding.start or today).filter(member=holding.member)
        status = held.values_list("status", flat=True).first()
        return list(doubts(holding, today=today, status=status))
    day = max(today, holding.start or today)
    others = holding.group.leaders.filter(not_over(day), office=OfficeName.GROUP_LEADER)
    others = others.exclude(member=holding.member).order_by("member__pinyin")
    places = GroupAssignment.objects.on(day).filter(member=holding.member)
    place = places.select_related("group").first()
    return list(
        doubts(
            holding,
            today=today,
            leading=list(others.values_list("member__name", flat=True)),
            own_group=place and place.group,
        )
    )


def dissolved_groups(user: User, day: date) -> QuerySet[UnionGroup]:
    return groups_visible_to(user).filter(last_day__lt=day).order_by("-last_day", "order", "pk")


def people_of(user: User, group: UnionGroup, day: date) -> QuerySet[Member]:
    """Who of those the user may see was in the group on `day`, with the places of that day."""
    in_group = GroupAssignment.objects.on(day).filter(group=group).order_by().values("member")
    return with_places(Member.objects.filter(visible_to(user), pk__in=in_group), day)


def leaders_of(group: UnionGroup) -> QuerySet[OfficeHolding]:
    """All it ever had, the latest first."""
    return group.leaders.select_related("member").order_by("-start", "-pk")


@dataclass(frozen=True)
class GroupMove:
    day: date
    member: Member
    came: bool


def moves_of(user: User, group: UnionGroup) -> list[GroupMove]:
    """Who of those the user may see came to the group and left it lately, the latest first."""
    in_sight = Member.objects.filter(visible_to(user)).order_by()
    rows = group.assignments.filter(member__in=in_sight).select_related("member")
    came = rows.filter(start__isnull=False).order_by("-start", "-pk")[:MOVES_SHOWN]
    left = rows.filter(end__isnull=False).order_by("-end", "-pk")[:MOVES_SHOWN]
    moves = chain(
        (GroupMove(row.start, row.member, came=True) for row in came),
        (GroupMove(row.end, row.member, came=False) for row in left),
    )
    return sorted(moves, key=lambda move: move.day, reverse=True)[:MOVES_SHOWN]
