"""Each number in the parts that add up to it: by month, by field of work, by group, by level."""

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

from django.db.models import Count, F, Q, Sum, TextChoices
from django.db.models.functions import Coalesce, TruncMonth

from activities.choices import (
    ActivityKind,
    ChangeKind,
    HolderKind,
    Level,
    Mark,
    StudyForm,
    field_label,
)
from activities.facts.changes import CHANGES_OF
from activities.facts.held import (
    MEASURES,
    activities_of,
    came_in,
    in_field_order,
    together,
    totals_by_field,
)
from activities.facts.kinds import honours_of, stages_of
from activities.facts.places import PLACE_KEYS, STOCKTAKES, stocktakes_in, used_in
from activities.facts.plans import ITEMS_MARKED, items_of
from activities.models import Activity, Place
from activities.queries import ItemRow, item_changes_in, marks_counted
from activities.queries.kinds import checks, studies
from unionoffice.facts import Breakdown, in_kinds, in_months
from unionoffice.periods import Period

Parts = Iterable[tuple[str, int | Decimal | None]]
NO_GROUP, NO_FORM = "不是小组办的", "没写形式"

STUDY_MEASURES = {
    "activities.studies": ("场", Count("pk")),
    "activities.courses": ("期", Sum(Coalesce("study__courses", 1))),
    "activities.studied": ("人次", Sum("headcount")),
    "activities.hours": ("学时", Sum("study__hours")),
    "activities.papers": ("份", Sum("study__papers")),
}
CHECK_MEASURES = {
    "activities.checks": ("次", {"kind": ActivityKind.CHECK}, Count("pk")),
    "activities.drills": ("次", {"kind": ActivityKind.DRILL}, Count("pk")),
    "activities.drilled": ("人次", {"kind": ActivityKind.DRILL}, Sum("headcount")),
    "activities.inspections": ("次", {"kind": ActivityKind.INSPECTION}, Count("pk")),
    "activities.open_checks": ("次", {"open_only": "yes"}, Count("pk")),
}
HONOURS = {
    "activities.honours": Q(),
    "activities.own_honours": Q(holder=HolderKind.MEMBER),
    "activities.team_honours": ~Q(holder=HolderKind.MEMBER),
    "activities.won": Q(is_contest=True),
}


def breakdowns(key: str, period: Period) -> list[Breakdown]:
    """The figure in parts; a rate as what it is made from; none of people who are counted once."""
    for keys, parts in PARTS:
        if key in keys:
            return parts(key, period)
    rows = items_of(period)
    done = marks_counted(rows)[Mark.DONE]
    return [Breakdown("怎么算", "项", (("已完成项", done), ("计划项", len(rows))))]


def in_fields(unit: str, parts: Parts) -> Breakdown:
    """By field of work, the office's own ones last."""
    sums: dict[str, int | Decimal] = {}
    for field, value in parts:
        if value:
            sums[field] = sums.get(field, 0) + value
    rows = ((field_label(field), sums[field]) for field in in_field_order(sums))
    return Breakdown("按板块", unit, tuple(rows))


def _items(key: str, period: Period) -> list[Breakdown]:
    rows = items_of(period)
    if key == "activities.added":
        return _items_in_parts([row for row in rows if row.added_late])
    mark = ITEMS_MARKED[key]
    return _items_in_parts([row for row in rows if mark is None or row.mark == mark])


def _items_in_parts(rows: list[ItemRow]) -> list[Breakdown]:
    return [
        in_months("项", ((row.origin, 1) for row in rows)),
        in_fields("项", ((row.field, 1) for row in rows)),
    ]


def _changes(key: str, period: Period) -> list[Breakdown]:
    rows = item_changes_in(period).order_by()
    if CHANGES_OF[key]:
        rows = rows.filter(kind=CHANGES_OF[key])
    rows = rows.values("kind", month=TruncMonth("made_at")).annotate(value=Count("pk"))
    rows = list(rows)
    return [
        in_months("次", ((row["month"].date(), row["value"]) for row in rows)),
        in_kinds("按变化", "次", ChangeKind, ((row["kind"], row["value"]) for row in rows)),
    ]


def _places(key: str, period: Period) -> list[Breakdown]:
    used = used_in(period)
    names = dict(Place.objects.values_list("pk", "name"))
    unit, column = ("次", "times") if key == PLACE_KEYS[0] else ("人次", "people")
    parts = [(one, getattr(one, column) or 0) for one in used]
    sums = Counter()
    for one, value in parts:
        sums[one.place] += value
    rows = ((name, sums[pk]) for pk, name in names.items() if sums[pk])
    return [
        in_months(unit, ((one.month, value) for one, value in parts)),
        Breakdown("按阵地", unit, tuple(rows)),
    ]


def _stocktakes(key: str, period: Period) -> list[Breakdown]:
    rows = list(
        stocktakes_in(period).order_by("place__name", "pk").values_list("place__name", "day")
    )
    return [
        in_months("次", ((day, 1) for _, day in rows)),
        Breakdown("按阵地", "次", tuple(Counter(name for name, _ in rows).items())),
    ]


