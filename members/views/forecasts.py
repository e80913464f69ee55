"""What is ahead: who retires, whose birthday it is, who reaches a milestone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from members import actions, queries
from members.exporters.forecasts import (
    BirthdayList,
    MilestoneList,
    RetirementForecast,
    birthday_rows,
    milestone_rows,
    retiree_rows,
)
from members.forms.forecasts import (
    DAYS,
    DUE,
    HERE,
    MONTHS,
    NEW,
    OVER,
    UNKNOWN,
    WORK,
    BirthdayFilter,
    MilestoneFilter,
    RetirementFilter,
)
from members.queries import forecasts, milestones
from members.rules.retirement import LATEST_LAW, months_ahead
from unionoffice.access import allow
from unionoffice.exports import table_response
from unionoffice.periods import Period, PeriodKind, Precision, chinese_date

PAGE_SIZE = 50
NOT_READ = "筛选条件看不懂，没有导出。重新选一下再导出。"
# tab -> the column that the years are counted from, which of them count, what it is called
MILESTONES = {
    WORK: ("work_began", milestones.YEARS_AT_WORK, "参加工作"),
    HERE: ("arrived", milestones.YEARS_HERE, "到校"),
    NEW: ("arrived", (), "到校"),
}


@require_safe
@allow("members.view_forecasts")
def retirement_list(request):
    form, tabs = _retiring(request)
    tab = form.cleaned_data.get("tab", DUE)
    page = Paginator(tabs[tab], PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "period": form.period_chosen,
        "span": _months(form.period_chosen),
        "choices": _periods(form.today),
        "tabs": [(key, label, len(tabs[key])) for key, label in form.fields["tab"].choices],
        "tab": tab,
        "page": page,
        "rows": _retirees(page.object_list, form.today),
        "law": LATEST_LAW,
    }
    status = 422 if form.errors else 200
    return render(request, "members/retirement_list.html", context, status=status)


def _retiring(request):
    """The filter and, tab by tab, who is in it: nobody when the filter can't be read."""
    groups, departments = queries.place_choices(request.user)
    today = timezone.localdate()
    form = RetirementFilter(request.GET, groups=groups, departments=departments, today=today)
    if not form.is_valid():
        return form, {DUE: [], OVER: [], UNKNOWN: []}
    places = form.cleaned_data["group"], form.cleaned_data["department"]
    found = forecasts.retiring(request.user, today, form.period_chosen, *places)
    return form, {DUE: found.due, OVER: found.over, UNKNOWN: found.unknown}


def _retirees(reached, today):
    people = forecasts.people_by_key([each.pk for each in reached], today)
    return retiree_rows(reached, people)


def _months(period: Period) -> str:
    """2026年; 2026年11月到2027年10月."""
    if period.kind != PeriodKind.FREE:
        return period.label
    ends = (chinese_date(day, Precision.MONTH) for day in (period.start, period.end))
    return "到".join(dict.fromkeys(ends))


def _periods(today) -> list[tuple[str, Period]]:
    """The spans that the page offers at a click."""
    return [
        ("12 个月内", months_ahead(today, 12)),
        ("今年", Period.year(today.year)),
        ("明年", Period.year(today.year + 1)),
        ("三年内", months_ahead(today, 36)),
        ("十年内", months_ahead(today, 120)),
    ]


@require_GET
@allow("members.export_members")
def retirement_export(request):
    form, tabs = _retiring(request)
    if form.errors:
        messages.error(request, NOT_READ)
        return redirect("members:retirement_list")
    tab = form.cleaned_data["tab"]
    span = f"_{form.period_chosen.label}" if tab == DUE else f"_{form.today}"
    title = f"退休预测_{dict(form.fields['tab'].choices)[tab]}{span}"
    return _taken(request, RetirementForecast(title, _retirees(tabs[tab], form.today)))


def _taken(request, table):
    """The table as a file, which leaves a trace."""
    rows = sum(1 for _ in table.rows())
    actions.note_forecast_taken(
        office=request.office, by=request.user, title=table.title, rows=rows
    )
    return table_response(table, request.GET.get("format", "xlsx"))


