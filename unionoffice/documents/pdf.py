"""Outline -> PDF: the finished HTML, and WeasyPrint on it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from threading import Lock

from django.utils import html
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from unionoffice.documents import measures as m
from unionoffice.documents.faces import FANGSONG, HEADING_FACES, HEITI, KAITI
from unionoffice.documents.lines import Line, Piece, compose
from unionoffice.documents.outline import (
    Cell,
    Document,
    Heading,
    Labelled,
    Paragraph,
    Part,
    Table,
    attachment_lines,
    attachment_mark,
    labelled,
    printable,
    text_of,
)
from unionoffice.documents.signature import places
from unionoffice.documents.stylesheet import stylesheet

# Pango and fontconfig keep state outside Python: one document at a time.
RENDERING = Lock()
CLASSES = {KAITI: "kai", HEITI: "hei"}
KEPT_LINES = 2  # of the text stay with the signature, so that it never stands alone on a page
INDENT = m.INDENT_CHARS * m.CELL
BLANK = "<p></p>"


def as_pdf(document: Document) -> bytes:
    """The same bytes for the same outline on the same machine."""
    identifier = sha256(repr(document).encode()).hexdigest()[:32].encode()
    page = HTML(string=pdf_html(document))
    with _one_at_a_time():
        return page.write_pdf(font_config=_fonts(), pdf_identifier=identifier)


def html_as_pdf(page: str) -> bytes:
    """What is no 公文 but is printed: strips to cut apart, labels. `page` is complete HTML."""
    with _one_at_a_time():
        return HTML(string=page).write_pdf(font_config=_fonts())


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Nobody tidies up meanwhile: a long table is a million small objects, and going through them
    again and again takes a fifth of the time."""
    with RENDERING:
        tidying = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if tidying:
                gc.enable()


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    return FontConfiguration()


def pdf_html(document: Document) -> str:
    """Complete: lines composed, fonts named by their files."""
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"{_head(document)}<style>{stylesheet()}</style></head>"
        f"<body>{''.join(_parts(document))}</body></html>"
    )


def _escaped(text: str) -> str:
    return html.escape(printable(text))


def _head(document: Document) -> str:
    metas = {
        "author": document.author or document.signature,
        "description": document.subject,
        "dcterms.created": document.date.isoformat(),
        "dcterms.modified": document.date.isoformat(),
    }
    return f"<title>{_escaped(document.name)}</title>" + "".join(
        f'<meta name="{name}" content="{_escaped(value)}">'
        for name, value in metas.items()
        if value
    )


def _parts(document: Document) -> Iterator[str]:
    """The text with its signature, then each attachment on pages of its own."""
    text, *others = labelled(document)
    yield _title(document.title)
    yield from _addressee(document.addressee)
    yield from _signed(document, [_block(item) for item in text])
    for number, (attachment, items) in enumerate(zip(document.attachments, others, strict=True), 1):
        mark = f'<p class="hei">{_escaped(attachment_mark(document, number))}</p>'
        body = chain.from_iterable(map(_block, items))
        yield f"<section>{mark}{_title((attachment.title,))}{''.join(body)}</section>"


def _title(lines: tuple[str, ...]) -> str:
    return f"<h1>{'<br>'.join(map(_escaped, lines))}</h1>"


def _addressee(addressee: str) -> list[str]:
    return _flush(f"{addressee}：", 0) if addressee else []


# ------------------------------------------------------------------ blocks
def _block(item: Labelled) -> list[str]:
    """What may part at the end of a page comes in parts: one a line."""
    match item.block:
        case Table():
            return [_table(item, item.block)]
        case Part(text=text):
            return [f'<p class="part">{_escaped(text)}</p>']
        case Heading(rest=()):
            level = item.block.level + 1
            return [f"<h{level}>{''.join(_indented(_pieces(item)))}</h{level}>"]
        case Paragraph(leads=True):
            return [f'<div class="leads">{"".join(_indented(_pieces(item)))}</div>']
    return _indented(_pieces(item))


def _pieces(item: Labelled) -> list[Piece]:
    block = item.block
    if not isinstance(block, Heading):
        return [Piece(FANGSONG, text_of(block.spans))]
    return [Piece(HEADING_FACES[block.level], item.heading), Piece(FANGSONG, text_of(block.rest))]


def _indented(pieces: list[Piece]) -> list[str]:
    first, *others = compose(pieces, m.FRAME_WIDTH - INDENT, m.FRAME_WIDTH) or [Line((), 0)]
    return [_line(first, 'class="first" '), *map(_line, others)]


def _flush(text: str, left: float) -> list[str]:
    """Lines in the body's face that all begin `left` points from the margin."""
    room = m.FRAME_WIDTH - left
    place = f"padding-left: {left:.2f}pt; " if left else ""
    return [_line(line, place=place) for line in compose([Piece(FANGSONG, text)], room, room)]


def _line(line: Line, attributes: str = "", place: str = "") -> str:
    text = "".join(map(_piece, line.pieces))
    return f'<p {attributes}style="{place}letter-spacing: {line.tracking}pt">{text}</p>'


def _piece(piece: Piece) -> str:
    name = CLASSES.get(piece.face)
    return f'<span class="{name}">{_escaped(piece.text)}</span>' if name else _escaped(piece.text)


# ------------------------------------------------------------------ tables
def _table(item: Labelled, table: Table) -> str:
    caption = f'<p class="caption">{_escaped(item.caption)}</p>' if item.caption else ""
    head = "".join(f"<th>{_escaped(column)}</th>" for column in table.columns)
    body = "".join(f"<tr>{_cells(row, table.sides)}</tr>" for row in table.rows)
    kept = ' class="kept"' if len(table.rows) <= m.WHOLE_TABLE_ROWS else ""
    return (
        f"<div{kept}>{caption}<table>{_columns(table)}"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _columns(table: Table) -> str:
    return "".join(f'<col style="width: {share:.3%}">' for share in table.shares)


def _cells(row: tuple[Cell, ...], sides: tuple[str, ...]) -> str:
    return "".join(
        f'<td class="{side}">{_escaped(text_of(cell))}</td>'
        for cell, side in zip(row, sides, strict=True)
    )


# ------------------------------------------------------------------ signature
def _signed(document: Document, blocks: list[list[str]]) -> list[str]:
    """The blocks with the closing, which stays on the page of the last lines of the text."""
    closing = "".join(_closing(document))
    if not document.blocks or isinstance(document.blocks[-1], Table):
        return [*chain.from_iterable(blocks), f'<div class="kept stays">{closing}</div>']
    *before, last = blocks
    kept = "".join(last[-KEPT_LINES:])
    return [
        *chain.from_iterable(before),
        *last[:-KEPT_LINES],
        f'<div class="kept">{kept}{closing}</div>',
    ]


def _closing(document: Document) -> Iterator[str]:
    """附件说明, signature, date, note: §7.3.4-7.3.6."""
    if document.attachments:
        yield BLANK
    for place, text in enumerate(attachment_lines(document)):
        yield from _flush(text, INDENT if place == 0 else m.ATTACHMENT_CHARS * m.CELL)
    yield BLANK
    name, day = places(document.signature, document.dated)
    yield from _flush(document.signature, name * m.CELL)
    yield from _flush(document.dated, day * m.CELL)
    if document.note:
        yield from _indented([Piece(FANGSONG, f"（{document.note}）")])
