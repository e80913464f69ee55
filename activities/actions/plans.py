"""Every write to plans themselves: made, retitled, passed, published, taken back."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.utils import timezone

from activities import rules
from activities.choices import ImportState, PlanState
from activities.models import Activity, Plan, PlanItem, PlanSection
from activities.queries.changes import parts_of, was_passed
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period
from unionoffice.workflow import check

STATE_FIELDS = ("state", "passed_on", "passed_by", "published_at")


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
def withdraw_plan(*, plan: Plan, by, reason: str = "") -> None:
    """Take a draft back whole, with its items, its sections and what was kept of its changes; one
    that was passed before takes a reason.

    Raises RuleBroken for a plan that is passed, and once an activity was recorded for one of its
    items, voided ones included.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    rules.check_withdrawn(plan.title, plan.state)
    if Activity.objects.filter(plan_item__plan=plan).exists():
        raise RuleBroken(f"《{plan}》已有活动记录，不能整份撤回；哪一项不办了，就取消哪一项。")
    if was_passed(plan) and not reason:
        raise RuleBroken(f"《{plan}》通过过，撤回要写原因。")
    gone = asdict(parts_of(plan))
    record(by, "activities.withdraw_plan", plan, period=plan.period.code, reason=reason, **gone)
    plan.imports.update(state=ImportState.PREVIEWED)
    plan.delete()


@transaction.atomic
def move_plan(
    *,
    plan: Plan,
    move: str,
    by,
    reason: str = "",
    passed_on: date | None = None,
    passed_by: str = "",
) -> Plan:
    """Make one move of rules.PLAN_MOVES. "pass" takes the day and the meeting, those that turn
    back a reason."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    old = Plan.objects.get(pk=plan.pk)
    step = check(
        rules.PLAN_MOVES, move, state=plan.state, state_label=plan.get_state_display(), user=by
    )
    if step.needs_reason and not reason:
        raise RuleBroken(f"{step.label}要写原因。")
    if move == "pass":
        rules.check_passed_on(passed_on, plan.period, timezone.localdate())
        rules.check_passed_by(passed_by)
        plan.passed_on, plan.passed_by = passed_on, passed_by
        plan.items.filter(added_late=True).update(added_late=False)  # what passed with the others
    if step.target == PlanState.DRAFT:
        plan.passed_on, plan.passed_by = None, ""
    plan.state = step.target
    plan.published_at = timezone.now() if step.target == PlanState.PUBLISHED else None
    plan.save(update_fields=STATE_FIELDS)
    changes = changed_fields(plan, old, ("state", "passed_on", "passed_by"))
    record(by, f"activities.{move}_plan", plan, reason=reason, **changes)
    return plan


@transaction.atomic
def carry_plan(
    *, plan: Plan, title: str, period: Period, by, items: Iterable[PlanItem], sections: bool = True
) -> Plan:
    """Make the plan of another period from this one: a draft with the `items` that are kept, and
    the chapters as they stand."""
    items = list(items)
    if not items:
        raise RuleBroken("一项都没有留，做不成计划；要从头写，新建一份空白计划。")
    for order, item in enumerate(sorted(items, key=lambda item: item.first_month)):
        item.order = order
        rules.check_item_when(item)
        for month in (item.first_month, item.last_month):
            rules.check_month(item.text, month, period)
    chapters = [
        PlanSection(order=each.order, title=each.title, body=each.body)
        for each in (plan.sections.all() if sections else ())
    ]
    made = add_plan(title=title, period=period, by=by, items=items, sections=chapters)
    record(by, "activities.carry_plan", made, carried_from=str(plan), items=len(items))
    return made
