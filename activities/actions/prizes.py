"""Every write to the prizes of an activity."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from activities import rules
from activities.models import Activity, Prize
from members.models import Member
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.repeats import refuse_repeat
from unionoffice.undo import UNDO_WITHIN

PRIZE_FIELDS = ("event", "award", "rank", "member", "group", "team", "people")
SAME_PRIZE = ("activity", "event", "award", "group", "team", "people", "member")
ADD, DROP, RESTORE = (f"activities.{act}_prize" for act in ("add", "drop", "restore"))


@transaction.atomic
def add_prizes(*, prize: Prize, winners: Collection[Member], by) -> list[Prize]:
    """One row for each of the `winners`, or the one row of a group, a team or a number."""
    activity = _locked(prize.activity)
    _check_prize(prize)
    rows = [_prize_of(prize, winner) for winner in winners] or [prize]
    for row in rows:
        refuse_repeat(row, act=ADD, by=by, same=SAME_PRIZE, what="这个奖")
        row.save()
        record(by, ADD, row, activity=activity.pk, **_prize_values(row))
    return rows


def _prize_of(prize: Prize, winner: Member) -> Prize:
    row = Prize(**{name: getattr(prize, name) for name in ("activity", "event", "award", "rank")})
    row.member = winner
    return row


@transaction.atomic
def update_prize(*, prize: Prize, by, untouched: Collection[str] = ()) -> Prize:
    """Save what a form changed."""
    old = Prize.objects.select_for_update().get(pk=prize.pk)
    _locked(old.activity)
    _check_prize(prize)
    changes = changed_fields(prize, old, set(PRIZE_FIELDS).difference(untouched))
    if changes:
        prize.save(update_fields=list(changes))
        record(by, "activities.update_prize", prize, **changes)
    return prize


@transaction.atomic
def drop_prize(*, prize: Prize, by) -> AuditEntry:
    """Take it off; gives the entry from which restore_prize puts it back."""
    prize = Prize.objects.select_for_update().get(pk=prize.pk)
    activity = _locked(prize.activity)
    values = _prize_values(prize)
    entry = record(by, DROP, prize, activity=activity.pk, values=values)
    prize.delete()
    return entry


@transaction.atomic
def restore_prize(*, activity: Activity, entry: int, by) -> Prize:
    """Put back the prize that `by` took off a moment ago. Raises RuleBroken."""
    _locked(activity)
    since = timezone.now() - UNDO_WITHIN
    own = AuditEntry.objects.filter(actor=by, at__gte=since)
    dropped = own.filter(number=entry, act=DROP, changes__activity=activity.pk).first()
    if dropped is None:
        raise RuleBroken("过了一会儿，不能撤销了，重新加上这个奖。")
    if own.filter(act=RESTORE, changes__entry=entry).exists():
        raise RuleBroken("已经撤销过了，这个奖在下面。")
    values = dropped.changes["values"]
    columns = {Prize._meta.get_field(name).attname: value for name, value in values.items()}
    prize = Prize.objects.create(activity=activity, **columns)
    record(by, RESTORE, prize, activity=activity.pk, entry=entry, values=values)
    return prize


def _prize_values(prize: Prize) -> dict:
    return {name: prize.serializable_value(name) for name in PRIZE_FIELDS}


def _check_prize(prize: Prize) -> None:
    prize.rank = rules.rank_of(prize.award)


def _locked(activity: Activity) -> Activity:
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    rules.check_standing(activity.title, voided=activity.voided_at is not None)
    return activity
