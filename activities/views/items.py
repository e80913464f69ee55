"""Plan items: the list across plans, one item, and what is decided about it."""

from copy import copy
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities import actions, queries
from activities.board import look_of
from activities.calendar import month_in
from activities.choices import Field, Mark
from activities.exporters import ItemRegister
from activities.forms.filters import ItemFilter
from activities.forms.items import MOVE_FORMS, DropForm, PlanItemForm
from activities.models import Plan, PlanItem
from activities.rules import ITEM_MOVES, is_kept, item_moves
from activities.views.board import moved_words
from members.queries import members_visible_to
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.exports import table_response
from unionoffice.facts import percent
from unionoffice.forms import acted, posted
from unionoffice.undo import undo_tag
from unionoffice.workflow import Move, offers

PAGE_SIZE = 50


@dataclass(frozen=True)
class MoveBox:
    """A move that the user can make now, with its form; open when the form has errors."""

    name: str
    move: Move
    form: forms.Form


@require_safe
@allow("activities.view_plans")
def plan_item_list(request):
    form = _filter(request)
    rows, shown, over = _rows_of(request.user, form)
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    done = sum(row.mark == Mark.DONE for row in rows)
    period = form.fallback
    context = {
        "form": form,
        "plan": queries.plan_of(period, queries.plans_visible_to(request.user)),
        "month": month_in(period, timezone.localdate()),
        "page": page,
        "planned": len(rows),
        "done": done,
        "rate": percent(done, len(rows)),
        "looks": [(row, look_of(row.mark, over=over)) for row in page],
        "narrowed": form.narrowed,
        "beside": _beside(request.user, form),
    }
    status = 422 if form.errors else 200
    return render(request, "activities/plan_item_list.html", context, status=status)


def _beside(user, form: ItemFilter) -> list[Plan]:
    """Plans whose items of this period are not in the list, because another plan's are."""
    if form.errors or form.cleaned_data.get("draft"):
        return []
    return list(queries.plans_beside(user, form.cleaned_data["period"]))


@require_GET
@allow("activities.export_plans")
def plan_item_export(request):
    form = _filter(request)
    _, shown, over = _rows_of(request.user, form)
    if form.errors:
        raise RuleBroken("导出的筛选条件看不懂，回到计划事项重新筛选再导出。")
    looks = {row.pk: look_of(row.mark, over=over).word for row in shown}
    table = ItemRegister(shown, looks, form.cleaned_data["period"])
    return table_response(table, request.GET.get("format", "xlsx"))


def _filter(request) -> ItemFilter:
    people = queries.people_responsible(queries.items_visible_to(request.user))
    drafts = request.user.has_perm("activities.view_drafts")
    return ItemFilter(request.GET, people=people, drafts=drafts)


def _rows_of(user, form: ItemFilter) -> tuple[list, list, bool]:
    """The rows that count, those of them that have the mark, and whether the period is over."""
    if not form.is_valid():
        return [], [], False
    chosen = form.cleaned_data
    items = queries.items_planned_in(chosen["period"], draft=bool(chosen.get("draft")))
    items = queries.seen_by(user, items)
    items = queries.items_narrowed(items, **chosen).order_by("origin_month", "order", "pk")
    rows = queries.item_rows(items, timezone.localdate())
    shown = [row for row in rows if chosen["mark"] in ("", row.mark)]
    return rows, shown, chosen["period"].is_over


@require_safe
@allow("activities.view_plans")
def plan_item_detail(request, pk):
    item = get_object_or_404(queries.items_visible_to(request.user), pk=pk)
    return _item_page(request, item)


def _item_page(request, item: PlanItem, bound: dict | None = None, status: int = 200):
    """The item with the moves it allows. `bound` holds the form of a move, or of "drop", that came
    back with errors."""
    activities = list(queries.activities_visible_to(request.user).filter(plan_item=item))
    held = [each for each in activities if each.stands]
    beside = [each for each in activities if not each.stands]
    row = queries.item_rows(PlanItem.objects.filter(pk=item.pk), timezone.localdate())[0]
    moves, bound = item_moves(item.plan.state), bound or {}
    found = [] if row.record else offers(moves, item.state, request.user)
    boxes = [MoveBox(o.name, o.move, bound.get(o.name) or _move_form(o.name)) for o in found]
    look = look_of(row.mark, over=item.plan.end < timezone.localdate())
    context = {"item": item, "row": row, "look": look, "boxes": boxes}
    context |= {"activities": held, "beside": beside}
    context["changes"] = queries.changes_of_item(item)
    if may_drop(request.user, item) and not activities:
        context["drop"] = bound.get("drop") or _drop_form(item)
    return render(request, "activities/plan_item_detail.html", context, status=status)


