"""The numbers of plans and activities for a period, and the tables and sentences made from them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from activities.choices import Field, Mark
from activities.models import Activity
from activities.queries import ItemRow, Totals, item_rows, items_planned_in, marks_counted
from activities.rules import when_text
from unionoffice.facts import (
    Breakdown,
    Fact,
    count_or_none,
    in_kinds,
    in_months,
    list_url,
    percent,
)
from unionoffice.periods import Period

NOTHING_HELD = Totals(held=0, attendance=None, without_headcount=0, unplanned=0, spent=None)

# key -> what is counted: which records, by which date
COUNTED = {
    "activities.planned": "年度计划里的事项，按最初定的月份算进这一期，后来延期、取消的也在内。",
    "activities.done": "这一期的计划事项里有活动记录的，不论哪一天办成，取消的不算。",
    "activities.rate": "已完成项除以计划项，保留一位小数。",
    "activities.postponed": "这一期的计划事项里改了期、新的月份还没过完、也还没有活动记录的。",
    "activities.cancelled": "这一期的计划事项里取消的。",
    "activities.late": "这一期的计划事项里月份过完（改了期的算新的月份）还没有活动记录的，取消的不算。",
    "activities.unplanned": "这一期的活动里不属于任何计划事项的，按活动开始的那天算。",
    "activities.held": "活动记录，按活动开始的那天算进这一期，作废的不算。",
    "activities.attendance": "这一期各场活动填的参加人数相加，一个人参加几场算几次，没填的不算。",
    "activities.without_headcount": "这一期的活动里没填参加人数的。",
    "activities.spent": "这一期各场活动填的支出相加，没填的不算。",
}
ITEMS_MARKED = {
    "activities.planned": None,  # all of them
    "activities.done": Mark.DONE,
    "activities.postponed": Mark.MOVED,
    "activities.cancelled": Mark.OFF,
    "activities.late": Mark.LATE,
}
MEASURES = {
    "activities.unplanned": ("场", Count("pk", filter=Q(plan_item=None))),
    "activities.held": ("场", Count("pk")),
    "activities.attendance": ("人次", Sum("headcount")),
    "activities.without_headcount": ("场", Count("pk", filter=Q(headcount=None))),
    "activities.spent": ("元", Sum("spent")),
}


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


@dataclass(frozen=True)
class MonthRow:
    """One month's line in a report table: the items planned for it and what became of each."""

    year: int
    month: int
    items: tuple[str, ...]
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """Everything this app tells reports in numbers. `fields` are those that have an item or an
    activity; `months` all of the period's, where a postponed item stays with its first month."""

    facts: list[Fact]
    fields: list[FieldRow]
    months: list[MonthRow]


def told(period: Period) -> Told:
    """Items and activities are each read once."""
    rows, held = _items(period), _totals_by_field(period)
    return Told(
        facts=[*plan_facts(period, rows), *activity_facts(period, _together(held.values()))],
        fields=_field_rows(period, rows, held),
        months=[_month_row(year, month, rows) for year, month in period.months()],
    )


def facts(period: Period) -> list[Fact]:
    return told(period).facts


def plan_facts(period: Period, rows: list[ItemRow]) -> list[Fact]:
    """From the items planned in the period. Without any, nothing is known: every value is None."""
    marks, planned = marks_counted(rows), len(rows)

    def fact(key: str, label: str, value, unit: str = "项", **filters) -> Fact:
        return Fact(
            f"activities.{key}", label, value if planned else None, unit,
            list_url("activities:plan_item_list", period, **filters),
        )  # fmt: skip

    return [
        fact("planned", "计划项", planned),
        fact("done", "已完成项", marks[Mark.DONE], mark=Mark.DONE),
        fact("rate", "完成率", percent(marks[Mark.DONE], planned), "%"),
        fact("postponed", "延期项", marks[Mark.MOVED], mark=Mark.MOVED),
        fact("cancelled", "取消项", marks[Mark.OFF], mark=Mark.OFF),
        fact("late", "逾期未记项", marks[Mark.LATE], mark=Mark.LATE),
    ]


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
        fact("spent", "活动支出", totals.spent, "元"),
    ]  # fmt: skip


def breakdowns(key: str, period: Period) -> list[Breakdown]:
    """The figure in parts: by month and by field of work; a rate as what it is made from."""
    if key in MEASURES:
        return _activities_in_parts(period, *MEASURES[key])
    rows = _items(period)
    if key in ITEMS_MARKED:
        mark = ITEMS_MARKED[key]
        return _items_in_parts([row for row in rows if mark is None or row.mark == mark])
    done = marks_counted(rows)[Mark.DONE]
    return [Breakdown("怎么算", "项", (("已完成项", done), ("计划项", len(rows))))]


