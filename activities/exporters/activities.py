"""Lists out of the office."""

from collections.abc import Iterator
from datetime import date, time

from django.db.models import QuerySet

from activities.choices import field_label
from activities.models import Activity
from unionoffice.exports import TableExport
from unionoffice.periods import Period, iso_date


class ActivityRegister(TableExport):
    """活动记录: the rows of the list as it is filtered."""

    columns = (
        "日期",
        "活动",
        "板块",
        "哪个小组办的",
        "地点",
        "参加人数",
        "花费（元）",
        "计划事项",
        "结果",
        "亮点",
        "记录人",
    )

    def __init__(self, activities: QuerySet[Activity], period: Period):
        self.activities = activities
        self.title = f"活动记录_{period.label}"

    def rows(self) -> Iterator[list]:
        found = self.activities.values_list(
            "day",
            "precision",
            "time",
            "last_day",
            "title",
            "field",
            "group__name",
            "place",
            "headcount",
            "spent",
            "plan_item__text",
            "outcome",
            "highlight",
            "recorded_by__member__name",
        )
        for day, precision, at, until, title, field, *rest in found.iterator():
            rest[4] = rest[4] or "计划外"
            yield [_when(day, precision, at, until), title, field_label(field), *rest]


def _when(day: date, precision: str, at: time | None, until: date | None) -> str:
    """2026-03, 2026-03-08, 2026-03-08 16:30, 2026-03-08至2026-03-10: as in the other tables."""
    text = iso_date(day, precision)
    if at is not None:
        text += f" {at:%H:%M}"
    return text if until in (None, day) else f"{text}至{until}"
