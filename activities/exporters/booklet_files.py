"""资料册 as PDF and as a Word document."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt

from activities.exporters.booklets import Booklet, Chapter, Entry, Picture
from activities.exporters.pictured import (
    LINE_MM,
    a4_paper,
    add_centred,
    add_paragraph,
    as_address,
    write,
)
from unionoffice.documents.docx import author_of, settled
from unionoffice.documents.faces import FANGSONG, HEITI, XIAOBIAOSONG
from unionoffice.documents.outline import printable
from unionoffice.documents.pdf import html_as_pdf
from unionoffice.documents.stylesheet import FALLBACK, font_faces
from unionoffice.periods import chinese_date

BESIDE = 2  # photos in a row
GAP_MM, PHOTO_MM = 6, 62  # between two photos; the height of one
WIDE_MM = (LINE_MM - GAP_MM) / BESIDE
HEADS, SHARES = ("序号", "哪次活动", "材料", "是什么"), (1, 4, 5, 2)
COVER_TOP_MM = 70

STYLE = f"""
@page {{ size: A4; margin: 25mm 26mm 20mm 28mm;
  @bottom-center {{ content: "— " counter(page) " —"; font: 11pt "{FANGSONG.family}" }} }}
@page :first {{ @bottom-center {{ content: none }} }}
body {{ margin: 0; font: 14pt/1.57 "{FANGSONG.family}", {FALLBACK}; text-align: justify }}
.cover {{ break-after: page; text-align: center; padding-top: {COVER_TOP_MM}mm }}
.cover p {{ text-indent: 0 }}
h1 {{ font: 26pt/1.5 "{XIAOBIAOSONG.family}", {FALLBACK}; margin: 0 0 8mm }}
.cover .kind {{ font: 18pt/1.5 "{HEITI.family}", {FALLBACK}; margin: 0 0 60mm }}
h2 {{ font: 16pt/1.6 "{HEITI.family}", {FALLBACK}; margin: 4mm 0 2mm; break-after: avoid }}
p {{ margin: 0; text-indent: 2em; overflow-wrap: anywhere }}
p.shown {{ break-after: avoid }}
.photos {{ margin: 3mm 0; display: table; width: 100%; table-layout: fixed }}
.row {{ display: table-row; break-inside: avoid }}
figure {{ display: table-cell; margin: 0; padding: 0 {GAP_MM / 2}mm 3mm; text-align: center }}
img {{ max-width: {WIDE_MM}mm; max-height: {PHOTO_MM}mm }}
figcaption {{ font-size: 11pt; line-height: 1.4 }}
table {{ border-collapse: collapse; width: 100% }}
thead {{ display: table-header-group }}
tr {{ break-inside: avoid }}
th, td {{ border: .6pt solid #000; padding: 1mm 2mm; font-size: 12pt; line-height: 1.4; font-weight: normal; text-align: left; overflow-wrap: anywhere }}
th {{ font-family: "{HEITI.family}", {FALLBACK}; text-align: center }}
.note {{ margin-top: 6mm; font-size: 12pt }}
"""


# ------------------------------------------------------------------ PDF
def booklet_pdf(booklet: Booklet) -> bytes:
    return html_as_pdf(booklet_html(booklet))


def booklet_html(booklet: Booklet) -> str:
    body = format_html(
        '<div class="cover"><h1>{}</h1><p class="kind">活动资料册</p><p>{}</p><p>{}</p></div>{}{}{}',
        printable(booklet.title),
        printable(booklet.issuer),
        chinese_date(booklet.date),
        mark_safe("".join(map(_chapter_html, booklet.chapters))),
        _papers_html(booklet),
        format_html('<p class="note">{}</p>', booklet.note) if booklet.note else "",
    )
    head = format_html('<meta charset="utf-8"><title>{}</title>', printable(booklet.name))
    style = f"<style>{font_faces()}{STYLE}</style>"
    return f'<!DOCTYPE html><html lang="zh-CN"><head>{head}{style}</head><body>{body}</body></html>'


def _chapter_html(chapter: Chapter) -> SafeString:
    entries = mark_safe("".join(map(_entry_html, chapter.entries)))
    return format_html("<h2>{}</h2>{}", printable(chapter.title), entries)


def _entry_html(entry: Entry) -> SafeString:
    if not entry.pictures:
        return format_html("<p>{}</p>", printable(entry.text))
    text = format_html('<p class="shown">{}</p>', printable(entry.text)) if entry.text else ""
    rows = format_html_join(
        "", '<div class="row">{}</div>', ((_row_html(row),) for row in _rows(entry.pictures))
    )
    return format_html('{}<div class="photos">{}</div>', text, rows)


def _rows(pictures: Sequence[Picture]) -> Iterator[Sequence[Picture]]:
    """Those beside each other: the last row may be short."""
    for start in range(0, len(pictures), BESIDE):
        yield pictures[start : start + BESIDE]


def _row_html(row: Sequence[Picture]) -> SafeString:
    return format_html_join(
        "",
        '<figure><img src="{}" alt=""><figcaption>{}</figcaption></figure>',
        ((as_address(one.content), printable(one.caption)) for one in row),
    )


def _papers_html(booklet: Booklet) -> SafeString | str:
    if not booklet.papers:
        return ""
    heads = format_html_join("", "<th>{}</th>", ((head,) for head in HEADS))
    rows = format_html_join(
        "",
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        (tuple(map(printable, row)) for row in _numbered(booklet)),
    )
    return format_html(
        "<h2>材料目录</h2><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", heads, rows
    )


def _numbered(booklet: Booklet) -> Iterator[tuple[str, str, str, str]]:
    for number, row in enumerate(booklet.papers, start=1):
        yield str(number), *row


# ------------------------------------------------------------------ Word
def booklet_docx(booklet: Booklet) -> bytes:
    paper = a4_paper()
    _cover(paper, booklet)
    for chapter in booklet.chapters:
        _heading(paper, chapter.title)
        for entry in chapter.entries:
            if entry.text:
                paragraph = add_paragraph(paper, entry.text, FANGSONG.name, 14)
                paragraph.paragraph_format.first_line_indent = Pt(28)
                paragraph.paragraph_format.line_spacing = Pt(22)
                paragraph.paragraph_format.keep_with_next = bool(entry.pictures)
            _photos(paper, entry.pictures)
    if booklet.papers:
        _heading(paper, "材料目录")
        _papers(paper, booklet)
    if booklet.note:
        add_paragraph(paper, booklet.note, FANGSONG.name, 12)
    author_of(paper, booklet.name, booklet.issuer, booklet.date)
    stream = BytesIO()
    paper.save(stream)
    return settled(stream)


def _cover(paper, booklet: Booklet) -> None:
    add_centred(paper, booklet.title, XIAOBIAOSONG.name, 26)
    paper.paragraphs[-1].paragraph_format.space_before = Mm(COVER_TOP_MM)
    add_centred(paper, "活动资料册", HEITI.name, 18)
    paper.paragraphs[-1].paragraph_format.space_after = Mm(60)
    add_centred(paper, booklet.issuer, FANGSONG.name, 16)
    add_centred(paper, chinese_date(booklet.date), FANGSONG.name, 16)
    paper.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _heading(paper, text: str) -> None:
    paragraph = add_paragraph(paper, text, HEITI.name, 16)
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.paragraph_format.keep_with_next = True


def _photos(paper, pictures: Sequence[Picture]) -> None:
    """Two beside each other, in a table without lines."""
    for beside in _rows(pictures):
        cells = paper.add_table(rows=1, cols=BESIDE).rows[0].cells
        for cell, picture in zip(cells, beside, strict=False):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            width, height = picture.size
            wide = min(WIDE_MM, PHOTO_MM * width / height)
            paragraph.add_run().add_picture(BytesIO(picture.content), width=Mm(wide))
            if picture.caption:
                add_centred(cell, picture.caption, FANGSONG.name, 11)


def _papers(paper, booklet: Booklet) -> None:
    table = paper.add_table(rows=1, cols=len(HEADS), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        write(cell.paragraphs[0], head, HEITI.name, 12)
    for row in _numbered(booklet):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            write(cell.paragraphs[0], text, FANGSONG.name, 12)
    for row in table.rows:
        for cell, share in zip(row.cells, SHARES, strict=True):
            cell.width = Mm(LINE_MM * share / sum(SHARES))
