"""Requests to correct an entry: the own ones, and all for the office."""

from django.db.models import QuerySet

from members.choices import RequestState
from members.models import Correction, User


def corrections_visible_to(user: User) -> QuerySet[Correction]:
    """All for those who keep the roster; else the own."""
    found = Correction.objects.select_related("member", "decided_by__member")
    if user.has_perm("members.manage_members"):
        return found
    return found.filter(member=user.member_id)


def waiting_corrections() -> QuerySet[Correction]:
    """The oldest first."""
    return Correction.objects.filter(state=RequestState.WAITING).order_by("sent_at", "pk")


def corrections_of(user: User) -> QuerySet[Correction]:
    return Correction.objects.filter(member=user.member_id).select_related("decided_by__member")
