"""Lists out of the office."""

from collections.abc import Iterator
from datetime import date, time

from django.db.models import F, QuerySet

from activities.models import Activity, Prize
from activities.queries import prizes_by_activity
from unionoffice.exports import TableExport
from unionoffice.periods import Period, iso_date

LESSONS = {True: "占用课时", False: "利用业余时间", None: ""}


class ActivityRegister(TableExport):
    """活动记录: the rows of the list as it is filtered."""

    columns = (
        "日期",
        "活动",
        "板块",
        "哪一类",
        "哪个小组办的",
        "社团或定期活动",
        "主办",
        "协办",
        "对象",
        "地点",
        "占不占课时",
        "参加人数",
        "名册以外的人",
        "预算（元）",
        "花费（元）",
        "计划事项",
        "结果",
        "获奖",
        "亮点",
        "写入总结",
        "记录人",
    )

    def __init__(self, activities: QuerySet[Activity], period: Period):
        self.activities = activities
        self.title = f"活动记录_{period.label}"

    def rows(self) -> Iterator[list]:
        """Two queries: the activities, and the prizes of all of them."""
        found = list(
            self.activities.select_related("group", "series", "venue", "plan_item").annotate(
                recorder=F("recorded_by__member__name")
            )
        )
        prizes = prizes_by_activity(activity.pk for activity in found)
        for activity in found:
            yield self._row(activity, prizes.get(activity.pk, []))

    def _row(self, activity: Activity, prizes: list[Prize]) -> list:
        return [
            _when(activity.day, activity.precision, activity.time, activity.last_day),
            activity.title,
            activity.field_label,
            activity.get_kind_display(),
            activity.group and activity.group.name,
            activity.series and activity.series.name,
            activity.organiser,
            activity.co_organisers,
            activity.audience,
            activity.place or (activity.venue and activity.venue.name),
            LESSONS[activity.in_lessons],
            activity.headcount,
            activity.guests,
            activity.budget,
            activity.spent,
            _planned(activity),
            activity.outcome,
            "；".join(f"{prize} {prize.winner_text}".strip() for prize in prizes),
            activity.highlight,
            "是" if activity.is_highlight else "",
            activity.recorder,
        ]


def _planned(activity: Activity) -> str:
    """The item; where there is none, the word of the list."""
    if activity.plan_item:
        return activity.plan_item.text
    return "定期" if activity.series_id else "计划外"


def _when(day: date, precision: str, at: time | None, until: date | None) -> str:
    """2026-03, 2026-03-08, 2026-03-08 16:30, 2026-03-08至2026-03-10: as in the other tables."""
    text = iso_date(day, precision)
    if at is not None:
        text += f" {at:%H:%M}"
    return text if until in (None, day) else f"{text}至{until}"
