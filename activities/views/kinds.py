"""学习培训, outside competitions, checks and drills: a list of each, with its export."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from activities import queries
from activities.exporters.kinds import CheckRegister, ContestRegister, StudyRegister
from activities.forms.filters import CheckFilter, ContestFilter, PeriodFilter, StudyFilter
from unionoffice.access import allow
from unionoffice.errors import RuleBroken
from unionoffice.exports import table_response

PAGE_SIZE = 50
NONSENSE = "导出的筛选条件看不懂，回到列表重新筛选再导出。"


def _rows(request, form: PeriodFilter, rows):
    """The rows that `rows` gives for the filter; none when the address asks for nonsense."""
    visible = queries.activities_visible_to(request.user)
    if form.is_valid():
        return rows(visible, **form.cleaned_data)
    return rows(visible, period=form.fallback).none()


def _list(request, template: str, form: PeriodFilter, rows, **context):
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context |= {"form": form, "page": page, "narrowed": form.narrowed}
    status = 422 if form.errors else 200
    return render(request, template, context, status=status)


def _export(request, form: PeriodFilter, rows, register):
    found = _rows(request, form, rows)
    if form.errors:
        raise RuleBroken(NONSENSE)
    table = register(found, form.cleaned_data["period"])
    return table_response(table, request.GET.get("format", "xlsx"))


@require_safe
@allow("activities.view_activities")
def study_list(request):
    form = StudyFilter(request.GET)
    rows = _rows(request, form, queries.studies)
    return _list(
        request, "activities/study_list.html", form, rows, totals=queries.study_totals(rows)
    )


@require_GET
@allow("activities.export_activities")
def study_export(request):
    return _export(request, StudyFilter(request.GET), queries.studies, StudyRegister)


@require_safe
@allow("activities.view_activities")
def contest_list(request):
    form = ContestFilter(request.GET)
    rows = _rows(request, form, queries.contests)
    bare = queries.without_stages(queries.activities_visible_to(request.user), form.fallback)
    totals = queries.contest_totals(rows)
    return _list(
        request, "activities/contest_list.html", form, rows, totals=totals, bare=bare[:PAGE_SIZE]
    )


@require_GET
@allow("activities.export_activities")
def contest_export(request):
    return _export(request, ContestFilter(request.GET), queries.contests, ContestRegister)


@require_safe
@allow("activities.view_activities")
def check_list(request):
    form = CheckFilter(request.GET)
    rows = _rows(request, form, queries.checks)
    return _list(
        request, "activities/check_list.html", form, rows, totals=queries.check_totals(rows)
    )


@require_GET
@allow("activities.export_activities")
def check_export(request):
    return _export(request, CheckFilter(request.GET), queries.checks, CheckRegister)