def _items_in_parts(rows: list[ItemRow]) -> list[Breakdown]:
    return [
        in_months("项", ((row.origin, 1) for row in rows)),
        in_kinds("按板块", "项", Field, ((row.field, 1) for row in rows)),
    ]


def _activities_in_parts(period: Period, unit: str, measure) -> list[Breakdown]:
    rows = _activities(period).order_by().values("field", month=TruncMonth("day"))
    rows = list(rows.annotate(value=measure))
    return [
        in_months(unit, ((row["month"], row["value"]) for row in rows)),
        in_kinds("按板块", unit, Field, ((row["field"], row["value"]) for row in rows)),
    ]


def spent_by_groups(period: Period) -> dict[int, GroupSpending]:
    """Of the groups that held something in the period; one query."""
    rows = _activities(period).filter(group__isnull=False).order_by().values_list("group")
    rows = rows.annotate(total=Sum("spent"), held=Count("pk"), known=Count("spent"))
    return {
        group: GroupSpending(spent or Decimal(0), held, held - known)
        for group, spent, held, known in rows
    }


def _totals_by_field(period: Period) -> dict[str, Totals]:
    names = [field.name for field in fields(Totals)]
    measures = [MEASURES[f"activities.{name}"][1] for name in names]
    rows = _activities(period).order_by().values_list("field")
    rows = rows.annotate(
        **{f"total_{name}": one for name, one in zip(names, measures, strict=True)}
    )
    return {field: Totals(**dict(zip(names, sums, strict=True))) for field, *sums in rows}


def _field_rows(period: Period, rows: list[ItemRow], held: dict[str, Totals]) -> list[FieldRow]:
    planned = Counter(row.field for row in rows)
    done = Counter(row.field for row in rows if row.mark == Mark.DONE)
    return [
        _field_row(field, period, planned[field], done[field], held.get(field, NOTHING_HELD))
        for field in Field
        if planned[field] or field in held
    ]


def _field_row(field: Field, period: Period, planned: int, done: int, totals: Totals) -> FieldRow:
    def fact(name: str, label: str, value, unit: str, **filters) -> Fact:
        list_name = "plan_item_list" if unit == "项" else "activity_list"
        source = list_url(f"activities:{list_name}", period, field=field, **filters)
        return Fact(f"activities.{name}.{field}", f"{field.label}{label}", value, unit, source)

    return FieldRow(
        label=field.label,
        planned=fact("planned", "计划项", planned, "项"),
        done=fact("done", "完成项", done, "项", mark=Mark.DONE),
        held=fact("held", "活动场次", totals.held, "场"),
        attendance=fact("attendance", "参加人次", totals.attendance, "人次"),
    )


def _month_row(year: int, month: int, rows: list[ItemRow]) -> MonthRow:
    own = [row for row in rows if (row.origin.year, row.origin.month) == (year, month)]
    return MonthRow(
        year, month, tuple(row.text for row in own), tuple(outcome_of(row) for row in own)
    )


def outcome_of(row: ItemRow) -> str:
    """What became of an item, in a few words: 已完成（3月6日）, 延至12月, 已取消. The year is named
    only where it isn't the year that the item was planned for."""
    year = f"{row.origin.year}年"
    if row.mark == Mark.DONE:
        return f"已完成（{when_text(row.record_day, row.record_precision).removeprefix(year)}）"
    if row.mark == Mark.MOVED:
        return f"延至{when_text(row.first_month, 'month').removeprefix(year)}"
    return row.mark.label


def highlights(period: Period) -> list[str]:
    """The sentences that were marked for the summary, in the order of the days."""
    marked = _activities(period).filter(is_highlight=True)
    return list(marked.order_by("day", "pk").values_list("highlight", flat=True))


def _items(period: Period) -> list[ItemRow]:
    return item_rows(items_planned_in(period), timezone.localdate())


def _activities(period: Period):
    return Activity.objects.standing().in_period(period)


def _together(totals: Collection[Totals]) -> Totals:
    """A sum that none of them has is None."""
    sums = {}
    for field in fields(Totals):
        known = [value for one in totals if (value := getattr(one, field.name)) is not None]
        sums[field.name] = sum(known) if known else getattr(NOTHING_HELD, field.name)
    return Totals(**sums)
