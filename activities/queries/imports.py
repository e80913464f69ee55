"""Whom the names in a plan's text mean."""

from collections.abc import Collection

from django.utils import timezone

from members.models import Member
from members.queries.roster import enrolled_on


def people_named(names: Collection[str]) -> dict[str, Member]:
    """Who bears each name on today's roster; nobody where two people bear it."""
    found: dict[str, list[Member]] = {}
    for member in enrolled_on(Member.objects.filter(name__in=names), timezone.localdate()):
        found.setdefault(member.name, []).append(member)
    return {name: people[0] for name, people in found.items() if len(people) == 1}
