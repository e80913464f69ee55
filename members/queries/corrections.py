"""Requests to correct an entry: the own ones, and all for the office."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone

from members.choices import RequestState
from members.models import Correction, Department, Member, UnionGroup, User
from members.queries.groups import groups_there
from members.queries.roster import with_places


def corrections_visible_to(user: User) -> QuerySet[Correction]:
    """All for those who keep the roster; else the own."""
    found = Correction.objects.select_related("member", "decided_by__member")
    if user.has_perm("members.manage_members"):
        return found
    return found.filter(member=user.member_id)


def waiting_corrections() -> QuerySet[Correction]:
    """The oldest first."""
    return Correction.objects.filter(state=RequestState.WAITING).order_by("sent_at", "pk")


def placed_today(members: Collection[int]) -> dict[int, Member]:
    """These people with the places of today."""
    people = with_places(Member.objects.filter(pk__in=members), timezone.localdate())
    return {member.pk: member for member in people.order_by()}


def place_named(field: str, name: str) -> Department | UnionGroup | None:
    """The department, or the group that is there today, of that name."""
    rows = Department.objects.all() if field == "department" else groups_there(timezone.localdate())
    return rows.filter(name=name).first()


def same_number(member: Member) -> Member | None:
    """Someone else who has the 工号."""
    others = Member.objects.exclude(pk=member.pk)
    return others.filter(staff_no__iexact=member.staff_no).first() if member.staff_no else None


def corrections_of(user: User) -> QuerySet[Correction]:
    return Correction.objects.filter(member=user.member_id).select_related("decided_by__member")
