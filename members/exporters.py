"""The roster out of the office, the empty table to fill in, and the rows that were not taken."""

from collections.abc import Iterable, Iterator
from datetime import date

from members.choices import EmploymentStatus, Gender, MembershipStatus
from members.importers import RosterPlan
from unionoffice.exports import TableExport
from unionoffice.periods import iso_date

GENDERS = dict(Gender.choices)
STATUSES = dict(MembershipStatus.choices)
EMPLOYMENTS = dict(EmploymentStatus.choices)


class MemberRegister(TableExport):
    """`rows_of_roster` are values of queries.ROSTER_COLUMNS; `day` is the one they tell of."""

    columns = (
        "工号",
        "姓名",
        "性别",
        "出生日期",
        "部门",
        "工会小组",
        "政治面貌",
        "民族",
        "职称",
        "职务",
        "在岗情况",
        "会籍",
        "入会时间",
        "手机",
    )

    def __init__(self, rows_of_roster: Iterable[dict], day: date):
        self.rows_of_roster = rows_of_roster
        self.title = f"会员名册_{day}"

    def rows(self) -> Iterator[tuple]:
        for row in self.rows_of_roster:
            yield (
                row["staff_no"],
                row["name"],
                GENDERS.get(row["gender"]),
                iso_date(row["birth"], row["birth_precision"]),
                row["department_name"],
                row["group_name"],
                row["party"],
                row["ethnicity"],
                row["title"],
                row["post"],
                EMPLOYMENTS.get(row["employment_status"]),
                STATUSES.get(row["membership_status"]),
                iso_date(row["joined"], row["joined_precision"]),
                row["phone"],
            )


class RosterTemplate(TableExport):
    """An empty roster whose headings the reader understands."""

    title = "会员名册模板"
    columns = (
        "工号",
        "姓名",
        "性别",
        "出生日期",
        "民族",
        "政治面貌",
        "部门",
        "工会小组",
        "职称",
        "职务",
        "人员状态",
        "入会时间",
        "手机",
        "备注",
    )

    def rows(self) -> Iterator[tuple]:
        return iter(())


class RowsLeftOut(TableExport):
    """`rows_left_out`: (sheet, row, name, reason)."""

    columns = ("工作表", "行", "姓名", "为什么没导入")

    def __init__(self, file_name: str, rows_left_out: Iterable[tuple]):
        self.title = f"没导入的行_{file_name.rsplit('.', 1)[0]}"
        self.rows_left_out = rows_left_out

    def rows(self) -> Iterator[tuple]:
        return iter(self.rows_left_out)


def left_out(plan: RosterPlan) -> list[tuple[str, int, str, str]]:
    """Held and rejected rows, in the file's order."""
    held = [(p.row.sheet, p.row.row, p.row.name, p.reason) for p in plan.rows if p.reason]
    return sorted([*held, *((r.sheet, r.row, r.name, r.reason) for r in plan.rejected)])
