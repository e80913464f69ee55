"""Who is to come and who came: the sheet to sign on, the list of names, the period as a table."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from activities.models import Activity, Participation
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
SHEET_COLUMNS = (("序号", 14), ("姓名", 36), ("签名", 60), ("备注", 50))
EMPTY_LINES = 5  # of the sheet, for who comes along
HEADS = ("应到", "到", "请假", "未到")


def paper_file(
    activity: Activity, people: Sequence[Participation], file_format: str, what: str
) -> tuple[bytes, str]:
    """(content, name): the sheet to sign on, by group, or the list of names with who came."""
    paper = _sheet(activity, people) if what == SHEET else _names(activity, people)
    return RENDERERS[file_format](paper), paper.name


def _sheet(activity: Activity, people: Sequence[Participation]) -> Paper:
    """When and where stand on every page, the groups follow one another, and who comes along finds
    an empty line."""
    across = len(SHEET_COLUMNS)
    heads = (
        _told("时间", _when(activity)),
        _told("地点", activity.place),
        Row(tuple(Box(name, label=True) for name, _ in SHEET_COLUMNS), 9),
    )
    rows = list(_sheet_rows(people, across))
    widths = tuple(width for _, width in SHEET_COLUMNS)
    sheet = Sheet(
        title=f"{activity}签到表",
        left=Office.objects.get().union_name,
        right=f"应到 {len(people)} 人",
        grid=Grid(widths, (*heads, *rows), heads=len(heads), size=12),
    )
    return _paper(f"{activity}签到表", sheet, activity)


def _told(word: str, text: str) -> Row:
    across = len(SHEET_COLUMNS) - 1
    return Row((Box(word, label=True), Box(text, across=across)), 8)


def _sheet_rows(people: Iterable[Participation], across: int) -> Iterator[Row]:
    number = 0
    for name, group in groupby(people, lambda row: str(row.group or NO_GROUP)):
        rows = list(group)
        yield _section(f"{name}，{len(rows)} 人", across)
        for row in rows:
            number += 1
            yield _line(str(number), row.member.name, row.duty)
    yield _section("临时来的", across)
    for _ in range(EMPTY_LINES):
        number += 1
        yield _line(str(number))


def _section(text: str, across: int) -> Row:
    return Row((Box(text, across=across, label=True, side="left"),), 8)


def _line(number: str, name: str = "", duty: str = "") -> Row:
    return Row((Box(number), Box(name), Box(), Box(duty)), 9)


def _when(activity: Activity) -> str:
    return activity.when_text + (f"–{activity.to_time:%H:%M}" if activity.to_time else "")


def _paper(name: str, sheet: Sheet, activity: Activity) -> Paper:
    author = Office.objects.get().union_name
    return Paper(name=name, sheets=(sheet,), author=author, date=activity.day, numbered=True)


def _names(activity: Activity, people: Sequence[Participation]) -> Paper:
    head = Row(tuple(Box(name, label=True) for name, _ in NAME_COLUMNS), 9)
    rows = (Row(tuple(map(Box, map(str, line))), 8) for line in _name_lines(people))
    came = [row.attendance for row in people]
    counts = (len(people), *(came.count(mark) for mark in ("present", "leave", "absent")))
    told = "　".join(f"{word} {n}" for word, n in zip(HEADS, counts, strict=True))
    sheet = Sheet(
        title=f"{activity}参加名单",
        left=f"{_when(activity)}　{activity.place}",
        right=told if any(came) else f"共 {len(people)} 人",
        grid=Grid(tuple(width for _, width in NAME_COLUMNS), (head, *rows), heads=1, size=10.5),
    )
    return _paper(f"{activity}参加名单", sheet, activity)


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
