"""The rows under a header as people, or the reason why a row is none."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from members.choices import PrivateField
from members.roster_reader.cells import is_blank, plain, shown
from members.roster_reader.header import Block, Table
from members.roster_reader.names import ReadName, read_name
from members.roster_reader.private_cells import read_private
from members.roster_reader.reading import Rejection, RosterRow
from members.roster_reader.sections import heading, is_numbered, meaning, said_above
from members.roster_reader.sheets import Grid
from members.roster_reader.values import DATES, LABELS, reader_for, status_word
from members.words import USUAL

# Texts at or before the name, without white space.
NOT_PEOPLE = (
    (re.compile(r"合计|小计|总计|共计|累计|总人数|共.{0,3}\d+.{0,2}[人名]|^\d+[人名]$"), "合计行"),
    (
        re.compile(
            "制表|填表|审核人|复核人|审批人|审批意见|签字|签名|盖章|公章|"
            "^(?:审核|复核|经办|统计|负责人|主管|校长|书记|主席|工会主席|联系人|联系电话|填报|日期|更新|单位).{0,6}:"
        ),
        "制表行",
    ),
    (
        re.compile(
            "^(?:说明|填写说明|注|备注|附注|温馨提示|其中)(?:[:0-9]|$)|^注意|以下空白|以下无"
        ),
        "说明行",
    ),
)
# A row with nothing but this in it heads the people below.
SECTION = re.compile(
    "..(?:组|处|室|部|科|中心|年级|学院|学校|中学|小学|大学|工会|委员会|人员|教师|职工|会员|领导|干部|名单|名册)$"
)
COUNT = re.compile(r"共?\d+[人名]?")
# 甲 乙 1 2 3 below a header number its columns
COLUMN_NUMBER = re.compile(r"栏次|[甲乙丙丁戊己庚辛壬癸a-hA-H]|\(?\d{1,2}\)?")
FEWEST_NUMBERED = 3
EXAMPLES = frozenset({"例", "例:", "示例", "示例:", "样例", "范例", "举例", "例如"})
OWN = ("staff_no", "phone")  # never taken from a formula or a merged cell: they tell people apart
IS_SECTION = "分组或标题行"


class BlockReader:
    """Reads one block of people row by row; equal cells of a column are understood only once."""

    def __init__(
        self, grid: Grid, table: Table, block: Block, today: date, keep: Collection[str] = ()
    ):
        self.grid, self.block = grid, block
        self.private = [(field, n) for field, n in block.private.items() if field in keep]
        self.name = block.columns["name"]
        self.gender = block.columns.get("gender", -1)
        self.index = block.columns.get("index", -1)

        _join_births(grid, table, block)

        def cells(column: int) -> Iterator:
            return (grid.rows[number][column] for number in range(table.first, block.end))

        self.plan = [
            (field, column, reader_for(field, block.headers[field], today, cells(column)), {})
            for field, column in block.columns.items()
            if field in LABELS
        ]
        self.doubtful = bool(grid.formulas or grid.merges)
        self.above = said_above(grid, table, block)
        self.said = dict(self.above)  # by the last heading above the row

    def people(self, table: Table) -> Iterator[RosterRow | Rejection]:
        for number in range(table.first, self.block.end):
            entry = self._read(number, self.grid.rows[number])
            if entry:
                yield entry

    def reread(self) -> dict[str, str]:
        """What was taken for a usual word: 党员 → 中共党员."""
        return {
            shown(cell): fields[field]
            for field, _, _, known in self.plan
            if field in USUAL
            for cell, (fields, _) in known.items()
            if fields and shown(cell) != fields[field]
        }

    def _read(self, number: int, row: list) -> RosterRow | Rejection | None:
        refusal = self._is_no_person(number, row)
        if refusal is None:
            return None
        found = read_name(row[self.name])
        refusal = refusal or found.refusal or _example(found)
        if refusal == IS_SECTION:
            self._begin_section(row)
        if refusal:
            return Rejection(self.grid.name, number + 1, shown(row[self.name]), refusal)
        return self._person(number, row, found)

    def _begin_section(self, row: list) -> None:
        """From here on the people belong to what the row says."""
        cells = row[self.block.first : self.block.last + 1]
        texts = [meaning(cell) for cell in cells if isinstance(cell, str)]
        said = next(filter(None, texts), {})
        self.said = self.above | {k: v for k, v in said.items() if k not in self.block.columns}

    def _is_no_person(self, number: int, row: list) -> str | None:
        """Why the row is no person's; "" when it may be one, None when it is empty."""
        place = (number, self.name)
        if place in self.grid.formulas:
            return "姓名是公式"
        if self.grid.merges and (span := self.grid.spans.get(place)) and span[0] < number:
            return f"姓名与第{span[0] + 1}行是合并的一格"
        if self._is_ordinary(row):
            return ""
        return self._strange(number, row)

    def _is_ordinary(self, row: list) -> bool:
        """A name, a gender and a running number: nearly all rows, told without a closer look."""
        index = row[self.index] if self.index >= 0 else ""
        return (
            self.gender >= 0
            and row[self.gender] in ("男", "女")
            and not is_blank(row[self.name])
            and (not isinstance(index, str) or not index or index.isdigit())
        )

    def _strange(self, number: int, row: list) -> str | None:
        cells = row[self.block.first : self.block.last + 1]
        filled = [plain(cell) for cell in cells if not is_blank(cell)]
        index = plain(row[self.index]) if self.index >= 0 else ""
        if not filled or (filled == [index] and index.isdigit()):
            return None
        if len(filled) >= FEWEST_NUMBERED and all(map(COLUMN_NUMBER.fullmatch, filled)):
            return "栏次行"
        name = plain(row[self.name])
        if not name and self._is_heading(row, filled):
            return IS_SECTION
        before = cells[: self.name - self.block.first + 1] if name else cells
        if reason := _reason(plain(cell) for cell in before if isinstance(cell, str)):
            return reason
        if index in EXAMPLES or name in EXAMPLES:
            return "示例行"
        if not name:
            return "缺姓名"
        is_alone = all(text in (name, index) or COUNT.fullmatch(text) for text in filled)
        if is_alone and self.index >= 0 and not index and not SECTION.search(heading(name)):
            return "只有一个词，没有序号，不像一个人"
        is_section = is_alone and SECTION.search(heading(name))
        return IS_SECTION if is_section or self._is_banner(number) else ""

    def _is_heading(self, row: list, filled: list[str]) -> bool:
        """Words before an empty name, with nothing beside them but a count."""
        words = [text for text in filled if not COUNT.fullmatch(text)]
        before = [plain(cell) for cell in row[self.block.first : self.name] if not is_blank(cell)]
        if len(words) != 1 or words[0] not in before:
            return False
        if is_numbered(words[0]) and "department" in meaning(words[0]):  # 四、后勤组 共3人
            return True
        return not _reason(iter(words)) and bool(
            SECTION.search(heading(words[0])) or meaning(words[0])
        )

    def _is_banner(self, number: int) -> bool:
        """The name's cell is merged over columns that hold something else."""
        span = self.grid.spans.get((number, self.name)) if self.grid.merges else None
        others = set(self.block.columns.values()) - {self.name}
        return span is not None and any(column in others for column in range(span[1], span[3] + 1))

    def _person(self, number: int, row: list, found: ReadName) -> RosterRow:
        values, warnings = {"status": "", **self.said}, []
        for field, column, reader, known in self.plan:
            cell = row[column]
            if cell == "" and not self.doubtful:
                continue
            understood = known.get(cell)
            if understood is None:
                understood = known[cell] = _as_fields(field, *reader(cell))
            fields, warning = understood
            if self.doubtful:
                fields, warning = self._trusted(number, field, column, fields, warning)
            values.update(fields)
            if warning:
                warnings.append(warning)
        _take_remark(found, values, warnings)
        if self.private:
            values["private"] = tuple(self._private(number, row, values, warnings))
        return RosterRow(self.grid.name, number + 1, found.name, **values, warnings=tuple(warnings))

    def _private(
        self, number: int, row: list, values: dict, warnings: list[str]
    ) -> Iterator[tuple[str, str]]:
        """Nothing from a formula or a merged cell: it would be somebody else's."""
        for field, column in self.private:
            span = self.grid.spans.get((number, column)) if self.grid.merges else None
            if (number, column) in self.grid.formulas or (span and span[0] < number):
                label = PrivateField(field).label
                sealed, warning = "", f"{label}是公式或合并的一格，没有读入"
            else:
                sealed, warning = read_private(field, row[column], values)
            if sealed:
                yield field, sealed
            if warning:
                warnings.append(warning)

    def _trusted(self, number: int, field: str, column: int, fields: dict, warning: str):
        """What of a formula's last result or of a merged cell may be taken for this person."""
        span = self.grid.spans.get((number, column))
        if field in OWN and span and span[0] < number:
            return {}, f"{LABELS[field]}是合并的一格，没有读入"
        if (number, column) not in self.grid.formulas:
            return fields, warning
        if field in OWN or not fields:
            return {}, f"{LABELS[field]}是公式，没有读入"
        return fields, warning or f"{LABELS[field]}是公式，读的是表里算好的结果"


