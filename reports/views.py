"""Plans and summaries: what they would say today, and as files."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from activities.choices import PlanState
from activities.models import Plan
from activities.queries import drafts_in, plan_for, plan_of
from reports.choices import FileFormat, ReportKind
from reports.exporters import file_title, written
from reports.gather import COUNTED, breakdowns_of, fact_of
from reports.outlines import has_draft, outline_of, outlines_of, report_title
from unionoffice.access import allow, may_open
from unionoffice.documents.outline import Document, figures, missing, with_sources
from unionoffice.documents.page import as_html
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response
from unionoffice.facts import Breakdown, Fact
from unionoffice.periods import Period, period_choices


@require_safe
@allow("reports.view_reports")
def report_list(request):
    period = Period.from_query(request.GET)
    today = timezone.localdate()
    outlines = outlines_of(period, office=request.office, today=today)
    context = {
        "period": period,
        "period_choices": period_choices(today, period),
        "drafts": _drafts(request.user, period),
        "reports": [
            {
                "kind": kind,
                "title": report_title(kind, period),
                "draft": has_draft(outline),
                "missing": missing(outline),
            }
            for kind, outline in outlines.items()
        ],
    }
    return render(request, "reports/report_list.html", context)


@require_safe
@allow("reports.view_reports")
def report_preview(request, kind):
    period = Period.from_query(request.GET)
    kind = _known(ReportKind, kind)
    _check_published(request.user, kind, period)
    outline = outline_of(kind, period, office=request.office, today=timezone.localdate())
    day = outline.date
    paper = with_sources(outline, lambda fact: _source_for(request.user, fact, period, day))
    context = {
        "kind": kind,
        "title": report_title(kind, period),
        "period": period,
        "drafts": () if kind == ReportKind.PLAN else _drafts(request.user, period),
        "ahead": _ahead(period) if kind == ReportKind.TOGETHER else None,
        "paper": as_html(paper),
        "document": outline,
        "facts": [(fact, figure_url(fact, period, day)) for fact in main_facts(outline)],
        "draft": has_draft(outline),
        "missing": missing(outline),
    }
    return render(request, "reports/report_preview.html", context)


def _check_published(user, kind: ReportKind, period: Period) -> None:
    """A plan that is not published yet is for the committee only, as a document, too."""
    if kind == ReportKind.SUMMARY or user.has_perm("activities.view_drafts"):
        return
    plan = plan_of(period.following() if kind == ReportKind.TOGETHER else period)
    if plan and plan.state != PlanState.PUBLISHED:
        raise RuleBroken(f"《{plan}》还没有公布，公布以后就能看。要先看的话，找工会主席。")


def _drafts(user, period: Period) -> list[Plan]:
    """Plans whose items no figure counts yet, for those who may know of them."""
    return list(drafts_in(period)) if user.has_perm("activities.view_drafts") else []


def _ahead(period: Period) -> dict:
    """The plan of the second part; while there is none, the one it can be made from."""
    following = period.following()
    plan = plan_of(following)
    return {
        "period": following,
        "plan": plan,
        "draft": plan and plan.state == PlanState.DRAFT,
        "model": None if plan else plan_for(period),
    }


def _source_for(user, fact: Fact, period: Period, day: date) -> str:
    """The list behind the figure, for those who may open it; else how it was counted."""
    return fact.source if may_open(user, fact.source) else figure_url(fact, period, day)


def figure_url(fact: Fact, period: Period, day: date) -> str:
    """`day`: that the document bears; heads are counted on it."""
    page = reverse("reports:figure_detail", kwargs={"key": fact.main_key})
    on = {} if day == timezone.localdate() else {"on": day.isoformat()}
    return f"{page}?{urlencode({'period': period.code, **on})}"


@require_safe
@allow("reports.view_reports")
def figure_detail(request, key):
    """Where a number comes from, for everyone who reads reports: nobody is named."""
    if key not in COUNTED:
        raise Http404
    period, day = Period.from_query(request.GET), _day_of(request)
    fact = fact_of(key, period, day)
    parts = [] if fact.missing else breakdowns_of(key, period, day)
    context = {
        "fact": fact,
        "counted": COUNTED[key],
        "period": period,
        "until": min(period.end, day),
        "running": day == timezone.localdate(),
        "breakdowns": [one for one in parts if _may_see(request.user, one)],
        "list_url": fact.source if may_open(request.user, fact.source) else "",
    }
    return render(request, "reports/figure_detail.html", context)


def _day_of(request) -> date:
    """That the address names, today at the latest."""
    today = timezone.localdate()
    try:
        return min(date.fromisoformat(request.GET.get("on") or today.isoformat()), today)
    except ValueError:
        raise Http404 from None


def _may_see(user, part: Breakdown) -> bool:
    return bool(part.rows) and (not part.permission or user.has_perm(part.permission))


@require_GET
@allow("reports.export_report")
def report_export(request, kind):
    period = Period.from_query(request.GET)
    kind = _known(ReportKind, kind)
    _check_published(request.user, kind, period)
    file_format = _known(FileFormat, request.GET.get("format", FileFormat.DOCX))
    outline = outline_of(kind, period, office=request.office, today=timezone.localdate())
    return file_response(written(outline, file_format), file_title(outline), file_format)


def main_facts(document: Document) -> list[Fact]:
    """The facts that the text names, each once; their parts have their own links."""
    facts = {figure.fact.key: figure.fact for figure in figures(document)}
    return [fact for fact in facts.values() if not fact.is_part]


def _known(choices, value: str):
    try:
        return choices(value)
    except ValueError:
        raise Http404 from None
