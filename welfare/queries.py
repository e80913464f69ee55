"""Which visits may this person see, and whom may the form name?"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from members.backends import with_roles
from members.models import DepartmentAssignment, GroupAssignment, Member, OfficeHolding, User
from members.queries import led_groups, matching, with_places
from unionoffice.acts import LOOKS
from unionoffice.models import AuditEntry
from unionoffice.periods import chinese_date
from unionoffice.queries import log_of
from unionoffice.roles import COMMITTEE, GRANTS, Role
from welfare.choices import Gift, VisitKind, VisitState
from welfare.models import Visit

EVERY_VISIT = GRANTS["welfare.view_visits"] - {Role.GROUP_LEADER}
YEARS_BESIDE = 3  # how far back the form shows a person's earlier visits
CANDIDATES = 6
LOG_SHOWN = 200  # entries that the page of a visit goes through
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
    """Every visit for the roles that look after visits; for a group leader those paid to someone
    who was in the own group on that day."""
    if sees_everyone(user):
        return Visit.objects.all()
    return Visit.objects.filter(Exists(_in_led_group(user, OuterRef("member"), OuterRef("day"))))


def sees_everyone(user: User) -> bool:
    """Whether one of the user's roles opens every visit. What another role opens, the whole roster
    for instance, opens no visit."""
    return bool(with_roles(user).roles & EVERY_VISIT)


def in_reach(user: User, visit: Visit) -> bool:
    """Whether `user` sees the visit once it is recorded."""
    return sees_everyone(user) or _in_led_group(user, visit.member_id, visit.day).exists()


def people_to_visit(user: User) -> QuerySet[Member]:
    """Whom `user` may name: everyone; for a group leader who is or was in the own group."""
    if sees_everyone(user):
        return Member.objects.all()
    placed = GroupAssignment.objects.filter(group__in=led_groups(user)).order_by()
    return Member.objects.filter(pk__in=placed.values("member"))


def _in_led_group(user: User, member, day) -> QuerySet[GroupAssignment]:
    return GroupAssignment.objects.on(day).filter(member=member, group__in=led_groups(user))


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
        visits = visits.filter(Q(member__in=found) | Q(person_name__icontains=q))
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
        return _detail_url().format(self.pk)

    @property
    def day_text(self) -> str:
        return chinese_date(self.day, self.precision)

    @property
    def kind_text(self) -> str:
        return KIND_LABELS[self.kind]

    @property
    def place_text(self) -> str:
        """语文组，第一工会小组: as far as either is known."""
        return (
            "，".join(filter(None, (self.department, self.group))) if self.member_id else "名册外"
        )

    @property
    def money_text(self) -> str:
        """1,000 元; nothing where no money was given."""
        return f"{self.money:,.2f}".removesuffix(".00") + " 元" if self.money else ""

    @property
    def voided(self) -> bool:
        return self.state == VisitState.VOIDED


@cache
def _detail_url() -> str:
    """With {} for the key: reverse takes longer than all the rest of a row."""
    return reverse("welfare:visit_detail", args=[0]).replace("0", "{}")


def with_row_values(visits: QuerySet[Visit]) -> QuerySet:
    """What `rows` takes: the visits as tuples, with department and group of the day of the visit."""
    return visits.annotate(**_row_annotations()).values_list(*ROW_VALUES)


@cache
def _row_annotations() -> dict[str, Coalesce]:
    """Kept: putting them together takes longer than fetching a page of rows."""
    return {
        "person": Coalesce("member__name", "person_name"),
        "department": Coalesce(_place(DepartmentAssignment, "department__name"), Value("")),
        "union_group": Coalesce(_place(GroupAssignment, "group__name"), Value("")),
    }


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
    members = with_places(members, timezone.localdate())
    exact = list(members.filter(_is_called(text))[:CANDIDATES])
    return exact or list(matching(members, text)[:CANDIDATES])


def is_called(member: Member, text: str) -> bool:
    """Whether the text is this member's whole name, name with place, or 工号."""
    the_one = with_places(Member.objects.filter(pk=member.pk), timezone.localdate())
    return the_one.filter(_is_called(text)).exists()


def _is_called(text: str) -> Q:
    """The condition for members with their places."""
    text = text.strip()
    place = NAME_AND_PLACE.fullmatch(text)
    if not place:
        return Q(name=text) | Q(staff_no=text)
    there = Q(department_name=place[2]) | Q(group_name=place[2]) | Q(staff_no=place[2])
    return there & Q(name=place[1])


def visitor_choices(user: User, visit: Visit | None = None) -> QuerySet[Member]:
    """Whom the form offers as visitors: the committee of today, the user, who is recorded."""
    offices = [role.value for role in COMMITTEE]
    committee = OfficeHolding.objects.on(timezone.localdate()).filter(office__in=offices)
    chosen = Q(pk__in=committee.values("member")) | Q(pk=user.member_id)
    if visit and visit.pk:
        chosen |= Q(pk__in=visit.visitors.values("pk"))
    return Member.objects.filter(chosen)


@dataclass(frozen=True)
class PersonCard:
    """Whom the form has understood: `place` is department and group of today."""

    name: str
    department: str
    place: str
    last: str


def card_of(visit: Visit, earlier: list[Visit], today: date) -> PersonCard | None:
    """`earlier`: the other visits to the same member, the newest first."""
    if visit.member_id is None:
        return None
    member = with_places(Member.objects.filter(pk=visit.member_id), today).first()
    department = member.department_name or ""
    place = "，".join(filter(None, (department, member.group_name)))
    last = f"{ago(earlier[0].day, today)}慰问过" if earlier else "近三年没有慰问过"
    return PersonCard(member.name, department, place, last)


def ago(day: date, today: date) -> str:
    """今天, 12 天前, 3 个月前, 2 年前: in whole units."""
    days = (today - day).days
    months = 12 * (today.year - day.year) + today.month - day.month - (today.day < day.day)
    if days <= 1:
        return "昨天" if days == 1 else "今天"
    if months < 1:
        return f"{days} 天前"
    return f"{months} 个月前" if months < 12 else f"{months // 12} 年前"


@dataclass(frozen=True)
class LogLine:
    """One line of a visit's log. `key`: something was done, not only looked at."""

    at: datetime
    text: str
    key: bool


def log_for(user: User, visit: Visit) -> list[LogLine]:
    """Who recorded, changed and looked at the visit, the newest first, for those who may see the
    whole audit list. Looks of the same person on one day, one after another, are one line."""
    if not user.has_perm("unionoffice.view_audit"):
        return []
    entries = log_of(visit)[:LOG_SHOWN]
    return [_log_line(list(same)) for _, same in groupby(entries, key=_log_group)]


def _log_group(entry: AuditEntry) -> tuple:
    if entry.act not in LOOKS:
        return (entry.number,)
    return entry.actor_id, entry.act, timezone.localdate(entry.at)


def _log_line(same: list[AuditEntry]) -> LogLine:
    times = f"，当天 {len(same)} 次" if len(same) > 1 else ""
    return LogLine(same[0].at, f"{same[0].text}{times}", key=same[0].act not in LOOKS)
