"""The year's figures of plans and activities, by field, month, group and level."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from activities import facts
from activities.exporters import FigureSheet
from activities.facts import FigureTable
from activities.forms.filters import PeriodFilter
from activities.queries import drafts_in
from unionoffice.access import allow, may_open
from unionoffice.errors import RuleBroken
from unionoffice.exports import table_response
from unionoffice.facts import Fact
from unionoffice.periods import period_choices

# the figures above the tables, block by block: those of these keys, from the first to the last
BLOCKS = (
    ("计划", "planned", "added"),
    ("通过以后的变动", "changed", "tasks"),
    ("活动", "unplanned", "people"),
    ("学习培训", "studies", "papers"),
    ("校外比赛", "contests", "awards"),
    ("检查和演练", "checks", "open_checks"),
    ("阵地", "place_uses", "stocktakes"),
    ("荣誉", "honours", "won"),
)


@require_safe
@allow("activities.view_figures")
def activity_figures(request):
    form = PeriodFilter(request.GET)
    if not form.is_valid():
        return render(request, "activities/activity_figures.html", {"form": form}, status=422)
    period = form.cleaned_data["period"]
    told, shown = facts.told(period), _shown_to(request.user)
    tables = facts.figure_tables(period, told.levels, told.places)
    context = {
        "form": form,
        "period": period,
        "period_choices": period_choices(timezone.localdate(), period),
        "blocks": [(title, list(map(shown, part))) for title, part in _blocks(told.facts)],
        "tables": [(table, _rows(table, shown)) for table in tables],
        "drafts": drafts_in(period) if request.user.has_perm("activities.view_drafts") else (),
    }
    return render(request, "activities/activity_figures.html", context)


def _blocks(told: list[Fact]) -> list[tuple[str, list[Fact]]]:
    """Without those of which nothing was recorded."""
    keys = [fact.key.removeprefix("activities.") for fact in told]
    parts = ((title, told[keys.index(a) : keys.index(z) + 1]) for title, a, z in BLOCKS)
    return [(title, part) for title, part in parts if any(fact.value for fact in part)]


def _rows(table: FigureTable, shown: Callable) -> list[tuple[str, list[Fact | None]]]:
    return [(row.label, list(map(shown, row.facts))) for row in table.rows]


def _shown_to(user) -> Callable[[Fact | None], Fact | None]:
    """Figures lead only where the user may go."""
    opens = cache(lambda path: may_open(user, path))

    def shown(fact: Fact | None) -> Fact | None:
        if fact is None or not fact.source or opens(urlsplit(fact.source).path):
            return fact
        return replace(fact, source="")

    return shown


@require_GET
@allow("activities.view_figures")
def activity_figures_export(request):
    form = PeriodFilter(request.GET)
    if not form.is_valid():
        raise RuleBroken("导出的期间看不懂，回到“统计”重新选再导出。")
    period = form.cleaned_data["period"]
    told = facts.told(period)
    sheet = FigureSheet(told.facts, facts.figure_tables(period, told.levels, told.places), period)
    return table_response(sheet, request.GET.get("format", "xlsx"))
