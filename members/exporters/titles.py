"""职称评审 as a table."""

from collections.abc import Iterable, Iterator, Mapping

from members.models import TitleGrant
from unionoffice.exports import TableExport
from unionoffice.periods import Period, iso_date


class TitleRegister(TableExport):
    columns = ("工号", "姓名", "部门", "评上什么职称", "哪天", "文号")

    def __init__(
        self, grants: Iterable[TitleGrant], departments: Mapping[int, str], period: Period
    ):
        self.grants, self.departments = grants, departments
        self.title = f"职称评审通过_{period.label}"

    def rows(self) -> Iterator[tuple]:
        for one in self.grants:
            department = self.departments.get(one.member_id, "")
            day = iso_date(one.day, one.precision)
            whose = one.member.staff_no, one.member.name, department
            yield *whose, one.title, day, one.document_number
