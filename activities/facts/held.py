"""What was held: how often, with how many people, at what cost; by field of work and by group."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q, QuerySet, Sum

from activities.choices import Attendance, Field, Mark, field_label
from activities.models import NO_DRILL, UNPLANNED, Activity, Participation
from activities.queries import ItemRow, Totals
from unionoffice.facts import Fact, count_or_none, list_url
from unionoffice.periods import Period

NOTHING_HELD = Totals(
    held=0, attendance=None, counted=0, without_headcount=0, unplanned=0, spent=None, budget=None
)
MEASURES = {
    "activities.unplanned": ("场", Count("pk", filter=UNPLANNED)),
    "activities.held": ("场", Count("pk")),
    "activities.attendance": ("人次", Sum("headcount", filter=NO_DRILL)),
    "activities.without_headcount": ("场", Count("pk", filter=Q(headcount=None))),
    "activities.budget": ("元", Sum("budget")),
    "activities.spent": ("元", Sum("spent")),
}
SUMS = {key.removeprefix("activities."): measure for key, (_, measure) in MEASURES.items()}
SUMS["counted"] = Count("headcount", filter=NO_DRILL)


@dataclass(frozen=True)
class FieldRow:
    """What one field of work comes to. `attendance` is missing when nobody was counted."""

    label: str
    planned: Fact
    done: Fact
    held: Fact
    attendance: Fact


@dataclass(frozen=True)
class GroupSpending:
    """What the activities that a group held cost, with how many of them have no cost written."""

    spent: Decimal
    held: int
    without_cost: int


def activities_of(period: Period) -> QuerySet[Activity]:
    return Activity.objects.standing().in_period(period)


def activity_facts(period: Period, totals: Totals) -> list[Fact]:
    """From the activities of the period. A sum that nobody recorded is None, not 0."""
    held = count_or_none(totals.held)

    def fact(key: str, label: str, value, unit: str, **filters) -> Fact:
        return Fact(
            f"activities.{key}", label, value, unit,
            list_url("activities:activity_list", period, **filters),
        )  # fmt: skip

    return [
        fact("unplanned", "计划外活动", held and totals.unplanned, "场", planned="no"),
        fact("held", "活动场次", held, "场"),
        fact("attendance", "参加人次", totals.attendance, "人次"),
        fact(
            "without_headcount", "没记人数的活动", held and totals.without_headcount, "场",
            headcount="missing",
        ),
        fact("average", "平均每场人数", average(totals), "人"),
        fact("budget", "活动预算", totals.budget, "元"),
        fact("spent", "活动支出", totals.spent, "元"),
    ]  # fmt: skip


def average(totals: Totals) -> Decimal | None:
    """Of those activities whose people were counted, one place."""
    if totals.attendance is None or not totals.counted:
        return None
    mean = Decimal(totals.attendance) / totals.counted
    return mean.quantize(Decimal("0.1"), ROUND_HALF_UP)


def people_fact(period: Period) -> Fact:
    """Who came to one or more of them, each once; None where nobody's name is recorded."""
    came = came_in(period).aggregate(people=Count("member", distinct=True))
    return Fact(
        "activities.people",
        "参加过活动的人",
        count_or_none(came["people"]),
        "人",
        list_url("activities:attendance_list", period, came="yes"),
    )


def came_in(period: Period) -> QuerySet[Participation]:
    """Everyone who was there, once an activity."""
    held = activities_of(period).order_by().values("pk")
    return Participation.objects.filter(attendance=Attendance.PRESENT, activity__in=held).order_by()


def totals_by_field(period: Period) -> dict[str, Totals]:
    rows = activities_of(period).order_by().values_list("field")
    rows = rows.annotate(**{f"total_{name}": measure for name, measure in SUMS.items()})
    return {field: Totals(**dict(zip(SUMS, sums, strict=True))) for field, *sums in rows}


def together(totals: Collection[Totals]) -> Totals:
    """A sum that none of them has is None."""
    sums = {}
    for field in fields(Totals):
        known = [value for one in totals if (value := getattr(one, field.name)) is not None]
        sums[field.name] = sum(known) if known else getattr(NOTHING_HELD, field.name)
    return Totals(**sums)


def in_field_order(codes: Iterable[str]) -> list[str]:
    """The shipped fields of work first, then the office's own by their names."""
    codes = set(codes)
    return [*(code for code in Field.values if code in codes), *sorted(codes - set(Field.values))]


def field_rows(period: Period, rows: list[ItemRow], held: dict[str, Totals]) -> list[FieldRow]:
    planned = Counter(row.field for row in rows)
    done = Counter(row.field for row in rows if row.mark == Mark.DONE)
    return [
        _field_row(field, period, planned[field], done[field], held.get(field, NOTHING_HELD))
        for field in in_field_order(planned.keys() | held.keys())
    ]


def _field_row(field: str, period: Period, planned: int, done: int, totals: Totals) -> FieldRow:
    name = field_label(field)

    def fact(key: str, label: str, value, unit: str, **filters) -> Fact:
        list_name = "plan_item_list" if unit == "项" else "activity_list"
        source = list_url(f"activities:{list_name}", period, field=field, **filters)
        return Fact(f"activities.{key}.{field}", f"{name}{label}", value, unit, source)

    return FieldRow(
        label=name,
        planned=fact("planned", "计划项", planned, "项"),
        done=fact("done", "完成项", done, "项", mark=Mark.DONE),
        held=fact("held", "活动场次", totals.held, "场"),
        attendance=fact("attendance", "参加人次", totals.attendance, "人次"),
    )


def spent_by_groups(period: Period) -> dict[int, GroupSpending]:
    """Of the groups that held something in the period; one query."""
    rows = activities_of(period).filter(group__isnull=False).order_by().values_list("group")
    rows = rows.annotate(total=Sum("spent"), held=Count("pk"), known=Count("spent"))
    return {
        group: GroupSpending(spent or Decimal(0), held, held - known)
        for group, spent, held, known in rows
    }
