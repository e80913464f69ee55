"""Sheets -> PDF: HTML tables, and WeasyPrint on them."""

from django.utils import html

from unionoffice.documents.faces import FANGSONG, HEITI, SONGTI, XIAOBIAOSONG
from unionoffice.documents.outline import printable
from unionoffice.documents.pdf import html_as_pdf
from unionoffice.documents.sheets import (
    MARGINS_MM,
    PADDING_MM,
    RIGHT_MM,
    SMALLEST,
    Box,
    Grid,
    Paper,
    Placed,
    Row,
    Sheet,
    placed,
    size_of,
)
from unionoffice.documents.stylesheet import FALLBACK, font_faces

SHEET = f"""
body, h1, p {{ margin: 0 }}
body {{ font: 12pt/1.35 "{FANGSONG.family}", {FALLBACK}; font-kerning: none }}
section + section {{ break-before: page }}
h1 {{ font: 20pt/1.5 "{XIAOBIAOSONG.family}", {FALLBACK}; text-align: center; margin-bottom: 3mm }}
.over {{ display: flex; justify-content: space-between; margin-bottom: 1.5mm }}
.below {{ margin-top: 3mm; white-space: pre-wrap }}
table {{ width: 100%; table-layout: fixed; border-collapse: collapse }}
tr {{ break-inside: avoid }}
td, th {{ border: .5pt solid #000; padding: .4mm {PADDING_MM}mm; overflow-wrap: anywhere; text-align: center }}
.lines {{ white-space: pre-wrap }}
th, .label {{ font-weight: normal; font-family: "{HEITI.family}", {FALLBACK} }}
.cut td {{ border: .5pt dashed #666; padding: 4mm 5mm }}
td.left {{ text-align: left }}
td.right {{ text-align: right; padding-right: {RIGHT_MM}mm }}
td, th {{ vertical-align: middle }}
td.top {{ vertical-align: top; padding-top: 1.5mm }}
b {{ font: 1.25em/1.5 "{XIAOBIAOSONG.family}", {FALLBACK} }}
"""
SIZES = [SMALLEST + half / 2 for half in range(10)]  # in points: of texts that would not fit


def paper_pdf(paper: Paper) -> bytes:
    return html_as_pdf(paper_html(paper))


def paper_html(paper: Paper) -> str:
    """Complete, with the fonts named by their files."""
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{_escaped(paper.name)}</title>"
        f'<meta name="author" content="{_escaped(paper.author)}">'
        f"<style>{font_faces()}{_page(paper)}{SHEET}{_sizes()}{_heights(paper)}</style></head>"
        f"<body>{''.join(_sheet(sheet, paper) for sheet in paper.sheets)}</body></html>"
    )


def _page(paper: Paper) -> str:
    margins = " ".join(f"{side}mm" for side in MARGINS_MM)
    width, height = paper.size_mm
    number = '"— " counter(page) " —"' if paper.numbered else "none"
    return (
        f"@page {{ size: {width}mm {height}mm; margin: {margins}; @bottom-center {{ "
        f'content: {number}; font: 10.5pt "{SONGTI.family}" }} }}'
    )


def _escaped(text: str) -> str:
    return html.escape("\n".join(map(printable, text.split("\n"))))


def _heights(paper: Paper) -> str:
    """A rule for each height of a row: a style at every row would be read every time."""
    heights = {_height(row): row.height for sheet in paper.sheets for row in sheet.grid.rows}
    return "".join(f".{name} {{ height: {height}mm }}" for name, height in heights.items())


def _height(row: Row) -> str:
    return f"h{row.height}".replace(".", "-")


def _sizes() -> str:
    return "".join(f".{_size(size)} {{ font-size: {size}pt }}" for size in SIZES)


def _size(size: float) -> str:
    return f"s{size}".replace(".", "-")


def _sheet(sheet: Sheet, paper: Paper) -> str:
    title = f"<h1>{_escaped(sheet.title)}</h1>" if sheet.title else ""
    over = ""
    if sheet.left or sheet.right:
        over = f'<div class="over"><span>{_escaped(sheet.left)}</span><span>{_escaped(sheet.right)}</span></div>'
    below = f'<p class="below">{_escaped(sheet.below)}</p>' if sheet.below else ""
    return f"<section>{title}{over}{_grid(sheet.grid, paper.line_mm)}{below}</section>"


def _grid(grid: Grid, line_mm: float) -> str:
    columns = "".join(f'<col style="width: {share:.3%}">' for share in grid.shares)
    rows = [
        _row(row, cells, grid, line_mm, n < grid.heads)
        for n, (row, cells) in enumerate(placed(grid))
    ]
    head, body = "".join(rows[: grid.heads]), "".join(rows[grid.heads :])
    return (
        f'<table{" class=cut" if grid.cut else ""} style="font-size: {grid.size}pt"><colgroup>'
        f"{columns}</colgroup>{f'<thead>{head}</thead>' if head else ''}"
        f"<tbody>{body}</tbody></table>"
    )


def _row(row: Row, cells: list[Placed], grid: Grid, line_mm: float, head: bool) -> str:
    boxes = ((cell.box, size_of(cell, grid, line_mm)) for cell in cells if cell.box)
    written = "".join(
        _cell(box, "th" if head else "td", _size(size) * (size != grid.size)) for box, size in boxes
    )
    return f'<tr class="{_height(row)}">{written}</tr>'


def _cell(box: Box, tag: str, size: str) -> str:
    spans = f' colspan="{box.across}"' * (box.across > 1) + f' rowspan="{box.down}"' * (
        box.down > 1
    )
    named = {
        box.side: box.side != "center",
        "label": box.label,
        "top": box.top,
        "lines": "\n" in box.text or "\u3000" in box.text,
        size: bool(size),
    }
    classes = " ".join(name for name, holds in named.items() if holds)
    text = _escaped(box.text)
    if box.bold_first:
        first, *others = text.split("\n")
        text = "\n".join([f"<b>{first}</b>", *others])
    attributes = f' class="{classes}"' * bool(classes) + spans
    return f"<{tag}{attributes}>{text}</{tag}>"
