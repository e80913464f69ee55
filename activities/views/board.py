"""The board of a plan: an item moved to another month."""

from copy import copy

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from activities import actions, queries
from activities.choices import PlanState
from activities.forms.board import ItemMonthForm
from activities.models import PlanItem
from activities.rules import lost_when, months_between, shifted
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.forms import posted
from unionoffice.undo import undo_tag


@allow("activities.manage_plans")
@in_turn(PlanItem)
def plan_item_month(request, pk):
    """In a draft the month is just another; once the plan was passed the item is put off."""
    item = get_object_or_404(queries.items_visible_to(request.user), pk=pk)
    form, old = ItemMonthForm(posted(request), item=item), copy(item)
    if request.method == "POST" and form.is_valid():
        try:
            item = _moved(item, by=request.user, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error("to_month", str(refusal))
        else:
            undo = undo_tag(reverse("activities:plan_item_undo", args=[pk]))
            said = f"“{item}”移到了{item.months_text}{moved_words(old, item)}"
            messages.success(request, said, extra_tags=undo)
            return redirect(f"{item.plan.get_absolute_url()}#item-{pk}")
    status = 422 if form.errors else 200
    context = {"form": form, "item": item}
    return render(request, "activities/plan_item_month.html", context, status=status)


def _moved(item: PlanItem, *, to_month, by, reason: str = "") -> PlanItem:
    distance = months_between(item.first_month, to_month)
    if distance == 0:
        raise RuleBroken(f"它现在就排在{item.months_text}，选别的月份。")
    if item.plan.state != PlanState.DRAFT:
        return actions.move_item(
            item=item, move="postpone", to_month=to_month, reason=reason, by=by
        )
    item.first_month = to_month
    item.last_month = shifted(item.last_month, distance)
    actions.lose_exact_day(item)
    return actions.update_item(item=item, by=by)


def moved_words(old: PlanItem, new: PlanItem) -> str:
    """What the move took away, for the message."""
    lost = lost_when(old, new)
    return f"。原来定的{lost}不算了，定下日子再补上" if lost else ""
