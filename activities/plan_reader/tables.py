"""Tables as lines: each cell a line of its own, columns beside the content named in front."""

import re
from itertools import islice, takewhile

from activities.plan_reader.labels import MONTH, read_label
from activities.plan_reader.numerals import plain, split_marker

WEEK_COLUMNS = ("周次", "周 次", "周")
NUMBER_COLUMNS = ("月份", "月 份", "月")  # where 3 alone is March
DAY_COLUMNS = ("日期", "日 期", "时间", "时 间", "活动时间", "起止日期", "起止时间")
MONTH_COLUMNS = (*NUMBER_COLUMNS, *DAY_COLUMNS, *WEEK_COLUMNS, "阶段")
CONTENT_COLUMNS = (
    "内容", "工作内容", "活动内容", "主要工作", "工作要点", "工作安排", "活动安排", "活动", "主要内容",
    "活动名称", "工作项目", "项目", "活动项目", "主要活动", "重点工作", "具体内容", "工作任务", "内 容", "事项",
    "主要工作内容", "具体工作", "工作", "安排", "具体安排", "工作事项", "计划内容",
)  # fmt: skip
OTHER_COLUMNS = (
    "负责人", "责任人", "责任部门", "备注", "地点", "活动地点", "主题", "负责", "承办人", "承办", "参加人员",
    "参加对象", "对象", "执行人", "负责部门", "经费", "预算", "经费预算", "主要负责人", "组织者", "备 注",
    "活动形式", "形式", "完成情况", "牵头人", "主办", "协办", "承办部门", "责任单位", "负责单位", "人员", "序号",
    "活动主题", "参与人员", "落实人", "牵头部门", "配合部门", "完成时间",
)  # fmt: skip
COLUMNS = frozenset(MONTH_COLUMNS + CONTENT_COLUMNS + OTHER_COLUMNS)
SHORT = 8  # characters of a column's name
MOST_COLUMNS, MOST_ROWS = 12, 400
MONTHS_ALONE = re.compile(rf"{MONTH}(?:\s*[-—–~至、,]\s*{MONTH})?")
DAYS = re.compile(
    rf"(?:20[0-9]{{2}}\s*[年.\-/]\s*)?(?P<month>{MONTH})\s*[月.\-/]\s*\d{{1,2}}(?!\d)\s*[日号]?"
    r"(?:\s*[-—–~至到]+[\s\d月日号.\-/年]{1,14})?"
)
PIPE_RULE = re.compile(r"[|\s:\-—]+")


def open_tables(rows: list[str]) -> list[str]:
    """The lines of a text with its table rows (pipes, tabs, columns under a header) opened."""
    lines, header = [], []
    for row in lay_rows([row for row in rows if row]):
        if row.startswith("|") and PIPE_RULE.fullmatch(row):
            continue
        cells = row_cells(row, header)
        if is_header(cells):
            header = cells
            lines.append("\t".join(cells))
        elif len(cells) > 1:
            lines += cell_lines(cells + [""] * (len(header) - len(cells)), header)
        else:
            lines += [part.strip() for part in row.split("\n")]
    return lines


def lay_rows(rows: list[str]) -> list[str]:
    """A table that stands cell under cell (月份 / 内容 / 负责人 / 三月 / …), laid back into rows."""
    laid, at = [], 0
    last_month = max((at for at, row in enumerate(rows) if _is_month(row)), default=0)
    while at < len(rows):
        header = list(takewhile(COLUMNS.__contains__, rows[at : at + MOST_COLUMNS]))
        if len(header) < 2:
            laid.append(rows[at])
            at += 1
        else:
            at += len(header)
            body = _regular_rows(rows, at, header, last_month)
            laid += ["\t".join(cells) for cells in (header, *body)]
            at += len(header) * len(body)
    return laid


def _regular_rows(
    rows: list[str], start: int, header: list[str], last_month: int
) -> list[list[str]]:
    """The rows from `start` on if every month stands in a full one, otherwise none."""
    width = len(header)
    month = month_column(header)
    chunks = (rows[at : at + width] for at in range(start, len(rows), width))
    full = list(takewhile(lambda cells: _is_row(cells, month, width), islice(chunks, MOST_ROWS)))
    return full if last_month < start + len(full) * width else []


