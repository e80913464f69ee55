"""Who may see whom: the roles of a day, the groups that someone leads, the people in sight."""

from datetime import date

from django.db.models import CharField, Q, QuerySet, Value
from django.utils import timezone

from members.choices import OFFICE_ROLES, EmploymentStatus, OfficeName
from members.models import (
    Employment,
    GroupAssignment,
    Member,
    Membership,
    OfficeHolding,
    UnionGroup,
    User,
)
from members.models.history import on
from unionoffice.roles import COMMITTEE, Role

ROLES = OFFICE_ROLES | {role.value: role for role in (Role.MEMBER, Role.COLLEAGUE)}
WHOLE_ROSTER = COMMITTEE | {Role.ADMIN}


def roles_of(user: User, day: date | None = None) -> frozenset[Role]:
    """The roles that `user` has on `day` (today): from the offices held, and from membership; who
    works at the school and is no 会员 is a colleague that may become one."""
    day = day or timezone.localdate()
    own = {"member": user.member_id}
    offices = OfficeHolding.objects.on(day).filter(**own).order_by()
    enrolled = Membership.objects.on(day).filter(**own).order_by()
    working = Employment.objects.on(day).filter(**own, status=EmploymentStatus.WORKING).order_by()
    names = offices.values_list("office", flat=True).union(
        enrolled.values_list(Value(Role.MEMBER.value, CharField()), flat=True),
        working.values_list(Value(Role.COLLEAGUE.value, CharField()), flat=True),
    )
    roles = frozenset(ROLES[name] for name in names)
    return roles - {Role.COLLEAGUE} if Role.MEMBER in roles else roles


def led_groups(user: User) -> QuerySet[UnionGroup]:
    """The groups that the user leads today; the one as whose leader an administrator looks."""
    if user.seen_as:
        return UnionGroup.objects.filter(pk=user.seen_as.place)
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
        people = Q(pk__in=in_group.order_by().values("member"))
        return people if user.seen_as else own | people
    return own
