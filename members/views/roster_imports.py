"""Roster files: handed in, looked at, chosen from, landed or taken back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from members import actions, queries
from members.choices import ImportState, RowFate
from members.exporters.roster import RowsLeftOut, left_out
from members.exporters.roster_template import roster_template_xlsx
from members.facts import active_members
from members.forms.roster_imports import RosterFileForm, posted_choices
from members.importers import choices_from_json, known_roster, plan_roster, reading_from_json
from members.importers.preview import everies, kinds, pills, preview_rows
from members.models import RosterImport
from members.queries.person import importable_private
from members.rules.ages import YOUNGEST_WORKER
from members.views.landing_progress import as_lines, wants_lines
from unionoffice.access import allow
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response, table_response
from unionoffice.forms import acted, posted

PAGE_SIZE = 50
RECENT = 5


@allow("members.manage_members")
def roster_import_create(request):
    keep = importable_private(request.user)
    form = RosterFileForm(posted(request), request.FILES or None, keep=keep)
    if request.method == "POST" and form.is_valid():
        name, reading = form.cleaned_data["file"]
        kept = actions.keep_reading(file_name=name, reading=reading, by=request.user)
        is_script = request.headers.get("Accept", "").startswith("application/json")
        return JsonResponse({"url": kept.get_absolute_url()}) if is_script else redirect(kept)
    context = {"form": form, "recent": queries.roster_imports()[:RECENT]}
    status = 422 if form.errors else 200
    return render(request, "members/roster_import_form.html", context, status=status)


@require_safe
@allow("members.manage_members")
def roster_import_detail(request, pk):
    roster_import = get_object_or_404(RosterImport, pk=pk)
    if roster_import.state != ImportState.PREVIEWED:
        return _render_landed(request, roster_import)
    reading = reading_from_json(roster_import.reading)
    plan = plan_roster(reading, known_roster(), choices_from_json(roster_import.choices))
    show = request.GET.get("show", "")
    page = Paginator(preview_rows(plan, show), PAGE_SIZE).get_page(request.GET.get("page"))
    active = active_members(timezone.localdate())
    context = {
        "roster_import": roster_import,
        "reading": reading,
        "sheets": list(dict.fromkeys(row.sheet for row in reading.accepted if row.sheet)),
        "plan": plan,
        "says_work": any(row.status for row in reading.accepted),
        "youngest": YOUNGEST_WORKER,
        "pills": pills(plan),
        "kinds": kinds(plan),
        "everies": everies(plan, show),
        "show": show,
        "page": page,
        "new": plan.counts[RowFate.NEW],
        "changed": plan.counts[RowFate.CHANGED],
        "active": active,
        "active_after": active + plan.active_gain,
    }
    return render(request, "members/roster_import_preview.html", context)


def _render_landed(request, roster_import: RosterImport):
    counts, undone = roster_import.landed["counts"], roster_import.state == ImportState.UNDONE
    context = {
        "roster_import": roster_import,
        "counts": [(RowFate(fate).label, number) for fate, number in counts.items() if number],
        "left_out": 0 if undone else counts[RowFate.HELD] + counts[RowFate.REJECTED],
    }
    return render(request, "members/roster_import_detail.html", context)


@require_POST
@allow("members.manage_members")
def roster_import_choose(request, pk):
    """What the office wants of the rows on one page, and of all of a kind."""
    roster_import = get_object_or_404(RosterImport, pk=pk)
    try:
        chosen = posted_choices(request.POST)
        actions.choose_for_import(roster_import=roster_import, posted=chosen, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    place = {name: request.POST[name] for name in ("show", "page") if request.POST.get(name)}
    return redirect(f"{roster_import.get_absolute_url()}?{urlencode(place)}")


@require_POST
@allow("members.manage_members")
def roster_import_confirm(request, pk):
    roster_import = get_object_or_404(RosterImport, pk=pk)
    told = {"fingerprint": request.POST.get("fingerprint", ""), "by": request.user}
    if wants_lines(request):
        steps = actions.landing_steps(roster_import=roster_import, **told)
        return as_lines(steps, roster_import.get_absolute_url())
    try:
        landed = actions.land_roster(roster_import=roster_import, **told)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect(roster_import)
    counts = landed.landed["counts"]
    done = [f"{f.label} {counts[f]} 人" for f in (RowFate.NEW, RowFate.CHANGED) if counts[f]]
    messages.success(request, f"导入好了：{'，'.join(done)}")
    return redirect(roster_import)


@require_POST
@allow("members.manage_members")
def roster_import_drop(request, pk):
    roster_import = get_object_or_404(RosterImport, pk=pk)
    done = f"扔掉了：“{roster_import.file_name}”，名册没有动"
    gone = acted(request, done, actions.drop_import, roster_import=roster_import)
    return redirect("members:roster_import_create" if gone else roster_import)


@require_POST
@allow("members.manage_members")
def roster_import_undo(request, pk):
    roster_import = get_object_or_404(RosterImport, pk=pk)
    done = f"撤回了：“{roster_import.file_name}”，名册和导入前一样"
    acted(request, done, actions.undo_import, roster_import=roster_import)
    return redirect(roster_import)


@require_GET
@allow("members.manage_members")
def roster_import_rejected(request, pk):
    """The rows that were not taken, with their reasons."""
    roster_import = get_object_or_404(RosterImport.objects.exclude(state=ImportState.UNDONE), pk=pk)
    reading = reading_from_json(roster_import.reading)
    if roster_import.state == ImportState.PREVIEWED:
        choices = choices_from_json(roster_import.choices)
        rows = left_out(plan_roster(reading, known_roster(), choices))
    else:
        rejected = ([r.sheet, r.row, r.name, r.reason] for r in reading.rejected)
        rows = sorted([*roster_import.landed["held"], *rejected])
    actions.note_rows_left_out(roster_import=roster_import, rows=len(rows), by=request.user)
    return table_response(RowsLeftOut(roster_import.file_name, rows), "xlsx")


@require_safe
@allow("members.manage_members")
def roster_template(request):
    return file_response(roster_template_xlsx(), "会员名册模板", "xlsx")
