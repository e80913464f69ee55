"""Every write to plan items. Once their plan was passed, what changes is kept in words."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from activities import rules
from activities.actions.changes import keep_change, set_kept
from activities.choices import ChangeKind, ItemState
from activities.models import Plan, PlanItem
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
)
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
    _check_when(item)
    refuse_repeat(item, act="activities.add_item", by=by, same=SAME_ITEM, what="事项")
    item.order = item.plan.items.count()
    item.added_late = rules.is_kept(item.plan.state)
    item.save()
    record(by, "activities.add_item", item, plan=str(item.plan))
    keep_change(item=item, kind=ChangeKind.ADDED, by=by, reason=reason)
    return item


@transaction.atomic
def update_item(
    *, item: PlanItem, by, untouched: Collection[str] = (), reason: str = ""
) -> PlanItem:
    """Save what a form changed, not the `untouched` fields that another form may have changed.

    The months of a moved item are not changed this way.
    """
    old = PlanItem.objects.select_for_update().get(pk=item.pk)
    changes = changed_fields(item, old, set(ITEM_FIELDS).difference(untouched))
    if {"first_month", "last_month"} & changes.keys() and old.state != ItemState.PLANNED:
        raise RuleBroken(f"“{old}”{old.get_state_display()}，先恢复它，再改月份。")
    if changes:
        _check_when(item, months=bool({"first_month", "last_month"} & changes.keys()))
        item.save(update_fields=list(changes))
        record(by, "activities.update_item", item, **changes)
        keep_change(item=item, old=old, kind=ChangeKind.ADJUSTED, by=by, reason=reason)
    return item


def _check_when(item: PlanItem, *, months: bool = True) -> None:
    """What the database would refuse, and what it can't know: days in their months."""
    for month in (item.first_month, item.last_month) if months else ():
        rules.check_month(item.text, month, item.plan.period)
    rules.check_item_when(item)


@transaction.atomic
def move_item(
    *, item: PlanItem, move: str, by, reason: str = "", to_month: date | None = None
) -> PlanItem:
    """Make one move of rules.ITEM_MOVES. `to_month` is where "postpone" puts the item."""
    item = PlanItem.objects.select_for_update(of=("self",)).select_related("plan").get(pk=item.pk)
    old = PlanItem.objects.get(pk=item.pk)
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
    """Move the whole span; back to where it was planned when the item is planned again. The day
    or week that stood with the old month goes: of the new one only the month is known."""
    if target == ItemState.CANCELLED:
        return
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
        item.day = item.last_day = item.week = None


@transaction.atomic
def drop_item(*, item: PlanItem, by) -> AuditEntry:
    """Take an item out of a draft. The entry in the audit chain keeps it for restore_item."""
    item = PlanItem.objects.select_for_update(of=("self",)).select_related("plan").get(pk=item.pk)
    if rules.is_kept(item.plan.state):
        raise RuleBroken("计划已经通过，事项不能删；不办了就取消它，写上原因。")
    if item.activities.exists():
        raise RuleBroken(f"“{item}”已有活动记录，不能删；不办了就取消它。")
    kept = {name: item.serializable_value(name) for name in (*DROPPED_FIELDS, "plan")}
    entry = record(by, "activities.drop_item", item, **kept)
    item.delete()
    return entry


@transaction.atomic
def restore_item(*, plan: Plan, entry: int, by) -> PlanItem:
    """Put back what the audit entry of that number says was taken out of the plan, by the same
    user and a moment ago. Raises RuleBroken."""
    dropped = AuditEntry.objects.filter(number=entry, act="activities.drop_item", actor=by).first()
    restored = log_of(plan).filter(act="activities.restore_item").values_list("changes", flat=True)
    gone = dropped is None or dropped.changes["plan"] != plan.pk
    if gone or any(each.get("entry") == entry for each in restored):
        raise RuleBroken("这一项已经放回来了，或者不是您删的。")
    if timezone.now() - dropped.at > UNDO_WITHIN:
        raise RuleBroken("删掉太久了，不能撤销，重新加这一项。")
    item = PlanItem(plan=plan)
    set_kept(item, {name: dropped.changes[name] for name in DROPPED_FIELDS})
    item.save()
    record(by, "activities.restore_item", plan, entry=entry, item=item.pk)
    return item
