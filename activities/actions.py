"""Every write to plans, their items and the activity records."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from activities import importers, rules
from activities.choices import ImportState, ItemState
from activities.models import Activity, Plan, PlanImport, PlanItem, PlanSection
from activities.plan_reader import read_plan
from members.models import User
from unionoffice.actions import Files, attach_files
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period
from unionoffice.undo import UNDO_REASON, check_undo
from unionoffice.workflow import check

ITEM_FIELDS = ("text", "field", "first_month", "last_month")
ACTIVITY_FIELDS = (
    "title",
    "plan_item",
    "field",
    "group",
    "day",
    "time",
    "precision",
    "last_day",
    "place",
    "headcount",
    "outcome",
    "highlight",
    "is_highlight",
    "spent",
)

SAME_ACTIVITY = ("title", "plan_item", "field", "day", "time", "headcount", "place")


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
def keep_text(*, text: str, file_name: str, by) -> PlanImport:
    """Keep a plan's text for its preview. Raises FileRefused when it is too long."""
    importers.check_length(text)
    kept = PlanImport.objects.create(text=text, file_name=file_name[-120:], read_by=by)
    record(by, "activities.read_plan_text", kept, characters=len(text))
    return kept


@transaction.atomic
def land_import(*, kept: PlanImport, title: str, period: Period, by) -> Plan:
    """Make the plan from the kept text: all of it or, with the reason, nothing."""
    kept = PlanImport.objects.select_for_update().get(pk=kept.pk)
    if kept.state == ImportState.LANDED:
        raise RuleBroken("这份文字已经建成计划了，在年度计划里打开它。")
    plan = add_plan_from_text(text=kept.text, title=title, period=period, by=by)
    kept.state, kept.plan = ImportState.LANDED, plan
    kept.save(update_fields=["state", "plan"])
    return plan


def add_plan_from_text(*, text: str, title: str, period: Period, by) -> Plan:
    arranged = importers.arrange(read_plan(text), period)
    if not arranged.items and not arranged.sections:
        raise RuleBroken("这份文字里没有读到事项，也没有读到章节，建不成计划。")
    return add_plan(
        title=title,
        period=period,
        by=by,
        items=arranged.items,
        sections=arranged.sections,
        unread=arranged.unread,
        source_text=text,
    )


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


@transaction.atomic
def record_activity(*, activity: Activity, by, files: Files = ()) -> Activity:
    """Save a new record with its files. Raises RuleBroken for a day that can't be."""
    _check_activity(activity)
    _refuse_repeat(activity, by)
    activity.recorded_by = by
    activity.save()
    record(by, "activities.record_activity", activity, day=activity.day, field=activity.field)
    attach_files(owner=activity, files=files, by=by)
    return activity


def _refuse_repeat(activity: Activity, by) -> None:
    """A form that was sent twice arrives twice; the recorder's row makes the second one wait."""
    User.objects.select_for_update().get(pk=by.pk)
    same = {name: getattr(activity, name) for name in SAME_ACTIVITY}
    since = timezone.now() - rules.REPEAT_WITHIN
    twin = Activity.objects.standing().filter(recorded_by=by, recorded_at__gte=since, **same)
    rules.check_not_repeated(repeated=twin.exists())


@transaction.atomic
def update_activity(
    *, activity: Activity, by, untouched: Collection[str] = (), files: Files = ()
) -> Activity:
    """Save what a form changed, not its `untouched` fields, and more files. Raises as
    record_activity does."""
    old = Activity.objects.select_for_update().get(pk=activity.pk)
    _check_standing(old)
    _check_activity(activity)
    changes = changed_fields(activity, old, set(ACTIVITY_FIELDS).difference(untouched))
    if changes:
        activity.save(update_fields=list(changes))
        record(by, "activities.update_activity", activity, **changes)
    attach_files(owner=activity, files=files, by=by)
    return activity


@transaction.atomic
def void_activity(*, activity: Activity, reason: str, by) -> Activity:
    """The record stays readable but counts nowhere; its plan item is open again."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    _check_standing(activity)
    if not reason:
        raise RuleBroken("作废要写原因，例如：和 3月8日那条重复。")
    return _take_out(activity, reason, by, "activities.void_activity")


@transaction.atomic
def undo_activity(*, activity: Activity, by) -> Activity:
    """Take out what `by` recorded a moment ago, if nobody changed it since. Raises RuleBroken."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    _check_standing(activity)
    check_undo(activity, act="activities.record_activity", by=by)
    return _take_out(activity, UNDO_REASON, by, "activities.undo_activity")


def _take_out(activity: Activity, reason: str, by, act: str) -> Activity:
    activity.voided_at, activity.void_reason = timezone.now(), reason
    activity.save(update_fields=["voided_at", "void_reason"])
    record(by, act, activity, reason=reason)
    return activity


def _check_standing(activity: Activity) -> None:
    rules.check_standing(activity.title, voided=activity.voided_at is not None)


def _check_activity(activity: Activity) -> None:
    rules.check_day(activity.day, activity.precision, timezone.localdate())
    rules.check_headcount(activity.headcount)
    if activity.plan_item:
        rules.check_item_open(activity.plan_item.text, activity.plan_item.state)
