"""Every write to activity records."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from activities import rules
from activities.models import Activity
from members.models import User
from unionoffice.actions import Files, attach_files
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.undo import UNDO_REASON, check_undo

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
