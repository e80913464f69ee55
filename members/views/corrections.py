"""What members ask the office to correct."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members import actions
from members.choices import RequestState
from members.corrections import PLACES, as_text, in_words, label_of
from members.forms.own_entry import AcceptForm, DeclineForm
from members.queries.corrections import corrections_visible_to, placed_today, waiting_corrections
from unionoffice.access import allow
from unionoffice.attachments import attachments_of_all
from unionoffice.errors import RuleBroken
from unionoffice.forms import acted
from unionoffice.list_filters import TabFilter
from unionoffice.undo import undo_tag

PAGE_SIZE = 20


@require_safe
@allow("members.manage_members")
def correction_list(request):
    """What waits, the oldest first; with ?tab=done, what was decided, the newest first."""
    form = TabFilter(request.GET, tabs=("waiting", "done"))
    done = form.chosen == "done"
    if form.errors:
        messages.error(request, form.refusal)
    found = corrections_visible_to(request.user)
    waiting = found.filter(pk__in=waiting_corrections().order_by().values("pk"))
    decided = found.filter(state__in=[RequestState.ACCEPTED, RequestState.DECLINED])
    chosen = decided.order_by("-decided_at") if done else waiting.order_by("sent_at", "pk")
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    files = attachments_of_all(page.object_list)
    people = placed_today([correction.member_id for correction in page])
    context = {
        "done": done,
        "page": page,
        "waiting": waiting.count(),
        "today": timezone.localdate(),
        "rows": [_row(c, people[c.member_id], files.get(c.pk, [])) for c in page],
    }
    status = 422 if form.errors else 200
    return render(request, "members/correction_list.html", context, status=status)


def _row(correction, member, files) -> dict:
    lines = [_line(member, *line) for line in correction.lines]
    placed = any(field in PLACES for field in correction.changes)
    return {"correction": correction, "lines": lines, "files": files, "placed": placed}


def _line(member, field: str, shown: str, right: str) -> dict:
    """One field: what was shown when the request was sent, what is stored now, what is right."""
    now = as_text(member, field)
    return {
        "field": field,
        "label": label_of(field),
        "now": now,
        "now_words": in_words(field, now),
        "shown_words": in_words(field, shown),
        "right_words": in_words(field, right),
        "moved": now not in (shown, right),
        "same": now == right,
    }


@require_POST
@allow("members.manage_members")
def correction_accept(request, pk):
    seen = {name[4:]: text for name, text in request.POST.items() if name.startswith("now-")}
    correction, form = _correction(request, pk), AcceptForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["since"][0])
        return redirect("members:correction_list")
    told = {"by": request.user, "seen": seen, "since": form.cleaned_data["since"]}
    return _decided(
        request,
        correction,
        f"改好了：{correction.member}的资料",
        lambda: actions.accept_correction(correction=correction, **told),
    )


@require_POST
@allow("members.manage_members")
def correction_decline(request, pk):
    correction = _correction(request, pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["reason"][0])
        return redirect("members:correction_list")
    reason = form.cleaned_data["reason"]
    return _decided(
        request,
        correction,
        f"没有改：{correction.member}的资料",
        lambda: actions.decline_correction(correction=correction, by=request.user, reason=reason),
    )


@require_POST
@allow("members.manage_members")
def correction_reopen(request, pk):
    correction = _correction(request, pk)
    done = f"拿回来了：{correction.member}的更正又在待办里"
    acted(request, done, actions.reopen_correction, correction=correction)
    return redirect("members:correction_list")


def _correction(request, pk):
    return get_object_or_404(corrections_visible_to(request.user), pk=pk)


def _decided(request, correction, words: str, decide):
    try:
        decide()
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        undo = undo_tag(reverse("members:correction_reopen", args=[correction.pk]))
        messages.success(request, words, extra_tags=undo)
    return redirect("members:correction_list")