def month_column(header: list[str]) -> int:
    """Where the months stand; the weeks only where there is no better column."""
    named = [i for i, name in enumerate(header) if name in MONTH_COLUMNS]
    return min(named, key=lambda i: header[i] in WEEK_COLUMNS, default=0)


def _is_row(cells: list[str], month: int, width: int) -> bool:
    """Whether these cells are one row: a month where it belongs, and nowhere else."""
    numbered = sum(split_marker(cell)[0] is not None for cell in cells)
    months = [at for at, cell in enumerate(cells) if _is_month(cell)]
    return len(cells) == width and months == [month] and numbered <= 1


def _is_month(cell: str) -> bool:
    label = read_label(cell)
    return bool((label and not label.rest) or DAYS.fullmatch(plain(cell)))


def row_cells(row: str, header: list[str]) -> list[str]:
    """The cells of a table row; the row itself as one cell when it is no table row."""
    if "|" in row:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if (
            row.count("|") > 1
            or row[0] == row[-1] == "|"
            or len(cells) == len(header)
            or is_header(cells)
        ):
            return cells
    if "\t" in row:
        return _tab_cells(row)
    spaced = (row.split(), re.split(r"\s{2,}", row))
    return next((cells for cells in spaced if is_header(cells) or _fits(cells, header)), [row])


def _fits(cells: list[str], header: list[str]) -> bool:
    """Whether a month stands where the header says, or before all else."""
    if len(header) < 2 or len(cells) != len(header):
        return False
    return bool(read_label(cells[0])) or _is_month(cells[month_column(header)])


def _tab_cells(row: str) -> list[str]:
    """Cells between tabs; a tab behind numbering ("1、<tab>召开…") divides nothing."""
    cells: list[str] = []
    for cell in (part.strip() for part in row.split("\t")):
        if cells and cells[-1] and not cells[-1].isdigit() and split_marker(cells[-1])[1] == "":
            cells[-1] += cell
        else:
            cells.append(cell)
    return cells


def is_header(cells: list[str]) -> bool:
    named = [cell.rstrip(":：") for cell in cells if cell]
    if len(named) < 2 or any(len(cell) > SHORT for cell in named):
        return False
    kinds = (MONTH_COLUMNS, CONTENT_COLUMNS)
    return COLUMNS.issuperset(named) or all(set(named) & set(kind) for kind in kinds)


def cell_lines(cells: list[str], header: list[str]) -> list[str]:
    """One line per paragraph of a cell; a 负责人 column comes out as "负责人：张三"."""
    names = header if len(header) == len(cells) else [""] * len(cells)
    lines = []
    for name, cell in sorted(zip(names, cells, strict=True), key=lambda pair: _rank(pair[0])):
        paragraphs = [part.strip() for part in cell.split("\n") if part.strip()]
        beside = name in OTHER_COLUMNS and not (name == "序号" and cell.isdigit())
        if name in MONTH_COLUMNS:
            lines += _month_lines(name, " ".join(paragraphs))
        else:
            lines += [f"{name}：{' '.join(paragraphs)}"] if beside and paragraphs else paragraphs
    return lines


def _rank(name: str) -> int:
    """Months before weeks before what is done in them, before what is said about it."""
    if name in MONTH_COLUMNS:
        return int(name in WEEK_COLUMNS or name not in (*NUMBER_COLUMNS, *DAY_COLUMNS))
    return 3 if name in OTHER_COLUMNS else 2


def _month_lines(name: str, cell: str) -> list[str]:
    """3 as 3月; 9.1—9.7 as its month, and the days themselves behind it."""
    flat = plain(cell)
    if name in NUMBER_COLUMNS and MONTHS_ALONE.fullmatch(flat):
        return [f"{cell}月"]
    if name in DAY_COLUMNS and (days := DAYS.fullmatch(flat)):
        return [f"{days['month']}月", f"日期：{cell}"]
    if name in WEEK_COLUMNS and flat.isdigit():
        return [f"第{flat}周"]
    return [cell] if cell else []
