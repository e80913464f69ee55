"""盘点 in the browser: the list, one of them, its papers, and the sheet to fill in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities.actions import stocktakes as actions
from activities.exporters.places import paper_file
from activities.exporters.stocktakes import (
    CountTable,
    StocktakeTable,
    empty_paper,
    stocktake_paper,
)
from activities.forms.stocktakes import StocktakeFilter, StocktakeForm
from activities.models import Stocktake
from activities.queries import places as place_queries
from activities.queries import stocktakes as queries
from unionoffice.access import allow
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response, table_response
from unionoffice.forms import VoidForm, acted, posted, saved
from unionoffice.queries import current_office, log_for
from unionoffice.undo import undo_tag

PAGE_SIZE = 50


@require_safe
@allow("activities.view_places")
def stocktake_list(request):
    form, rows = _asked(request)
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": form.narrowed,
        "places": place_queries.places_open(timezone.localdate()),
    }
    status = 422 if form.errors else 200
    return render(request, "activities/stocktake_list.html", context, status=status)


def _asked(request):
    """The rows of the list and of its export; none when the address asks for nonsense."""
    form = StocktakeFilter(request.GET, places=place_queries.place_names())
    if not form.is_valid():
        return form, Stocktake.objects.none()
    visible = queries.stocktakes_visible_to(request.user)
    return form, queries.narrowed_stocktakes(visible, **form.cleaned_data)


@require_GET
@allow("activities.export_assets")
def stocktake_export(request):
    form, rows = _asked(request)
    if form.errors:
        raise RuleBroken("导出的筛选条件看不懂，回到盘点重新筛选再导出。")
    table = StocktakeTable(rows, form.cleaned_data["period"])
    return table_response(table, request.GET.get("format", "xlsx"))


@require_safe
@allow("activities.view_places")
def stocktake_detail(request, pk):
    return _page(request, _visible(request, pk), VoidForm())


def _visible(request, pk) -> Stocktake:
    return get_object_or_404(queries.stocktakes_visible_to(request.user), pk=pk)


def _page(request, stocktake: Stocktake, void_form: VoidForm, status: int = 200):
    manages = request.user.has_perm("activities.manage_places")
    context = {
        "stocktake": stocktake,
        "counts": queries.counts_of(stocktake),
        "found": queries.found_in(stocktake),
        "log": log_for(request.user, stocktake) if manages else (),
        "may_void": manages and not stocktake.voided_at,
        "void_form": void_form,
    }
    return render(request, "activities/stocktake_detail.html", context, status=status)


@require_GET
@allow("activities.export_assets")
def stocktake_paper_export(request, pk):
    """docx and pdf are the paper, xlsx and csv the table."""
    stocktake = _visible(request, pk)
    counts, chosen = queries.counts_of(stocktake), request.GET.get("format", "pdf")
    if chosen not in ("docx", "pdf"):
        return table_response(CountTable(stocktake, counts), chosen)
    paper = stocktake_paper(stocktake, counts, queries.found_in(stocktake), current_office())
    return file_response(paper_file(paper, chosen), paper.name, chosen)


def _place(request, pk):
    return get_object_or_404(place_queries.places_visible_to(request.user), pk=pk)


@require_GET
@allow("activities.export_assets")
def stocktake_empty_export(request, pk):
    """To print and to take along."""
    place = _place(request, pk)
    assets = queries.assets_to_count(place).select_related("keeper")
    chosen = "docx" if request.GET.get("format") == "docx" else "pdf"
    paper = empty_paper(place, assets, current_office(), timezone.localdate())
    return file_response(paper_file(paper, chosen), paper.name, chosen)


@allow("activities.manage_places")
def stocktake_create(request, pk):
    place = _place(request, pk)
    assets, draft = queries.assets_to_count(place), Stocktake(place=place)
    form = StocktakeForm(posted(request), instance=draft, assets=assets)
    if request.method == "POST" and form.is_valid():
        values = {"stocktake": form.save(commit=False), "counts": form.counts}
        stocktake = saved(form, actions.record_stocktake, by=request.user, **values)
        if stocktake:
            undo = undo_tag(reverse("activities:stocktake_undo", args=[stocktake.pk]))
            messages.success(request, f"记下了：{stocktake}", extra_tags=undo)
            return redirect(stocktake)
    context = {"form": form, "place": place}
    status = 422 if form.errors else 200
    return render(request, "activities/stocktake_form.html", context, status=status)


@require_POST
@allow("activities.manage_places")
def stocktake_void(request, pk):
    stocktake = _visible(request, pk)
    form = VoidForm(request.POST)
    if not form.is_valid():
        return _page(request, stocktake, form, status=422)
    done = f"作废了：{stocktake}"
    acted(request, done, actions.void_stocktake, stocktake=stocktake, **form.cleaned_data)
    return redirect(stocktake)


@require_POST
@allow("activities.manage_places")
def stocktake_undo(request, pk):
    stocktake = _visible(request, pk)
    acted(request, f"撤销了：{stocktake}", actions.undo_stocktake, stocktake=stocktake)
    return redirect("activities:stocktake_list")
