"""会籍变动: the form of one move, taking the last one back, who came and went."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from members import actions, queries
from members.exporters.moves import MembershipChanges
from members.forms.membership import ChangeFilter, MembershipMoveForm
from members.queries import membership
from members.queries.changes import MembershipChange, changes_in, kinds_of
from members.queries.person import suggestions
from members.rules.moves import MOVES, check_member_move, consequences
from members.rules.retirement import early_warning, forecast
from unionoffice.access import allow
from unionoffice.errors import RuleBroken
from unionoffice.exports import table_response
from unionoffice.forms import posted, saved
from unionoffice.periods import Period
from unionoffice.undo import undo_tag

PAGE_SIZE = 50


@allow("members.move_members")
def membership_move(request, pk, move):
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    if move not in MOVES:
        raise Http404
    standing = membership.standing_of(membership.last_membership(member))
    work = membership.work_of(member)
    try:
        step = check_member_move(move, who=member, standing=standing, work=work, user=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect(member)
    form = _form(request, member, move, step, standing)
    if request.method == "POST" and form.is_valid() and _moved(request, form, member, move):
        return redirect(member)
    context = {
        "form": form,
        "member": member,
        "step": step,
        "follows": consequences(step, membership.ending_of(member, step)),
        "warning": _warning(form, member) if move == "retire" else "",
    }
    status = 422 if form.errors else 200
    return render(request, "members/membership_move.html", context, status=status)


def _warning(form, member) -> str:
    """Whether the day that is asked about is well before the law lets the person go."""
    since = getattr(form, "cleaned_data", {}).get("since") or timezone.localdate()
    told = forecast(member.gender, member.retirement_line, member.birth, member.birth_precision)
    return early_warning(told, since)


def _form(request, member, move, step, standing) -> MembershipMoveForm:
    """Who retires is asked where the home is, and finds the group of the retired chosen."""
    asked = {}
    if move == "retire":
        group = (
            queries.group_for_retired(member.area) if standing in {"active", "retained"} else None
        )
        asked = {"areas": suggestions()["area"], "initial": {"area": member.area, "group": group}}
    return MembershipMoveForm(
        posted(request),
        **asked,
        move=move,
        step=step,
        chooses=step.may_stay and standing in {"active", "retained"} and standing != step.target,
        groups=membership.open_groups(),
    )


def _moved(request, form, member, move):
    done = saved(
        form, actions.move_member, member=member, move=move, by=request.user, **form.answers
    )
    if done:
        step = MOVES[move]
        words = f"记下了：{member}{step.done or step.label}"
        undo = reverse("members:membership_undo", args=[member.pk])
        messages.success(request, words, extra_tags=undo_tag(undo))
    return done


@require_POST
@allow("members.move_members")
def membership_undo(request, pk):
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    try:
        label = actions.undo_move(member=member, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"撤销了“{label}”，{member}的会籍、职务、账号和以前一样。")
    return redirect(member)


@require_safe
@allow("members.move_members")
def move_list(request):
    form = ChangeFilter(request.GET)
    valid = form.is_valid()
    period = form.cleaned_data["period"] if valid else Period.current()
    found = changes_in(request.user, period, form.cleaned_data["q"]) if valid else []
    changes = form.chosen(found) if valid else []
    page = Paginator(changes[::-1], PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "period": period,
        "page": page,
        "rows": _with_undo(list(page)),
        "kinds": kinds_of(found),
    }
    return render(request, "members/move_list.html", context, status=200 if valid else 422)


def _with_undo(changes: list[MembershipChange]) -> list[MembershipChange]:
    """Each knows whether it is the last move of the person, which can be taken back."""
    last = membership.last_moves({change.member.pk for change in changes})
    since = {pk: date.fromisoformat(entry.changes["since"]) for pk, entry in last.items()}
    return [replace(each, undoable=since.get(each.member.pk) == each.day) for each in changes]


@require_GET
@allow("members.export_members")
def move_export(request):
    form = ChangeFilter(request.GET)
    if not form.is_valid():
        messages.error(request, form.refusal)
        return redirect("members:move_list")
    period = form.cleaned_data["period"]
    changes = form.chosen(changes_in(request.user, period, form.cleaned_data["q"]))
    places = membership.departments_of([each.member.pk for each in changes])
    actions.note_moves_export(period=period, changes=changes, by=request.user)
    table = MembershipChanges(changes, places, period)
    return table_response(table, request.GET.get("format", "xlsx"))
