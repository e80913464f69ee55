"""Every write to clubs and what comes again and again, and to who belongs to them."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from activities import rules
from activities.actions.activities import record_activity, update_activity
from activities.actions.attendance import list_meeting, mend_meeting
from activities.choices import ActivityKind, StudyForm
from activities.models import Activity, Series, SeriesMember, Study
from activities.queries.series import people_on
from activities.rules import series as series_rules
from members.models import Member
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.held import held
from unionoffice.periods import chinese_date
from unionoffice.queries import log_of
from unionoffice.repeats import refuse_repeat

SERIES_FIELDS = (
    "name",
    "kind",
    "field",
    "leader",
    "rhythm",
    "weekday",
    "from_time",
    "to_time",
    "place",
    "purpose",
    "start",
)


@transaction.atomic
def add_series(*, series: Series, by) -> Series:
    """Raises RuleBroken for a rhythm that says too little, or when it was just sent twice."""
    _check(series)
    refuse_repeat(
        series, act="activities.add_series", by=by, same=("name", "kind", "start"), what="一项"
    )
    series.save()
    record(by, "activities.add_series", series, kind=series.kind, start=series.start)
    return series


@transaction.atomic
def update_series(*, series: Series, by, untouched: Collection[str] = ()) -> Series:
    """Save what a form changed. Raises RuleBroken for a first day after its first meeting."""
    old = Series.objects.select_for_update().get(pk=series.pk)
    _check(series)
    first = _meetings(old).order_by("day").values_list("day", flat=True).first()
    if first and series.start > first:
        raise RuleBroken(f"{chinese_date(first)}已经记着一次，成立的日子写那天或更早。")
    changes = changed_fields(series, old, set(SERIES_FIELDS).difference(untouched))
    if changes:
        series.save(update_fields=list(changes))
        record(by, "activities.update_series", series, **changes)
    return series


def _check(series: Series) -> None:
    series_rules.check_rhythm(series.rhythm, series.weekday)
    if series.start < rules.EARLIEST:
        raise RuleBroken("成立的日子太早了，看看年份是不是写全了四位。")


def _meetings(series: Series):
    return Activity.objects.filter(series=series, voided_at__isnull=True)


@transaction.atomic
def end_series(*, series: Series, end: date, by) -> Series:
    """停办: `end` is its last day; who still belongs to it leaves with it."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    series_rules.check_open(series.name, series.end)
    last = _meetings(series).order_by("-day").values_list("day", flat=True).first()
    series_rules.check_end(series.name, series.start, end, timezone.localdate(), last)
    series.end = end
    series.save(update_fields=["end"])
    # who was to come later than the last day never came
    later = series.memberships.filter(end=None, start__gt=end)
    dropped = list(later.values_list("member", "start"))
    later.delete()
    there = series.memberships.filter(end=None)
    left = list(there.values_list("pk", flat=True))
    there.update(end=end)
    record(by, "activities.end_series", series, end=end, left=left, dropped=dropped)
    return series


@transaction.atomic
def reopen_series(*, series: Series, by) -> Series:
    """As if it had not been given up: who left with it, or was to come later, belongs to it."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    if not series.end:
        raise RuleBroken(f"{series}没有停办，不用恢复。")
    ended = log_of(series).filter(act="activities.end_series").order_by("-pk").first()
    told = ended.changes if ended else {}
    again = series.memberships.filter(pk__in=told.get("left", ())).update(end=None)
    for member, start in told.get("dropped", ()):
        SeriesMember.objects.create(series=series, member_id=member, start=start)
    record(by, "activities.reopen_series", series, end=[series.end, None], again=again)
    series.end = None
    series.save(update_fields=["end"])
    return series


@transaction.atomic
def drop_series(*, series: Series, by) -> None:
    """Take away what was set up by mistake. Raises RuleBroken once a meeting was recorded."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    if Activity.objects.filter(series=series).exists():
        raise RuleBroken(f"{series}已经记过活动，不能去掉；不办了就停办。")
    record(by, "activities.drop_series", series, people=series.memberships.count())
    series.delete()


@transaction.atomic
def add_to_series(
    *, series: Series, members: Iterable[Member], start: date, by
) -> list[SeriesMember]:
    """Those of the `members` who do not belong to it yet do from `start` on. Gives the new rows."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    series_rules.check_open(series.name, series.end)
    series_rules.check_day_within(series.name, start, series.start, series.end)
    if start > timezone.localdate():
        raise RuleBroken("参加的日子写到今天为止。")
    there = set(series.memberships.filter(end=None).values_list("member", flat=True))
    people = {member.pk: member for member in members if member.pk not in there}
    _check_not_earlier(series, people, start)
    rows = [SeriesMember(series=series, member=member, start=start) for member in people.values()]
    rows = SeriesMember.objects.bulk_create(rows)
    if rows:
        names = [str(member) for member in people.values()]
        record(by, "activities.add_to_series", series, people=names, start=start)
    return rows


def _check_not_earlier(series: Series, people: dict[int, Member], start: date) -> None:
    """Who belonged to it before comes back after that."""
    back = series.memberships.filter(member__in=people, end__gte=start).select_related("member")
    if row := back.first():
        raise RuleBroken(f"{row.member}到{chinese_date(row.end)}还在里面，参加的日子写在那以后。")


@transaction.atomic
def join_series(*, series: Series, by) -> SeriesMember:
    """我要参加: the user's own self, from today on."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    series_rules.check_joined_freely(series.name, series.kind)
    series_rules.check_open(series.name, series.end)
    if series.memberships.filter(member=by.member, end=None).exists():
        raise RuleBroken(f"您已经在{series}里了。")
    today = timezone.localdate()
    row = SeriesMember.objects.create(series=series, member=by.member, start=today)
    record(by, "activities.join_series", series, member=str(by.member))
    return row


