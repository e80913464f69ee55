"""What a document says, before anybody decides how it looks: plain data, tested as text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from unionoffice.facts import Fact
from unionoffice.numerals import chinese_number


@dataclass(frozen=True)
class Missing:
    """A gap that nobody recorded: printed as 【待补：what】, never papered over."""

    what: str

    @property
    def text(self) -> str:
        return f"【待补：{self.what}】"


@dataclass(frozen=True)
class Figure:
    """A number with its source. When nothing was recorded the gap stands for number and unit."""

    fact: Fact
    unit: bool = True

    @property
    def missing(self) -> bool:
        return self.fact.missing

    @property
    def number(self) -> str:
        return Missing(self.fact.label).text if self.missing else self.fact.text

    @property
    def suffix(self) -> str:
        return self.fact.unit if self.unit and not self.missing else ""

    @property
    def text(self) -> str:
        return self.number + self.suffix


Span = str | Figure | Missing
Cell = Span | tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """`level` 1-4; its 一、（一）1.（1） comes from its place. With `rest` the paragraph runs on behind it."""

    level: int
    text: str
    rest: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Part:
    """第一部分: stands above the headings, whose numbers begin anew below it."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """One that `leads` stays on the page of what comes below it."""

    spans: tuple[Span, ...]
    leads: bool = False


@dataclass(frozen=True)
class Table:
    """`widths` are shares of the line (equal when left out); `aligns` are left, center or right,
    and where left out columns of figures stand right, the others left."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()
    aligns: tuple[str, ...] = ()

    @property
    def shares(self) -> tuple[float, ...]:
        """Parts of 1, one a column."""
        widths = self.widths or (1,) * len(self.columns)
        return tuple(width / sum(widths) for width in widths)

    @property
    def sides(self) -> tuple[str, ...]:
        return self.aligns or tuple(map(self._side, range(len(self.columns))))

    def _side(self, column: int) -> str:
        cells = [row[column] for row in self.rows]
        return "right" if any(isinstance(cell, Figure) for cell in cells) else "left"


Block = Part | Heading | Paragraph | Table


@dataclass(frozen=True)
class Attachment:
    """附件: on a page of its own, named under the text of the document."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """`title` is given line by line; `subject` and `author` are for the file's properties only."""

    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    signature: str
    date: date
    addressee: str = ""
    attachments: tuple[Attachment, ...] = ()
    note: str = ""
    subject: str = ""
    author: str = ""

    @property
    def name(self) -> str:
        return "".join(self.title)

    @property
    def dated(self) -> str:
        """Arabic figures, the year in full, no leading zeros (§7.3.5.4)."""
        return f"{self.date.year}年{self.date.month}月{self.date.day}日"


# ------------------------------------------------------------------ reading an outline
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Without the signs that spreadsheets let in and neither XML nor paper can hold."""
    return UNPRINTABLE.sub("", text)


def text_of(cell: Cell) -> str:
    return "".join(span if isinstance(span, str) else span.text for span in spans_of(cell))


def spans_of(cell: Cell) -> tuple[Span, ...]:
    return cell if isinstance(cell, tuple) else (cell,)


def figures(document: Document) -> list[Figure]:
    return [span for span in _spans(document) if isinstance(span, Figure)]


def missing(document: Document) -> list[str]:
    """What is still to be filled in, in the order of the text."""
    return [
        span.fact.label if isinstance(span, Figure) else span.what
        for span in _spans(document)
        if isinstance(span, Missing) or (isinstance(span, Figure) and span.missing)
    ]


def with_sources(document: Document, source_of: Callable[[Fact], str]) -> Document:
    """The document whose figures lead where `source_of` says."""

    def span(span: Span) -> Span:
        if not isinstance(span, Figure):
            return span
        return replace(span, fact=replace(span.fact, source=source_of(span.fact)))

    def blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(_with_spans(block, span) for block in blocks)

    attachments = tuple(replace(one, blocks=blocks(one.blocks)) for one in document.attachments)
    return replace(document, blocks=blocks(document.blocks), attachments=attachments)


def _with_spans(block: Block, change: Callable[[Span], Span]) -> Block:
    match block:
        case Heading():
            return replace(block, rest=tuple(map(change, block.rest)))
        case Paragraph():
            return replace(block, spans=tuple(map(change, block.spans)))
        case Table():
            rows = (tuple(_with_cell(cell, change) for cell in row) for row in block.rows)
            return replace(block, rows=tuple(rows))
    return block


def _with_cell(cell: Cell, change: Callable[[Span], Span]) -> Cell:
    return tuple(map(change, cell)) if isinstance(cell, tuple) else change(cell)


def _spans(document: Document) -> Iterator[Span]:
    for blocks in (document.blocks, *(attachment.blocks for attachment in document.attachments)):
        for block in blocks:
            yield from _block_spans(block)


def _block_spans(block: Block) -> Iterator[Span]:
    match block:
        case Heading(rest=spans) | Paragraph(spans=spans):
            yield from spans
        case Table(rows=rows):
            for row in rows:
                for cell in row:
                    yield from spans_of(cell)


# ------------------------------------------------------------------ numbering
LABELS = {
    1: lambda number: f"{chinese_number(number)}、",
    2: lambda number: f"（{chinese_number(number)}）",
    3: lambda number: f"{number}.",
    4: lambda number: f"（{number}）",
}


@dataclass(frozen=True)
class Labelled:
    """A block with what its place gives it: 一、（一）1.（1） or 表1."""

    block: Block
    label: str = ""

    @property
    def heading(self) -> str:
        return self.label + self.block.text

    @property
    def caption(self) -> str:
        return f"{self.label}\u3000{self.block.caption}" if self.label else ""


def labelled(document: Document) -> list[list[Labelled]]:
    """The text first, then each attachment. Headings start anew in each and in each part, tables
    count through."""
    tables = count(1)
    parts = (document.blocks, *(attachment.blocks for attachment in document.attachments))
    return [list(_labelled(blocks, tables)) for blocks in parts]


def _labelled(blocks: tuple[Block, ...], tables: Iterator[int]) -> Iterator[Labelled]:
    counts = dict.fromkeys(LABELS, 0)
    for block in blocks:
        match block:
            case Part():
                counts = dict.fromkeys(LABELS, 0)
                yield Labelled(block)
            case Heading(level=level):
                counts = {k: v + (k == level) if k <= level else 0 for k, v in counts.items()}
                yield Labelled(block, LABELS[level](counts[level]))
            case Table(caption=caption) if caption:
                yield Labelled(block, f"表{next(tables)}")
            case _:
                yield Labelled(block)


def attachment_mark(document: Document, number: int) -> str:
    """A lone attachment has no number (§7.3.4)."""
    return f"附件{number}" if len(document.attachments) > 1 else "附件"


def attachment_lines(document: Document) -> list[str]:
    """附件：1. 名称 / 2. 名称: below the text, without closing points (§7.3.4)."""
    titles = [attachment.title for attachment in document.attachments]
    if len(titles) > 1:
        titles = [f"{number}. {title}" for number, title in enumerate(titles, start=1)]
    return [f"附件：{title}" if not place else title for place, title in enumerate(titles)]
