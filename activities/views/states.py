"""A plan passed, published, turned back; and what changed since it was passed."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities import actions, queries
from activities.choices import ChangeKind
from activities.exporters import PlanChanges
from activities.forms.filters import ChangeFilter
from activities.forms.states import PLAN_MOVE_FORMS
from activities.models import Plan
from activities.rules import FORWARD, PLAN_MOVES
from unionoffice.access import allow
from unionoffice.errors import RuleBroken
from unionoffice.exports import table_response
from unionoffice.forms import saved
from unionoffice.queries import log_for
from unionoffice.workflow import Move, offers

STATE_ACTS = [f"activities.{act}_plan" for act in ("add", "carry", *PLAN_MOVES)]


@dataclass(frozen=True)
class PlanMoveBox:
    """A move that the user can make now, with its form."""

    name: str
    move: Move
    form: forms.Form

    @property
    def forward(self) -> bool:
        return self.name in FORWARD


@require_safe
@allow("activities.manage_plans")
def plan_state(request, pk):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    return _state_page(request, plan)


def _state_page(request, plan: Plan, bound: dict | None = None, status: int = 200):
    """The plan's state with its moves. `bound` holds a move's form that came back with errors."""
    boxes = [
        PlanMoveBox(o.name, o.move, (bound or {}).get(o.name) or _move_form(o.name))
        for o in offers(PLAN_MOVES, plan.state, request.user)
    ]
    log = log_for(request.user, plan).filter(act__in=STATE_ACTS)
    context = {"plan": plan, "boxes": boxes, "log": map(_log_line, log)}
    return render(request, "activities/plan_state.html", context, status=status)


def _log_line(entry) -> dict:
    reason = entry.changes.get("reason")
    text = f"{entry.actor_name}{entry.act_words}" + (f"：{reason}" if reason else "")
    return {"at": entry.at, "text": text}


def _move_form(name: str, data=None) -> forms.Form:
    initial = {"passed_on": timezone.localdate()} if name == "pass" else {}
    return PLAN_MOVE_FORMS[name](data, auto_id=f"{name}_%s", initial=initial)


@require_POST
@allow("activities.manage_plans")
def plan_move(request, pk, move):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    if move not in PLAN_MOVE_FORMS:
        raise Http404
    form = _move_form(move, request.POST)
    if form.is_valid():
        moved = saved(
            form, actions.move_plan, plan=plan, move=move, by=request.user, **form.cleaned_data
        )
        if moved:
            messages.success(request, f"《{moved}》{moved.get_state_display()}。")
            return (
                redirect("activities:plan_state", moved.pk) if move == "pass" else redirect(moved)
            )
    return _state_page(request, plan, {move: form}, status=422)


@require_safe
@allow("activities.view_plans")
def plan_changes(request, pk):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    form = ChangeFilter(request.GET)
    changes = queries.changes_of(plan, **form.cleaned_data) if form.is_valid() else []
    counts = queries.changes_counted(plan)
    context = {
        "plan": plan,
        "form": form,
        "passings": queries.changes_by_passing(plan, queries.changes_told(changes)),
        "changes": changes,
        "counts": [(ChangeKind(kind).label, count) for kind, count in counts.items()],
        "narrowed": bool(form.errors) or any(form.cleaned_data.values()),
    }
    status = 422 if form.errors else 200
    return render(request, "activities/plan_changes.html", context, status=status)


@require_GET
@allow("activities.export_plans")
def plan_changes_export(request, pk):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    form = ChangeFilter(request.GET)
    if not form.is_valid():
        raise RuleBroken("导出的筛选条件看不懂，回到“通过以后的变化”重新筛选再导出。")
    changes = queries.changes_of(plan, **form.cleaned_data)
    return table_response(PlanChanges(plan, changes), request.GET.get("format", "xlsx"))
