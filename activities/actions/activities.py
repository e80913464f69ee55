"""Every write to activity records: recorded at once, or announced first and held later."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from activities import rules
from activities.actions.details import NOTHING_BESIDE, Details, keep_details
from activities.actions.photos import add_photos
from activities.actions.signups import (
    tell_called_off,
    tell_moved,
    tell_resumed,
    tell_voided,
    when_where,
)
from activities.choices import ActivityState
from activities.models import Activity
from activities.queries.activities import twin_of
from activities.queries.places import place_called
from activities.queries.signups import counted_heads
from activities.rules.series import check_day_within
from members.models import User
from unionoffice.actions import Files, attach_files
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.models import Office
from unionoffice.ready_photos import ReadyPhoto
from unionoffice.undo import UNDO_REASON, check_undo
from unionoffice.workflow import check

Photos = Iterable[ReadyPhoto]

ACTIVITY_FIELDS = (
    "title",
    "plan_item",
    "field",
    "kind",
    "series",
    "group",
    "day",
    "time",
    "precision",
    "last_day",
    "to_time",
    "in_lessons",
    "place",
    "venue",
    "headcount",
    "guests",
    "organiser",
    "co_organisers",
    "audience",
    "outcome",
    "highlight",
    "is_highlight",
    "budget",
    "spent",
)

SAME_ACTIVITY = ("title", "plan_item", "field", "day", "time", "headcount", "place", "state")


@transaction.atomic
def record_activity(
    *,
    activity: Activity,
    by,
    files: Files = (),
    photos: Photos = (),
    details: Details = NOTHING_BESIDE,
    twice: bool = False,
) -> Activity:
    """Save a new record with its files and what its kind asks beside. Held at a place that is
    called as one of the union's is, it counts there. Raises RuleBroken for a day that can't be;
    Twin where there is a record like it, unless it was held `twice`."""
    activity = _keep_new(activity, by, details, "activities.record_activity", twice)
    _keep_materials(activity, by, files, photos)
    return activity


@transaction.atomic
def announce_activity(
    *,
    activity: Activity,
    by,
    files: Files = (),
    photos: Photos = (),
    details: Details = NOTHING_BESIDE,
    twice: bool = False,
) -> Activity:
    """Save one that is still to come; it counts nowhere until it is held. Raises RuleBroken for a
    day that is over, and Twin as record_activity does."""
    activity.state = ActivityState.ANNOUNCED
    rules.check_ahead(activity.day, activity.precision, timezone.localdate())
    activity = _keep_new(activity, by, details, "activities.announce_activity", twice)
    _keep_materials(activity, by, files, photos)
    return activity


def _keep_new(activity: Activity, by, details: Details, act: str, twice: bool) -> Activity:
    _check_activity(activity)
    _refuse_repeat(activity, by)
    if not twice:
        _refuse_twin(activity)
    activity.venue = activity.venue or place_called(activity.place, activity.day)
    activity.recorded_by = by
    activity.save()
    beside = keep_details(activity, details)
    record(by, act, activity, day=activity.day, field=activity.field, **beside)
    return activity


def _keep_materials(activity: Activity, by, files: Files, photos: Photos) -> None:
    attach_files(owner=activity, files=files, by=by)
    if photos:
        add_photos(activity=activity, photos=photos, by=by)


def _refuse_repeat(activity: Activity, by) -> None:
    """A form that was sent twice arrives twice; the recorder's row makes the second one wait."""
    User.objects.select_for_update().get(pk=by.pk)
    same = {name: getattr(activity, name) for name in SAME_ACTIVITY}
    since = timezone.now() - rules.REPEAT_WITHIN
    same |= {"recorded_by": by, "recorded_at__gte": since, "voided_at": None}
    rules.check_not_repeated(repeated=Activity.objects.filter(**same).exists())


def _refuse_twin(activity: Activity) -> None:
    """Two who record one event in the same moment take turns at the office's row."""
    Office.objects.select_for_update().order_by("pk").first()
    if twin := twin_of(activity):
        done = "通知" if twin.state == ActivityState.ANNOUNCED else "记"
        rules.check_no_twin(twin.title, twin.when_text, str(twin.recorded_by), done=done)


@transaction.atomic
def update_activity(
    *,
    activity: Activity,
    by,
    untouched: Collection[str] = (),
    files: Files = (),
    photos: Photos = (),
    details: Details = NOTHING_BESIDE,
) -> Activity:
    """Save what a form changed, not its `untouched` fields, and more files. Raises as
    record_activity does."""
    old = Activity.objects.select_for_update().get(pk=activity.pk)
    _check_standing(old)
    before = when_where(old)
    changes = _keep_changes(activity, old, untouched, details)
    if changes:
        record(by, "activities.update_activity", activity, **changes)
        tell_moved(activity=activity, before=before)
    _keep_materials(activity, by, files, photos)
    return activity


