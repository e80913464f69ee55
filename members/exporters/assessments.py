"""考核 as a table: one line each, with the goals in one cell."""

from collections.abc import Iterable, Iterator

from members.models import Assessment
from members.rules.assessments import written
from unionoffice.exports import TableExport


class AssessmentRegister(TableExport):
    title = "考核记录"
    columns = (
        "工号", "考核谁", "种类", "考核什么", "哪一期", "结果", "总分", "哪天考核的", "由谁考核", "目标和完成情况",
    )  # fmt: skip

    def __init__(self, assessments: Iterable[Assessment]):
        self.assessments = assessments

    def rows(self) -> Iterator[tuple]:
        for each in self.assessments:
            yield (
                each.member and each.member.staff_no,
                each.whose,
                each.get_of_display(),
                each.topic,
                each.period.label,
                each.result,
                each.total,
                each.assessed_on,
                each.assessed_by,
                written(each.goals),
            )
