"""Where the people stand on a sheet: header rows, and which column holds what under each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from members.roster_reader.cells import is_blank, shown
from members.roster_reader.columns import (
    Heading,
    bare,
    birth_part,
    exactly,
    is_another_person,
    private_field,
    recognise,
)
from members.roster_reader.sheets import Grid

NOT_TELLING = frozenset({"name", "index", "note"})  # fields that alone make no roster
LONGEST_GROUP = 12  # a longer text above the columns is a title


@dataclass
class Block:
    """People one below the other: columns `first` to `last`, beside which another block may stand."""

    first: int
    last: int
    columns: dict[str, int] = field(default_factory=dict)  # field → column
    headers: dict[str, str] = field(default_factory=dict)  # field → header text
    birth_parts: tuple[int, ...] = ()  # the columns of a birth's year, month and day, if apart
    private: dict[str, int] = field(default_factory=dict)  # private field → column
    ignored: list[str] = field(default_factory=list)
    end: int = 0  # the grid row where its people end (not included)

    @property
    def last_known(self) -> int:
        """The last column that is read."""
        return max(self.columns.values())

    @property
    def telling(self) -> set[str]:
        """The fields that say something about the person beside the name."""
        return self.columns.keys() - NOT_TELLING


@dataclass
class Table:
    """One header with the people below it, from grid row `first` on."""

    top: int
    first: int
    blocks: list[Block]


@dataclass
class _Column:
    number: int
    text: str
    heading: Heading | None

    @property
    def is_name(self) -> bool:
        return self.heading is not None and self.heading.field == "name"


def find_tables(grid: Grid) -> list[Table]:
    """The tables from top to bottom. A header that is printed again on a later page starts another;
    one that begins lower beside people leaves those people where they are."""
    tables: list[Table] = []
    going_on: list[Block] = []
    for row in _rows_with_a_name_heading(grid.rows):
        if tables and row < tables[-1].first:
            continue
        beside = [block for block in going_on if not _has_heading(grid.rows[row], block)]
        table = _table_at(grid, row, tables[-1] if tables else None, beside)
        if table:
            for block in going_on:
                if block in beside:
                    block.last = block.last_known
                else:
                    block.end = table.top
            going_on = [*beside, *table.blocks]
            tables.append(table)
    return tables


def _has_heading(row: list, block: Block) -> bool:
    return any(_field(row[column]) for column in block.columns.values())


def _rows_with_a_name_heading(rows: list[list]) -> Iterator[int]:
    for number, row in enumerate(rows):
        for cell in row:
            if type(cell) is str and ("名" in cell or "ame" in cell) and _field(cell) == "name":
                yield number
                break


def _table_at(grid: Grid, row: int, below: Table | None, beside: list[Block]) -> Table | None:
    top, bottom = row, row
    if _has_subheadings(grid, row):
        bottom = row + 1
    elif _stands_under_groups(grid, row, below):
        top = row - 1
    taken = {number for block in beside for number in range(block.first, block.last_known + 1)}
    columns = [column for column in _columns(grid, top, bottom) if column.number not in taken]
    parts = [part for part in _side_by_side(columns) if part]
    blocks = [block for block in map(_block, parts) if "name" in block.columns and block.telling]
    if not blocks:
        return None
    for block in blocks:
        block.end = len(grid.rows)
    # an unheaded column before the first may hold 合计 or 制表人
    left = [number for number in taken if number < blocks[0].first]
    blocks[0].first = max(left, default=-1) + 1
    return Table(top, bottom + 1, blocks)


def _has_subheadings(grid: Grid, row: int) -> bool:
    """The row below names columns, and nowhere stands a value under a heading of this one."""
    if row + 1 >= len(grid.rows):
        return False
    filled = [n for n, cell in enumerate(grid.rows[row + 1]) if not is_blank(cell)]
    if any(_is_value_below(grid, row, column) for column in filled):
        return False
    texts, groups = grid.rows[row + 1], _groups(grid, row)
    return any(
        _field(texts[column]) not in ("", "name") or birth_part(f"{groups[column]}{texts[column]}")
        for column in filled
    )


def _is_value_below(grid: Grid, row: int, column: int) -> bool:
    """The heading is no group, so what stands below it is already about a person."""
    above, cell = grid.rows[row][column], grid.rows[row + 1][column]
    span = grid.spans.get((row, column))
    is_group = span is not None and span[1] < span[3]
    whole = f"{above}{cell}"
    if is_group or not _field(above) or exactly(whole) or birth_part(whole):
        return False
    return _field(above) != _field(cell)


def _field(cell) -> str:
    heading = recognise(cell)
    return heading.field if heading else ""


def _stands_under_groups(grid: Grid, row: int, below: Table | None) -> bool:
    """The row above holds group headings such as 基本情况 over 姓名 and 性别."""
    if row == 0 or (below and row - 1 < below.first):
        return False
    above = grid.rows[row - 1]
    if any(
        is_blank(cell) and _field(over) for over, cell in zip(above, grid.rows[row], strict=True)
    ):
        return True
    filled = sum(not is_blank(cell) for cell in above)
    if not grid.merges:
        return below is None and filled > 1
    spans = [span for place, span in grid.spans.items() if place[0] == row - 1]
    return filled > 1 and any(left < right for _, left, _, right in spans)


def _columns(grid: Grid, top: int, bottom: int) -> list[_Column]:
    groups = _groups(grid, top) if top < bottom else [""] * len(grid.rows[top])
    found = []
    for number, group in enumerate(groups):
        text = shown(grid.rows[bottom][number])
        if not text and recognise(grid.rows[top][number]):
            text, group = group, ""
        if text:
            found.append(_understood(number, group, text))
    return found


def _understood(number: int, group: str, text: str) -> _Column:
    """The text by itself, or with its group before it (入会 | 时间)."""
    if len(group) <= LONGEST_GROUP and is_another_person(group):
        return _Column(number, f"{group}{text}", None)
    if not recognise(text) and (heading := exactly(f"{group}{text}")):
        return _Column(number, f"{group}{text}", heading)
    if group and birth_part(f"{group}{text}"):
        return _Column(number, f"{group}{text}", None)
    return _Column(number, text, recognise(text))


def _groups(grid: Grid, row: int) -> list[str]:
    """The group heading over each column; without merges it reaches to the next one."""
    texts: list[str] = []
    for column, cell in enumerate(grid.rows[row]):
        span = grid.spans.get((row, column))
        if span:
            cell = grid.rows[span[0]][span[1]]
        before = texts[-1] if texts and not grid.merges else ""
        texts.append(before if is_blank(cell) else shown(cell))
    return texts


def _side_by_side(columns: list[_Column]) -> list[list[_Column]]:
    """A new part begins where a heading comes again, as long as another name column follows."""
    parts: list[list[_Column]] = [[]]
    last_name = max((column.number for column in columns if column.is_name), default=-1)
    for column in columns:
        part = parts[-1]
        again = column.is_name or bare(column.text) in {bare(other.text) for other in part}
        if again and column.number <= last_name and any(other.is_name for other in part):
            parts.append([])
        parts[-1].append(column)
    return parts


def _block(columns: list[_Column]) -> Block:
    """Of several columns for one field the one with the plainest heading is read."""
    block = Block(columns[0].number, columns[-1].number)
    known = [column for column in columns if column.heading]
    for column in sorted(known, key=lambda column: (column.heading.rank, column.number)):
        if column.heading.field not in block.columns:
            block.columns[column.heading.field] = column.number
            block.headers[column.heading.field] = column.text
    _take_birth_parts(block, columns)
    block.headers = dict(sorted(block.headers.items(), key=lambda item: block.columns[item[0]]))
    read = {*block.columns.values(), *block.birth_parts}
    for column in reversed(columns):
        if column.number not in read and (private := private_field(column.text)):
            block.private[private] = column.number
    block.ignored = [column.text for column in columns if column.number not in read]
    return block


def _take_birth_parts(block: Block, columns: list[_Column]) -> None:
    """Year and month in columns of their own are the birth, whatever one of them alone says."""
    parts = {birth_part(column.text): column for column in reversed(columns)}
    if "年" in parts and "月" in parts:
        found = [parts[part] for part in "年月日" if part in parts]
        block.birth_parts = tuple(column.number for column in found)
        block.columns["birth"] = found[0].number
        block.headers["birth"] = found[0].text
