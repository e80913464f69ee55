"""Sheets -> DOCX: real tables, with their heads on every page."""

from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from unionoffice.documents import measures as m
from unionoffice.documents import template as t
from unionoffice.documents.docx import author_of, escaped, settled
from unionoffice.documents.faces import FANGSONG, HEITI, XIAOBIAOSONG, Face
from unionoffice.documents.sheets import (
    MARGINS_MM,
    PADDING_MM,
    RIGHT_MM,
    Box,
    Grid,
    Paper,
    Placed,
    Row,
    Sheet,
    placed,
    size_of,
)

LINE = 1.3  # of the size of the text
BORDER_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
TITLE_SIZE = 20
CUT_PADDING = 5  # mm


def paper_docx(paper: Paper) -> bytes:
    """The same bytes for the same paper."""
    document = docx.Document(BytesIO(t.template()))
    _page(document, paper)
    xml = "".join(_sheet(sheet, paper, new_page=n > 0) for n, sheet in enumerate(paper.sheets))
    body = parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")
    document.element.body[:0] = list(body)
    author_of(document, paper.name, paper.author, paper.date)
    stream = BytesIO()
    document.save(stream)
    return settled(stream)


def _page(document: DocxDocument, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, paper.size_mm)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    sides = ("top_margin", "right_margin", "bottom_margin", "left_margin")
    for side, margin in zip(sides, MARGINS_MM, strict=True):
        setattr(section, side, Mm(margin))
    section.footer_distance = Mm(8)
    if not paper.numbered:
        for footer in (section.footer, section.even_page_footer):
            footer.paragraphs[0]._p.clear_content()


# ------------------------------------------------------------------ sheets
def _sheet(sheet: Sheet, paper: Paper, *, new_page: bool) -> str:
    return "".join(_parts(sheet, paper, "<w:pageBreakBefore/>" * new_page))


def _parts(sheet: Sheet, paper: Paper, page_break: str) -> Iterator[str]:
    """A new page begins with the first of the paragraphs, or with an empty one."""
    if sheet.title:
        yield _paragraph(sheet.title, XIAOBIAOSONG, TITLE_SIZE, "center", page_break)
        page_break = ""
    if sheet.left or sheet.right:
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{m.mm_twips(paper.line_mm)}"/></w:tabs>'
        text = f"{sheet.left}\t{sheet.right}"
        yield _paragraph(text, FANGSONG, 12, "left", page_break + tab)
        page_break = ""
    if page_break:
        yield _paragraph("", FANGSONG, 1, "left", page_break)
    yield _grid(sheet.grid, paper)
    yield _paragraph("", FANGSONG, 1, "left")
    if sheet.below:
        yield _paragraph(sheet.below, FANGSONG, 12, "left", below=True)


def _paragraph(
    text: str, face: Face, size: float, side: str, properties: str = "", *, below: bool = False
) -> str:
    indent = f'<w:ind w:right="{m.mm_twips(RIGHT_MM)}"/>' * (side == "right")
    pitch = f'<w:spacing w:before="{m.twips(6 * below)}" w:after="0" w:line="{m.twips(size * LINE + 1)}" w:lineRule="exact"/>'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{t.CELL}"/>{properties}{pitch}{indent}<w:jc w:val="{side}"/></w:pPr>'
        f"{_run(text, face, size) if text else ''}</w:p>"
    )


def _run(text: str, face: Face, size: float) -> str:
    parts = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escaped(p)}</w:t>' for p in text.split("\t")
    )
    half = round(size * 2)
    return (
        f"<w:r><w:rPr>{t.run_fonts(face)}"
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>{parts}</w:r>'
    )


# ------------------------------------------------------------------ grids
def _grid(grid: Grid, paper: Paper) -> str:
    line = m.mm_twips(paper.line_mm)
    widths = [round(share * line) for share in grid.shares]
    rows = "".join(
        _row(row, cells, widths, grid, paper.line_mm, head=number < grid.heads)
        for number, (row, cells) in enumerate(placed(grid))
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'{_borders(grid)}<w:tblLayout w:type="fixed"/>{_padding(grid)}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _borders(grid: Grid) -> str:
    look = "dashed" if grid.cut else "single"
    colour = "666666" if grid.cut else "000000"
    sides = "".join(
        f'<w:{side} w:val="{look}" w:sz="4" w:space="0" w:color="{colour}"/>'
        for side in BORDER_SIDES
    )
    return f"<w:tblBorders>{sides}</w:tblBorders>"


def _padding(grid: Grid) -> str:
    room = m.mm_twips(CUT_PADDING if grid.cut else PADDING_MM)
    high = m.mm_twips(4) if grid.cut else 15
    sides = (("top", high), ("left", room), ("bottom", high), ("right", room))
    cells = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    return f"<w:tblCellMar>{cells}</w:tblCellMar>"


def _row(
    row: Row, cells: list[Placed], widths: list[int], grid: Grid, line_mm: float, *, head: bool
) -> str:
    height = f'<w:trHeight w:val="{m.mm_twips(row.height)}" w:hRule="atLeast"/>'
    return (
        f"<w:tr><w:trPr><w:cantSplit/>{height}{'<w:tblHeader/>' * head}</w:trPr>"
        f"{''.join(_cell(cell, widths, grid, line_mm, head) for cell in cells)}</w:tr>"
    )


def _cell(cell: Placed, widths: list[int], grid: Grid, line_mm: float, head: bool) -> str:
    width = sum(widths[cell.column : cell.column + cell.across])
    box = cell.box or Box()
    merge = '<w:vMerge w:val="restart"/>' if box.down > 1 else ""
    if cell.box is None:
        merge = "<w:vMerge/>"
    span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
    align = "top" if box.top else "center"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
        f'<w:vAlign w:val="{align}"/></w:tcPr>{_lines(box, size_of(cell, grid, line_mm), head)}</w:tc>'
    )


def _lines(box: Box, size: float, head: bool) -> str:
    face = HEITI if box.label or head else FANGSONG
    lines = [_paragraph(line, face, size, box.side) for line in box.text.split("\n")]
    if box.bold_first:
        first = box.text.split("\n")[0]
        lines[0] = _paragraph(first, XIAOBIAOSONG, size * 1.25, box.side)
    return "".join(lines)