@transaction.atomic
def leave_series(*, series: Series, by) -> None:
    """The user's own self, from today on; who joined today was never in it."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    row = series.memberships.filter(member=by.member, end=None).first()
    if row is None:
        raise RuleBroken(f"您不在{series}里。")
    _leave(row, timezone.localdate())
    record(by, "activities.leave_series", series, member=str(by.member))


@transaction.atomic
def take_out_of_series(*, row: SeriesMember, by) -> None:
    """Somebody no longer belongs to it from today on."""
    row = SeriesMember.objects.select_for_update().select_related("series", "member").get(pk=row.pk)
    if row.end:
        raise RuleBroken(f"{row.member}到{chinese_date(row.end)}就退出了。")
    series, name, start = row.series, str(row.member), row.start
    _leave(row, timezone.localdate())
    record(by, "activities.take_out_of_series", series, member=name, since=start)


def _leave(row: SeriesMember, today: date) -> None:
    if row.start >= today:
        row.delete()
        return
    row.end = today - timedelta(days=1)
    row.save(update_fields=["end"])


@transaction.atomic
def put_back_into_series(*, row: SeriesMember, by) -> SeriesMember:
    """Somebody was taken out by mistake: as if it had not been."""
    row = SeriesMember.objects.select_for_update().select_related("series", "member").get(pk=row.pk)
    series_rules.check_open(row.series.name, row.series.end)
    if row.series.memberships.filter(member=row.member, start__gt=row.start).exists():
        raise RuleBroken(f"{row.member}后来又进来过，不用再放回去。")
    row.end = None
    row.save(update_fields=["end"])
    record(by, "activities.put_back_into_series", row.series, member=str(row.member))
    return row


@transaction.atomic
def record_meeting(
    *, activity: Activity, by, came: Collection[Member] = (), twice: bool = False
) -> Activity:
    """记这一次: an activity of the series `activity.series`. With `came`, everyone who belonged to
    it on that day is on the list, and those who came are counted; without, nobody is.

    Raises RuleBroken as record_activity does, and for a day that it was not there; Twin for a day
    of which somebody recorded one already, unless it was held `twice`.
    """
    series = Series.objects.select_for_update().get(pk=activity.series_id)
    series_rules.check_day_within(series.name, activity.day, series.start, series.end)
    if not twice:
        _check_no_twin(activity)
    if came:
        activity.headcount, activity.counted = len(came) + (activity.guests or 0), True
    activity = record_activity(activity=activity, by=by, twice=True)
    if activity.kind == ActivityKind.STUDY:
        Study.objects.create(activity=activity, form=StudyForm.LEARNING, topic=activity.title)
    if came:
        _list(series, activity, came, by)
    return activity


def _list(series: Series, activity: Activity, came: Collection[Member], by) -> None:
    asked = list(people_on(series, activity.day))
    list_meeting(activity=activity, asked=asked, came=came, by=by)
    told = {"asked": [m.pk for m in asked], "came": [m.pk for m in came]}
    record(by, "activities.record_meeting", series, meeting=activity.pk, **told)


@transaction.atomic
def update_meeting(
    *,
    activity: Activity,
    by,
    came: Collection[Member] | None = None,
    untouched: Collection[str] = (),
) -> Activity:
    """Mend what was recorded of a meeting; `came`: who was there, None where that is as it was.

    Raises RuleBroken as update_activity does, and for a day that the series was not there."""
    series = Series.objects.select_for_update().get(pk=activity.series_id)
    activity = update_activity(activity=activity, by=by, untouched=untouched)
    if came is not None and activity.participations.exists():
        mend_meeting(activity=activity, came=came, by=by)
    elif came:
        _list(series, activity, came, by)
    return activity


def _check_no_twin(activity: Activity) -> None:
    same = _meetings(activity.series).filter(day=activity.day)
    if twin := same.select_related("recorded_by__member").first():
        rules.check_no_twin(twin.title, chinese_date(twin.day), str(twin.recorded_by))


@transaction.atomic
def note_attendance_export(*, series: Series, people: Collection, by) -> None:
    """Leave the trace that `by` took away who came how often."""
    told = {"rows": len(people), "held": held(each.member for each in people)}
    record(by, "activities.export_attendance", series, **told)
