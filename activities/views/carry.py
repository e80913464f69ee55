"""A plan moved to another period: where each item would go is shown, nothing written before it is
confirmed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from activities import actions, queries
from activities.forms.carry import CarryForm, TargetForm
from unionoffice.access import allow
from unionoffice.forms import posted, saved
from unionoffice.undo import undo_tag


@allow("activities.manage_plans")
def plan_carry(request, pk):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    target = TargetForm(request.GET, plan=plan)
    if not target.period:
        context = {"plan": plan, "target": target}
        return render(request, "activities/plan_carry.html", context, status=422)
    found = queries.carried(plan, target.period, timezone.localdate())
    form = CarryForm(posted(request), plan=plan, target=target.period, found=found)
    if request.method == "POST" and form.is_valid():
        made = _carried(request, plan, form)
        if made:
            undo = undo_tag(reverse("activities:plan_withdraw", args=[made.pk]))
            said = f"做好了：{made}，{made.items.count()} 项。通过以前怎么改都行。"
            messages.success(request, said, extra_tags=undo)
            return redirect(made)
    context = {
        "plan": plan,
        "target": target,
        "form": form,
        "already": queries.plan_for(target.period),
        "others": queries.plans_visible_to(request.user).exclude(pk=plan.pk),
    }
    status = 422 if form.errors else 200
    return render(request, "activities/plan_carry.html", context, status=status)


def _carried(request, plan, form: CarryForm):
    return saved(
        form,
        actions.carry_plan,
        plan=plan,
        title=form.cleaned_data["title"],
        period=form.target,
        by=request.user,
        items=form.items(),
        sections=form.cleaned_data["sections"],
    )
