"""Documents out of the office."""

from datetime import date

from reports.choices import FileFormat, ReportKind
from reports.outlines import outline_of, report_title
from unionoffice.documents.docx import as_docx
from unionoffice.documents.pdf import as_pdf
from unionoffice.models import Office
from unionoffice.periods import Period

RENDERERS = {FileFormat.DOCX: as_docx, FileFormat.PDF: as_pdf}


def export(
    kind: ReportKind, period: Period, file_format: FileFormat, *, office: Office, today: date
) -> bytes:
    """The document's bytes, dated `today`."""
    return RENDERERS[file_format](outline_of(kind, period, office=office, today=today))


def file_title(kind: ReportKind, period: Period, office: Office) -> str:
    """示例市第三中学工会委员会2026年工作总结: the file's name without its extension."""
    return f"{office.union_name}{report_title(kind, period)}"
