"""Who is to come and who came: the sheet to sign on, the list of names, the period as a table."""

from collections.abc import Iterable, Iterator, Sequence

from activities.models import Activity, Participation
from members.exporters import sheets
from unionoffice.documents.sheets import Box, Grid, Paper, Row, Sheet
from unionoffice.documents.sheets_docx import paper_docx
from unionoffice.documents.sheets_pdf import paper_pdf
from unionoffice.exports import TableExport
from unionoffice.models import Office
from unionoffice.periods import Period

SHEET = "sheet"  # the one to sign on
RENDERERS = {"docx": paper_docx, "pdf": paper_pdf}
NO_GROUP = "没有编组"
NAME_COLUMNS = (
    ("序号", 8),
    ("姓名", 18),
    ("工会小组", 28),
    ("到没到", 14),
    ("签到时间", 16),
    ("做什么", 20),
    ("备注", 24),
)
HEADS = ("应到", "到", "请假", "未到")


def paper_file(
    activity: Activity, people: Sequence[Participation], file_format: str, what: str
) -> tuple[bytes, str]:
    """(content, name): the sheet to sign on, by group, or the list of names with who came."""
    if what == SHEET:
        sheet = sheets.sign_in(map(_line, people), f"{activity}签到表", ["group_name"], True)
        return sheets.sheet_file(sheet, file_format), f"{activity}签到表"
    paper = _names(activity, people)
    return RENDERERS[file_format](paper), paper.name


def _line(row: Participation) -> dict:
    group = str(row.group) if row.group else ""
    return {"name": row.member.name, "group_name": group, "department_name": "", "staff_no": ""}


def _names(activity: Activity, people: Sequence[Participation]) -> Paper:
    head = Row(tuple(Box(name, label=True) for name, _ in NAME_COLUMNS), 9)
    rows = (Row(tuple(map(Box, map(str, line))), 8) for line in _name_lines(people))
    came = [row.attendance for row in people]
    counts = (len(people), *(came.count(mark) for mark in ("present", "leave", "absent")))
    told = "　".join(f"{word} {n}" for word, n in zip(HEADS, counts, strict=True))
    sheet = Sheet(
        title=f"{activity}参加名单",
        left=f"{activity.when_text}　{activity.place}",
        right=told if any(came) else f"共 {len(people)} 人",
        grid=Grid(tuple(width for _, width in NAME_COLUMNS), (head, *rows), heads=1, size=10.5),
    )
    author = Office.objects.get().union_name
    name = f"{activity}参加名单"
    return Paper(name=name, sheets=(sheet,), author=author, date=activity.day, numbered=True)


def _name_lines(people: Iterable[Participation]) -> Iterator[list]:
    for number, row in enumerate(people, start=1):
        yield [
            number,
            row.member.name,
            str(row.group or NO_GROUP),
            row.get_attendance_display(),
            row.signed_in_text,
            row.duty,
            row.note,
        ]


class NameList(TableExport):
    """参加名单 of one activity."""

    columns = tuple(name for name, _ in NAME_COLUMNS)

    def __init__(self, activity: Activity, people: Iterable[Participation]):
        self.people = people
        self.title = f"{activity}参加名单"

    def rows(self) -> Iterator[list]:
        yield from _name_lines(self.people)


class AttendanceRegister(TableExport):
    """参加情况 of each person in a period; `rows`: of queries.attendance_by_member."""

    columns = ("姓名", "工会小组", *HEADS, "没记")

    def __init__(self, rows: Iterable[dict], period: Period):
        self.found = rows
        self.title = f"参加情况_{period.label}"

    def rows(self) -> Iterator[list]:
        for row in self.found:
            yield [row["name"], row["group_name"] or NO_GROUP, *_counts(row)]


class GroupRegister(TableExport):
    columns = ("工会小组", *HEADS, "没记", "来过的人数")

    def __init__(self, rows: Iterable[dict], period: Period):
        self.found = rows
        self.title = f"各小组参加情况_{period.label}"

    def rows(self) -> Iterator[list]:
        for row in self.found:
            yield [row["name"] or NO_GROUP, *_counts(row), row["people"]]


def _counts(row: dict) -> list[int]:
    counts = [row[name] for name in ("expected", "present", "leave", "absent")]
    return [*counts, counts[0] - sum(counts[1:])]
