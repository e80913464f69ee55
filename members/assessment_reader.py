"""Reads a table of scores as schools keep it (.xlsx, .xls, .csv): a line a person, a column a
criterion, a sum and a grade; or refuses it in a sentence. Touches no database."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation

from members.roster_reader.cells import is_blank, plain, tidy
from members.roster_reader.sheets import Grid, open_workbook
from members.roster_reader.text_table import open_text
from members.rules.assessments import LONGEST_SCORE, MOST_ITEMS
from unionoffice.errors import FileRefused
from unionoffice.uploads import FileKind, decode_text, file_kind

KINDS = (FileKind.XLSX, FileKind.XLS, FileKind.TEXT)
MOST_ROWS, HEAD_WITHIN = 2_000, 12
LONGEST_GOAL, LONGEST_RESULT = 60, 20
HEADS = {
    "name": ("姓名", "教师姓名", "教职工", "考核对象", "考核谁"),
    "number": ("工号", "教工号", "职工号"),
    "result": ("结果", "等次", "等级", "考核结果", "考核等次", "评定等次", "评定结果"),
    "score": ("得分", "总分", "合计", "总得分", "考核得分", "量化得分", "综合得分"),
    "": ("序号", "部门", "科室", "职务", "职称", "备注", "名次", "排名", "小组", "工会小组", "种类",
         "考核什么", "哪一期", "哪天考核的", "由谁考核", "目标和完成情况"),
}  # fmt: skip
MEANT = {plain(head): name for name, heads in HEADS.items() for head in heads}
TOTALS = frozenset({"合计", "总计", "平均", "平均分"})
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
    for grid, at, known, criteria in tables:
        _read(grid, at, known, criteria, reading)
    if not reading.rows and not reading.refused:
        raise FileRefused(f"“{name}”只有表头，下面一个人也没有。填好再传。")
    return reading


def _head(grid: Grid) -> tuple[int, dict[str, int], dict[int, str]] | None:
    """The row of the headings, the columns that are known, and those of criteria."""
    for at, cells in enumerate(grid.rows[:HEAD_WITHIN]):
        known, criteria = {}, {}
        for number, cell in enumerate(cells):
            meant = MEANT.get(plain(cell))
            if meant:
                known.setdefault(meant, number)
            elif meant is None and not is_blank(cell):
                criteria[number] = tidy(cell)[:LONGEST_GOAL]
        whose = "name" in known or "number" in known
        if whose and ("score" in known or "result" in known or criteria):
            return at, known, criteria
    return None


def _read(grid: Grid, at: int, known: dict, criteria: dict, reading: ScoreReading) -> None:
    for number, cells in enumerate(grid.rows[at + 1 :], start=at + 2):
        told = {name: _cell(cells, column) for name, column in known.items()}
        whose = told.get("number") or told.get("name")
        if not whose or plain(whose) in TOTALS:
            continue
        items = [(goal, _cell(cells, column)) for column, goal in criteria.items()]
        items = tuple((goal, score) for goal, score in items if score)
        values = {name: told.get(name, "") for name in ("name", "number", "score", "result")}
        row = ScoreRow(number, **values, items=items)
        if why := _problem(row):
            reading.refused.append((number, f"{whose}：{why}"))
        else:
            reading.rows.append(row)


def _cell(cells: list, column: int) -> str:
    return tidy(cells[column]) if column < len(cells) else ""


def _problem(row: ScoreRow) -> str:
    if not (row.score or row.result or row.items):
        return "没有得分，也没有等次。"
    if len(row.items) > MOST_ITEMS:
        return f"分项有 {len(row.items)} 列，最多 {MOST_ITEMS} 列。"
    long = [goal for goal, score in row.items if len(score) > LONGEST_SCORE]
    if long:
        return f"“{long[0]}”的得分太长，写数字或几个字。"
    if len(row.score) > LONGEST_SCORE or len(row.result) > LONGEST_RESULT:
        return "得分或等次太长，写数字或几个字。"
    total, score = _sum(row), _number(row.score)
    if total is not None and score is not None and total != score:
        return f"分项加起来是 {total}，总分写的是 {score}，核对一下。"
    return ""


def _sum(row: ScoreRow) -> Decimal | None:
    numbers = [_number(score) for _, score in row.items]
    return sum(numbers) if numbers and None not in numbers else None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def rows_from_stored(stored: Iterable[dict]) -> list[ScoreRow]:
    return [
        ScoreRow(**row | {"items": tuple((goal, score) for goal, score in row["items"])})
        for row in stored
    ]
