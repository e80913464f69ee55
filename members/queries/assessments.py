"""考核: who may read which, the rows of the list, whom one may be recorded of."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from members.choices import AssessmentOf
from members.models import Assessment, Member, OfficeHolding, User
from members.queries.groups import groups_there
from members.queries.regulations import FOUND_AT_ONCE
from members.rules.terms import TERM_OFFICES
from unionoffice.models import AuditEntry

OF_ONE_PERSON = (AssessmentOf.OFFICER, AssessmentOf.PERSON)
STILL_ASSESSED = timedelta(days=730)  # after the end of an office


def assessments_visible_to(user: User) -> QuerySet[Assessment]:
    """All, the voided ones too, for those who keep them; for others what concerns the union and the
    groups, and the own ones."""
    rows = Assessment.objects.select_related("group", "member")
    if user.has_perm("members.manage_assessments"):
        return rows
    single = Q(of__in=OF_ONE_PERSON)
    own = single & Q(member__isnull=False, member=user.member_id)
    return rows.filter(~single | own, voided_at__isnull=True)


def assessments_in(user: User, *, of: str = "", q: str = "") -> QuerySet[Assessment]:
    """The rows of the list: those that count."""
    rows = assessments_visible_to(user).filter(voided_at__isnull=True)
    if of:
        rows = rows.filter(of=of)
    for word in q.split():
        whose = Q(group__name__icontains=word) | Q(member__name__icontains=word)
        told = Q(result__icontains=word) | Q(assessed_by__icontains=word)
        told |= Q(topic__icontains=word)
        rows = rows.filter(whose | told | Q(period_code__icontains=word))
    return rows


def assessments_of(member: Member, user: User) -> QuerySet[Assessment]:
    """Those of one person that count, as far as the user may read them."""
    if not user.has_perm("members.view_assessments"):
        return Assessment.objects.none()
    return assessments_visible_to(user).filter(member=member, voided_at__isnull=True)


def find_assessments(user: User, text: str) -> QuerySet[Assessment]:
    return assessments_in(user, q=text)[:FOUND_AT_ONCE]


def subjects(today: date) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """(heading, [(key, words)]): the union, the groups that are there, who holds or lately held an
    office of the committees or leads a group, and any colleague, who is written by name."""
    yield AssessmentOf.UNION.label, [("union", "本会")]
    groups = groups_there(today)
    yield AssessmentOf.GROUP.label, [(f"group-{group.pk}", group.name) for group in groups]
    recent = Q(end__isnull=True) | Q(end__gte=today - STILL_ASSESSED)
    held = OfficeHolding.objects.filter(recent, office__in=[*TERM_OFFICES, "group_leader"])
    held = held.select_related("member").order_by("member__pinyin", "-start", "-pk")
    found = {
        f"officer-{one.member_id}-{one.office}": f"{one.member} {one.get_office_display()}"
        for one in held
    }
    yield AssessmentOf.OFFICER.label, list(found.items())
    yield AssessmentOf.PERSON.label, [(AssessmentOf.PERSON.value, "某一位教职工，下面写是谁")]


def recorded_of(
    members: Iterable[int], topic: str, period_code: str, but: int | None = None
) -> set[int]:
    """Who of these has an assessment of that kind in the period, other than the one with the key
    `but`."""
    rows = Assessment.objects.filter(
        of=AssessmentOf.PERSON, voided_at=None, topic=topic, period_code=period_code
    )
    of_them = rows.filter(member__in=list(members)).exclude(pk=but)
    return set(of_them.values_list("member", flat=True))


def imports_of(user: User) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(act="members.import_assessments", actor=user)
