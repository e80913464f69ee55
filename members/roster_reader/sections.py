"""What a text that stands over people says of each of them: 语文组 their department, 退休教师 their
status. It holds where no column of theirs says it."""

import re
from collections.abc import Iterable

from members.roster_reader.cells import plain
from members.roster_reader.columns import exactly
from members.roster_reader.header import Block, Table
from members.roster_reader.sheets import Grid

STATUSES = ("在职", "退休", "离休", "内退", "调出")
GROUP = re.compile("..(?:小组|分工会)$")
DEPARTMENT = re.compile("..(?:组|处|室|部|科|中心|年级|学院|办|办公室)$")
NO_DEPARTMENT = re.compile("支部|党|工会|全体|小组|名单|名册|一览|汇总|总部|分部|本部")
NUMBERING = re.compile(
    r"^(?:\(?(?:[一二三四五六七八九十]+|\d+)\)?[、.,:)]|第[一二三四五六七八九十\d]+部分)"
)
COUNT = re.compile(r"\(.*|共?\d+[人名].*$|[::]+$")
BRACKETS = re.compile(r"^[\[【〔《](.*)[\]】〕》]$")
LONGEST = 20
ROWS_ABOVE = 2  # a header's title stands right above it


def heading(text: str) -> str:
    """The words without numbering, brackets and counts: 一、【语文组】（5人） is 语文组."""
    words = COUNT.sub("", NUMBERING.sub("", plain(text)))
    words = BRACKETS.sub(r"\1", words)
    return COUNT.sub("", NUMBERING.sub("", words))


def is_numbered(text: str) -> bool:
    """一、语文组 begins something; 语文组 共5人 may as well end it."""
    return bool(NUMBERING.match(plain(text)))


def meaning(text: str) -> dict[str, str]:
    """Field → value, of at most one field; nothing where the text says nothing, or two things."""
    words = heading(text)
    if len(words) > LONGEST or exactly(words):
        return {}
    if status := status_in(words):
        return {"status": status}
    if GROUP.search(words):
        return {"group": words}
    if DEPARTMENT.search(words) and not NO_DEPARTMENT.search(words):
        return {"department": words}
    return {}


def status_in(words: str) -> str:
    """The one status that is named; 离退休 and 在职退休 name two, so they say nothing."""
    if "离退" in words:
        return ""
    named = [status for status in STATUSES if status in words]
    return named[0] if len(named) == 1 else ""


def said_above(grid: Grid, table: Table, block: Block) -> dict[str, str]:
    """What the sheet's name and the titles over the block say, the nearest last."""
    said = meaning(grid.name)
    for number in range(max(0, table.top - ROWS_ABOVE), table.first - 1):
        said |= _said_by(grid.rows[number][block.first : block.last + 1])
    return {field: value for field, value in said.items() if field not in block.columns}


def _said_by(cells: Iterable) -> dict[str, str]:
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    return meaning(texts[0]) if len(texts) == 1 else {}
