"""Plans: the list, the year as a board, making one blank or from a text."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from activities import actions, board, queries
from activities.forms.filters import BoardFilter
from activities.forms.plans import PlanForm, PlanTitleForm
from activities.models import Plan
from activities.queries.days_off import terms
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period
from unionoffice.undo import undo_tag


@require_safe
@allow("activities.view_plans")
def plan_list(request):
    today = timezone.localdate()
    plans = list(queries.plans_with_progress(queries.plans_visible_to(request.user)))
    context = {
        "plans": plans,
        "current": [plan for plan in plans if plan.period.contains(today)],
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
    context = {"plan": plan, "board": months, "form": form, "changed": plan.changes.count()}
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
    if request.method == "POST" and form.is_valid():
        try:
            plan = actions.add_plan(by=request.user, **form.cleaned_data)
        except RuleBroken as error:
            form.add_error("period", str(error))
        else:
            undo = undo_tag(reverse("activities:plan_withdraw", args=[plan.pk]))
            said = f"建好了：{plan}。接着把事项一项项加进去。"
            messages.success(request, said, extra_tags=undo)
            return redirect(plan)
    status = 422 if form.errors else 200
    context = {"form": form, "latest": queries.plans_visible_to(request.user).first()}
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


@require_POST
@allow("activities.manage_plans")
def plan_withdraw(request, pk):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    try:
        actions.withdraw_plan(plan=plan, by=request.user)
    except RuleBroken as error:
        messages.error(request, str(error))
        return redirect("activities:plan_detail", pk)
    messages.success(request, f"撤回了《{plan}》。")
    return redirect("activities:plan_list")
