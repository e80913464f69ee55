"""What each group may spend, has spent and has left: pages, exports and the home page share it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from activities.facts import GroupSpending, spent_by_groups
from funds.models import Allotment
from members.models import UnionGroup, User
from members.queries import groups_begun, groups_visible_to, led_groups, with_whole_roster
from unionoffice.facts import list_url
from unionoffice.periods import Period
from unionoffice.roles import Role

NOTHING = GroupSpending(Decimal(0), 0, 0)


@dataclass(frozen=True)
class GroupMoney:
    """A group in a year. Without an allotment nothing is left over: what it spent stands there."""

    group: UnionGroup
    period: Period
    allotment: Allotment | None
    spending: GroupSpending

    @property
    def amount(self) -> Decimal | None:
        return self.allotment and self.allotment.amount

    @property
    def spent(self) -> Decimal:
        return self.spending.spent

    @property
    def left(self) -> Decimal | None:
        return None if self.amount is None else self.amount - self.spent

    @property
    def over(self) -> Decimal:
        """How much more was spent than there was; 0 when there was enough."""
        return max(-self.left, Decimal(0)) if self.left is not None else Decimal(0)

    @property
    def activities_url(self) -> str:
        return list_url("activities:activity_list", self.period, group=str(self.group.pk))


@dataclass(frozen=True)
class MoneyTotals:
    amount: Decimal
    spent: Decimal  # by the groups that have an allotment
    groups: int  # that have one

    @property
    def left(self) -> Decimal:
        return self.amount - self.spent

    @property
    def over(self) -> Decimal:
        return max(-self.left, Decimal(0))


def groups_in_sight(user: User) -> QuerySet[UnionGroup]:
    """All groups for the committee and for whoever reads the union's accounts; else the led ones."""
    if with_whole_roster(user) or user.has_perm("funds.view_funds"):
        return UnionGroup.objects.all()
    return groups_visible_to(user)


def allotments_visible_to(user: User) -> QuerySet[Allotment]:
    """The withdrawn ones too."""
    seen = groups_in_sight(user).order_by().values("pk")
    return Allotment.objects.filter(group__in=seen).select_related("group")


def year_in_use(today: date) -> Period:
    """The year that allotments were set for and that `today` is in; else this calendar year."""
    running = Allotment.objects.standing().filter(start__lte=today, end__gte=today)
    latest = running.order_by("-start").first()
    return latest.period if latest else Period.year(today.year)


def money_of_groups(user: User, period: Period) -> list[GroupMoney]:
    """Each group that was there on the first or the last day of the year, or has something to show
    for it; three queries."""
    spent = spent_by_groups(period)
    exactly = allotments_visible_to(user).standing().filter(start=period.start, end=period.end)
    given = {allotment.group_id: allotment for allotment in exactly}
    first, last = (groups_begun(d).order_by().values("pk") for d in (period.start, period.end))
    there = Q(pk__in=first) | Q(pk__in=last) | Q(pk__in=[*spent, *given])
    groups = groups_in_sight(user).filter(there)
    return [
        GroupMoney(group, period, given.get(group.pk), spent.get(group.pk, NOTHING))
        for group in groups
    ]


def totals_of(rows: Iterable[GroupMoney]) -> MoneyTotals | None:
    """None when no group has an allotment."""
    given = [row for row in rows if row.allotment]
    if not given:
        return None
    return MoneyTotals(
        sum(row.amount for row in given), sum(row.spent for row in given), len(given)
    )


def money_of(allotment: Allotment) -> GroupMoney:
    spent = spent_by_groups(allotment.period).get(allotment.group_id, NOTHING)
    return GroupMoney(allotment.group, allotment.period, allotment, spent)


def money_of_group(group: UnionGroup, day: date) -> GroupMoney | None:
    """Of the year that `day` is in; None when the group has no allotment for it."""
    given = Allotment.objects.standing().filter(group=group, start__lte=day, end__gte=day)
    allotment = given.select_related("group").first()
    return allotment and money_of(allotment)


def money_of_led(user: User, period: Period) -> list[GroupMoney]:
    """Of the groups that the user leads, for each allotment that touches the period."""
    if Role.GROUP_LEADER not in user.roles:
        return []
    given = Allotment.objects.standing().touching(period).filter(group__in=led_groups(user))
    return [money_of(allotment) for allotment in given.select_related("group")]
