"""会籍变动表: who came, went, how, from and to where, within a period."""

from collections.abc import Iterator, Sequence

from members.queries.changes import MembershipChange
from unionoffice.exports import TableExport
from unionoffice.periods import Period, iso_date


class MembershipChanges(TableExport):
    """`departments`: member key -> the department that each was in last."""

    columns = ("日期", "姓名", "工号", "性别", "部门", "变动", "转自、转到的工会", "说明")

    def __init__(
        self, changes: Sequence[MembershipChange], departments: dict[int, str], period: Period
    ):
        self.changes, self.departments = changes, departments
        self.title = f"会籍变动表_{period.code}"

    def rows(self) -> Iterator[tuple]:
        for change in self.changes:
            member = change.member
            yield (
                iso_date(change.day, change.precision),
                member.name,
                member.staff_no,
                member.get_gender_display(),
                self.departments.get(member.pk),
                change.what,
                change.union,
                change.note,
            )
