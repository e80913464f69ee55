"""The roster in numbers."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from members import facts
from members.exporters.figures import FigureSheet
from members.forms.figures import FiguresFilter
from unionoffice.access import allow
from unionoffice.exports import table_response
from unionoffice.periods import period_choices


@require_safe
@allow("members.view_figures")
def roster_figures(request):
    form = FiguresFilter(request.GET)
    if not form.is_valid():
        return render(request, "members/roster_figures.html", {"form": form}, status=422)
    today = timezone.localdate()
    period = form.cleaned_data["period"]
    context = {
        "form": form,
        "period": period,
        "period_choices": period_choices(today, period),
        "day": form.day,
        "figures": facts.told_on(form.day, period),
        "tables": facts.roster_tables(form.day),
        "today": today,
    }
    return render(request, "members/roster_figures.html", context)


@require_GET
@allow("members.export_members")
def roster_figures_export(request):
    form = FiguresFilter(request.GET)
    if not form.is_valid():
        messages.error(request, form.refusal)
        return redirect("members:roster_figures")
    period, day = form.cleaned_data["period"], form.day
    sheet = FigureSheet(facts.told_on(day, period), facts.roster_tables(day), period, day)
    return table_response(sheet, request.GET.get("format", "xlsx"))
