"""A file from beginning to end: its kind, its sheets, its people, or the sentence that refuses it."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import groupby

from django.utils import timezone

from members.roster_reader.cells import plain
from members.roster_reader.columns import is_private, private_field
from members.roster_reader.duplicates import Seen
from members.roster_reader.header import Block, Table, find_tables
from members.roster_reader.not_rosters import (
    are_pupils,
    first_texts,
    kind_of_sheet,
    kind_of_table,
    lacks_name,
    title_of_another,
    titles_over,
)
from members.roster_reader.reading import Rejection, RosterReading, RosterRow
from members.roster_reader.rows import BlockReader
from members.roster_reader.sheets import MOST_ROWS, Grid, open_workbook
from members.roster_reader.text_table import open_text
from unionoffice.errors import FileRefused
from unionoffice.uploads import FileKind, decode_text, file_kind

EXAMPLE_SHEETS = frozenset({"示例", "样例", "范例", "填写示例", "填写样例", "填表示例"})
KINDS = (FileKind.XLSX, FileKind.XLS, FileKind.TEXT)
WANTED = (
    "花名册要有“姓名”一列，再有性别、出生日期、部门、工号、手机中的一两列，"
    "补上这样的表头，或换成花名册再传。"
)

Found = list[tuple[Grid, Table]]
Readers = list[tuple[BlockReader, Table]]


def read_roster(name: str, content: bytes, keep: Collection[str] = ()) -> RosterReading:
    """Everyone in the file `name`, with the private fields in `keep`, sealed.

    Raises FileRefused when it is no roster as a whole, RuleBroken when there is no key to seal with.
    """
    grids, warnings = _open(name, content)
    if sum(len(grid.rows) for grid in grids) > MOST_ROWS:
        raise FileRefused(f"“{name}”超过 {MOST_ROWS} 行，太长了，拆成几份再传。")
    found: Found = []
    for grid in grids:
        tables, refusal = _tables(grid)
        found += [(grid, table) for table in tables]
        if refusal:
            warnings.append(refusal)
    if not found:
        raise FileRefused(_why_none(name, grids, warnings))
    reading = _reading(found, warnings, keep)
    if not reading.accepted and not reading.rejected:
        raise FileRefused(f"“{name}”只有表头，下面一个人也没有。填好人员再传。")
    return reading


def _open(name: str, content: bytes) -> tuple[list[Grid], list[str]]:
    if file_kind(name, content, KINDS) == FileKind.TEXT:
        return open_text(name, decode_text(content) or "")
    return open_workbook(name, content)


def _tables(grid: Grid) -> tuple[list[Table], str]:
    """The sheet's tables of people, or a sentence about what the sheet is instead."""
    if plain(grid.name) in EXAMPLE_SHEETS:
        return [], f"{_sheet(grid)}是示例，没有读。"
    tables = find_tables(grid)
    others = [
        kind_of_table(block, titles_over(grid, table)) for table in tables for block in table.blocks
    ]
    kind, marks = next((other for other in others if other[0]), ("", []))
    if not tables:
        kind, marks = kind_of_sheet(grid)
    if kind:
        columns = f"“{'、'.join(marks[:5])}”{'这些列' if len(marks) > 1 else '一列'}"
        return [], f"{_sheet(grid)}有{columns}，像{kind}，不是花名册，没有读。"
    if tables and (title := title_of_another(grid, tables[0])):
        return [], f"{_sheet(grid)}的标题是“{title}”，不是花名册，没有读。"
    if any(are_pupils(grid, table, timezone.localdate()) for table in tables):
        return [], f"{_sheet(grid)}里的人大多不满16岁，像学生名单，不是花名册，没有读。"
    if tables or not grid.rows:
        return tables, ""
    return [], f"{_sheet(grid)}{_header_missing(grid)}，没有读。"


def _sheet(grid: Grid) -> str:
    return f"工作表“{grid.name}”" if grid.name else "文件里"


def _header_missing(grid: Grid) -> str:
    if lacks_name(grid):
        return "缺“姓名”这一列"
    texts = "、".join(first_texts(grid))
    return f"没有找到花名册的表头，只看到“{texts[:60]}”"


def _why_none(name: str, grids: list[Grid], warnings: list[str]) -> str:
    if not any(grid.rows for grid in grids):
        return f"“{name}”是空的，一个格子也没填。{WANTED}"
    return f"“{name}”不能当花名册读：{''.join(warnings)}{WANTED}"


def _reading(found: Found, warnings: list[str], keep: Collection[str]) -> RosterReading:
    seen = Seen(several_sheets=len({grid.name for grid, _ in found}) > 1)
    readers = list(_readers(found, timezone.localdate(), keep))
    entries = [
        seen.admit(entry) if isinstance(entry, RosterRow) else entry
        for of_sheet in readers
        for entry in _entries(of_sheet)
    ]
    ignored = [header for header in _ignored(found) if private_field(header) not in keep]
    private = "、".join(header for header in ignored if is_private(header))
    if private:
        warnings = [*warnings, f"“{private}”涉及个人隐私，名册用不上，没有读取。"]
    return RosterReading(
        accepted=tuple(entry for entry in entries if isinstance(entry, RosterRow)),
        rejected=tuple(entry for entry in entries if isinstance(entry, Rejection)),
        columns=_columns(found),
        ignored_columns=tuple(ignored),
        warnings=tuple(warnings),
        reread={k: v for each in readers for reader, _ in each for k, v in reader.reread().items()},
    )


def _readers(found: Found, today: date, keep: Collection[str]) -> Iterator[Readers]:
    """By sheet."""
    for _, tables in groupby(found, key=lambda pair: id(pair[0])):
        yield [
            (BlockReader(grid, table, block, today, keep), table)
            for grid, table in tables
            for block in table.blocks
        ]


def _entries(readers: Readers) -> Iterable[RosterRow | Rejection]:
    """By row; people side by side from left to right."""
    entries = [entry for reader, table in readers for entry in reader.people(table)]
    return entries if len(readers) == 1 else sorted(entries, key=lambda entry: entry.row)


def _blocks(found: Found) -> Iterator[tuple[Grid, Block]]:
    return ((grid, block) for grid, table in found for block in table.blocks)


def _columns(found: Found) -> dict[str, dict[str, str]]:
    columns: dict[str, dict[str, str]] = {}
    for grid, block in _blocks(found):
        understood = {header: field for field, header in block.headers.items() if field != "index"}
        columns.setdefault(grid.name, {}).update(understood)
    return columns


def _ignored(found: Found) -> list[str]:
    """Headers that no field takes, each once, in the order of the file."""
    return list(dict.fromkeys(header for _, block in _blocks(found) for header in block.ignored))
