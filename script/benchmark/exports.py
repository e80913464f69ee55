"""The summary as a file against the bare engines on what is already finished."""

import io
from pathlib import Path

from django.utils import timezone
from docx import Document
from offices import Sizes, open_office
from timing import compare, markdown
from weasyprint import HTML

from reports.choices import FileFormat, ReportKind
from reports.exporters import export
from reports.outlines import outline_of
from unionoffice.documents.pdf import pdf_html
from unionoffice.periods import Period
from unionoffice.queries import current_office


def table(room: Path, sizes: Sizes, times: int) -> str:
    rows = []
    for members in (sizes.small, sizes.large):
        open_office(room, members)
        rows += [docx_row(members, times), pdf_row(members, times)]
    columns = ("文书", "CPU 毫秒", "只排版的 CPU 毫秒", "几倍")
    return markdown("导出", columns, rows)


def summary(file_format: FileFormat) -> bytes:
    """From the records to the file, as the page's button does it."""
    today = timezone.localdate()
    period = Period.year(today.year)
    office = current_office()
    return export(ReportKind.SUMMARY, period, file_format, office=office, today=today)


def docx_row(members: int, times: int) -> tuple:
    finished = Document(io.BytesIO(summary(FileFormat.DOCX)))
    paragraphs = [paragraph.text for paragraph in finished.paragraphs]
    tables = [[[cell.text for cell in row.cells] for row in t.rows] for t in finished.tables]
    pair = compare(lambda: summary(FileFormat.DOCX), lambda: bare_docx(paragraphs, tables), times)
    return named("Word", members, pair)


def bare_docx(paragraphs: list[str], tables: list[list[list[str]]]) -> bytes:
    paper = Document()
    for text in paragraphs:
        paper.add_paragraph(text)
    for rows in tables:
        grid = paper.add_table(len(rows), len(rows[0]))
        for row, texts in zip(grid.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def pdf_row(members: int, times: int) -> tuple:
    today = timezone.localdate()
    period = Period.year(today.year)
    finished = pdf_html(
        outline_of(ReportKind.SUMMARY, period, office=current_office(), today=today)
    )
    pair = compare(
        lambda: summary(FileFormat.PDF), lambda: HTML(string=finished).write_pdf(), times
    )
    return named("PDF", members, pair)


def named(label: str, members: int, pair) -> tuple:
    return (
        f"总结 {label}（{members} 人）",
        f"{pair.ours:.0f}",
        f"{pair.bare:.0f}",
        f"{pair.ratio:.2f}",
    )
