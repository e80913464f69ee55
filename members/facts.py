"""The roster's numbers: counted here and nowhere else."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from members.choices import Gender, MembershipStatus
from members.models import GroupAssignment, Member, Membership
from members.queries import LEFT, enrolled_on, gone_by, joined_in, left_in
from unionoffice.facts import Fact, count_or_none
from unionoffice.periods import Period

ACTIVE, RETAINED = MembershipStatus.ACTIVE.value, MembershipStatus.RETAINED.value


@dataclass(frozen=True)
class RosterTotals:
    """How many people stand in each tab of the roster; `women` are among the active."""

    active: int
    women: int
    retained: int
    left: int
    everyone: int


def roster_totals(day: date, members: QuerySet[Member] | None = None) -> RosterTotals:
    """Of the whole roster, or of `members`. Three queries that read as little as they can: this
    stands on top of every page of the roster."""
    enrolled = Membership.objects.on(day)
    if members is None:
        members = Member.objects.all()
    else:
        enrolled = enrolled.filter(member__in=members.order_by().values("pk"))
    active = Q(status=ACTIVE)
    numbers = enrolled.aggregate(
        active=Count("pk", filter=active),
        women=Count("pk", filter=active & Q(member__gender=Gender.FEMALE)),
        retained=Count("pk", filter=Q(status=RETAINED)),
    )
    left = members.filter(gone_by(day)).count()
    return RosterTotals(**numbers, left=left, everyone=members.count())


def facts(period: Period) -> list[Fact]:
    """The roster at the end of the period, and who came and went within it."""
    members = Member.objects.order_by()
    totals = roster_totals(period.end)
    return [
        active_fact(totals, period),
        _fact("women", "女会员", totals.women, _list(period, tab=ACTIVE, gender=Gender.FEMALE)),
        _fact("retained", "保留会籍", totals.retained, _list(period, tab=RETAINED)),
        _fact("new", "新入会", joined_in(members, period).count(), _moved("joined", period)),
        _fact("left", "离开", left_in(members, period).count(), _moved(LEFT, period)),
        Fact(
            "members.groups",
            "工会小组",
            count_or_none(_groups_with_people(period.end)),
            "个",
            f"{reverse('members:group_list')}?on={period.end}",
        ),
    ]


def active_fact(totals: RosterTotals, period: Period) -> Fact:
    return _fact("active", "在册会员", totals.active, _list(period, tab=ACTIVE))


def _groups_with_people(day: date) -> int:
    enrolled = enrolled_on(Member.objects.order_by(), day).values("pk")
    placed = GroupAssignment.objects.on(day).filter(member__in=enrolled)
    return placed.order_by().values("group").distinct().count()


def _fact(key: str, label: str, number: int, source: str) -> Fact:
    return Fact(f"members.{key}", label, count_or_none(number), "人", source)


def _list(period: Period, **filters: str) -> str:
    return f"{reverse('members:member_list')}?{urlencode({**filters, 'on': period.end})}"


def _moved(move: str, period: Period) -> str:
    return f"{reverse('members:member_list')}?{urlencode({'moved': move, 'period': period.code})}"