def _activities(key: str, period: Period) -> list[Breakdown]:
    unit, measure = MEASURES[key]
    rows = activities_of(period).order_by()
    rows = rows.values("field", month=TruncMonth("day"), group_name=F("group__name"))
    rows = list(rows.annotate(value=measure))
    return [
        in_months(unit, ((row["month"], row["value"]) for row in rows)),
        in_fields(unit, ((row["field"], row["value"]) for row in rows)),
        _in_groups(unit, ((row["group_name"], row["value"]) for row in rows)),
    ]


def _in_groups(unit: str, parts: Parts) -> Breakdown:
    """By the group that held it; what none held stands last."""
    sums: dict[str, int | Decimal] = {}
    for name, value in parts:
        if value:
            sums[name or ""] = sums.get(name or "", 0) + value
    names = sorted(sums, key=lambda name: (not name, name))
    return Breakdown("按小组", unit, tuple((name or NO_GROUP, sums[name]) for name in names))


def _average(key: str, period: Period) -> list[Breakdown]:
    totals = together(totals_by_field(period).values())
    rows = (("参加人次", totals.attendance or 0), ("填了人数的场次", totals.counted))
    return [Breakdown("怎么算", "", rows)]


def _people(key: str, period: Period) -> list[Breakdown]:
    """Those who came, and how often altogether: no parts, each is counted once."""
    came = came_in(period).aggregate(times=Count("pk"))["times"]
    return [Breakdown("名单上记了“到”的", "人次", (("合计", came),))] if came else []


def _studies(key: str, period: Period) -> list[Breakdown]:
    unit, measure = STUDY_MEASURES[key]
    rows = studies(Activity.objects.all(), period=period).order_by()
    rows = rows.values(month=TruncMonth("day"), form=F("study__form")).annotate(value=measure)
    rows = list(rows)
    return [
        in_months(unit, ((row["month"], row["value"]) for row in rows)),
        _kinds_or_none("按形式", unit, StudyForm, NO_FORM, rows, "form"),
    ]


def _kinds_or_none(
    title: str, unit: str, kinds: type[TextChoices], empty: str, rows: list[dict], column: str
) -> Breakdown:
    """in_kinds, and what says none as a part of its own."""
    known = in_kinds(title, unit, kinds, ((row[column], row["value"]) for row in rows))
    rest = sum(row["value"] or 0 for row in rows if not row[column])
    return Breakdown(title, unit, known.rows + (((empty, rest),) if rest else ()))


def _contests(key: str, period: Period) -> list[Breakdown]:
    rows = activities_of(period).filter(kind=ActivityKind.CONTEST).order_by()
    rows = list(rows.values("field", month=TruncMonth("day")).annotate(value=Count("pk")))
    return [
        in_months("场", ((row["month"], row["value"]) for row in rows)),
        in_fields("场", ((row["field"], row["value"]) for row in rows)),
    ]


def _awards(key: str, period: Period) -> list[Breakdown]:
    rows = stages_of(period).filter(awarded=True)
    rows = rows.values("level", month=TruncMonth("activity__day")).annotate(value=Count("pk"))
    return _by_level(list(rows))


def _checks(key: str, period: Period) -> list[Breakdown]:
    unit, narrowed, measure = CHECK_MEASURES[key]
    rows = checks(Activity.objects.all(), period=period, **narrowed).order_by()
    rows = rows.values(month=TruncMonth("day")).annotate(value=measure)
    return [in_months(unit, ((row["month"], row["value"]) for row in rows))]


def _honours(key: str, period: Period) -> list[Breakdown]:
    rows = honours_of(period).filter(HONOURS[key])
    rows = rows.values("level", "holder", month=TruncMonth("day")).annotate(value=Count("pk"))
    rows = list(rows)
    holders = ((row["holder"], row["value"]) for row in rows)
    return [*_by_level(rows), in_kinds("按给谁的", "项", HolderKind, holders)]


def _by_level(rows: list[dict]) -> list[Breakdown]:
    return [
        in_months("项", ((row["month"], row["value"]) for row in rows)),
        in_kinds("按级别", "项", Level, ((row["level"], row["value"]) for row in rows)),
    ]


PARTS: tuple[tuple[Iterable[str], Callable[[str, Period], list[Breakdown]]], ...] = (
    ((*ITEMS_MARKED, "activities.added"), _items),
    (CHANGES_OF, _changes),
    (MEASURES, _activities),
    (("activities.average",), _average),
    (("activities.people",), _people),
    (STUDY_MEASURES, _studies),
    (("activities.contests",), _contests),
    (("activities.awards",), _awards),
    (CHECK_MEASURES, _checks),
    (PLACE_KEYS, _places),
    ((STOCKTAKES,), _stocktakes),
    (HONOURS, _honours),
)
