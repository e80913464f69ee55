"""What stands in the union's places: the list and its papers, one thing, a whole file of things."""

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities.actions import places as actions
from activities.asset_reader import rows_from_stored
from activities.exporters.places import AssetTable, asset_paper, paper_file
from activities.forms.places import AssetFileForm, AssetFilter, AssetForm, MoveForm, WriteOffForm
from activities.models import Asset
from activities.queries import places as queries
from activities.queries.asset_files import plan_assets
from activities.queries.stocktakes import counts_of_asset, with_last_count
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response, table_response
from unionoffice.forms import acted, posted, saved
from unionoffice.queries import current_office, log_for
from unionoffice.too_late import too_late
from unionoffice.undo import undo_tag

PAGE_SIZE = 50
COUNTS_SHOWN = 10
SALT = "activities.asset_import"  # what a preview carries along is nobody else's to change


@require_safe
@allow("activities.view_places")
def asset_list(request):
    return _asset_page(request, None)


def _asset_page(request, move_form: MoveForm | None, status: int = 200):
    form = AssetFilter(request.GET, places=queries.place_names())
    assets = _assets(request.user, form)
    today = timezone.localdate()
    context = {
        "form": form,
        "totals": queries.asset_totals(assets),
        "page": Paginator(assets, PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": form.narrowed,
        "old": form.is_valid() and form.cleaned_data["state"] == queries.WRITTEN_OFF,
        "move_form": move_form or MoveForm(assets=assets, places=queries.places_open(today)),
    }
    status = 422 if form.errors else status
    return render(request, "activities/asset_list.html", context, status=status)


def _assets(user, form: AssetFilter):
    """The rows of the list, of its export and its paper; none when the address asks for nonsense."""
    if not form.is_valid():
        return Asset.objects.none()
    found = queries.narrowed_assets(queries.assets_visible_to(user), **form.cleaned_data)
    return with_last_count(found)


@require_GET
@allow("activities.export_assets")
def asset_export(request):
    """xlsx and csv are the table, docx and pdf the paper."""
    form = AssetFilter(request.GET, places=queries.place_names())
    assets = _assets(request.user, form)
    if form.errors:
        raise RuleBroken("导出的筛选条件看不懂，回到资产台账重新筛选再导出。")
    today, chosen = timezone.localdate(), request.GET.get("format", "xlsx")
    if chosen not in ("docx", "pdf"):
        return table_response(AssetTable(assets, today), chosen)
    old = form.cleaned_data["state"] == queries.WRITTEN_OFF
    totals = queries.asset_totals(assets)
    paper = asset_paper(assets, totals, current_office(), today, old=old)
    return file_response(paper_file(paper, chosen), paper.name, chosen)


@allow("activities.manage_places")
def asset_create(request):
    places = queries.places_open(timezone.localdate())
    known = request.GET.get("place", "")
    initial = {"place": known} if known.isdecimal() else {}
    form = AssetForm(posted(request), places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        asset = saved(form, actions.add_asset, asset=form.save(commit=False), by=request.user)
        if asset:
            undo = undo_tag(reverse("activities:asset_drop", args=[asset.pk]))
            messages.success(request, f"登记了：{asset}，放在{asset.place}", extra_tags=undo)
            again = "again" in request.POST
            create = f"{reverse('activities:asset_create')}?place={asset.place_id}"
            return redirect(create if again else asset.place)
    return _asset_form(request, {"form": form})


@allow("activities.manage_places")
@in_turn(Asset)
def asset_update(request, pk):
    asset = get_object_or_404(queries.assets_visible_to(request.user), pk=pk)
    name = str(asset)
    places = queries.places_open(timezone.localdate(), asset.place_id)
    form = AssetForm(posted(request), instance=asset, places=places)
    if request.method == "POST" and asset.written_off_on:
        return _said_written_off(request, asset, form)
    if request.method == "POST" and form.is_valid():
        draft = form.save(commit=False)
        if saved(
            form, actions.update_asset, asset=draft, by=request.user, untouched=form.untouched
        ):
            messages.success(request, f"改好了：{draft}")
            return redirect(draft.place)
    return _asset_form(request, {"form": form, "asset": asset, "name": name})


def _asset_form(request, context: dict):
    if asset := context.get("asset"):
        context |= {
            "log": log_for(request.user, asset)[:20],
            "counts": counts_of_asset(asset)[:COUNTS_SHOWN],
        }
        context.setdefault("off_form", WriteOffForm(initial={"day": timezone.localdate()}))
    bad = context["form"].errors or (asset and context["off_form"].errors)
    return render(request, "activities/asset_form.html", context, status=422 if bad else 200)


def _said_written_off(request, asset: Asset, form):
    """Another one wrote it off since the form was opened."""
    back = reverse("activities:asset_update", args=[asset.pk])
    said = f"{asset}已经报废了，要改先撤销报废。"
    return too_late(request, said, form, record=asset, back=back)


@require_POST
@allow("activities.manage_places")
def asset_write_off(request, pk):
    asset = get_object_or_404(queries.assets_visible_to(request.user), pk=pk)
    form = WriteOffForm(request.POST)
    if asset.written_off_on:
        return _said_written_off(request, asset, form)
    if form.is_valid():
        values = form.cleaned_data
        if saved(form, actions.write_off_asset, asset=asset, by=request.user, **values):
            undo = undo_tag(reverse("activities:asset_restore", args=[pk]))
            messages.success(request, f"报废了：{asset}", extra_tags=undo)
            return redirect(asset.place)
    places = queries.places_open(timezone.localdate(), asset.place_id)
    shown = {"form": AssetForm(instance=asset, places=places), "off_form": form}
    return _asset_form(request, {"asset": asset, "name": str(asset)} | shown)


@require_POST
@allow("activities.manage_places")
def asset_restore(request, pk):
    asset = get_object_or_404(queries.assets_visible_to(request.user), pk=pk)
    acted(request, f"撤销了报废：{asset}", actions.restore_asset, asset=asset)
    return redirect(asset.place)


@require_POST
@allow("activities.manage_places")
def asset_drop(request, pk):
    asset = get_object_or_404(queries.assets_visible_to(request.user), pk=pk)
    acted(request, f"去掉了：{asset}", actions.drop_asset, asset=asset)
    return redirect(asset.place)


@require_POST
@allow("activities.manage_places")
def asset_move(request):
    """The ticked ones into another place."""
    assets = queries.assets_visible_to(request.user).filter(written_off_on=None)
    places = queries.places_open(timezone.localdate())
    form = MoveForm(request.POST, assets=assets, places=places)
    if form.is_valid():
        chosen, place = form.cleaned_data["pk"], form.cleaned_data["to"]
        moved = saved(form, actions.move_assets, assets=chosen, place=place, by=request.user)
        if moved:
            messages.success(request, f"{len(moved)} 样搬到{place}了。")
            return redirect(place)
    return _asset_page(request, form, status=422)


# ------------------------------------------------------------------ a whole file
@allow("activities.manage_places")
def asset_import(request):
    """The file is read and looked at; nothing is written before it is confirmed."""
    form = AssetFileForm(posted(request), request.FILES or None)
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        context["name"], reading = form.cleaned_data["file"]
        stored = [row.stored() for row in reading.rows]
        context |= {"reading": reading, "plan": plan_assets(reading.rows)}
        context["carried"] = signing.dumps(stored, salt=SALT, compress=True)
    status = 422 if form.errors else 200
    return render(request, "activities/asset_import.html", context, status=status)


@require_POST
@allow("activities.manage_places")
def asset_import_land(request):
    try:
        stored = signing.loads(request.POST.get("rows", ""), salt=SALT, max_age=86_400)
    except signing.BadSignature:
        messages.error(request, "这份预览过期了，什么都没有导入。再选一次文件。")
        return redirect("activities:asset_import")
    plan = plan_assets(rows_from_stored(stored))
    try:
        entry = actions.import_assets(
            assets=plan.assets, new_places=plan.new_places, by=request.user
        )
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("activities:asset_import")
    undo = undo_tag(reverse("activities:asset_import_undo", args=[entry.pk]))
    messages.success(request, f"导入了 {len(plan.assets)} 行。", extra_tags=undo)
    return redirect("activities:asset_list")


@require_POST
@allow("activities.manage_places")
def asset_import_undo(request, pk):
    entry = get_object_or_404(queries.asset_imports_of(request.user), pk=pk)
    acted(request, "撤回了刚导入的一整份。", actions.undo_asset_import, entry=entry)
    return redirect("activities:asset_list")
