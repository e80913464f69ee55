"""The groups, departments and offices on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q, QuerySet, Value
from django.utils import timezone

from members.choices import ImportState, OfficeName
from members.models import (
    Department,
    Member,
    OfficeHolding,
    RosterImport,
    SavedView,
    UnionGroup,
    User,
)
from members.queries.visibility import visible_to, with_whole_roster
from members.rules import ONE_HOLDER
from members.rules.offices import more_shared, shared_days
from members.rules.starts import undated_from


def offices_of(members: Collection[int], day: date) -> dict[int, list[str]]:
    """The offices that each of these people holds on `day`, as words."""
    rows = OfficeHolding.objects.on(day).filter(member__in=members).order_by("start", "pk")
    words: dict[int, list[str]] = {}
    for member, office in rows.values_list("member", "office"):
        words.setdefault(member, []).append(OfficeName(office).label)
    return words


def place_choices(user: User) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """(primary key, name) of the groups and of the departments that the user may ask for, in one
    query."""
    choices = roster_choices(user)
    return choices.groups, choices.departments


@dataclass(frozen=True)
class RosterChoices:
    """What the roster's page has to offer: (primary key, name), and of views their address."""

    groups: list[tuple[int, str]]
    departments: list[tuple[int, str]]
    views: list[tuple[str, str]]  # (query, name)


def roster_choices(user: User) -> RosterChoices:
    """Every group and department that those whom the user sees are or were in, and the views that
    the user has saved, in one query."""
    in_sight = {
        model: Q() if with_whole_roster(user) else _with_people_of(user, model)
        for model in (UnionGroup, Department)
    }
    group_rows = UnionGroup.objects.filter(in_sight[UnionGroup]).order_by()
    department_rows = Department.objects.filter(in_sight[Department]).order_by()
    rows = [
        *group_rows.values_list(Value(0), "order", "pk", "name", Value("")).union(
            department_rows.values_list(Value(1), Value(0), "pk", "name", Value("")),
            SavedView.objects.filter(user=user)
            .order_by()
            .values_list(Value(2), Value(0), "pk", "name", "query"),
            all=True,
        )
    ]
    rows.sort()
    return RosterChoices(
        groups=[(pk, name) for kind, _, pk, name, _ in rows if kind == 0],
        departments=[(pk, name) for kind, _, pk, name, _ in rows if kind == 1],
        views=[(query, name) for kind, _, _, name, query in rows if kind == 2],
    )


def _with_people_of(user: User, model: type[UnionGroup | Department]) -> Q:
    """The groups, or departments, of those whom the user sees."""
    people = Member.objects.filter(visible_to(user)).order_by()
    return Q(pk__in=model.objects.filter(assignments__member__in=people).order_by().values("pk"))


def places(model: type[Model]) -> QuerySet:
    """What people can be moved to: every department, every group that is not dissolved."""
    if model is UnionGroup:
        return UnionGroup.objects.filter(not_dissolved(timezone.localdate()))
    return model.objects.all()


def not_dissolved(day: date) -> Q:
    return Q(last_day__isnull=True) | Q(last_day__gte=day)


def words_in_use(*columns: str) -> dict[str, list[str]]:
    """Every word that the roster has in each of these columns, in one query."""
    rows = list(Member.objects.order_by().values_list(*columns).distinct())
    words = map(set, zip(*rows, strict=True)) if rows else [()] * len(columns)
    return {column: sorted(filter(None, each)) for column, each in zip(columns, words, strict=True)}


def not_over(day: date) -> Q:
    """The condition "in force on `day` or later" for dated rows."""
    return Q(end__isnull=True) | Q(end__gte=day)


def still_held(rows: Iterable[OfficeHolding]) -> list[OfficeHolding]:
    """Those of the rows at hand that are not over."""
    today = timezone.localdate()
    return [row for row in rows if row.end is None or row.end >= today]


def holdings() -> QuerySet[OfficeHolding]:
    return OfficeHolding.objects.select_related("member")


def holdings_on(day: date) -> list[OfficeHolding]:
    """Those in force on `day`, in the order of the offices."""
    return [row for row in office_holdings(day)[0] if row.start is None or row.start <= day]


def office_holdings(day: date) -> tuple[list[OfficeHolding], list[OfficeHolding]]:
    """Those in force on `day` or later, in the order of the offices; those that are over, the
    latest first."""
    holdings = OfficeHolding.objects.select_related("member", "group", "department", "term")
    rank = {office: number for number, office in enumerate(OfficeName.values)}
    current = sorted(
        holdings.filter(not_over(day)),
        key=lambda holding: (rank[holding.office], holding.start or date.min, holding.pk),
    )
    former = sorted(
        holdings.filter(end__lt=day),
        key=lambda holding: (-holding.end.toordinal(), rank[holding.office], holding.pk),
    )
    return current, former


def others_in_office(
    holding: OfficeHolding, before: OfficeHolding | None = None
) -> list[OfficeHolding]:
    """Who else holds, on some of the same days, an office that one person holds at a time.
    `before`: the same holding as it is stored; only days that it did not share yet count."""
    if holding.office not in ONE_HOLDER:
        return []
    today = timezone.localdate()
    rows = OfficeHolding.objects.filter(office=holding.office).exclude(member=holding.member_id)
    return [
        row
        for row in rows.select_related("member").order_by("start", "pk")
        if (
            more_shared(holding, before, row, today) if before else shared_days(holding, row, today)
        )
    ]


def held_beside(holding: OfficeHolding) -> OfficeHolding | None:
    """Another row that says the same of the same person on some of the same days."""
    same = OfficeHolding.objects.filter(
        member=holding.member_id,
        office=holding.office,
        group=holding.group_id,
        department=holding.department_id,
    )
    today = timezone.localdate()
    rows = same.exclude(pk=holding.pk).order_by("-start", "-pk")
    return next((row for row in rows if shared_days(holding, row, today)), None)


def undated_begin() -> date | None:
    """From when on someone is what is put down without a date now (rules.starts.undated_from)."""
    landed = RosterImport.objects.filter(state=ImportState.LANDED)
    return undated_from(timezone.localdate(), first_roster=not landed.exists())


def roster_imports() -> QuerySet[RosterImport]:
    return RosterImport.objects.select_related("read_by__member").defer("reading", "landed")
