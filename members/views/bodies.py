"""领导小组、工作小组: the list, one of them, its people and its paper."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from members.actions import bodies as actions
from members.actions.body_undo import undo_last
from members.exporters.bodies import RENDERERS, seats_document
from members.forms.bodies import LastDayForm, SeatForm, WorkingGroupFilter, WorkingGroupForm
from members.models import WorkingGroup, WorkingGroupSeat
from members.queries import bodies as queries
from members.queries import members_visible_to
from unionoffice.access import allow
from unionoffice.attachments import attachments_of
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response
from unionoffice.forms import acted, posted, saved
from unionoffice.periods import chinese_date
from unionoffice.queries import log_for
from unionoffice.undo import undo_tag

PAGE_SIZE = 50


@require_safe
@allow("members.view_organisation")
def working_group_list(request):
    form = WorkingGroupFilter(request.GET)
    rows = WorkingGroup.objects.none()
    if form.is_valid():
        asked = {"dissolved": bool(form.cleaned_data["state"]), "day": form.cleaned_data["on"]}
        rows = queries.working_groups_in(request.user, q=form.cleaned_data["q"], **asked)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = [(one, queries.heads_of(one), queries.people_in(one)) for one in page]
    narrowed = bool(form.errors) or any(form.cleaned_data.values())
    context = {"form": form, "page": page, "rows": shown, "narrowed": narrowed}
    status = 422 if form.errors else 200
    return render(request, "members/working_group_list.html", context, status=status)


@require_safe
@allow("members.view_organisation")
def working_group_detail(request, pk):
    return _page(request, _working_group(request, pk))


def _working_group(request, pk) -> WorkingGroup:
    return get_object_or_404(queries.working_groups_visible_to(request.user), pk=pk)


def _page(request, body: WorkingGroup, *, seat_form=None, end_form=None, status: int = 200):
    today, manages = timezone.localdate(), request.user.has_perm("members.manage_working_groups")
    day = body.end or today
    context = {
        "working_group": body,
        "seats": queries.seats_on(body, day),
        "former": queries.former_seats(body, day),
        "files": attachments_of(body),
        "may_change": manages and not body.end,
        "may_restore": manages and bool(body.end),
        "seat_form": seat_form or SeatForm(people=members_visible_to(request.user)),
        "end_form": end_form or LastDayForm(initial={"last_day": today}),
        "leave_form": LastDayForm(initial={"last_day": today}),
        "log": log_for(request.user, body) if manages else (),
    }
    return render(request, "members/working_group_detail.html", context, status=status)


@require_GET
@allow("members.view_organisation")
def working_group_export(request, pk):
    body, today = _working_group(request, pk), timezone.localdate()
    chosen = request.GET.get("format", "docx")
    if chosen not in RENDERERS:
        raise RuleBroken("只能导出 Word 或者 PDF，重新选一下。")
    seats = queries.seats_on(body, body.end or today)
    document = seats_document(body, seats, request.office, today)
    return file_response(RENDERERS[chosen](document), document.name, chosen)


@allow("members.manage_working_groups")
def working_group_create(request):
    form = WorkingGroupForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = {"files": form.cleaned_data["files"], "by": request.user}
        draft = form.save(commit=False)
        body = saved(form, actions.add_working_group, working_group=draft, **values)
        if body:
            undo = "" if values["files"] else _undo(body)
            messages.success(request, f"存好了：{body}", extra_tags=undo)
            return redirect(body)
    return _form(request, form)


@allow("members.manage_working_groups")
@in_turn(WorkingGroup)
def working_group_update(request, pk):
    body = _working_group(request, pk)
    name = str(body)
    form = WorkingGroupForm(posted(request), request.FILES or None, instance=body)
    if request.method == "POST" and form.is_valid():
        values = {"untouched": form.untouched, "files": form.cleaned_data["files"]}
        draft = form.save(commit=False)
        changed = saved(
            form, actions.update_working_group, working_group=draft, by=request.user, **values
        )
        if changed:
            messages.success(request, f"存好了：{changed}")
            return redirect(body)
    return _form(request, form, body, name)


def _form(request, form, body: WorkingGroup | None = None, name: str = ""):
    context = {"form": form, "working_group": body, "name": name}
    status = 422 if form.errors else 200
    return render(request, "members/working_group_form.html", context, status=status)


@require_POST
@allow("members.manage_working_groups")
def working_group_dissolve(request, pk):
    body, form = _working_group(request, pk), LastDayForm(request.POST)
    if form.is_valid():
        values = {"working_group": body, "by": request.user, **form.cleaned_data}
        if saved(form, actions.dissolve_working_group, **values):
            undo = undo_tag(reverse("members:working_group_restore", args=[pk]))
            messages.success(request, f"撤销了：{body}", extra_tags=undo)
            return redirect(body)
    return _page(request, body, end_form=form, status=422)


@require_POST
@allow("members.manage_working_groups")
def working_group_restore(request, pk):
    body = _working_group(request, pk)
    acted(request, f"恢复了：{body}", actions.restore_working_group, working_group=body)
    return redirect(body)


@require_POST
@allow("members.manage_working_groups")
def seat_create(request, pk):
    body = _working_group(request, pk)
    if body.end:
        messages.error(request, f"{body}撤销了，要放人进来先恢复。")
        return redirect(body)
    form = SeatForm(request.POST, people=members_visible_to(request.user))
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("role", "start")}
        people = form.cleaned_data["names"]
        rows = saved(
            form, actions.seat_people, working_group=body, members=people, by=request.user, **told
        )
        if rows:
            names = "、".join(f"{one.member}（{one.get_role_display()}）" for one in rows)
            messages.success(request, f"放进来了：{names}", extra_tags=_undo(body))
            return redirect(body)
    return _page(request, body, seat_form=form, status=422)


def _seat(pk) -> WorkingGroupSeat:
    return get_object_or_404(WorkingGroupSeat.objects.select_related("working_group"), pk=pk)


@require_POST
@allow("members.manage_working_groups")
def seat_end(request, pk):
    seat, form = _seat(pk), LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["last_day"][0])
        return redirect(seat.working_group)
    if acted(request, "", actions.unseat, seat=seat, **form.cleaned_data):
        until = chinese_date(form.cleaned_data["last_day"])
        done = f"{seat.member}在{seat.working_group}到{until}为止。"
        messages.success(request, done, extra_tags=_undo(seat.working_group))
    return redirect(seat.working_group)


@require_POST
@allow("members.manage_working_groups")
def seat_drop(request, pk):
    seat = _seat(pk)
    if acted(request, "", actions.drop_seat, seat=seat):
        undo = _undo(seat.working_group)
        messages.success(request, f"去掉了：{seat.member}", extra_tags=undo)
    return redirect(seat.working_group)


def _undo(body: WorkingGroup) -> str:
    """Takes back what was just done to it."""
    return undo_tag(reverse("members:working_group_undo", args=[queries.last_change(body).pk]))


@require_POST
@allow("members.manage_working_groups")
def working_group_undo(request, pk):
    entry = get_object_or_404(queries.changes_of_bodies(), pk=pk)
    acted(request, "撤销了，和刚才改以前一样。", undo_last, entry=entry)
    body = WorkingGroup.objects.filter(pk=entry.target_id).first()
    return redirect(body or "members:working_group_list")
