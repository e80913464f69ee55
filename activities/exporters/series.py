"""Clubs and what comes again and again, as tables."""

from collections.abc import Iterable, Iterator

from activities.models import Series
from activities.queries.series import Regular, SeriesRow
from unionoffice.exports import TableExport
from unionoffice.periods import Period


class SeriesTable(TableExport):
    """The rows of the list as it is filtered."""

    columns = (
        "名称",
        "种类",
        "板块",
        "什么时候",
        "地点",
        "负责人",
        "哪天开始",
        "哪天停办",
        "现有人数",
        "应办",
        "已办",
        "没有记的",
        "记了几次",
        "参加人次",
        "最近一次",
    )

    def __init__(self, found: Iterable[SeriesRow], period: Period):
        self.found = found
        self.title = f"社团和定期活动_{period.label}"

    def rows(self) -> Iterator[list]:
        for row in self.found:
            one, due = row.series, row.round
            yield [
                one.name,
                one.get_kind_display(),
                one.field_label,
                one.when_text,
                one.place,
                one.leader and one.leader.name,
                one.start,
                one.end,
                row.people,
                due.due or None,
                due.held if due.due else None,
                len(due.missed) if due.due else None,
                row.met,
                row.attendance,
                row.latest,
            ]


class AttendanceTable(TableExport):
    """Who came how often to the meetings of one series."""

    columns = ("姓名", "来了", "请假", "未到", "名单上几次")

    def __init__(self, series: Series, found: Iterable[Regular], period: Period):
        self.found = found
        self.title = f"{series}出勤_{period.label}"

    def rows(self) -> Iterator[list]:
        for one in self.found:
            yield [one.name, one.came, one.leave, one.absent, one.asked]
