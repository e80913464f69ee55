"""What was planned and what became of it."""

from dataclasses import dataclass

from django.utils import timezone

from activities.choices import Mark
from activities.queries import ItemRow, item_rows, items_planned_in, marks_counted
from activities.rules import when_text
from unionoffice.facts import Fact, list_url, percent
from unionoffice.periods import Period

ITEMS_MARKED = {
    "activities.planned": None,  # all of them
    "activities.done": Mark.DONE,
    "activities.postponed": Mark.MOVED,
    "activities.cancelled": Mark.OFF,
    "activities.late": Mark.LATE,
}


@dataclass(frozen=True)
class MonthRow:
    """One month's line in a report table: the items planned for it and what became of each."""

    year: int
    month: int
    items: tuple[str, ...]
    outcomes: tuple[str, ...]


def items_of(period: Period) -> list[ItemRow]:
    """Of plans that were passed. What a draft says nobody has decided: a figure that counts it
    would report to the higher union a plan that the committee may still turn down, and change with
    every line that somebody tries out. The draft's own board counts it."""
    return item_rows(items_planned_in(period), timezone.localdate())


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
        fact("added", "临时增加项", sum(row.added_late for row in rows), late="yes"),
    ]


def month_row(year: int, month: int, rows: list[ItemRow]) -> MonthRow:
    own = [row for row in rows if (row.origin.year, row.origin.month) == (year, month)]
    return MonthRow(
        year, month, tuple(row.text for row in own), tuple(outcome_of(row) for row in own)
    )


def outcome_of(row: ItemRow) -> str:
    """What became of an item, in a few words: 已完成（3月6日）, 进行中（已办 3 次）, 延至12月,
    已取消. The year is named only where it isn't the year that the item was planned for."""
    year = f"{row.origin.year}年"
    if row.going_on:
        return f"{row.mark.label}（{row.record_text}）"
    if row.rhythm and row.mark == Mark.DONE:
        return f"已完成（{row.times} 次）"
    if row.mark == Mark.DONE:
        return f"已完成（{when_text(row.record_day, row.record_precision).removeprefix(year)}）"
    if row.mark == Mark.MOVED:
        return f"延至{when_text(row.first_month, 'month').removeprefix(year)}"
    return row.mark.label
