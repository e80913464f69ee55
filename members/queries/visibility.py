"""Who may see whom: the roles of a day, the groups that someone leads, the people in sight."""

from datetime import date

from django.db.models import CharField, Q, QuerySet, Value
from django.utils import timezone

from members.choices import OFFICE_ROLES, OfficeName
from members.models import GroupAssignment, Member, Membership, OfficeHolding, UnionGroup, User
from members.models.history import on
from unionoffice.roles import COMMITTEE, Role

ROLES = OFFICE_ROLES | {Role.MEMBER.value: Role.MEMBER}
WHOLE_ROSTER = COMMITTEE | {Role.ADMIN}


def roles_of(user: User, day: date | None = None) -> frozenset[Role]:
    """The roles that `user` has on `day` (today): from the offices held, and from membership."""
    day = day or timezone.localdate()
    offices = OfficeHolding.objects.on(day).filter(member=user.member_id).order_by()
    enrolled = Membership.objects.on(day).filter(member=user.member_id).order_by()
    names = offices.values_list("office", flat=True).union(
        enrolled.values_list(Value(Role.MEMBER.value, CharField()), flat=True)
    )
    return frozenset(ROLES[name] for name in names)


def led_groups(user: User) -> QuerySet[UnionGroup]:
    """The groups that the user leads today."""
    today = timezone.localdate()
    return UnionGroup.objects.filter(
        on(today, "leaders__"),
        leaders__member=user.member_id,
        leaders__office=OfficeName.GROUP_LEADER,
    )


def with_whole_roster(user: User) -> bool:
    return bool(user.roles & WHOLE_ROSTER)


def members_visible_to(user: User) -> QuerySet[Member]:
    """The whole roster for the committee; a group leader's own group; else only oneself."""
    return Member.objects.filter(visible_to(user))


def visible_to(user: User) -> Q:
    if with_whole_roster(user):
        return Q()
    own = Q(pk=user.member_id)
    if Role.GROUP_LEADER in user.roles:
        in_group = GroupAssignment.objects.on(timezone.localdate()).filter(
            group__in=led_groups(user)
        )
        return own | Q(pk__in=in_group.order_by().values("member"))
    return own
