"""Tables as lines: each cell a line of its own, columns beside the content named in front."""

import re

from activities.plan_reader.across import PIPE_RULE, turn_rows
from activities.plan_reader.columns import (
    DAY_COLUMNS,
    MONTH_COLUMNS,
    NO_MONTH,
    NUMBER_COLUMNS,
    SHORT,
    WEEK_COLUMNS,
    is_header,
    is_other_column,
    month_column,
    told_apart,
    with_months,
)
from activities.plan_reader.labels import MONTH, read_label, week_number
from activities.plan_reader.numerals import plain, split_marker
from activities.plan_reader.stacked import DAYS, is_month, lay_rows

MONTHS_ALONE = re.compile(rf"{MONTH}(?:\s*[-—–~至、,]\s*{MONTH})?")
WEEK_ALONE = re.compile(r"\d{1,2}|[一二]?十?[一二三四五六七八九]|二?十")
WEEKS_ALONE = re.compile(rf"(?:{WEEK_ALONE.pattern})(?:\s*[-—–~至、,]\s*(?:{WEEK_ALONE.pattern}))*")
NOTHING = re.compile("[-—–/／无]*")  # in a cell beside the content
SUM = re.compile(r"[合总共小]\s*计")
COMMA = re.compile("[,，]")


def open_tables(rows: list[str]) -> list[str]:
    """The lines of a text with its table rows (pipes, tabs, columns under a header) opened."""
    lines, header = [], []
    for row in lay_rows(turn_rows(_without_commas([_unpiped(row) for row in rows if row]))):
        if row.startswith("|") and PIPE_RULE.fullmatch(row):
            continue
        cells = row_cells(row, header)
        if is_header(cells):
            header = with_months(cells)
            lines.append("\t".join(cells))
        elif len(cells) > 1 and SUM.fullmatch(plain(cells[0])):
            lines.append(f"{cells[0]}：{' '.join(filter(None, cells[1:]))}")
        elif len(cells) > 1:
            lines += cell_lines(cells + [""] * (len(header) - len(cells)), header)
        else:
            lines += [part.strip() for part in row.split("\n")]
    return lines


def _without_commas(rows: list[str]) -> list[str]:
    """A table saved with commas (月份,内容,负责人), with tabs in their place."""
    laid, width = [], 0
    for row in rows:
        cells = COMMA.split(row)
        width = len(cells) if is_header(cells) else width if len(cells) == width else 0
        laid.append("\t".join(cells) if width else row)
    return laid


def _unpiped(row: str) -> str:
    """三月 | is a cell alone on its line, its neighbours on the lines above and below."""
    return row.strip("| ") if row.count("|") == 1 and row.strip("| ") else row


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
    words, wide = row.split(), re.split(r"\s{2,}", row)
    if _goes_on(wide, header):
        return ["", *wide]
    spaced = (words, wide, [*wide, *_lacking(wide, header)], [*words, *_lacking(words, header)])
    return next((cells for cells in spaced if is_header(cells) or _fits(cells, header)), [row])


def _goes_on(cells: list[str], header: list[str]) -> bool:
    """2、慰问教师   方华 below 一月   1、体检   万玲: a row without the cell of its month."""
    if len(cells) < 2 or len(cells) != len(header) - 1 or month_column(header) or is_header(cells):
        return False
    beside = is_other_column(header[-1]) and len(cells[-1]) <= SHORT
    return beside and header[0] in MONTH_COLUMNS and not any(map(is_month, cells))


def _lacking(cells: list[str], header: list[str]) -> list[str]:
    """The empty cells at the end of the row, where they say nothing of what is done."""
    behind = header[len(cells) :] if len(cells) > 1 else []
    return [""] * len(behind) if all(map(is_other_column, behind)) else []


def _fits(cells: list[str], header: list[str]) -> bool:
    """Whether a month stands where the header says, or before all else."""
    if len(header) < 2 or len(cells) != len(header):
        return False
    return bool(read_label(cells[0])) or is_month(cells[month_column(header)])


def _tab_cells(row: str) -> list[str]:
    """Cells between tabs; a tab behind numbering ("1、<tab>召开…") divides nothing."""
    cells: list[str] = []
    for cell in (part.strip() for part in row.split("\t")):
        if cells and cells[-1] and not cells[-1].isdigit() and split_marker(cells[-1])[1] == "":
            cells[-1] += cell
        else:
            cells.append(cell)
    return cells


def cell_lines(cells: list[str], header: list[str]) -> list[str]:
    """One line per paragraph of a cell; a 负责人 column comes out as "负责人：张三"."""
    names = told_apart(header) if len(header) == len(cells) else [""] * len(cells)
    lines = []
    for name, cell in sorted(zip(names, cells, strict=True), key=lambda pair: _rank(pair[0])):
        paragraphs = [part.strip() for part in cell.split("\n") if part.strip()]
        beside = is_other_column(name)
        if beside and NOTHING.fullmatch(cell.strip()):
            continue
        if name in MONTH_COLUMNS and NO_MONTH.fullmatch(plain(cell)):
            lines.append(f"{cell}：")
        elif name in MONTH_COLUMNS:
            lines += _month_lines(name, " ".join(paragraphs))
        else:
            said = " ".join(paragraphs) if beside else ""
            lines += [f"{name}：{said}"] if said else paragraphs
    return lines


def _rank(name: str) -> int:
    """Months before weeks before what is done in them, before what is said about it."""
    if name in MONTH_COLUMNS:
        return int(name in WEEK_COLUMNS or name not in (*NUMBER_COLUMNS, *DAY_COLUMNS))
    return 3 if is_other_column(name) else 2


def _month_lines(name: str, cell: str) -> list[str]:
    """3 as 3月; 9.1—9.7 as its month, and the days themselves behind it."""
    flat = plain(cell)
    if name in NUMBER_COLUMNS and MONTHS_ALONE.fullmatch(flat):
        return [f"{cell}月"]
    if name in DAY_COLUMNS and (days := DAYS.fullmatch(flat)):
        return [f"{days['month']}月", f"日期：{cell}"]
    if name in WEEK_COLUMNS and WEEKS_ALONE.fullmatch(flat):
        return [f"第{cell}周"] if WEEK_ALONE.fullmatch(flat) else [f"周次：第{cell}周"]
    if name in WEEK_COLUMNS and cell and not week_number(cell):
        return [f"周次：{cell}"]
    return [cell] if cell else []