@transaction.atomic
def hold_activity(
    *,
    activity: Activity,
    by,
    untouched: Collection[str] = (),
    files: Files = (),
    photos: Photos = (),
    details: Details = NOTHING_BESIDE,
) -> Activity:
    """An announced activity took place: from now on it counts. Takes what update_activity takes,
    for what is known now: how many came, how it went."""
    old = Activity.objects.select_for_update().get(pk=activity.pk)
    activity.state = _moved(old, "hold", by)
    changes = _keep_changes(activity, old, untouched, details)
    activity.save(update_fields=["state"])
    record(by, "activities.hold_activity", activity, **changes)
    _keep_materials(activity, by, files, photos)
    return activity


@transaction.atomic
def call_off_activity(*, activity: Activity, reason: str, by) -> Activity:
    """It will not take place; the announcement stays readable, with the reason."""
    if not reason:
        raise RuleBroken("写上为什么不办了，报了名的人看得到。")
    activity = _move(activity, "call_off", by, reason)
    tell_called_off(activity=activity)
    return activity


@transaction.atomic
def resume_activity(*, activity: Activity, by) -> Activity:
    """What was called off will take place after all."""
    activity = _move(activity, "resume", by)
    tell_resumed(activity=activity)
    return activity


@transaction.atomic
def unhold_activity(*, activity: Activity, by) -> Activity:
    """It was held by mistake: announced again, and counted nowhere."""
    return _move(activity, "unhold", by)


def _move(activity: Activity, name: str, by, reason: str = "") -> Activity:
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    activity.state, activity.off_reason = _moved(activity, name, by), reason
    activity.save(update_fields=["state", "off_reason"])
    told = {"reason": reason} if reason else {}
    record(by, f"activities.{name}_activity", activity, **told)
    return activity


def _moved(activity: Activity, name: str, by) -> str:
    """The state that the move leads to. Raises RuleBroken when it does not start here."""
    _check_not_voided(activity)
    word = activity.get_state_display()
    step = check(rules.ACTIVITY_MOVES, name, state=activity.state, state_label=word, user=by)
    return step.target


def _keep_changes(
    activity: Activity, old: Activity, untouched: Collection[str], details: Details
) -> dict:
    if old.counted:
        activity.headcount, untouched = counted_heads(activity), set(untouched) - {"headcount"}
    _check_activity(activity)
    changes = changed_fields(activity, old, set(ACTIVITY_FIELDS).difference(untouched))
    if changes:
        activity.save(update_fields=list(changes))
    return changes | keep_details(activity, details)


@transaction.atomic
def void_activity(*, activity: Activity, reason: str, by) -> Activity:
    """The record stays readable but counts nowhere; its plan item is open again."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    _check_not_voided(activity)
    if not reason:
        raise RuleBroken("作废要写原因，例如：和 3月8日那条重复。")
    activity = _take_out(activity, reason, by, "activities.void_activity")
    tell_voided(activity=activity)
    return activity


@transaction.atomic
def undo_activity(*, activity: Activity, by) -> Activity:
    """Take out what `by` recorded a moment ago, if nobody changed it since. Raises RuleBroken."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    _check_not_voided(activity)
    came_in = "announce" if activity.state == ActivityState.ANNOUNCED else "record"
    check_undo(activity, act=f"activities.{came_in}_activity", by=by)
    return _take_out(activity, UNDO_REASON, by, "activities.undo_activity")


def _take_out(activity: Activity, reason: str, by, act: str) -> Activity:
    activity.voided_at, activity.void_reason = timezone.now(), reason
    activity.save(update_fields=["voided_at", "void_reason"])
    record(by, act, activity, reason=reason)
    return activity


def _check_not_voided(activity: Activity) -> None:
    rules.check_standing(activity.title, voided=activity.voided_at is not None)


def _check_standing(activity: Activity) -> None:
    _check_not_voided(activity)
    if activity.state == ActivityState.CALLED_OFF:
        raise RuleBroken(f"“{activity.title}”不办了，不能再改；还是要办的话，先点“还是要办”。")


def _check_activity(activity: Activity) -> None:
    today = timezone.localdate()
    rules.check_day(activity.day, activity.precision, today, activity.state)
    rules.check_headcount(activity.headcount)
    rules.check_guests(activity.guests, activity.headcount)
    one_day = activity.last_day in (None, activity.day)
    rules.check_hours(activity.time, activity.to_time, one_day=one_day)
    if series := activity.series:  # which may begin within the month that is all one knows
        day = max(activity.day, min(activity.final_day, series.start))
        check_day_within(series.name, day, series.start, series.end)
    if activity.plan_item:
        rules.check_item_open(activity.plan_item.text, activity.plan_item.state)
