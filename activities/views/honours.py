"""Honours: the list with its exports, one record, recording, changing, voiding."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities import queries
from activities.actions import honours as actions
from activities.exporters.honours import HonourRegister, honours_document
from activities.forms.honours import HonourFilter, HonourForm
from activities.models import Honour
from activities.queries import honours as reads
from activities.rules.honours import HONOUR_VOIDED
from members.queries import members_visible_to
from unionoffice.access import allow
from unionoffice.attachments import attachments_of
from unionoffice.concurrent import in_turn
from unionoffice.documents.docx import as_docx
from unionoffice.documents.pdf import as_pdf
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response, table_response
from unionoffice.fields import LONGEST_KEY
from unionoffice.forms import VoidForm, acted, posted, saved
from unionoffice.queries import log_for
from unionoffice.too_late import too_late
from unionoffice.undo import undo_tag

PAGE_SIZE = 50
RENDERERS = {"docx": as_docx, "pdf": as_pdf}


@require_safe
@allow("activities.view_honours")
def honour_list(request):
    form = HonourFilter(request.GET)
    rows = _filtered(request.user, form)
    totals = reads.honour_totals(rows)
    context = {
        "form": form,
        "totals": totals,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": form.narrowed,
    }
    status = 422 if form.errors else 200
    return render(request, "activities/honour_list.html", context, status=status)


def _filtered(user, form: HonourFilter):
    """The rows of the list and of its exports; none when the address asks for nonsense."""
    if not form.is_valid():
        return Honour.objects.none()
    return reads.honours_narrowed(reads.honours_visible_to(user), **form.cleaned_data)


@require_GET
@allow("activities.export_honours")
def honour_export(request):
    """The rows as a table, or as a list to be read out: 表彰名单, by level."""
    form = HonourFilter(request.GET)
    rows = _filtered(request.user, form)
    if form.errors:
        raise RuleBroken("导出的筛选条件看不懂，回到荣誉重新筛选再导出。")
    rows, period = reads.honours_by_level(rows), form.cleaned_data["period"]
    actions.note_honours_export(rows=len(rows), by=request.user)
    file_format = request.GET.get("format", "xlsx")
    if file_format not in RENDERERS:
        return table_response(HonourRegister(rows, period), file_format)
    document = honours_document(rows, period, office=request.office, today=timezone.localdate())
    return file_response(RENDERERS[file_format](document), document.name, file_format)


@require_safe
@allow("activities.view_honours")
def honour_detail(request, pk):
    return _honour_page(request, _visible(request, pk), VoidForm())


def _visible(request, pk) -> Honour:
    rows = reads.honours_visible_to(request.user)
    return get_object_or_404(
        rows.select_related("activity", "selection", "recorded_by__member"), pk=pk
    )


def _honour_page(request, honour: Honour, form: VoidForm, status: int = 200):
    records = request.user.has_perm("activities.record_honours")
    context = {
        "honour": honour,
        "attachments": attachments_of(honour),
        "log": log_for(request.user, honour) if records else (),
        "may_change": records and not honour.voided_at,
        "void_form": form,
    }
    return render(request, "activities/honour_detail.html", context, status=status)


@allow("activities.record_honours")
def honour_create(request):
    form = _form(request, initial=_known(request))
    if request.method == "POST" and form.is_valid():
        files = form.cleaned_data["files"]
        values = {"honours": form.honours, "files": files, "apart": "apart" in request.POST}
        kept = saved(form, actions.record_honours, by=request.user, **values)
        if kept:
            return _kept(request, kept)
    return _render_form(request, form)


def _kept(request, honours: list[Honour]):
    first, *others = honours
    whose = "、".join(one.whose for one in honours[:5]) + ("等" if len(honours) > 5 else "")
    said = f"记下了：{whose} {first}" + (f"，{len(honours)} 条" if others else "")
    address = reverse("activities:honour_undo", args=[first.pk])
    more = "&".join(f"also={one.pk}" for one in others)
    messages.success(request, said, extra_tags=undo_tag(f"{address}?{more}" if more else address))
    if "again" in request.POST:
        return redirect("activities:honour_create")
    return redirect("activities:honour_list") if others else redirect(first)


def _known(request) -> dict:
    """Where the button stood: the competition that it was won at."""
    key = request.GET.get("activity", "")
    if not key.isdecimal() or len(key) > LONGEST_KEY:
        return {}
    activity = queries.activities_visible_to(request.user).filter(pk=key).first()
    return {"activity": activity, "is_contest": True} if activity else {}


def _form(request, honour: Honour | None = None, initial: dict | None = None) -> HonourForm:
    today = timezone.localdate()
    known = (initial or {}).get("activity")
    return HonourForm(
        posted(request),
        request.FILES or None,
        instance=honour,
        initial=initial,
        people=members_visible_to(request.user),
        groups=queries.groups_to_choose(request.user, today, honour and honour.group_id),
        contests=reads.contests_to_choose(
            today, known.pk if known else honour and honour.activity_id
        ),
    )


def _render_form(request, form: HonourForm, honour: Honour | None = None):
    context = {"form": form, "honour": honour}
    status = 422 if form.errors else 200
    return render(request, "activities/honour_form.html", context, status=status)


@allow("activities.record_honours")
@in_turn(Honour)
def honour_update(request, pk):
    honour = _visible(request, pk)
    form = _form(request, honour)
    if honour.voided_at:
        return _said_voided(request, honour, form)
    if request.method == "POST" and form.is_valid():
        changed = saved(
            form,
            actions.update_honour,
            honour=form.save(commit=False),
            files=form.cleaned_data["files"],
            untouched=form.untouched,
            apart="apart" in request.POST,
            by=request.user,
        )
        if changed:
            messages.success(request, f"改好了：{honour.whose} {honour}")
            return redirect(honour)
    return _render_form(request, form, honour)


@require_POST
@allow("activities.record_honours")
def honour_void(request, pk):
    honour = _visible(request, pk)
    form = VoidForm(request.POST)
    if honour.voided_at:
        return _said_voided(request, honour, form)
    if not form.is_valid():
        return _honour_page(request, honour, form, status=422)
    done = f"作废了：{honour.whose} {honour}。它不再计入任何数字。"
    acted(request, done, actions.void_honour, honour=honour, **form.cleaned_data)
    return redirect(honour)


def _said_voided(request, honour: Honour, form):
    return too_late(request, HONOUR_VOIDED.format(title=honour), form, record=honour)


@require_POST
@allow("activities.record_honours")
def honour_undo(request, pk):
    keys = [pk, *(int(key) for key in request.GET.getlist("also") if _is_key(key))]
    get_object_or_404(reads.honours_visible_to(request.user), pk=pk)
    rows = list(reads.honours_visible_to(request.user).filter(pk__in=keys))
    done = f"撤销了：{rows[0]}，{len(rows)} 条，不计入任何数字。"
    acted(request, done, actions.undo_honours, honours=rows)
    return redirect("activities:honour_list")


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) <= LONGEST_KEY
