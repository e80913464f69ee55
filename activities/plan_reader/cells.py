"""The cells of a table that was flattened, beside or behind what is done."""

import re
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from activities.plan_reader.columns import (
    ABOUT,
    CONTENT_COLUMNS,
    MONTH_COLUMNS,
    is_other_column,
    told_apart,
)
from activities.plan_reader.grammar import Kind, Node
from activities.plan_reader.numerals import Marker, plain
from activities.plan_reader.reading import Said

STOPS = (";", "；", "。", "！", "!", "？", "…")
STROKES = "；;，,。 \t"
SAID_BEHIND = re.compile(rf"[\s；;，,。]\s*(?={ABOUT}\s*:\s*\S)")
CELL = 12  # characters: an unnumbered cell this short beside numbered items names who is in charge
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏"
    "苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严赖覃洪武莫孔向常汤康易乔温倪樊柳梅甘谷冉"
)
NAME = re.compile(
    rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}|.{{1,4}}(?:老师|主席|园长|校长|主任|委员|组长)|工会|女工委"
)
MOST = 0.6  # of the lines
NEAR = 8  # lines above the first month in which its table has its head


@dataclass
class Draft:
    """An item while its month is read."""

    text: str
    marker: Marker | None
    line: int
    week: int | None = None
    months: tuple[int, ...] = ()  # its own, where its line names them inside of another month
    said: list[Said] = field(default_factory=list)

    @property
    def marked(self) -> bool:
        return self.marker is not None


def columns_of(before: list[Node]) -> tuple[str, ...]:
    """The names of the columns from the month on, in the head above the months."""
    heads = [node.text.split("\t") for node in before[-NEAR:] if node.kind is Kind.TABLE_HEAD]
    names = heads[-1] if heads else []
    month = next((at for at, name in enumerate(names) if name in MONTH_COLUMNS), None)
    return tuple(told_apart(names)[month + 1 :]) if month is not None else ()


def columns_paired(nodes: list[Node], run: list[int]) -> tuple[str, ...]:
    """The columns of a table without a head, where a name stands below each item of every month."""
    months = [
        [node.text for node in nodes[one + 1 : other] if node.kind in (Kind.TEXT, Kind.ITEM)]
        for one, other in pairwise(run)
    ]
    even = len(months) > 1 and all(texts and len(texts) % 2 == 0 for texts in months)
    names = [name for texts in months for name in texts[1::2]]
    items = [item for texts in months for item in texts[::2]]
    paired = even and all(map(NAME.fullmatch, names)) and not any(map(NAME.fullmatch, items))
    return ("内容", "负责人") if paired else ()


def columns_behind(columns: tuple[str, ...], nodes: list[Node], texts: list[str]) -> tuple:
    """The columns behind the content, where most lines end in words for them."""
    last = tuple(takewhile(is_other_column, reversed(columns)))[::-1]
    named = any(node.kind is Kind.ATTRIBUTE for node in nodes)
    rows = sum(_has_cells(text, last) for text in texts)
    return last if last and not named and rows > MOST * len(texts) else ()


def cells_behind(at: int, words: str, columns: tuple[str, ...]) -> tuple[str, list[Said]]:
    """登山 刘洋 under 工作内容 责任人, as the item and what is said about it."""
    cells = words.split()
    if not _has_cells(words, columns):
        return words, []
    width = len(columns)
    said = zip(columns, cells[-width:], strict=True)
    return " ".join(cells[:-width]), [Said(at, f"{name}：{cell}") for name, cell in said]


def said_behind(at: int, words: str) -> tuple[str, list[Said]]:
    """登山 责任人：张三 地点：东山, as the item and what is said about it."""
    cuts = [cut.end() for cut in SAID_BEHIND.finditer(plain(words))]
    if not cuts or len(words[: cuts[0]].strip(f"{STROKES} ")) < 2 or _open(words[: cuts[0]]):
        return words, []
    parts = [words[a:b].strip(STROKES) for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
    if any(stop in part for part in parts[1:] for stop in STOPS):
        return words, []
    return parts[0], [Said(at, part) for part in parts[1:]]


def _open(words: str) -> bool:
    return any(words.count(left) > words.count(right) for left, right in ("（）", "()", "“”"))


def _has_cells(words: str, columns: tuple[str, ...]) -> bool:
    """Whether the line ends in short words for all the columns behind the content."""
    cells = words.split()
    last = cells[-len(columns) :] if columns and len(cells) > len(columns) else []
    return bool(last) and all(len(cell) <= CELL and not cell.endswith(STOPS) for cell in last)


def drop_cells(columns: list[str], drafts: list[Draft]) -> tuple[list[Draft], list[Said]]:
    """Who is in charge is no item, where a table was flattened without its columns. Gives the items
    left, each told what the cells beside it say, and what of the cells can't be placed."""
    width = len(columns)
    content = next((i for i, name in enumerate(columns) if name in CONTENT_COLUMNS), None)
    if width < 2 or content is None or any(draft.said for draft in drafts):
        return drafts, []
    others = [name for at, name in enumerate(columns) if at != content]
    if any(draft.marked for draft in drafts):
        return _tell(drafts, [draft.marked or len(draft.text) > CELL for draft in drafts], others)
    if len(drafts) % width:
        sums = [draft for draft in drafts if draft.text.isdigit()]
        return [draft for draft in drafts if draft not in sums], [
            Said(draft.line, draft.text) for draft in sums
        ]
    rows = [drafts[at : at + width] for at in range(0, len(drafts), width)]
    told = [_tell(row, [at == content for at in range(width)], others) for row in rows]
    return [draft for kept, _ in told for draft in kept], [
        said for _, rest in told for said in rest
    ]


def _tell(drafts: list[Draft], keep: list[bool], others: list[str]) -> tuple:
    """The items of a row, told what the cells beside them say; unnamed cells are set aside."""
    items = [draft for draft, kept in zip(drafts, keep, strict=True) if kept]
    cells = [draft for draft, kept in zip(drafts, keep, strict=True) if not kept]
    if not items or len(cells) != len(others):
        return items, [Said(cell.line, cell.text) for cell in cells]
    for name, cell in zip(others, cells, strict=True):
        said = Said(cell.line, f"{name}：{cell.text}")
        for item in items:
            item.said.append(said)
    return items, []
