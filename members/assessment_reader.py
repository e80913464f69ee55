"""Reads a table of scores as schools keep it (.xlsx, .xls, .csv): a line a person, a column a
criterion, a sum and a grade; or refuses it in a sentence. Touches no database."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from members.roster_reader.cells import is_blank, plain, tidy
from members.roster_reader.sheets import Grid, open_workbook
from members.roster_reader.text_table import open_text
from members.rules.assessments import (
    LONGEST_SCORE,
    MOST_ITEMS,
    TAKEN_OFF,
    WHOLE,
    Item,
    number_in,
    problem_of_score,
    total_score,
)
from unionoffice.errors import FileRefused
from unionoffice.uploads import FileKind, decode_text, file_kind

KINDS = (FileKind.XLSX, FileKind.XLS, FileKind.TEXT)
MOST_ROWS, HEAD_WITHIN = 6_000, 12
LONGEST_GOAL, LONGEST_RESULT = 60, 20
HEADS = {
    "name": ("姓名", "教师姓名", "教职工", "考核对象", "考核谁"),
    "number": ("工号", "教工号", "职工号"),
    "result": ("结果", "等次", "等级", "等第", "考核等级", "考核结果", "考核等次", "评定等次", "评定结果"),
    "score": ("得分", "总分", "合计", "总得分", "考核得分", "量化得分", "综合得分"),
    "": ("序号", "单位", "入职时间", "到校时间", "参加工作时间", "部门", "科室", "职务", "职称", "备注", "名次", "排名", "小组", "工会小组", "种类",
         "考核什么", "哪一期", "哪天考核的", "由谁考核", "目标和完成情况", "学科", "任教学科", "年级",
         "班级", "性别", "年龄", "出生年月", "校区", "岗位", "身份证号", "手机", "电话", "签名", "签字",
         "本人签名", "本人签字", "考核人", "评语", "考核意见", "说明"),
}  # fmt: skip
MEANT = {plain(head): name for name, heads in HEADS.items() for head in heads}
# 考核总分, 总计, 最后得分: the whole, whatever stands before it; 小计 and 平均分 are no part of it
WHOLE_HEAD = re.compile(
    r".*(?:总分|总计|合计|总成绩)|(?:总评|最后|最终|实际|综合|考核)(?:得分|成绩|分数)|成绩|分数"
)
PARTLY_HEAD = re.compile(r".*小计|.*(?:平均|均)分?(?:数)?")
TOTALS = frozenset({"合计", "总计", "平均", "平均分"})
# 爱岗敬业（20分）, 总分(100), 出勤10分
FULL_MARK = re.compile(r"(.+?)(?:[(（](?:满分)?(\d+(?:\.\d+)?)分?[)）]|(?<!\d)(\d+)分)")
WANTED = "要有“姓名”或“工号”一列，再有“得分”“等次”，或者一项一列的得分。"


@dataclass(frozen=True)
class ScoreRow:
    """One person, as written. `row` counts as the sheet does; `items`: (criterion, score)."""

    row: int
    name: str = ""
    number: str = ""
    score: str = ""
    result: str = ""
    items: tuple[tuple[str, str], ...] = ()

    @property
    def word(self) -> str:
        """By which the person is looked for."""
        return self.number or self.name

    def stored(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class Column:
    """What a column is: a `name` of HEADS, or a criterion; the most that one may get in it."""

    name: str
    goal: str
    full: Decimal | None = None


@dataclass
class ScoreReading:
    rows: list[ScoreRow] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)  # (row, why)


def read_scores(name: str, content: bytes) -> ScoreReading:
    """Raises FileRefused when there is no such table in the file."""
    if file_kind(name, content, KINDS) == FileKind.TEXT:
        grids, _ = open_text(name, decode_text(content) or "")
    else:
        grids, _ = open_workbook(name, content)
    if sum(len(grid.rows) for grid in grids) > MOST_ROWS:
        raise FileRefused(f"“{name}”超过 {MOST_ROWS} 行，拆成几份再传。")
    reading = ScoreReading()
    tables = [(grid, *head) for grid in grids if (head := _head(grid))]
    if not tables:
        raise FileRefused(f"“{name}”不能当考核得分读，{WANTED}")
    for grid, first, columns in tables:
        _read(grid, first, columns, reading)
    if not reading.rows and not reading.refused:
        raise FileRefused(f"“{name}”只有表头，下面一个人也没有。填好再传。")
    return reading


def _head(grid: Grid) -> tuple[int, dict[int, Column]] | None:
    """Where the people begin, and what the columns are."""
    for at, cells in enumerate(grid.rows[:HEAD_WITHIN]):
        columns = _columns(cells)
        whose = {number for number, one in columns.items() if one.name in ("name", "number")}
        if not whose:
            continue
        below = grid.rows[at + 1] if at + 1 < len(grid.rows) else []
        if _is_second_line(below, whose):
            pairs = zip(cells, below, strict=True)
            at, columns = at + 1, _columns([above if is_blank(b) else b for above, b in pairs])
        if any(one.name in ("score", "result") or one.goal for one in columns.values()):
            return at + 1, columns
    return None


def _is_second_line(cells: list, whose: set[int]) -> bool:
    """The criteria under a heading that spans them: words only, and nobody's."""
    told = [cell for cell in cells if not is_blank(cell)]
    named = any(not is_blank(cells[number]) for number in whose) if told else True
    return not named and all(number_in(tidy(cell)) is None for cell in told)


