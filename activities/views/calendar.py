"""The calendar: a month, a week."""

from datetime import date

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities import calendar, queries
from activities.calendar import WEEK
from activities.forms.calendar import MonthFilter, PlanCarried, WeekFilter
from activities.models import Plan
from activities.queries.calendar import span_of
from activities.queries.days_off import is_noticed
from activities.rules import shifted
from activities.rules.weeks import monday
from unionoffice.access import allow
from unionoffice.periods import Period, PeriodKind


def month_of(form: MonthFilter, today: date) -> date:
    """The month of the address; this one when it names none, or nonsense."""
    return (
        form.cleaned_data.get("month")
        if form.is_valid() and form.cleaned_data["month"]
        else (today.replace(day=1))
    )


def week_of(form: WeekFilter, today: date) -> date:
    """The Monday of the week of the address; of this one when it names none, or nonsense."""
    day = form.cleaned_data.get("day") if form.is_valid() else None
    return monday(day or today)


def _plan(request, form: PlanCarried, period: Period) -> Plan | None:
    """The plan that one came from, else the one of the days that are shown."""
    plans = queries.plans_visible_to(request.user)
    chosen = form.cleaned_data.get("plan") if form.is_valid() else None
    return (chosen and plans.filter(pk=chosen).first()) or queries.plan_of(period, plans)


@require_safe
@allow("activities.view_plans")
def calendar_month(request):
    today = timezone.localdate()
    form = MonthFilter(request.GET)
    month = month_of(form, today)
    span = span_of(request.user, *calendar.month_bounds(month), today)
    page = calendar.month_page(month, span, today)
    beside = calendar.beside(span, month)
    context = {
        "form": form,
        "month": month,
        "plan": _plan(request, form, Period.month(month.year, month.month)),
        "page": page,
        "beside": beside,
        "noticed": is_noticed(month.year),
        "before": shifted(month, -1),
        "after": shifted(month, 1),
        "this": today.replace(day=1),
    }
    status = 422 if form.errors else 200
    return render(request, "activities/calendar_month.html", context, status=status)


@require_safe
@allow("activities.view_plans")
def calendar_week(request):
    today = timezone.localdate()
    form = WeekFilter(request.GET)
    first = week_of(form, today)
    span = span_of(request.user, first, first + 6 * calendar.DAY, today)
    week = Period(PeriodKind.FREE, first, first + 6 * calendar.DAY)
    context = {
        "form": form,
        "plan": _plan(request, form, week),
        "page": calendar.week_page(first, span, today),
        "beside": calendar.beside(span),
        "noticed": is_noticed(first.year),
        "before": first - WEEK,
        "after": first + WEEK,
        "today": today,
    }
    status = 422 if form.errors else 200
    return render(request, "activities/calendar_week.html", context, status=status)