def _move_form(name: str, data=None) -> forms.Form:
    return MOVE_FORMS[name](data, auto_id=f"{name}_%s")


def may_drop(user, item: PlanItem) -> bool:
    return user.has_perm("activities.manage_plans") and not is_kept(item.plan.state)


def _drop_form(item: PlanItem, data=None) -> DropForm:
    return DropForm(data, passed_before=queries.was_passed(item.plan), auto_id="drop_%s")


@allow("activities.manage_plans")
def plan_item_create(request, pk):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    item = PlanItem(plan=plan)
    form = _bound_form(request, item)
    if request.method == "POST" and form.is_valid():
        try:
            why = form.cleaned_data.get("why") or ""
            actions.add_item(item=form.save(commit=False), by=request.user, reason=why)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _added(item, form.guessed), extra_tags=_undo(item))
            again = "again" in request.POST
            return redirect("activities:plan_item_create", plan.pk) if again else redirect(plan)
    return _item_form(request, form, plan)


def _added(item: PlanItem, guessed: bool) -> str:
    how = "看不出是哪个板块，先放在" if item.field == Field.OTHER else "板块按写的字定成了"
    field = f"。{how}“{item.field_label}”，不对就改" if guessed else ""
    return f"加好了：{item.months_text} {item}{field}"


@allow("activities.manage_plans")
@in_turn(PlanItem)
def plan_item_update(request, pk):
    item = get_object_or_404(queries.items_visible_to(request.user), pk=pk)
    form, state = _bound_form(request, item), item.state
    if request.method == "POST" and form.is_valid():
        try:
            how = {"untouched": form.untouched, "reason": form.cleaned_data.get("why") or ""}
            actions.update_item(item=form.save(commit=False), by=request.user, **how)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            said = "改期好了" if item.state != state else "改好了"
            messages.success(request, f"{said}：{item.months_text} {item}", extra_tags=_undo(item))
            return redirect(item)
    return _item_form(request, form, item.plan)


def _bound_form(request, item: PlanItem) -> PlanItemForm:
    people = members_visible_to(request.user)
    return PlanItemForm(posted(request), instance=item, people=people)


def _item_form(request, form: PlanItemForm, plan):
    context = {"form": form, "plan": plan, "item": form.instance}
    status = 422 if form.errors else 200
    return render(request, "activities/plan_item_form.html", context, status=status)


@require_POST
@allow("activities.manage_plans")
def plan_item_move(request, pk, move):
    item = get_object_or_404(queries.items_visible_to(request.user), pk=pk)
    if move not in MOVE_FORMS:
        raise Http404
    form = _move_form(move, request.POST)
    if form.is_valid():
        try:
            old, values = copy(item), form.cleaned_data
            item = actions.move_item(item=item, move=move, by=request.user, **values)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            said = f"{ITEM_MOVES[move].label}好了：{item.months_text} {item}"
            said += moved_words(old, item) if move == "postpone" else ""
            messages.success(request, said, extra_tags=_undo(item))
            return redirect(item)
    return _item_page(request, item, {move: form}, status=422)


def _undo(item: PlanItem) -> str:
    return undo_tag(reverse("activities:plan_item_undo", args=[item.pk]))


@require_POST
@allow("activities.manage_plans")
def plan_item_undo(request, pk):
    item = get_object_or_404(queries.items_visible_to(request.user), pk=pk)
    plan = item.plan
    if not acted(request, f"撤销了对“{item}”的改动。", actions.undo_item_change, item=item):
        return redirect(item)
    return redirect(item if PlanItem.objects.filter(pk=pk).exists() else plan)


@require_POST
@allow("activities.manage_plans")
def plan_item_drop(request, pk):
    item = get_object_or_404(queries.items_visible_to(request.user), pk=pk)
    form = _drop_form(item, request.POST)
    if not form.is_valid() and may_drop(request.user, item):
        return _item_page(request, item, {"drop": form}, status=422)
    try:
        entry = actions.drop_item(item=item, by=request.user, **form.cleaned_data)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect(item)
    undo = reverse("activities:plan_item_restore", args=[item.plan_id, entry.number])
    messages.success(request, f"删掉了：{item.months_text} {item}", extra_tags=undo_tag(undo))
    return redirect(item.plan)


@require_POST
@allow("activities.manage_plans")
def plan_item_restore(request, pk, entry):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    acted(request, "放回来了。", actions.restore_item, plan=plan, entry=entry)
    return redirect(plan)
