"""Every write to plan items. Once their plan was passed, what changes is kept in words."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from activities import rules
from activities.actions.changes import (
    check_not_passed_since,
    forget_dropped,
    keep_change,
    keep_dropped,
    set_kept,
)
from activities.choices import ChangeKind, ItemState
from activities.models import Plan, PlanItem
from activities.queries.changes import was_passed
from activities.queries.days_off import terms
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.queries import log_of
from unionoffice.repeats import refuse_repeat
from unionoffice.undo import UNDO_WITHIN
from unionoffice.workflow import check

ITEM_FIELDS = (
    "text",
    "first_month",
    "last_month",
    "field",
    "day",
    "last_day",
    "week",
    "rhythm",
    "weekday",
    "from_time",
    "to_time",
    "audience",
    "responsible",
    "co_organiser",
    "budget",
    "evidence",
)
MOVED_FIELDS = (
    "state",
    "reason",
    "first_month",
    "last_month",
    "moved_from",
    "day",
    "last_day",
    "week",
    "weekday",
)
MONTHS = frozenset({"first_month", "last_month"})
EXACTLY = ("day", "last_day", "week", "weekday")  # what may go when the month changes
DROPPED_FIELDS = (*ITEM_FIELDS, "order", "state", "reason", "moved_from", "carried_from")
SAME_ITEM = ("plan", "text", "first_month", "last_month")
CHANGE_OF_MOVE = {
    "postpone": ChangeKind.POSTPONED,
    "cancel": ChangeKind.CANCELLED,
    "resume": ChangeKind.RESUMED,
}


@transaction.atomic
def add_item(*, item: PlanItem, by, reason: str = "") -> PlanItem:
    """Save a new item of `item.plan`; one that comes after the plan was passed is marked so.
    Raises RuleBroken when its months are outside the plan."""
    _lock_plan(item)
    _check_months(item)
    _check_when(item, ITEM_FIELDS)
    refuse_repeat(item, act="activities.add_item", by=by, same=SAME_ITEM, what="事项")
    item.order = item.plan.items.count()
    item.added_late = rules.is_kept(item.plan.state)
    item.save()
    record(by, "activities.add_item", item, plan=str(item.plan))
    keep_change(item=item, kind=ChangeKind.ADDED, by=by, reason=reason)
    return item


def _lock_plan(item: PlanItem) -> None:
    """Who passes the plan waits: whether a change is kept goes by the state it has then."""
    item.plan = Plan.objects.select_for_update().get(pk=item.plan_id)


@transaction.atomic
def update_item(
    *, item: PlanItem, by, untouched: Collection[str] = (), reason: str = ""
) -> PlanItem:
    """Save what a form changed, not the `untouched` fields that another form may have changed.

    The months of a moved item are not changed this way. Those of an item in a passed plan take a
    reason: later ones put it off.
    """
    _lock_plan(item)
    old = PlanItem.objects.select_for_update().get(pk=item.pk)
    fields = set(ITEM_FIELDS).difference(untouched)
    changed = changed_fields(item, old, fields).keys()
    if not changed:
        return item
    act = _check_moved(item, old, reason) if MONTHS & changed else "update"
    _check_when(item, changed)
    if act == "postpone":
        item.state, item.reason, item.moved_from = ItemState.POSTPONED, reason, old.first_month
        fields |= {"state", "reason", "moved_from"}
    changes = changed_fields(item, old, fields)
    item.save(update_fields=list(changes))
    record(by, f"activities.{act}_item", item, **changes)
    kind = CHANGE_OF_MOVE.get(act, ChangeKind.ADJUSTED)
    keep_change(item=item, old=old, kind=kind, by=by, reason=reason)
    return item


def _check_moved(item: PlanItem, old: PlanItem, reason: str) -> str:
    """Which act it is to change the months."""
    if old.state != ItemState.PLANNED:
        raise RuleBroken(f"“{old}”{old.get_state_display()}，先恢复它，再改月份。")
    kept, later = rules.is_kept(item.plan.state), item.first_month > old.first_month
    if kept and not reason:
        raise RuleBroken("计划已经通过，改月份要写原因，总结里会用到。")
    if not kept or not later:
        _check_months(item)
        return "update"
    rules.check_not_recorded(old.text, old.activities.standing().exists(), "改期")
    rules.check_postponed_to(item.first_month, old.first_month, item.plan.end)
    return "postpone"


def _check_months(item: PlanItem) -> None:
    for month in (item.first_month, item.last_month):
        rules.check_month(item.text, month, item.plan.period)


def _check_when(item: PlanItem, changed: Collection[str]) -> None:
    """What the database can't know, as far as it was `changed`: what stood there before stays."""
    rules.check_item_when(item)
    if {"rhythm", "weekday", "week"} & set(changed):
        rules.check_item_rhythm(item)
    if {"week", *MONTHS} & set(changed):
        rules.check_item_week(item, terms())


