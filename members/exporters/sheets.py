"""Lists to print: a sheet to sign on (PDF, Word) and labels with names, 24 on an A4 page."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

import docx
from django.utils.html import format_html, format_html_join
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from unionoffice.documents.faces import FANGSONG, HEITI
from unionoffice.documents.outline import printable
from unionoffice.documents.pdf import html_as_pdf
from unionoffice.documents.sheets import fitting
from unionoffice.documents.stylesheet import FALLBACK, font_faces

COLUMNS = ("name", "group_name", "department_name", "staff_no")
BESIDE = {"department_name": "部门", "group_name": "工会小组", "staff_no": "工号"}
NO_GROUP = "没有编组的"
LABELS_A_ROW, LABELS_A_PAGE = 3, 24
WIDTHS_MM = {"序号": 14, "姓名": 38, "签名": 46}
LINE_MM = 174  # what is left of A4 between the margins
ROW_MM = 10
PADDING_MM = 2  # left and right of a text
SIZE = 12  # points

STYLE = f"""
@page {{ size: A4; margin: 16mm 16mm 16mm 20mm; @bottom-center {{ content: "第 " counter(page) " 页，共 " counter(pages) " 页"; font: 9pt "{FANGSONG.family}", {FALLBACK} }} }}
body {{ margin: 0; font: {SIZE}pt/1.4 "{FANGSONG.family}", {FALLBACK} }}
section + section {{ break-before: page }}
h1 {{ margin: 0 0 2mm; font: 18pt/1.4 "{HEITI.family}", {FALLBACK}; text-align: center }}
p {{ margin: 0 0 2mm; text-align: right }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed }}
thead {{ display: table-header-group }}
tr {{ break-inside: avoid; height: {ROW_MM}mm }}
th, td {{ border: .6pt solid #000; padding: 0 {PADDING_MM}mm; text-align: left; vertical-align: middle; overflow-wrap: anywhere }}
th {{ font-weight: normal; font-family: "{HEITI.family}", {FALLBACK} }}
.n {{ text-align: center }}
"""
LABELS = f"""
@page {{ size: A4; margin: 0 }}
body {{ margin: 0; font: 11pt/1.35 "{FANGSONG.family}", {FALLBACK} }}
.page {{ display: grid; grid-template: repeat(8, 37.125mm) / repeat(3, 70mm); break-after: page }}
.page:last-child {{ break-after: auto }}
.label {{ box-sizing: border-box; height: 37.125mm; padding: 9mm 6mm 0; text-align: center; overflow: hidden }}
b {{ display: block; font: 19pt/1.3 "{HEITI.family}", {FALLBACK} }}
b.long {{ font-size: 13pt }}
"""
LONG_NAME = 6  # characters; a longer one is set smaller


@dataclass(frozen=True)
class Sheet:
    """Lines to sign on, in parts that each begin a page."""

    title: str
    heads: tuple[str, ...]
    parts: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]  # (name of the part, lines)

    @property
    def widths(self) -> list[float]:
        """Of the columns, in millimetres; those without a width of their own share the rest."""
        own = [WIDTHS_MM.get(head) for head in self.heads]
        rest = LINE_MM - sum(width for width in own if width)
        return [width or rest / own.count(None) for width in own]

    def sizes(self, line: Iterable[str]) -> list[float]:
        """Of the texts of a line: a long name stands in one line."""
        room = (width - 2 * PADDING_MM - 0.3 for width in self.widths)
        return [fitting(text, mm, SIZE) for text, mm in zip(line, room, strict=True)]


def fields_for(columns: Collection[str]) -> list[tuple[str, str]]:
    """What may stand beside the name, of what someone sees."""
    return [(column, word) for column, word in BESIDE.items() if column in columns]


def sign_in(rows: Iterable[dict], heading: str, beside: Collection[str], by_group: bool) -> Sheet:
    """`rows`: values of COLUMNS, in the order in which people are called."""
    beside = [column for column in BESIDE if column in beside]
    heads = ("序号", "姓名", *(BESIDE[column] for column in beside), "签名")
    rows = list(rows)
    if not by_group:
        return Sheet(heading, heads, (("", _lines(rows, beside)),))
    rows.sort(key=_group)  # keeps the order within each
    parts = ((group, _lines(people, beside)) for group, people in groupby(rows, _group))
    return Sheet(heading, heads, tuple(parts))


def _group(row: dict) -> str:
    return row["group_name"] or NO_GROUP


def _lines(rows: Iterable[dict], beside: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (str(number), row["name"], *(row[column] or "" for column in beside), "")
        for number, row in enumerate(rows, start=1)
    )


def sheet_file(sheet: Sheet, file_format: str) -> bytes:
    return sheet_docx(sheet) if file_format == "docx" else sheet_pdf(sheet)


# ------------------------------------------------------------------ PDF
def sheet_pdf(sheet: Sheet) -> bytes:
    return html_as_pdf(_page(sheet.title, STYLE, "".join(_sections(sheet))))


def _page(title: str, style: str, body: str) -> str:
    head = format_html('<meta charset="utf-8"><title>{}</title>', printable(title))
    style = f"<style>{font_faces()}{style}</style>"
    return f'<!DOCTYPE html><html lang="zh-CN"><head>{head}{style}</head><body>{body}</body></html>'


def _sections(sheet: Sheet) -> Iterator[str]:
    widths = format_html_join("", '<col style="width: {}mm">', ((w,) for w in sheet.widths))
    heads = format_html_join("", "<th>{}</th>", ((head,) for head in sheet.heads))
    for part, lines in sheet.parts:
        rows = format_html_join("", "<tr>{}</tr>", ((_cells(line, sheet),) for line in lines))
        yield format_html(
            "<section><h1>{}</h1><p>{}共 {} 人</p><table>{}<thead><tr>{}</tr></thead>"
            "<tbody>{}</tbody></table></section>",
            printable(sheet.title),
            f"{printable(part)}　" if part else "",
            len(lines),
            widths,
            heads,
            rows,
        )


def _cells(line: tuple[str, ...], sheet: Sheet) -> str:
    number, *others = zip(line, sheet.sizes(line), strict=True)
    cells = format_html_join(
        "", "<td{}>{}</td>", ((_smaller(size), printable(text)) for text, size in others)
    )
    return format_html('<td class="n">{}</td>{}', number[0], cells)


def _smaller(size: float) -> str:
    return format_html(' style="font-size: {}pt"', size) if size != SIZE else ""


def labels_pdf(rows: Iterable[dict]) -> bytes:
    """`rows`: values of COLUMNS. Three by eight on a page, to the edges of A4."""
    rows = list(rows)
    pages = (rows[first : first + LABELS_A_PAGE] for first in range(0, len(rows), LABELS_A_PAGE))
    body = format_html_join("", '<div class="page">{}</div>', ((_labels(p),) for p in pages))
    return html_as_pdf(_page("标签", LABELS, body))


def _labels(rows: list[dict]) -> str:
    return format_html_join(
        "",
        '<div class="label"><b class="{}">{}</b>{}</div>',
        (
            (
                "long" if len(row["name"]) > LONG_NAME else "",
                printable(row["name"]),
                printable(row["group_name"] or row["department_name"] or ""),
            )
            for row in rows
        ),
    )


# ------------------------------------------------------------------ Word
def sheet_docx(sheet: Sheet) -> bytes:
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(16)
    section.top_margin = section.bottom_margin = Mm(16)
    paper.core_properties.title, paper.core_properties.author = printable(sheet.title), ""
    for number, (part, lines) in enumerate(sheet.parts):
        _write_part(paper, sheet, part, lines, begins_page=number > 0)
    stream = BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _write_part(paper, sheet: Sheet, part: str, lines, *, begins_page: bool) -> None:
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.page_break_before = begins_page
    _written(title, printable(sheet.title), "黑体", 18)
    count = paper.add_paragraph()
    count.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _written(count, f"{printable(part)}　共 {len(lines)} 人" if part else f"共 {len(lines)} 人")
    table = paper.add_table(rows=0, cols=len(sheet.heads), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, sheet.widths, strict=True):
        column.width = Mm(width)
    _write_row(table, sheet.heads, sheet.widths, "黑体", head=True)
    for line in lines:
        texts = [printable(text) for text in line]
        _write_row(table, texts, sheet.widths, sizes=sheet.sizes(texts))


def _write_row(table, texts, widths, face: str = "仿宋", *, sizes=None, head: bool = False) -> None:
    row = table.add_row()
    row.height, row.height_rule = Mm(ROW_MM), WD_ROW_HEIGHT_RULE.AT_LEAST
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(["w:tblHeader"] if head else [])):
        properties.append(OxmlElement(name))
    sizes = sizes or [SIZE] * len(texts)
    for cell, text, width, size in zip(row.cells, texts, widths, sizes, strict=True):
        cell.width = Mm(width)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        _written(paragraph, text, face, size)


def _written(paragraph, text: str, face: str = "仿宋", size: float = SIZE) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = face, Pt(size)
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), face)
