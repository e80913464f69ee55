"""Every write to plans and their items."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction

from activities import rules
from activities.choices import ImportState, ItemState
from activities.models import Activity, Plan, PlanItem, PlanSection
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period
from unionoffice.workflow import check

ITEM_FIELDS = ("text", "field", "first_month", "last_month")


@transaction.atomic
def add_plan(
    *,
    title: str,
    period: Period,
    by,
    items: Iterable[PlanItem] = (),
    sections: Iterable[PlanSection] = (),
    unread: Iterable[str] = (),
    source_text: str = "",
) -> Plan:
    """Make a plan with all its parts. Raises RuleBroken when the period has one already."""
    _check_free(period)
    plan = Plan.objects.create(
        title=title,
        kind=period.kind,
        start=period.start,
        end=period.end,
        source_text=source_text,
        unread=list(unread),
        created_by=by,
    )
    items, sections = list(items), list(sections)
    for part in [*items, *sections]:
        part.plan = plan
    PlanItem.objects.bulk_create(items)
    PlanSection.objects.bulk_create(sections)
    record(by, "activities.add_plan", plan, items=len(items), sections=len(sections))
    return plan


def _check_free(period: Period) -> None:
    same = Plan.objects.filter(start=period.start, end=period.end).first()
    if same:
        raise RuleBroken(
            f"{period.label}已有计划《{same}》，打开它接着改；要整个换掉，先撤回原来那份。"
        )


@transaction.atomic
def update_plan(*, plan: Plan, by, untouched: Collection[str] = ()) -> Plan:
    """Save the title unless it is among `untouched`, the fields that the form left as they were."""
    old = Plan.objects.select_for_update().get(pk=plan.pk)
    changes = changed_fields(plan, old, {"title"}.difference(untouched))
    if changes:
        plan.save(update_fields=["title"])
        record(by, "activities.update_plan", plan, **changes)
    return plan


@transaction.atomic
def withdraw_plan(*, plan: Plan, by) -> None:
    """Take a plan back whole, with its items and sections.

    Raises RuleBroken once an activity was recorded for one of its items, voided ones included.
    """
    if Activity.objects.filter(plan_item__plan=plan).exists():
        raise RuleBroken(f"《{plan}》已有活动记录，不能整份撤回；哪一项不办了，就取消哪一项。")
    record(by, "activities.withdraw_plan", plan, period=plan.period.code, items=plan.items.count())
    plan.imports.update(state=ImportState.PREVIEWED)
    plan.delete()


@transaction.atomic
def add_item(*, item: PlanItem, by) -> PlanItem:
    """Save a new item of `item.plan`. Raises RuleBroken when its months are outside the plan."""
    _check_months(item)
    item.order = item.plan.items.count()
    item.save()
    record(by, "activities.add_item", item, plan=str(item.plan))
    return item


@transaction.atomic
def update_item(*, item: PlanItem, by, untouched: Collection[str] = ()) -> PlanItem:
    """Save what a form changed, not the `untouched` fields that another form may have changed.

    The months of a moved item are not changed this way.
    """
    old = PlanItem.objects.select_for_update().get(pk=item.pk)
    changes = changed_fields(item, old, set(ITEM_FIELDS).difference(untouched))
    if {"first_month", "last_month"} & changes.keys():
        if old.state != ItemState.PLANNED:
            raise RuleBroken(f"“{old}”{old.get_state_display()}，先恢复它，再改月份。")
        _check_months(item)
    if changes:
        item.save(update_fields=list(changes))
        record(by, "activities.update_item", item, **changes)
    return item


def _check_months(item: PlanItem) -> None:
    for month in (item.first_month, item.last_month):
        rules.check_month(item.text, month, item.plan.period)


@transaction.atomic
def move_item(
    *, item: PlanItem, move: str, by, reason: str = "", to_month: date | None = None
) -> PlanItem:
    """Make one move of rules.ITEM_MOVES. `to_month` is where "postpone" puts the item."""
    item = PlanItem.objects.select_for_update().get(pk=item.pk)
    step = check(
        rules.ITEM_MOVES, move, state=item.state, state_label=item.get_state_display(), user=by
    )
    recorded = item.activities.filter(voided_at__isnull=True).exists()
    rules.check_not_recorded(item.text, recorded, step.label)
    if step.needs_reason and not reason:
        raise RuleBroken(f"{step.label}要写原因，总结里会用到。")
    before = item.months_text
    _set_months(item, step.target, to_month)
    item.state, item.reason = step.target, reason
    item.save(update_fields=["state", "reason", "first_month", "last_month", "moved_from"])
    record(by, f"activities.{move}_item", item, months=[before, item.months_text], reason=reason)
    return item


def _set_months(item: PlanItem, target: str, to_month: date | None) -> None:
    """Move the whole span; back to where it was planned when the item is planned again."""
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
