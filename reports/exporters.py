"""Documents out of the office."""

from datetime import date

from reports.choices import FileFormat, ReportKind
from reports.outlines import outline_of
from unionoffice.documents.docx import as_docx
from unionoffice.documents.outline import Document
from unionoffice.documents.pdf import as_pdf
from unionoffice.models import Office
from unionoffice.periods import Period

RENDERERS = {FileFormat.DOCX: as_docx, FileFormat.PDF: as_pdf}


def export(
    kind: ReportKind, period: Period, file_format: FileFormat, *, office: Office, today: date
) -> bytes:
    """The document's bytes as the records stand `today`."""
    return written(outline_of(kind, period, office=office, today=today), file_format)


def written(document: Document, file_format: FileFormat) -> bytes:
    return RENDERERS[file_format](document)


def file_title(document: Document) -> str:
    """示例市第三中学工会委员会2026年工作总结: the file's name without its extension."""
    return document.name
