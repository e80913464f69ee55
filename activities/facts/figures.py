"""The figures of plans and activities side by side: by field of work, by month, by group, by level.
Each leads to the rows that make it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from activities.choices import Mark, StudyForm, field_label
from activities.facts.held import (
    SUMS,
    activities_of,
    average,
    came_in,
    in_field_order,
    together,
)
from activities.facts.kinds import LevelRow
from activities.facts.parts import NO_FORM, NO_GROUP, STUDY_MEASURES
from activities.facts.places import PlaceRow
from activities.facts.plans import items_of
from activities.models import Activity
from activities.queries import ItemRow, Totals, marks_counted
from activities.queries.kinds import studies
from unionoffice.facts import Fact, count_or_none, list_url, percent
from unionoffice.periods import Period, Precision, chinese_date

PLANNED = {
    "planned": ("计划", "项", {}),
    "done": ("已完成", "项", {"mark": Mark.DONE}),
    "rate": ("完成率（%）", "%", {}),
    "postponed": ("延期", "项", {"mark": Mark.MOVED}),
    "cancelled": ("取消", "项", {"mark": Mark.OFF}),
    "late": ("逾期未记", "项", {"mark": Mark.LATE}),
    "added": ("临时增加", "项", {"late": "yes"}),
}
HELD = {
    "held": ("场次", "场", {}),
    "unplanned": ("计划外", "场", {"planned": "no"}),
    "attendance": ("人次", "人次", {}),
    "average": ("平均每场", "人", {}),
    "people": ("到过的人", "人", {}),
    "spent": ("支出（元）", "元", {}),
}
STUDIED = ("场次", "期数", "人次", "学时", "文章和答卷")
LEVELS = {"stages": "比赛", "awards": "比赛获奖", "honours": "荣誉"}


@dataclass(frozen=True)
class FigureRow:
    """None stands where there is nothing that the figure could be of."""

    label: str
    facts: tuple[Fact | None, ...]


@dataclass(frozen=True)
class FigureTable:
    title: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True)
class _Part:
    """One field, month or group: how it is called, and how lists are asked for it alone."""

    code: str
    label: str
    items: Callable[..., str] | None
    activities: Callable[..., str] | None
    people: Callable[..., str] | None


@dataclass(frozen=True)
class _Held:
    """What was held in one field in one month by one group."""

    field: str
    month: date
    group: int | None
    group_name: str | None
    group_order: int | None
    totals: Totals


def figure_tables(
    period: Period, levels: list[LevelRow], places: list[PlaceRow]
) -> list[FigureTable]:
    """Seven queries; those without a row are left out."""
    items, held = items_of(period), _held_in(period)
    fields = [_field_part(field, period) for field in in_field_order(_fields(items, held))]
    months = [_month_part(year, month, period) for year, month in _begun(period)]
    planned = [_month_part(year, month, period) for year, month in period.months()]
    tables = [
        _planned_table("板块", fields, _parted(items, lambda row: row.field)),
        _planned_table("月份", planned, _parted(items, lambda row: _code(row.origin))),
        _held_table("板块", fields, _parted(held, lambda one: one.field), _came(period, "field")),
        _held_table(
            "月份", months, _parted(held, lambda one: _code(one.month)), _came(period, "month")
        ),
        _held_table(
            "小组",
            _group_parts(held, period),
            _parted(held, lambda one: str(one.group or "")),
            _came(period, "group"),
        ),
        _study_table(period),
        _level_table(levels),
        _place_table(places),
    ]
    return [table for table in tables if table.rows]


# ------------------------------------------------------------------ parts
def _fields(items: list[ItemRow], held: list[_Held]) -> set[str]:
    return {row.field for row in items} | {one.field for one in held}


def _field_part(field: str, period: Period) -> _Part:
    return _Part(
        field,
        field_label(field),
        items=_asking("plan_item_list", period, field=field),
        activities=_asking("activity_list", period, field=field),
        people=_asking("attendance_list", period, field=field, came="yes"),
    )


def _month_part(year: int, month: int, period: Period) -> _Part:
    first, own = date(year, month, 1), Period.month(year, month)
    return _Part(
        _code(first),
        chinese_date(first, Precision.MONTH),
        items=_asking("plan_item_list", period, month=_code(first)),
        activities=_asking("activity_list", own),
        people=_asking("attendance_list", own, came="yes"),
    )


def _group_parts(held: list[_Held], period: Period) -> list[_Part]:
    """In their order; what no group held stands last and has no list of its own."""
    held = sorted(held, key=lambda one: (one.group is None, one.group_order, one.group))
    groups = {str(one.group or ""): one.group_name or NO_GROUP for one in held}
    return [
        _Part(
            code or "none",
            name,
            items=None,
            activities=_asking("activity_list", period, group=code) if code else None,
            people=None,
        )
        for code, name in groups.items()
    ]


def _begun(period: Period) -> list[tuple[int, int]]:
    today = timezone.localdate()
    return [month for month in period.months() if month <= (today.year, today.month)]


def _code(day: date) -> str:
    return f"{day:%Y-%m}"


def _asking(name: str, period: Period, **part: str) -> Callable[..., str]:
    return lambda **beside: list_url(f"activities:{name}", period, **part, **beside)


def _parted(rows: Iterable, code_of: Callable) -> dict[str, list]:
    parted: dict[str, list] = {}
    for row in rows:
        parted.setdefault(code_of(row), []).append(row)
    return parted


# ------------------------------------------------------------------ what was planned
def _planned_table(head: str, parts: list[_Part], items: dict[str, list]) -> FigureTable:
    rows = tuple(_planned_row(part, items[part.code]) for part in parts if part.code in items)
    return FigureTable(f"计划，按{head}", head, _heads(PLANNED), rows)


def _planned_row(part: _Part, items: list[ItemRow]) -> FigureRow:
    marks, planned = marks_counted(items), len(items)
    values = {
        "planned": planned,
        "done": marks[Mark.DONE],
        "rate": percent(marks[Mark.DONE], planned),
        "postponed": marks[Mark.MOVED],
        "cancelled": marks[Mark.OFF],
        "late": marks[Mark.LATE],
        "added": sum(row.added_late for row in items),
    }
    facts = (_fact(part, name, PLANNED, value, part.items) for name, value in values.items())
    return FigureRow(part.label, tuple(facts))


def _heads(columns: dict) -> tuple[str, ...]:
    return tuple(label for label, *_ in columns.values())


def _fact(part: _Part, name: str, columns: dict, value, asked: Callable | None) -> Fact:
    label, unit, filters = columns[name]
    source = asked(**filters) if asked else ""
    named = f"{part.label}{label.partition('（')[0]}"
    return Fact(f"activities.{name}.{part.code}", named, value, unit, source)


# ------------------------------------------------------------------ what was held
def _held_in(period: Period) -> list[_Held]:
    rows = activities_of(period).order_by().annotate(month=TruncMonth("day"))
    rows = rows.values_list("field", "month", "group", "group__name", "group__order")
    rows = rows.annotate(**{f"total_{name}": measure for name, measure in SUMS.items()})
    return [_Held(*row[:5], Totals(**dict(zip(SUMS, row[5:], strict=True)))) for row in rows]


def _came(period: Period, part: str) -> dict[str, int]:
    """How many different people came, by field, month or group that held it; one query."""
    rows = came_in(period).annotate(month=TruncMonth("activity__day"))
    name = part if part == "month" else f"activity__{part}"
    rows = rows.values_list(name).annotate(Count("member", distinct=True))
    return {_code(key) if part == "month" else str(key or ""): people for key, people in rows}


def _held_table(
    head: str, parts: list[_Part], held: dict[str, list[_Held]], came: dict[str, int]
) -> FigureTable:
    rows = []
    for part in parts:
        code = "" if part.code == "none" else part.code
        totals = together([one.totals for one in held.get(code, ())])
        rows.append(_held_row(part, totals, came.get(code)))
    return FigureTable(f"活动，按{head}", head, _heads(HELD), tuple(rows) if held else ())


def _held_row(part: _Part, totals: Totals, people: int | None) -> FigureRow:
    values = {
        "held": count_or_none(totals.held),
        "unplanned": totals.unplanned,
        "attendance": totals.attendance,
        "average": average(totals),
        "people": people,
        "spent": totals.spent,
    }
    asked = {"people": part.people}
    facts = [
        _fact(part, name, HELD, value, asked.get(name, part.activities))
        for name, value in values.items()
    ]
    return FigureRow(part.label, tuple(facts if totals.held else [facts[0], *[None] * 5]))


# ------------------------------------------------------------------ study, levels, places
def _study_table(period: Period) -> FigureTable:
    """By form, what says none last."""
    rows = studies(Activity.objects.all(), period=period).order_by().values_list("study__form")
    names = {name: measure for name, (_, measure) in STUDY_MEASURES.items()}
    rows = rows.annotate(**{f"total_{n}": one for n, one in enumerate(names.values())})
    known = {form or "": values for form, *values in rows}
    return FigureTable(
        "学习培训，按形式",
        "形式",
        STUDIED,
        tuple(
            _study_row(form, known[form], period)
            for form in [*StudyForm.values, ""]
            if form in known
        ),
    )


def _study_row(form: str, values: list, period: Period) -> FigureRow:
    label = StudyForm(form).label if form else NO_FORM
    source = list_url("activities:study_list", period, form=form) if form else ""
    facts = (
        Fact(f"{key}.{form or 'none'}", f"{label}{column}", value, unit, source)
        for (key, (unit, _)), column, value in zip(
            STUDY_MEASURES.items(), STUDIED, values, strict=True
        )
    )
    return FigureRow(label, tuple(facts))


def _place_table(places: list[PlaceRow]) -> FigureTable:
    rows = tuple(
        FigureRow(row.label, (row.uses, row.people if row.uses.value else None)) for row in places
    )
    return FigureTable("阵地使用", "阵地", ("次数", "人次"), rows)


def _level_table(levels: list[LevelRow]) -> FigureTable:
    rows = tuple(
        FigureRow(level.label, tuple(getattr(level, name) for name in LEVELS)) for level in levels
    )
    return FigureTable("比赛和荣誉，按级别", "级别", tuple(LEVELS.values()), rows)
