"""Months that stand side by side, as the columns of a table: turned, so that each has its row."""

import re
from itertools import pairwise, takewhile

from activities.plan_reader.columns import CONTENT_COLUMNS, MONTH_COLUMNS, is_other_column
from activities.plan_reader.labels import read_label
from activities.plan_reader.numerals import split_marker
from activities.plan_reader.stacked import BEHIND, is_month

PIPE_RULE = re.compile(r"[|\s:\-—]+")
MOST_MONTHS, MOST_CELLS = 13, 200
FEWEST = 3  # months beside one another
LONGEST_CELL = 40  # characters, where cells stand one under the other


def turn_table(table: list[list[str]]) -> list[list[str]]:
    """The rows of a table; where months head its columns, a row for each month."""
    turned, at = [], 0
    while at < len(table):
        head, at = table[at], at + 1
        if not heads_columns(head):
            turned.append(head)
            continue
        body = _body(table[at:], len(head))
        turned += _turned(head, body) if body else [head]
        at += len(body)
    return turned


def _body(rows: list[list[str]], width: int) -> list[list[str]]:
    return list(takewhile(lambda row: len(row) == width and not heads_columns(row), rows))


def heads_columns(cells: list[str]) -> bool:
    """月份 · 3月 · 4月 · 5月, in the order of the year."""
    named = [cell for cell in cells[0 if cells and is_month(cells[0]) else 1 :] if cell]
    return len(named) >= FEWEST and all(map(is_month, named)) and _in_order(named)


def _in_order(months: list[str]) -> bool:
    firsts = [label.months[0] for label in map(read_label, months) if label]
    steps = [(b - a) % 12 for a, b in pairwise(firsts)]
    return len(firsts) == len(months) and all(steps) and sum(steps) < 12


def _turned(head: list[str], body: list[list[str]]) -> list[list[str]]:
    columns: dict[str, list[str]] = {}
    month = ""
    for at, name in enumerate(head):
        month = name if is_month(name) else month if at else ""
        if month:
            cells = columns.setdefault(month, [])
            cells += [_said(row, at) for row in body if row[at].strip()]
    return [[month, "\n".join(cells)] for month, cells in columns.items()]


def _said(row: list[str], at: int) -> str:
    return f"{row[0]}：{row[at]}" if at and is_other_column(row[0]) else row[at]


def turn_rows(rows: list[str]) -> list[str]:
    """The same for rows as text: with tabs, pipes or spaces between the cells, or cell under cell."""
    turned, at = [], 0
    while at < len(rows):
        table, used = _table(rows, at)
        if not table:
            table, used = _stacked(rows, at)
        turned += ["\t".join(cells) for cells in turn_table(table)] or [rows[at]]
        at += used or 1
    return turned


def _table(rows: list[str], at: int) -> tuple[list[list[str]], int]:
    """The row of months with those below it that have as many cells; and how many lines they take."""
    head = _cells(rows[at])
    if not heads_columns(head):
        return [], 0
    table, used = [head], 1
    for row in rows[at + 1 :]:
        cells = _cells(row)
        short = len(head) - len(cells) if "\t" in row or "|" in row else 0
        if not cells or short < 0 or len(cells) + short != len(head) or heads_columns(cells):
            break
        used += 1
        if not PIPE_RULE.fullmatch(row):
            table.append(cells + [""] * short)
    return (table, used) if len(table) > 1 else ([], 0)


def _cells(row: str) -> list[str]:
    for sign in "|\t":
        if sign in row:
            inside = row.removeprefix("|").removesuffix("|") if sign == "|" else row
            return [cell.strip() for cell in inside.split(sign)]
    cells = row.split()
    return cells if len(cells) >= FEWEST else []


def _stacked(rows: list[str], at: int) -> tuple[list[list[str]], int]:
    """Months one under the other, then as many cells for each row; none where that is not plain."""
    named = int(rows[at] in MONTH_COLUMNS)
    months = list(takewhile(is_month, rows[at + named : at + named + MOST_MONTHS]))
    width = named + len(months)
    follows = at and (is_month(rows[at - 1]) or rows[at - 1] in MONTH_COLUMNS)
    if follows or not heads_columns(rows[at : at + width]):
        return [], 0
    cells = list(takewhile(_is_cell, rows[at + width : at + width + MOST_CELLS]))
    end = at + width + len(cells)
    below = list(takewhile(is_month, rows[end : end + FEWEST]))
    body = [cells[i : i + width] for i in range(0, len(cells), width)]
    if named:
        body = list(
            takewhile(lambda row: row[0] in CONTENT_COLUMNS or is_other_column(row[0]), body)
        )
    whole = body and all(len(row) == width for row in body) and len(below) != 1
    return ([rows[at : at + width], *body], width * (len(body) + 1)) if whole else ([], 0)


def _is_cell(row: str) -> bool:
    marker, _ = split_marker(row)
    flat = len(row) <= LONGEST_CELL and "\t" not in row and not is_month(row)
    return flat and not marker and not BEHIND.match(row)
