"""The union's places: the list, one of them, when it was used."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities.actions import places as actions
from activities.exporters.places import PlaceTable, UseTable, paper_file, uses_paper
from activities.forms.filters import PeriodFilter
from activities.forms.places import PlaceFilter, PlaceForm, UseFilter, UseForm
from activities.models import Place, PlaceUse
from activities.queries import places as queries
from activities.queries.place_uses import uses_in, uses_told
from activities.queries.stocktakes import last_stocktakes, with_last_count
from unionoffice.access import allow
from unionoffice.attachments import attachments_of
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response, table_response
from unionoffice.forms import acted, posted, saved
from unionoffice.queries import current_office, log_for
from unionoffice.undo import undo_tag

SHOWN = 20  # uses on the page of a place
COUNTS_SHOWN = 5
PAGE_SIZE = 50


@require_safe
@allow("activities.view_places")
def place_list(request):
    form = PlaceFilter(request.GET)
    context = {"form": form, "rows": []}
    if form.is_valid():
        period, kind = form.cleaned_data["period"], form.cleaned_data["kind"]
        places = queries.places_visible_to(request.user)
        rows = queries.place_rows(places.filter(kind=kind) if kind else places, period)
        context |= {"rows": rows, "totals": queries.place_totals(rows)}
        context["months"] = queries.uses_by_month(period) if rows and not kind else ()
    context["narrowed"] = form.narrowed
    status = 422 if form.errors else 200
    return render(request, "activities/place_list.html", context, status=status)


@require_safe
@allow("activities.view_places")
def place_detail(request, pk):
    place = get_object_or_404(queries.places_visible_to(request.user), pk=pk)
    return _place_page(request, place, UseForm())


def _place_page(request, place: Place, use_form: UseForm, status: int = 200):
    form, user = PeriodFilter(request.GET), request.user
    standing = queries.assets_visible_to(user).filter(place=place, written_off_on=None)
    assets = with_last_count(standing)
    context = {
        "place": place,
        "form": form,
        "use_form": use_form,
        "assets": assets,
        "totals": queries.asset_totals(assets),
        "stocktakes": last_stocktakes(place)[:COUNTS_SHOWN],
        "inspections": queries.inspections_of(place),
        "attachments": attachments_of(place),
        "log": log_for(user, place)[:SHOWN] if user.has_perm("activities.manage_places") else (),
    }
    if form.is_valid():
        context |= _used(place, form.cleaned_data["period"], user)
    status = 422 if form.errors else status
    return render(request, "activities/place_detail.html", context, status=status)


def _used(place: Place, period, user) -> dict:
    mine = queries.uses_in_hands_of(user).filter(place=place)
    return {
        "row": queries.place_rows(Place.objects.filter(pk=place.pk), period)[0],
        "uses": uses_told(uses_in(period, place=place.pk)[:SHOWN]),
        "mine": set(mine.values_list("pk", flat=True)),
        "months": queries.uses_by_month(period, place),
    }


@require_GET
@allow("activities.export_assets")
def place_export(request):
    """What each place holds and how often it was used in the period."""
    form = PlaceFilter(request.GET)
    if not form.is_valid():
        raise RuleBroken("导出的筛选条件看不懂，回到阵地重新筛选再导出。")
    period, kind = form.cleaned_data["period"], form.cleaned_data["kind"]
    places = queries.places_visible_to(request.user)
    rows = queries.place_rows(places.filter(kind=kind) if kind else places, period)
    return table_response(PlaceTable(rows, period), request.GET.get("format", "xlsx"))


@require_safe
@allow("activities.view_places")
def place_use_list(request):
    form, rows = _asked_uses(request)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "uses": uses_told(page.object_list)}
    context["narrowed"] = form.narrowed
    status = 422 if form.errors else 200
    return render(request, "activities/place_use_list.html", context, status=status)


def _asked_uses(request):
    """The rows of the list and of its export; none when the address asks for nonsense."""
    form = UseFilter(request.GET, places=queries.place_names())
    return form, uses_in(**form.cleaned_data) if form.is_valid() else ()


@require_GET
@allow("activities.export_assets")
def place_use_export(request):
    """xlsx and csv are the table, docx and pdf the paper."""
    form, rows = _asked_uses(request)
    if form.errors:
        raise RuleBroken("导出的筛选条件看不懂，回到使用记录重新筛选再导出。")
    period, chosen = form.cleaned_data["period"], request.GET.get("format", "xlsx")
    table = UseTable(uses_told(rows), period)
    if chosen not in ("docx", "pdf"):
        return table_response(table, chosen)
    paper = uses_paper(table.uses, period, current_office(), timezone.localdate())
    return file_response(paper_file(paper, chosen), paper.name, chosen)


@allow("activities.manage_places")
def place_create(request):
    form = PlaceForm(posted(request), request.FILES or None)
    valid = request.method == "POST" and form.is_valid()
    if valid and (place := _saved(form, actions.add_place, by=request.user)):
        messages.success(request, f"加好了：{place}")
        return redirect(place)
    return _place_form(request, {"form": form})


@allow("activities.manage_places")
@in_turn(Place)
def place_update(request, pk):
    place = get_object_or_404(queries.places_visible_to(request.user), pk=pk)
    name = str(place)
    form = PlaceForm(posted(request), request.FILES or None, instance=place)
    valid = request.method == "POST" and form.is_valid()
    if valid and _saved(form, actions.update_place, by=request.user, untouched=form.untouched):
        messages.success(request, f"改好了：{place}")
        return redirect(place)
    return _place_form(request, {"form": form, "place": place, "name": name})


def _saved(form: PlaceForm, action, **values) -> Place | None:
    files = form.cleaned_data["files"]
    return saved(form, action, place=form.save(commit=False), files=files, **values)


def _place_form(request, context: dict):
    status = 422 if context["form"].errors else 200
    return render(request, "activities/place_form.html", context, status=status)


@require_POST
@allow("activities.manage_places")
def place_drop(request, pk):
    place = get_object_or_404(queries.places_visible_to(request.user), pk=pk)
    if acted(request, f"去掉了：{place}", actions.drop_place, place=place):
        return redirect("activities:place_list")
    return redirect("activities:place_detail", pk)


@require_POST
@allow("activities.use_places")
def place_use(request, pk):
    """登记使用: one tap and three fields."""
    place = get_object_or_404(queries.places_visible_to(request.user), pk=pk)
    form = UseForm(request.POST, instance=PlaceUse(place=place))
    if form.is_valid():
        use = saved(form, actions.record_place_use, use=form.save(commit=False), by=request.user)
        if use:
            undo = undo_tag(reverse("activities:place_use_drop", args=[use.pk]))
            messages.success(request, f"登记了：{place}，{use.what}", extra_tags=undo)
            return redirect(place)
    return _place_page(request, place, form, status=422)


@require_POST
@allow("activities.use_places")
def place_use_drop(request, pk):
    use = get_object_or_404(queries.uses_in_hands_of(request.user).select_related("place"), pk=pk)
    place, said = use.place, f"去掉了：{use.day:%m-%d}，{use.what}"
    entry = actions.drop_place_use(use=use, by=request.user)
    undo = reverse("activities:place_use_restore", args=[place.pk, pk, entry.number])
    messages.success(request, said, extra_tags=undo_tag(undo))
    return redirect(place)


@require_POST
@allow("activities.use_places")
def place_use_restore(request, pk, use, entry):
    place = get_object_or_404(queries.places_visible_to(request.user), pk=pk)
    acted(request, "又登记上了。", actions.restore_place_use, key=use, entry=entry)
    return redirect(place)
