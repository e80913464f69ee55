"""Which visits may this person see, and whom may the form name?"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from members.backends import with_roles
from members.models import DepartmentAssignment, GroupAssignment, Member, OfficeHolding, User
from members.queries import WHOLE_ROSTER, matching, members_visible_to, with_places
from unionoffice.periods import chinese_date
from unionoffice.roles import COMMITTEE
from welfare.choices import Gift, VisitKind, VisitState
from welfare.models import Visit

YEARS_BESIDE = 3  # how far back the form shows a person's earlier visits
CANDIDATES = 6
KIND_LABELS = dict(VisitKind.choices)
ROW_VALUES = (  # in the order of VisitRow
    "pk",
    "member",
    "person",
    "kind",
    "relation",
    "day",
    "day_precision",
    "place",
    "money",
    "goods",
    "goods_value",
    "state",
    "department",
    "union_group",
)
NAME_AND_PLACE = re.compile(r"(.+?)[（(](.+?)[）)]")


def visits_visible_to(user: User) -> QuerySet[Visit]:
    """Every visit for the committee; for a group leader those to members of the own group."""
    if sees_everyone(user):
        return Visit.objects.all()
    return Visit.objects.filter(member__in=members_visible_to(user))


def sees_everyone(user: User) -> bool:
    """Whether the user may also see and record visits to people who are not on the roster."""
    return bool(with_roles(user).roles & WHOLE_ROSTER)


def filtered(visits: QuerySet[Visit], period, kind="", q="", gift="", state="") -> QuerySet[Visit]:
    """The rows of the list. Without `state` only those that count."""
    visits = visits.in_period(period).filter(state=state or VisitState.RECORDED)
    if kind:
        visits = visits.filter(kind=kind)
    if gift == Gift.MONEY:
        visits = visits.filter(money__gt=0)
    if gift == Gift.GOODS:
        visits = visits.exclude(goods="")
    if q:
        found = matching(Member.objects.all(), q).order_by().values("pk")
        visits = visits.filter(Q(member__in=found) | Q(person_name__contains=q))
    return visits


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as lists and exports show it: all but its circumstances. `visitors` are names."""

    pk: int
    member_id: int | None
    person: str
    kind: str
    relation: str
    day: date
    precision: str
    place: str
    money: Decimal
    goods: str
    goods_value: Decimal
    state: str
    department: str
    group: str
    visitors: str

    @property
    def url(self) -> str:
        return reverse("welfare:visit_detail", args=[self.pk])

    @property
    def day_text(self) -> str:
        return chinese_date(self.day, self.precision)

    @property
    def kind_text(self) -> str:
        return KIND_LABELS[self.kind]

    @property
    def voided(self) -> bool:
        return self.state == VisitState.VOIDED


def with_row_values(visits: QuerySet[Visit]) -> QuerySet:
    """What `rows` takes: the visits as tuples, with department and group of the day of the visit."""
    return visits.annotate(
        person=Coalesce("member__name", "person_name"),
        department=Coalesce(_place(DepartmentAssignment, "department__name"), Value("")),
        union_group=Coalesce(_place(GroupAssignment, "group__name"), Value("")),
    ).values_list(*ROW_VALUES)


def rows(values: Iterable[tuple]) -> list[VisitRow]:
    """The rows of a list, one query more for all their visitors."""
    values = list(values)
    through = Visit.visitors.through.objects.filter(visit__in=[row[0] for row in values])
    names = defaultdict(list)
    for visit, name in through.order_by("member__pinyin", "member").values_list(
        "visit", "member__name"
    ):
        names[visit].append(name)
    return [VisitRow(*row, visitors="、".join(names[row[0]])) for row in values]


def for_detail(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """With the person and the visitors."""
    visitors = Prefetch("visitors", Member.objects.only("name", "pinyin"))
    return visits.select_related("member").prefetch_related(visitors)


def _place(model, name: str) -> Subquery:
    rows = model.objects.on(OuterRef("day")).filter(member=OuterRef("member"))
    return Subquery(rows.values(name)[:1])


def earlier_visits(user: User, visit: Visit, day: date) -> QuerySet[Visit]:
    """The other visits to the same member in the years before `day` that the user may see."""
    if visit.member_id is None:
        return Visit.objects.none()
    since = day.replace(year=day.year - YEARS_BESIDE, day=1)
    others = visits_visible_to(user).done().exclude(pk=visit.pk)
    return others.filter(member=visit.member_id, day__gte=since)


def people_named(members: QuerySet[Member], text: str) -> list[Member]:
    """The people that a typed "姓名", "姓名（部门）" or 工号 means, else those it may mean.

    One person: it's clear who is meant. Several: the user has to choose among them.
    """
    text = text.strip()
    members = with_places(members, timezone.localdate())
    place = NAME_AND_PLACE.fullmatch(text)
    if place:
        there = Q(department_name=place[2]) | Q(group_name=place[2]) | Q(staff_no=place[2])
        return list(members.filter(there, name=place[1]))
    exact = list(members.filter(Q(name=text) | Q(staff_no=text))[:CANDIDATES])
    return exact or list(matching(members, text)[:CANDIDATES])


def visitor_choices(user: User, visit: Visit | None = None) -> QuerySet[Member]:
    """Whom the form offers as visitors: the committee of today, the user, who is recorded."""
    offices = [role.value for role in COMMITTEE]
    committee = OfficeHolding.objects.on(timezone.localdate()).filter(office__in=offices)
    chosen = Q(pk__in=committee.values("member")) | Q(pk=user.member_id)
    if visit and visit.pk:
        chosen |= Q(pk__in=visit.visitors.values("pk"))
    return Member.objects.filter(chosen)


def department_of(member: Member | None, day: date) -> str:
    if member is None:
        return ""
    rows = DepartmentAssignment.objects.on(day).filter(member=member)
    return rows.values_list("department__name", flat=True).first() or ""
