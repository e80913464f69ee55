"""Plans: the list, the year as a board, making one blank or from a text."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities import actions, board, queries
from activities.calendar import month_in
from activities.forms.board import months_to_choose
from activities.forms.filters import BoardFilter
from activities.forms.plans import PlanForm, PlanTitleForm, WithdrawForm
from activities.models import Plan
from activities.queries.days_off import terms
from activities.rules import check_withdrawn
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.forms import acted, posted
from unionoffice.periods import Period
from unionoffice.undo import UNDO_WITHIN, undo_tag


@require_safe
@allow("activities.view_plans")
def plan_list(request):
    today = timezone.localdate()
    plans = list(queries.plans_with_progress(queries.plans_visible_to(request.user)))
    context = {
        "plans": plans,
        "current": [plan for plan in plans if plan.period.contains(today)],
        "repeated": queries.plan_to_repeat(plans),
        "year": today.year,
    }
    return render(request, "activities/plan_list.html", context)


@require_safe
@allow("activities.view_plans")
def plan_detail(request, pk):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    today = timezone.localdate()
    form = BoardFilter(request.GET)
    form.is_valid()  # what is no filter is said above the whole board
    extras = queries.extras_in(plan.period).order_by("day", "pk")
    months = board.build(
        plan.period,
        queries.item_rows(plan.items.all(), today),
        extras.values("pk", "title", "field", "day", "precision"),
        today,
        terms=terms(),
        **form.cleaned_data,
    )
    context = {
        "plan": plan,
        "month": month_in(plan.period, today),
        "board": months,
        "form": form,
        "changed": queries.changes_now(plan).count(),
        "move_months": months_to_choose(plan),
    }
    status = 422 if form.errors else 200
    return render(request, "activities/plan_detail.html", context, status=status)


@require_safe
@allow("activities.view_plans")
def plan_source(request, pk):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    context = {"plan": plan, "sections": plan.sections.all()}
    return render(request, "activities/plan_source.html", context)


@allow("activities.manage_plans")
def plan_create(request):
    """For the period that the address names, else for this year."""
    asked = {"period": Period.from_query(request.GET)}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=asked)
    already = None
    if request.method == "POST" and form.is_valid():
        try:
            plan = actions.add_plan(by=request.user, **form.cleaned_data)
        except RuleBroken as error:
            already = queries.plan_for(form.cleaned_data["period"])
            form.add_error("period", str(error))
        else:
            undo = undo_tag(reverse("activities:plan_withdraw", args=[plan.pk]))
            said = f"建好了：{plan}。接着把事项一项项加进去。"
            messages.success(request, said, extra_tags=undo)
            return redirect(plan)
    status = 422 if form.errors else 200
    plans = queries.plans_visible_to(request.user)
    target = asked["period"] if request.GET.get("period") else None
    repeated = queries.plan_to_repeat(plans, target)
    context = {"form": form, "repeated": repeated, "already": already}
    return render(request, "activities/plan_create.html", context, status=status)


@allow("activities.manage_plans")
@in_turn(Plan)
def plan_update(request, pk):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    form = PlanTitleForm(request.POST if request.method == "POST" else None, instance=plan)
    if request.method == "POST" and form.is_valid():
        actions.update_plan(plan=form.save(commit=False), by=request.user, untouched=form.untouched)
        messages.success(request, f"标题改成了《{plan}》。")
        return redirect(plan)
    status = 422 if form.errors else 200
    return render(
        request, "activities/plan_update.html", {"form": form, "plan": plan}, status=status
    )


@allow("activities.manage_plans")
def plan_withdraw(request, pk):
    """Asks first, and says what goes; one that was made a moment ago goes at one click."""
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    try:
        check_withdrawn(plan.title, plan.state)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("activities:plan_state", pk)
    sure = "sure" in request.POST or _just_made(plan, request.user)
    passed_before = queries.was_passed(plan)
    form = WithdrawForm(posted(request) if sure else None, passed_before=passed_before)
    if form.is_valid():
        done = f"撤回了《{plan}》。"
        gone = acted(request, done, actions.withdraw_plan, plan=plan, **form.cleaned_data)
        return redirect("activities:plan_list" if gone else plan)
    context = {"plan": plan, "form": form, "parts": queries.parts_of(plan)}
    status = 422 if form.errors else 200
    return render(request, "activities/plan_withdraw.html", context, status=status)


def _just_made(plan: Plan, user) -> bool:
    """Whether the button 撤销 beside the message that it was made is enough."""
    return plan.created_by_id == user.pk and timezone.now() - plan.created_at <= UNDO_WITHIN
