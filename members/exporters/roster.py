"""The roster out of the office and the rows that were not taken."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from members.choices import Contract, EmploymentStatus, Gender, MembershipStatus, RetirementLine
from members.importers import RosterPlan
from unionoffice.exports import TableExport
from unionoffice.periods import iso_date

GENDERS = dict(Gender.choices)
STATUSES = dict(MembershipStatus.choices)
EMPLOYMENTS = dict(EmploymentStatus.choices)
CONTRACTS = dict(Contract.choices)
LINES = dict(RetirementLine.choices)
YES_OR_NO = {True: "是", False: "否"}


@dataclass(frozen=True)
class Column:
    """Under `heading` stands what `value` makes of a row (values of queries.EXPORT_COLUMNS). The
    reader of rosters knows each heading: what went out comes in again unchanged."""

    heading: str
    value: Callable[[dict], object]


def _plain(heading: str, column: str) -> Column:
    return Column(heading, itemgetter(column))


def _word(heading: str, column: str, words: dict) -> Column:
    return Column(heading, lambda row: words.get(row[column]))


def _day(heading: str, column: str) -> Column:
    return Column(heading, lambda row: iso_date(row[column], row[f"{column}_precision"]))


COLUMNS = {
    "staff_no": _plain("工号", "staff_no"),
    "name": _plain("姓名", "name"),
    "gender": _word("性别", "gender", GENDERS),
    "birth": _day("出生日期", "birth"),
    "department": _plain("部门", "department_name"),
    "group": _plain("工会小组", "group_name"),
    "party": _plain("政治面貌", "party"),
    "ethnicity": _plain("民族", "ethnicity"),
    "title": _plain("职称", "title"),
    "post": _plain("职务", "post"),
    "employment": _word("在岗情况", "employment_status", EMPLOYMENTS),
    "status": _word("会籍", "membership_status", STATUSES),
    "joined": _day("入会时间", "joined"),
    "phone": _plain("手机", "phone"),
    "campus": _plain("校区", "campus"),
    "is_teacher": _word("专任教师", "is_teacher", YES_OR_NO),
    "contract": _word("用工形式", "contract", CONTRACTS),
    "education": _plain("学历", "education"),
    "work_began": _day("参加工作时间", "work_began"),
    "arrived": _day("到校时间", "arrived"),
    "retirement_line": _word("退休类别", "retirement_line", LINES),
    "card_no": _plain("会员证号", "card_no"),
    "hobbies": _plain("特长爱好", "hobbies"),
    "area": _plain("居住片区", "area"),
    "note": _plain("备注", "note"),
}
# what is taken along as long as nobody chose
USUAL_COLUMNS = tuple(COLUMNS)[:14]


class MemberRegister(TableExport):
    """`rows_of_roster` are values of queries.EXPORT_COLUMNS; `day` is the one they tell of. `keys`
    of COLUMNS, in their own order; those that no longer are columns are passed over."""

    def __init__(self, rows_of_roster: Iterable[dict], day: date, keys: Collection[str] = ()):
        self.rows_of_roster = rows_of_roster
        self.title = f"会员名册_{day}"
        chosen = [COLUMNS[key] for key in COLUMNS if key in (keys or USUAL_COLUMNS)]
        self.columns = tuple(column.heading for column in chosen)
        self._values = [column.value for column in chosen]

    def rows(self) -> Iterator[tuple]:
        for row in self.rows_of_roster:
            yield tuple(value(row) for value in self._values)


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
