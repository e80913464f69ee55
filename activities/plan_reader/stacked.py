"""A table that stands cell under cell (月份 / 内容 / 负责人 / 三月 / …), laid back into rows."""

import re
from itertools import islice, takewhile

from activities.plan_reader.columns import (
    NO_MONTH,
    SHORT,
    WEEK_COLUMNS,
    is_column,
    is_other_column,
    month_column,
    with_months,
)
from activities.plan_reader.labels import MONTH, read_label, split_week
from activities.plan_reader.numerals import plain, split_marker

MOST_COLUMNS, MOST_ROWS = 12, 400
DAYS = re.compile(
    rf"(?:20[0-9]{{2}}\s*[年.\-/]\s*)?(?P<month>{MONTH})\s*[月.\-/]\s*\d{{1,2}}(?!\d)\s*[日号]?"
    r"(?:\s*[-—–~至到]+[\s\d月日号.\-/年]{1,14})?"
)
BEHIND = re.compile(
    r".*(?:20\d\d|二[〇○零0]|(?:工会|委员会|小学|中学|幼儿园|学院|分会)$|[:：。])|[【\[(（]|[上下]一篇"
)
WEEK_FIGURES = re.compile(r"\d{1,2}(?:\s*[-—–~至、,]\s*\d{1,2})*")  # 7 · 7-8
LEAST_MERGED = 3  # columns


def lay_rows(rows: list[str]) -> list[str]:
    laid, at = [], 0
    last_month = max((at for at, row in enumerate(rows) if is_month(row)), default=0)
    while at < len(rows):
        header = list(takewhile(is_column, rows[at : at + MOST_COLUMNS]))
        if _is_pair(header, rows[at + 1 : at + 2]):
            laid.append("：".join(rows[at : at + 2]))
            at += 2
        elif len(header) < 2:
            laid.append(rows[at])
            at += 1
        else:
            at += len(header)
            names = with_months(header)
            body = _regular_rows(rows, at, names, last_month)
            body, at = (
                (body, at + len(header) * len(body))
                if body
                else _merged(rows, at, names, last_month)
            )
            laid += ["\t".join(cells) for cells in (header, *body)]
    return laid


def _is_pair(header: list[str], below: list[str]) -> bool:
    """责任人 alone on its line, the name on the next one."""
    if len(header) != 1 or not is_other_column(header[0]) or not below:
        return False
    numbered, words = split_marker(below[0])
    return not numbered and len(words) <= SHORT and not is_month(words) and not BEHIND.match(words)


def _regular_rows(
    rows: list[str], start: int, header: list[str], last_month: int
) -> list[list[str]]:
    """The rows from `start` on if every month stands in a full one, otherwise none."""
    width = len(header)
    month = month_column(header)
    chunks = (rows[at : at + width] for at in range(start, len(rows), width))
    full = list(takewhile(lambda cells: _is_row(cells, month, header), islice(chunks, MOST_ROWS)))
    return full if last_month < start + len(full) * width else []


def _is_row(cells: list[str], month: int, header: list[str]) -> bool:
    """Whether these cells are one row: a month where it belongs, and nowhere else."""
    numbered = sum(split_marker(cell)[0] is not None for cell in cells)
    months = _months_at(cells, header)
    width = len(header)
    if not months and len(cells) == width and NO_MONTH.fullmatch(cells[month]):
        return numbered <= 1
    return len(cells) == width and months == [month] and numbered <= 1


def _months_at(cells: list[str], header: list[str]) -> list[int]:
    """Which cells are months; 7-8 below 周次 is none."""
    return [
        at
        for at, cell in enumerate(cells)
        if is_month(cell)
        and not (header[at] in WEEK_COLUMNS and WEEK_FIGURES.fullmatch(plain(cell)))
    ]


def _merged(
    rows: list[str], start: int, header: list[str], last_month: int
) -> tuple[list[list[str]], int]:
    """The rows if the first of each month has it and the others lack that cell; and where they end."""
    width, table, at = len(header), [], start
    while len(header) >= LEAST_MERGED and month_column(header) == 0 and len(table) < MOST_ROWS:
        if _is_row(rows[at : at + width], 0, header):
            table.append(rows[at : at + width])
        elif table and _goes_on(["", *rows[at : at + width - 1]], header, table, at > last_month):
            table.append(["", *rows[at : at + width - 1]])
        else:
            break
        at += width - (not table[-1][0])
    return (table, at) if last_month < at and table else ([], start)


def _goes_on(cells: list[str], header: list[str], table: list[list[str]], behind: bool) -> bool:
    """Whether these cells are a row of the month above; `behind` the last month with more care."""
    if len(cells) != len(header) or _months_at(cells, header):
        return False
    if behind and any(BEHIND.match(cell) for cell in cells):
        return False
    for at, name in enumerate(header):
        if name in WEEK_COLUMNS and not _is_week(cells[at]):
            return False
        known = {row[at] for row in table}
        if is_other_column(name) and len(cells[at]) > SHORT and cells[at] not in known:
            return False
    return sum(split_marker(cell)[0] is not None for cell in cells) <= 1


def _is_week(cell: str) -> bool:
    figures = WEEK_FIGURES.fullmatch(plain(cell))
    return bool(figures or split_week(cell)[0]) or cell.endswith("周")


def is_month(cell: str) -> bool:
    label = read_label(cell)
    return bool((label and not label.rest) or DAYS.fullmatch(plain(cell)))
