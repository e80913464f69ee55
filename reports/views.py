"""Plans and summaries: what they would say today, and as files."""

from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.choices import FileFormat, ReportKind
from reports.exporters import export, file_title
from reports.outlines import outline_of
from unionoffice.access import allow, may_open
from unionoffice.documents.outline import Document, figures, missing, with_sources
from unionoffice.documents.page import as_html
from unionoffice.exports import file_response
from unionoffice.facts import Fact
from unionoffice.periods import Period, period_choices


@require_safe
@allow("reports.view_reports")
def report_list(request):
    period = Period.from_query(request.GET)
    today = timezone.localdate()
    outlines = {
        kind: outline_of(kind, period, office=request.office, today=today) for kind in ReportKind
    }
    context = {
        "period": period,
        "period_choices": period_choices(today, period),
        "reports": [
            {"kind": kind, "missing": missing(outline)} for kind, outline in outlines.items()
        ],
    }
    return render(request, "reports/report_list.html", context)


@require_safe
@allow("reports.view_reports")
def report_preview(request, kind):
    period = Period.from_query(request.GET)
    kind = _known(ReportKind, kind)
    outline = outline_of(kind, period, office=request.office, today=timezone.localdate())
    document = with_sources(outline, partial(may_open, request.user))
    context = {
        "kind": kind,
        "period": period,
        "paper": as_html(document),
        "document": document,
        "facts": main_facts(document),
        "missing": missing(document),
    }
    return render(request, "reports/report_preview.html", context)


@require_safe
@allow("reports.export_report")
def report_export(request, kind):
    period = Period.from_query(request.GET)
    kind = _known(ReportKind, kind)
    file_format = _known(FileFormat, request.GET.get("format", FileFormat.DOCX))
    content = export(kind, period, file_format, office=request.office, today=timezone.localdate())
    return file_response(content, file_title(kind, period, request.office), file_format)


def main_facts(document: Document) -> list[Fact]:
    """The facts that the text names, each once; their parts have their own links."""
    facts = {figure.fact.key: figure.fact for figure in figures(document)}
    return [fact for fact in facts.values() if not fact.is_part]


def _known(choices, value: str):
    try:
        return choices(value)
    except ValueError:
        raise Http404 from None