def _columns(cells: list) -> dict[int, Column]:
    """By their number; of two columns with one meaning the first."""
    columns = {}
    for number, cell in enumerate(cells):
        if is_blank(cell):
            continue
        marked = FULL_MARK.fullmatch(plain(cell))
        full = Decimal(marked[2] or marked[3]) if marked else None
        name = _meant(marked[1] if marked and plain(cell) not in MEANT else plain(cell))
        if name is None:
            columns[number] = Column("", tidy(cell)[:LONGEST_GOAL], full)
        elif name and name not in {one.name for one in columns.values()}:
            columns[number] = Column(name, "", full)
    return columns


def _meant(head: str) -> str | None:
    """A name of HEADS; None for a criterion."""
    if PARTLY_HEAD.fullmatch(head):
        return ""
    return MEANT.get(head, "score" if WHOLE_HEAD.fullmatch(head) else None)


def _read(grid: Grid, first: int, columns: dict[int, Column], reading: ScoreReading) -> None:
    for number, cells in enumerate(grid.rows[first:], start=first + 1):
        told = {one.name: tidy(cells[at]) for at, one in columns.items() if one.name}
        whose = told.get("number") or told.get("name")
        if not whose or plain(whose) in TOTALS:
            continue
        items = [(one.goal, _signed(one, cells[at])) for at, one in columns.items() if one.goal]
        row = ScoreRow(number, **told, items=tuple(item for item in items if item[1]))
        if why := _problem(row, columns.values()):
            reading.refused.append((number, f"{row.name or whose}：{why}"))
        else:
            reading.rows.append(row)


def _signed(column: Column, cell) -> str:
    """What is taken off is written as 2 or as -2: it counts as -2."""
    score = tidy(cell)
    taken = TAKEN_OFF in column.goal and (number_in(score) or 0) > 0
    return f"-{score}" if taken else score


def _problem(row: ScoreRow, columns: Iterable[Column]) -> str:
    if not (row.score or row.result or row.items):
        return "没有得分，也没有等次。"
    if len(row.items) > MOST_ITEMS:
        return f"分项有 {len(row.items)} 列，最多 {MOST_ITEMS} 列。"
    if len(row.result) > LONGEST_RESULT:
        return f"等次太长，最多 {LONGEST_RESULT} 个字。"
    full = {one.goal or WHOLE: one.full for one in columns if one.goal or one.name == "score"}
    scores = [Item(goal, "", score) for goal, score in row.items]
    for item in [*scores, Item(WHOLE, "", row.score)]:
        if len(item.score) > LONGEST_SCORE:
            return f"“{item.goal}”的得分太长，写数字或几个字。"
        if why := problem_of_score(item, full.get(item.goal)):
            return why
    total, score = total_score(scores), number_in(row.score)
    if total is not None and score is not None and total != score:
        return f"分项加起来是 {total}，总分写的是 {score}，核对一下。"
    return ""


def rows_from_stored(stored: Iterable[dict]) -> list[ScoreRow]:
    return [
        ScoreRow(**row | {"items": tuple((goal, score) for goal, score in row["items"])})
        for row in stored
    ]
