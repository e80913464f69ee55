"""Public notices: reading, writing, publishing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from congress import actions, queries, rules
from congress.forms import MoveForm, NoticeFilter, NoticeForm
from congress.models import Notice
from unionoffice.access import allow
from unionoffice.attachments import attachments_of
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.forms import posted, saved
from unionoffice.periods import Period
from unionoffice.workflow import offers

PAGE_SIZE = 50


@require_safe
@allow("congress.view_notices")
def notice_list(request):
    form = NoticeFilter(request.GET)
    rows = queries.notices_visible_to(request.user).none()
    if form.is_valid():
        rows = queries.notices(request.user, **form.cleaned_data)
    page = Paginator(rows.defer("body"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "period": form.cleaned_data.get("period") or Period.current(),
        "state": form.cleaned_data.get("state", ""),
        "narrowed": any(form.cleaned_data.get(name) for name in ("q", "category", "state")),
        "today": timezone.localdate(),
    }
    status = 422 if form.errors else 200
    return render(request, "congress/notice_list.html", context, status=status)


@require_safe
@allow("congress.view_notices")
def notice_detail(request, pk):
    return _render_notice(request, pk)


def _render_notice(request, pk, refused: MoveForm | None = None):
    notice = _notice_or_404(request, pk)
    context = {
        "notice": notice,
        "forward": rules.FORWARD,
        "offers": offers(rules.NOTICE_MOVES, notice.state, request.user),
        "can_edit": rules.may_edit_notice(notice, request.user),
        "files": attachments_of(notice),
        "today": timezone.localdate(),
        "refused": refused,
    }
    status = 422 if refused else 200
    return render(request, "congress/notice_detail.html", context, status=status)


@allow("congress.publish_notice")
def notice_create(request):
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        notice = _saved(request, form, actions.add_notice)
        if notice:
            return redirect(notice)
    return _render_form(request, form, adding=True)


@allow("congress.publish_notice")
@in_turn(Notice)
def notice_update(request, pk):
    notice = _notice_or_404(request, pk)
    form = _form(request, instance=notice)
    if (
        request.method == "POST"
        and form.is_valid()
        and _saved(request, form, actions.update_notice, untouched=form.untouched)
    ):
        return redirect(notice)
    return _render_form(request, form, adding=False)


def _form(request, **kwargs) -> NoticeForm:
    return NoticeForm(posted(request), request.FILES or None, **kwargs)


def _saved(request, form, action, **values):
    publish = "publish" in request.POST
    notice = saved(
        form,
        action,
        notice=form.save(commit=False),
        files=form.cleaned_data["files"],
        publish=publish,
        by=request.user,
        **values,
    )
    if notice:
        messages.success(request, f"公开了：{notice}" if publish else "草稿存好了，看过再公开。")
    return notice


def _render_form(request, form, *, adding: bool):
    status = 422 if form.errors else 200
    return render(
        request, "congress/notice_form.html", {"form": form, "adding": adding}, status=status
    )


@require_POST
@allow("congress.publish_notice")
def notice_move(request, pk):
    notice = _notice_or_404(request, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _render_notice(request, pk, form)
    try:
        actions.move_notice(notice=notice, by=request.user, **form.cleaned_data)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        step = rules.NOTICE_MOVES[form.cleaned_data["move"]]
        messages.success(request, f"办好了：{step.label}。")
    return redirect(notice)


def _notice_or_404(request, pk):
    return get_object_or_404(queries.notices_visible_to(request.user), pk=pk)
