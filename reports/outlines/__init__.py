"""What each document says: facts -> outline. Wording is decided here and tested as text."""

from datetime import date

from reports.choices import ReportKind
from reports.outlines.plan import DRAFT, plan_outline
from reports.outlines.summary import summary_outline
from reports.outlines.together import titles, together
from unionoffice.documents.outline import Document, Part
from unionoffice.models import Office
from unionoffice.periods import Period

__all__ = ["has_draft", "outline_of", "outlines_of", "report_title"]


def report_title(kind: ReportKind, period: Period) -> str:
    """2026年工作总结; 2026年工作总结和2027年工作计划."""
    if kind == ReportKind.TOGETHER:
        return "和".join(titles(period))
    return f"{period.label}{ReportKind(kind).label}"


def outline_of(kind: ReportKind, period: Period, *, office: Office, today: date) -> Document:
    """The document of that kind as the records stand now, dated `today`."""
    if kind == ReportKind.PLAN:
        return plan_outline(period, office=office, today=today)
    summary = summary_outline(period, office=office, today=today)
    return together(summary, period) if kind == ReportKind.TOGETHER else summary


def outlines_of(period: Period, *, office: Office, today: date) -> dict[ReportKind, Document]:
    """Each of them; the summary is written once."""
    summary = summary_outline(period, office=office, today=today)
    return {
        ReportKind.PLAN: plan_outline(period, office=office, today=today),
        ReportKind.SUMMARY: summary,
        ReportKind.TOGETHER: together(summary, period),
    }


def has_draft(document: Document) -> bool:
    """Whether it is the plan, or ends with the one, that nobody passed yet."""
    parts = (block.text for block in document.blocks if isinstance(block, Part))
    return any(line.endswith(DRAFT) for line in (*document.title, *parts))