@transaction.atomic
def move_item(
    *, item: PlanItem, move: str, by, reason: str = "", to_month: date | None = None
) -> PlanItem:
    """Make one move of rules.item_moves. `to_month` is where "postpone" puts the item."""
    _lock_plan(item)
    item = PlanItem.objects.select_for_update(of=("self",)).select_related("plan").get(pk=item.pk)
    old = PlanItem.objects.get(pk=item.pk)
    rules.check_item_move(move, item.plan.state)
    step = check(
        rules.ITEM_MOVES, move, state=item.state, state_label=item.get_state_display(), user=by
    )
    rules.check_not_recorded(item.text, item.activities.standing().exists(), step.label)
    if step.needs_reason and not reason:
        raise RuleBroken(f"{step.label}要写原因，总结里会用到。")
    _set_months(item, step.target, to_month)
    item.state, item.reason = step.target, reason
    item.save(update_fields=MOVED_FIELDS)
    changes = changed_fields(item, old, MOVED_FIELDS)
    record(by, f"activities.{move}_item", item, **changes)
    keep_change(item=item, old=old, kind=CHANGE_OF_MOVE[move], by=by, reason=reason)
    return item


def _set_months(item: PlanItem, target: str, to_month: date | None) -> None:
    """Move the whole span; back to where it was planned, with the day or week that it had there,
    when the item is planned again. What stood with the old month goes: of the new one only the
    month is known."""
    if target == ItemState.CANCELLED:
        return
    was = _planned_before(item) if target == ItemState.PLANNED and item.moved_from else {}
    if target == ItemState.POSTPONED:
        if to_month is None:
            raise RuleBroken("写上改到哪个月。")
        rules.check_postponed_to(to_month, item.first_month, item.plan.end)
    goal = item.origin if target == ItemState.PLANNED else to_month
    by = rules.months_between(item.first_month, goal)
    item.moved_from = None if target == ItemState.PLANNED else item.origin
    item.first_month = rules.shifted(item.first_month, by)
    item.last_month = rules.shifted(item.last_month, by)
    if by:
        lose_exact_day(item)
    set_kept(item, was)


def lose_exact_day(item: PlanItem) -> None:
    """Of another month only the month is known."""
    if item.week and not item.rhythm:
        item.weekday = None
    item.day = item.last_day = item.week = None


def _planned_before(item: PlanItem) -> dict:
    """What was said of its day before it was put off first, as the audit chain keeps it."""
    entries = log_of(item).filter(act="activities.postpone_item").order_by("-number")
    first = next((e.changes for e in entries if e.changes.get("moved_from", [""])[0] is None), {})
    return {} if item.rhythm else {name: first[name][0] for name in EXACTLY if name in first}


@transaction.atomic
def drop_item(*, item: PlanItem, by, reason: str = "") -> AuditEntry:
    """Take an item out of a draft. The entry in the audit chain keeps it for restore_item. Once the
    plan was passed it takes a reason, and the plan keeps that the item is gone."""
    _lock_plan(item)
    item = PlanItem.objects.select_for_update(of=("self",)).select_related("plan").get(pk=item.pk)
    if rules.is_kept(item.plan.state):
        raise RuleBroken("计划已经通过，事项不能删；不办了就取消它，写上原因。")
    if item.activities.exists():
        raise RuleBroken(f"“{item}”已有活动记录，不能删；通过以后不办了，就取消它。")
    passed_before = was_passed(item.plan)
    if passed_before and not reason:
        raise RuleBroken("这份计划通过过，删掉要写原因，会留在“通过以后的变化”里。")
    kept = {name: item.serializable_value(name) for name in (*DROPPED_FIELDS, "plan")}
    kept["changes"] = list(item.changes.values_list("pk", flat=True))
    entry = record(by, "activities.drop_item", item, **kept)
    if passed_before:
        keep_dropped(item=item, by=by, reason=reason)
    item.delete()
    return entry


@transaction.atomic
def restore_item(*, plan: Plan, entry: int, by) -> PlanItem:
    """Put back what the audit entry of that number says was taken out of the plan, by the same
    user and a moment ago. Raises RuleBroken."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    dropped = AuditEntry.objects.filter(number=entry, act="activities.drop_item", actor=by).first()
    restored = log_of(plan).filter(act="activities.restore_item").values_list("changes", flat=True)
    gone = dropped is None or dropped.changes["plan"] != plan.pk
    if gone or any(each.get("entry") == entry for each in restored):
        raise RuleBroken("这一项已经放回来了，或者不是您删的。")
    if timezone.now() - dropped.at > UNDO_WITHIN:
        raise RuleBroken("删掉太久了，不能撤销，重新加这一项。")
    check_not_passed_since(plan, dropped, "重新加这一项，会记成新增。")
    item = PlanItem(plan=plan)
    set_kept(item, {name: dropped.changes[name] for name in DROPPED_FIELDS})
    item.save()
    forget_dropped(item=item, entry=dropped)
    record(by, "activities.restore_item", plan, entry=entry, item=item.pk)
    return item
