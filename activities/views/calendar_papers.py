"""The calendar and the plan as files to print: PDF, or Word where it is still to be changed."""

from django import forms
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
from unionoffice.exports import file_response

PLAN_PAPERS = {"list": plan_list_paper, "year": plan_year_paper}


class PaperChoice(forms.Form):
    """Which paper, in which format; what is no choice is the first of them."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in PLAN_PAPERS])

    @property
    def kind_chosen(self) -> str:
        return self.cleaned_data["kind"] if self.is_valid() else "list"


@require_GET
@allow("activities.view_plans")
def plan_paper_export(request, pk):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    items = plan.items.order_by("first_month", "order", "pk")
    make = PLAN_PAPERS[PaperChoice(request.GET).kind_chosen]
    return _file(request, make(plan, items, request.office, timezone.localdate()))


@require_GET
@allow("activities.view_plans")
def calendar_month_export(request):
    today = timezone.localdate()
    month = month_of(MonthFilter(_without_format(request)), today)
    span = span_of(request.user, *calendar.month_bounds(month), today, drafts=False)
    return _file(
        request, month_paper(calendar.month_page(month, span, today), request.office, today)
    )


@require_GET
@allow("activities.view_plans")
def calendar_week_export(request):
    today = timezone.localdate()
    first = week_of(WeekFilter(_without_format(request)), today)
    span = span_of(request.user, first, first + 6 * calendar.DAY, today, drafts=False)
    return _file(request, week_paper(calendar.week_page(first, span, today), request.office, today))


def _without_format(request) -> dict:
    return {name: value for name, value in request.GET.items() if name != "format"}


def _file(request, paper: Paper):
    if request.GET.get("format") == "docx":
        return file_response(paper_docx(paper), paper.name, "docx")
    return file_response(paper_pdf(paper), paper.name, "pdf")