@require_safe
@allow("members.view_members")
def birthday_list(request):
    form, people = _birthdays(request)
    first, _ = form.days
    page = Paginator(people.values(*forecasts.COLUMNS), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "days": [(value, label, value == form.when_chosen) for value, label in DAYS.items()],
        "months": [(value, label, value == form.when_chosen) for value, label in MONTHS.items()],
        "when": (DAYS | MONTHS)[form.when_chosen],
        "first": first,
        "today": form.today,
        "page": page,
        "rows": birthday_rows(page.object_list, first),
        "whole": queries.with_whole_roster(request.user),
        "unknown": forecasts.without_birthday(request.user, form.today).count(),
    }
    status = 422 if form.errors else 200
    return render(request, "members/birthday_list.html", context, status=status)


def _birthdays(request):
    groups, _ = queries.place_choices(request.user)
    form = BirthdayFilter(request.GET, groups=groups, today=timezone.localdate())
    valid = form.is_valid()
    group = form.cleaned_data.get("group") or None
    people = forecasts.birthdays(request.user, form.today, *form.days, group)
    if form.by_group:
        people = forecasts.by_group(people)
    return form, people if valid else people.none()


@require_GET
@allow("members.export_birthdays")
def birthday_export(request):
    form, people = _birthdays(request)
    if form.errors:
        messages.error(request, NOT_READ)
        return redirect("members:birthday_list")
    first, last = form.days
    rows = birthday_rows(people.values(*forecasts.COLUMNS), first)
    return _taken(request, BirthdayList(f"生日名单_{first}至{last}", rows))


@require_safe
@allow("members.view_forecasts")
def milestone_list(request):
    form, today = _milestone_filter(request), timezone.localdate()
    tab, period = form.tab_chosen, form.period_chosen
    found = _milestones(request.user, form, today)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    column, _, start = MILESTONES.get(tab, ("", (), ""))
    context = {
        "form": form,
        "period": period,
        "tabs": form.tabs.items(),
        "tab": tab,
        "page": page,
        "rows": _milestone_rows(tab, page.object_list, period, today),
        "start": start,
        "unknown": column and _without_start(request.user, column, form, today),
    }
    status = 422 if form.errors else 200
    return render(request, "members/milestone_list.html", context, status=status)


def _milestone_filter(request) -> MilestoneFilter:
    groups, _ = queries.place_choices(request.user)
    shares = milestones.shares_for(request.user)
    form = MilestoneFilter(request.GET, groups=groups, shares=shares)
    form.is_valid()
    return form


def _milestones(user, form, today) -> list:
    if form.errors:
        return []
    if form.tab_chosen not in MILESTONES:
        return milestones.share_of(form.tab_chosen, user, form.period_chosen)
    column, years, _ = MILESTONES[form.tab_chosen]
    group = form.cleaned_data["group"]
    if form.tab_chosen == NEW:
        return milestones.new_staff(user, form.period_chosen, today, group)
    return milestones.milestones(user, column, years, form.period_chosen, today, group)


def _milestone_rows(tab, found, period, today) -> list:
    """What other parts of the office give is a row as it is."""
    if tab not in MILESTONES:
        return found
    people = forecasts.people_by_key([each.pk for each in found], min(period.end, today))
    return milestone_rows(found, people)


def _without_start(user, column, form, today) -> int:
    day = min(form.period_chosen.end, today)
    return milestones.without_start(user, column, day, form.cleaned_data.get("group")).count()


@require_GET
@allow("members.export_members")
def milestone_export(request):
    form, today = _milestone_filter(request), timezone.localdate()
    tab, period = form.tab_chosen, form.period_chosen
    if form.errors or tab not in MILESTONES:
        messages.error(request, NOT_READ)
        return redirect("members:milestone_list")
    rows = _milestone_rows(tab, _milestones(request.user, form, today), period, today)
    title = f"{form.tabs[tab]}_{period.label}"
    return _taken(request, MilestoneList(title, MILESTONES[tab][2], rows))
