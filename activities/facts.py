"""The numbers of plans and activities for a period, and the tables and sentences made from them."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.utils import timezone

from activities.choices import Field, Mark
from activities.models import Activity
from activities.queries import (
    ItemRow,
    Totals,
    item_rows,
    items_planned_in,
    marks_counted,
    totals_of,
)
from activities.rules import when_text
from unionoffice.facts import Fact, count_or_none, list_url, percent
from unionoffice.periods import Period

NOTHING_HELD = {"held": 0, "attendance": None}


@dataclass(frozen=True)
class FieldRow:
    """What one field of work comes to. `attendance` is missing when nobody was counted."""

    label: str
    planned: Fact
    done: Fact
    held: Fact
    attendance: Fact


@dataclass(frozen=True)
class MonthRow:
    """One month's line in a report table: the items planned for it and what became of each."""

    year: int
    month: int
    items: tuple[str, ...]
    outcomes: tuple[str, ...]


def facts(period: Period) -> list[Fact]:
    """Everything this app tells reports in numbers."""
    return [*plan_facts(period, _items(period)), *activity_facts(period, _totals(period))]


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


def by_field(period: Period) -> list[FieldRow]:
    """The fields of work that have an item or an activity, in the order of the choices."""
    rows = _items(period)
    planned = Counter(row.field for row in rows)
    done = Counter(row.field for row in rows if row.mark == Mark.DONE)
    held = {
        row.pop("field"): row
        for row in _activities(period)
        .order_by()
        .values("field")
        .annotate(held=Count("pk"), attendance=Sum("headcount"))
    }
    return [
        _field_row(
            Field(field), period, planned[field], done[field], **held.get(field, NOTHING_HELD)
        )
        for field in Field.values
        if planned[field] or field in held
    ]


def _field_row(
    field: Field, period: Period, planned: int, done: int, held: int, attendance: int | None
) -> FieldRow:
    def fact(name: str, label: str, value, unit: str, **filters) -> Fact:
        list_name = "plan_item_list" if unit == "项" else "activity_list"
        source = list_url(f"activities:{list_name}", period, field=field, **filters)
        return Fact(f"activities.{name}.{field}", f"{field.label}{label}", value, unit, source)

    return FieldRow(
        label=field.label,
        planned=fact("planned", "计划项", planned, "项"),
        done=fact("done", "完成项", done, "项", mark=Mark.DONE),
        held=fact("held", "活动场次", held, "场"),
        attendance=fact("attendance", "参加人次", attendance, "人次"),
    )


def by_month(period: Period) -> list[MonthRow]:
    """Every month of the period with its items; a postponed item stays with its first month."""
    rows = _items(period)
    return [_month_row(year, month, rows) for year, month in period.months()]


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


def _totals(period: Period) -> Totals:
    return totals_of(_activities(period))
