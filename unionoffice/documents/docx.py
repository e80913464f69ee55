"""Outline -> DOCX: the body written as one piece of XML into the empty 公文."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from io import BytesIO
from xml.sax import saxutils
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from unionoffice.documents import measures as m
from unionoffice.documents import template as t
from unionoffice.documents.faces import FANGSONG, HEADING_FACES, HEITI, XIAOBIAOSONG, Face
from unionoffice.documents.outline import (
    Cell,
    Document,
    Heading,
    Labelled,
    Part,
    Table,
    attachment_lines,
    attachment_mark,
    labelled,
    printable,
    text_of,
)
from unionoffice.documents.signature import places

PROPERTY_LENGTH = 255  # Word takes no longer ones
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
KEEP = "<w:keepNext/>"
RUNS = {
    face: f'<w:r><w:rPr>{t.run_fonts(face)}</w:rPr><w:t xml:space="preserve">'
    for face in (FANGSONG, XIAOBIAOSONG, HEITI, *HEADING_FACES.values())
}
BLANK = f'<w:p><w:pPr><w:pStyle w:val="{t.CLOSING}"/>{KEEP}</w:pPr></w:p>'
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="{round(m.HAIRLINE * 8)}" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)

PADDING = "".join(
    f'<w:{side} w:w="{m.twips(padding)}" w:type="dxa"/>'
    for side, padding in (
        ("top", m.TABLE_PADDING),
        ("left", m.CELL_PADDING),
        ("bottom", m.TABLE_PADDING),
        ("right", m.CELL_PADDING),
    )
)


def as_docx(document: Document) -> bytes:
    """The same bytes for the same outline: no clock, no chance in them."""
    paper = docx.Document(BytesIO(t.template()))
    body = parse_xml(f"<w:body {nsdecls('w')}>{''.join(_body(document))}</w:body>")
    paper.element.body[:0] = list(body)
    author_of(paper, document.name, document.author or document.signature, document.date)
    paper.core_properties.subject = _property(document.subject)
    stream = BytesIO()
    paper.save(stream)
    return settled(stream)


def author_of(paper: DocxDocument, name: str, author: str, day: date) -> None:
    """Write into the file what it is called, whose it is, and of which day."""
    properties = paper.core_properties
    properties.title, properties.subject = _property(name), ""
    properties.author = properties.last_modified_by = _property(author)
    properties.language, properties.revision = "zh-CN", 1
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = datetime.combine(day, time(), UTC)


def _property(text: str) -> str:
    return printable(text)[:PROPERTY_LENGTH]


def settled(stream: BytesIO) -> bytes:
    """The same package with every entry dated alike."""
    settled = BytesIO()
    with ZipFile(stream) as source, ZipFile(settled, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, ZIP_DATE), source.read(name), ZIP_DEFLATED)
    return settled.getvalue()


# ------------------------------------------------------------------ document
def _body(document: Document) -> Iterator[str]:
    text, *others = labelled(document)
    yield _title(document.title)
    if document.addressee:
        yield _paragraph(t.ADDRESSEE, _run(FANGSONG, f"{document.addressee}："))
    for item in text:
        if isinstance(item.block, Part) and item is not text[0]:
            yield BLANK
        yield _block(item, keep=item is text[-1])
    yield from _closing(document)
    for number, (attachment, items) in enumerate(zip(document.attachments, others, strict=True), 1):
        yield _paragraph(t.MARK, _run(HEITI, attachment_mark(document, number)))
        yield BLANK
        yield _title((attachment.title,))
        yield from map(_block, items)


def _title(lines: tuple[str, ...]) -> str:
    """A paragraph a line: a title as long as a sentence is no text."""
    return "".join(_paragraph(t.TITLE, _run(XIAOBIAOSONG, line)) for line in lines) + BLANK


def _block(item: Labelled, *, keep: bool = False) -> str:
    match item.block:
        case Table():
            return _table(item, item.block, keep=keep)
        case Part(text=text):
            return _paragraph(t.PART, _run(HEITI, text))
        case Heading(level=level, rest=rest):
            style = t.BODY if rest else t.heading(level)
            runs = _run(HEADING_FACES[level], item.heading) + _run(FANGSONG, text_of(rest))
            return _paragraph(style, runs, KEEP * keep)
    kept = KEEP * (keep or item.block.leads)
    return _paragraph(t.BODY, _run(FANGSONG, text_of(item.block.spans)), kept)


def _paragraph(style: str, runs: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def escaped(text: str) -> str:
    return saxutils.escape(printable(text))


def _run(face: Face, text: str) -> str:
    return f"{RUNS[face]}{escaped(text)}</w:t></w:r>" if text else ""


# ------------------------------------------------------------------ tables
def _table(item: Labelled, table: Table, *, keep: bool) -> str:
    """Short tables hold together row by row; long ones part between rows, under their head."""
    widths = [round(share * m.twips(m.FRAME_WIDTH)) for share in table.shares]
    whole = len(table.rows) <= m.WHOLE_TABLE_ROWS
    caption = _paragraph(t.CAPTION, _run(HEITI, item.caption)) if item.caption else ""
    kept = [whole] * (len(table.rows) - 1) + [keep]
    rows = "".join(
        _row(row, widths, table.sides, keep=held)
        for row, held in zip(table.rows, kept, strict=False)
    )
    gap = _paragraph(t.GAP, "", KEEP * keep)
    return f"{caption}<w:tbl>{_table_properties(widths)}{_head(table, widths)}{rows}</w:tbl>{gap}"


def _table_properties(widths: list[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{PADDING}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    )


def _head(table: Table, widths: list[int]) -> str:
    cells = "".join(
        _cell(width, _paragraph(t.HEAD, _run(HEITI, column), KEEP))
        for column, width in zip(table.columns, widths, strict=True)
    )
    return _table_row(cells, "<w:tblHeader/>")


def _row(row: tuple[Cell, ...], widths: list[int], sides: tuple[str, ...], *, keep: bool) -> str:
    return _table_row(
        "".join(
            _cell(width, _cell_text(cell, side, KEEP * keep))
            for cell, width, side in zip(row, widths, sides, strict=True)
        )
    )


def _cell_text(cell: Cell, side: str, keep: str) -> str:
    return _paragraph(t.CELL, _run(FANGSONG, text_of(cell)), f'{keep}<w:jc w:val="{side}"/>')


def _table_row(cells: str, head: str = "") -> str:
    height = f'<w:trHeight w:val="{m.twips(m.TABLE_ROW)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{cells}</w:tr>"


def _cell(width: int, paragraph: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph}</w:tc>"
    )


# ------------------------------------------------------------------ signature
def _closing(document: Document) -> Iterator[str]:
    """附件说明, signature, date, note: §7.3.4-7.3.6."""
    if document.attachments:
        yield BLANK
    for place, text in enumerate(attachment_lines(document)):
        yield _line(text, m.INDENT_CHARS if place == 0 else m.ATTACHMENT_CHARS)
    yield BLANK
    name, day = places(document.signature, document.dated)
    yield _line(document.signature, name)
    yield _line(document.dated, day, keep="")
    if document.note:
        yield _paragraph(t.BODY, _run(FANGSONG, f"（{document.note}）"))


def _line(text: str, chars: float, *, keep: str = KEEP) -> str:
    """Begins `chars` characters from the left margin."""
    indent = f'<w:ind w:left="{m.twips(chars * m.CELL)}"/><w:jc w:val="left"/>'
    return _paragraph(t.CLOSING, _run(FANGSONG, text), keep + indent)