def _join_births(grid: Grid, table: Table, block: Block) -> None:
    """Year, month and day from their columns into the first of them: 1985-3-8."""
    for row in grid.rows[table.first : block.end] if block.birth_parts else ():
        parts = [shown(row[column]) for column in block.birth_parts]
        row[block.birth_parts[0]] = "-".join(filter(None, parts))


def _as_fields(field: str, value, warning: str) -> tuple[dict, str]:
    """The keyword arguments of RosterRow that a cell's value fills."""
    if not value:
        return {}, warning
    if field in DATES:
        return {field: value.day, f"{field}_precision": value.precision}, warning
    return {field: value}, warning


def _take_remark(found: ReadName, values: dict, warnings: list[str]) -> None:
    """周敏（女） and 周敏（退休） fill what no column says; any other remark goes to the note."""
    if len(found.name) == 1:
        warnings.append("姓名只有一个字")
    if not found.remark:
        return
    status = status_word(found.remark)
    if found.remark in ("男", "女"):
        values.setdefault("gender", found.remark)
    elif status:
        values["status"] = values["status"] or status
    else:
        values["note"] = "；".join(filter(None, (values.get("note"), found.remark)))
        warnings.append(f"姓名后面的“{found.remark}”记到了备注")


def _example(found: ReadName) -> str:
    return "示例行" if {found.name, found.remark} & EXAMPLES else ""


def _reason(texts: Iterator[str]) -> str:
    return next(
        (reason for text in texts for pattern, reason in NOT_PEOPLE if pattern.search(text)), ""
    )
