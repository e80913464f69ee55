"""学习培训, outside competitions, checks and drills as tables."""

from collections.abc import Iterator

from django.db.models import QuerySet

from activities.choices import field_label
from activities.models import Activity, ContestStage
from unionoffice.exports import TableExport
from unionoffice.periods import Period, iso_date


class StudyRegister(TableExport):
    columns = (
        "日期",
        "活动",
        "形式",
        "内容",
        "主讲",
        "板块",
        "几期",
        "学时",
        "参加人数",
        "文章、答卷",
        "结果",
        "地点",
    )

    def __init__(self, rows: QuerySet[Activity], period: Period):
        self.found, self.title = rows, f"学习培训一览_{period.label}"

    def rows(self) -> Iterator[list]:
        for row in self.found:
            study = getattr(row, "study", None)
            yield [
                iso_date(row.day, row.precision),
                row.title,
                study and study.get_form_display(),
                study and study.topic,
                study and study.teacher,
                field_label(row.field),
                study and study.courses,
                study and study.hours,
                row.headcount,
                study and study.papers,
                study and study.result,
                row.place,
            ]


class ContestRegister(TableExport):
    columns = ("日期", "比赛", "哪一级", "主办", "谁参加", "成绩", "获奖")

    def __init__(self, rows: QuerySet[ContestStage], period: Period):
        self.found, self.title = rows, f"校外比赛一览_{period.label}"

    def rows(self) -> Iterator[list]:
        for stage in self.found:
            activity = stage.activity
            yield [
                stage.day or iso_date(activity.day, activity.precision),
                activity.title,
                stage.get_level_display(),
                stage.host,
                stage.team,
                stage.result,
                "是" if stage.awarded else "",
            ]


class CheckRegister(TableExport):
    columns = (
        "日期",
        "活动",
        "哪一类",
        "谁检查",
        "查了哪里",
        "发现的问题",
        "哪天整改好",
        "结论",
        "参加人数",
    )

    def __init__(self, rows: QuerySet[Activity], period: Period):
        self.found, self.title = rows, f"安全和检查一览_{period.label}"

    def rows(self) -> Iterator[list]:
        for row in self.found:
            check = getattr(row, "check_result", None)
            yield [
                iso_date(row.day, row.precision),
                row.title,
                row.get_kind_display(),
                check and check.checked_by,
                check and check.scope,
                check and check.problems,
                check and (check.mended_on or ("没整改好" if check.problems else None)),
                check and check.result,
                row.headcount,
            ]
