"""The calendar and the plan as files to print: PDF, or Word where it is still to be changed."""

from collections.abc import Mapping

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from activities import calendar, queries
from activities.calendar_papers import month_paper, plan_list_paper, plan_year_paper, week_paper
from activities.forms.calendar import MonthFilter, WeekFilter
from activities.queries.calendar import span_of
from activities.views.calendar import month_of, week_of
from unionoffice.access import allow
from unionoffice.documents.sheets import Paper
from unionoffice.documents.sheets_docx import paper_docx
from unionoffice.documents.sheets_pdf import paper_pdf
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response
from unionoffice.list_filters import ListFilter

PLAN_PAPERS = {"list": plan_list_paper, "year": plan_year_paper}
WRITERS = {"pdf": ("pdf", paper_pdf), "docx": ("docx", paper_docx)}
NO_SUCH = "没有这样打印的，回到原来的页面，从“打印”里选。"


@require_GET
@allow("activities.view_plans")
def plan_paper_export(request, pk):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    items = plan.items.order_by("first_month", "order", "pk")
    make = _chosen(request, "kind", PLAN_PAPERS)
    return _file(request, make(plan, items, request.office, timezone.localdate()))


@require_GET
@allow("activities.view_plans")
def calendar_month_export(request):
    today = timezone.localdate()
    month = month_of(_asked(request, MonthFilter), today)
    span = span_of(request.user, *calendar.month_bounds(month), today, drafts=False)
    return _file(
        request, month_paper(calendar.month_page(month, span, today), request.office, today)
    )


@require_GET
@allow("activities.view_plans")
def calendar_week_export(request):
    today = timezone.localdate()
    first = week_of(_asked(request, WeekFilter), today)
    span = span_of(request.user, first, first + 6 * calendar.DAY, today, drafts=False)
    return _file(request, week_paper(calendar.week_page(first, span, today), request.office, today))


def _asked(request, filter_class) -> ListFilter:
    """Raises RuleBroken for a month or a day that is none."""
    form = filter_class({name: value for name, value in request.GET.items() if name != "format"})
    if form.errors:
        raise RuleBroken(form.refusal)
    return form


def _chosen(request, name: str, choices: Mapping):
    """What the address names; without a word the first."""
    chosen = request.GET.get(name) or next(iter(choices))
    if chosen not in choices:
        raise RuleBroken(NO_SUCH)
    return choices[chosen]


def _file(request, paper: Paper):
    extension, write = _chosen(request, "format", WRITERS)
    return file_response(write(paper), paper.name, extension)
