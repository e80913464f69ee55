"""What each document says: facts -> outline. Wording is decided here and tested as text."""

from datetime import date

from reports.choices import ReportKind
from reports.outlines.plan import plan_outline
from reports.outlines.summary import summary_outline
from unionoffice.documents.outline import Document
from unionoffice.models import Office
from unionoffice.periods import Period

__all__ = ["OUTLINES", "outline_of"]

OUTLINES = {ReportKind.PLAN: plan_outline, ReportKind.SUMMARY: summary_outline}


def outline_of(kind: ReportKind, period: Period, *, office: Office, today: date) -> Document:
    """The document of that kind as the records stand now, dated `today`."""
    return OUTLINES[ReportKind(kind)](period, office=office, today=today)
