"""领导小组、工作小组: set up, changed, dissolved, and who stands in them."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from members.models import Member, WorkingGroup, WorkingGroupSeat
from members.rules import bodies as rules
from unionoffice.actions import Files, attach_files
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.queries import log_of
from unionoffice.repeats import refuse_repeat

FIELDS = ("name", "duty", "document_number", "start")
DISSOLVE = "members.dissolve_working_group"
SEAT = ("pk", "member", "role", "start", "end")  # what an entry keeps of one


@transaction.atomic
def add_working_group(*, working_group: WorkingGroup, by, files: Files = ()) -> WorkingGroup:
    act, same = "members.add_working_group", ("name", "start")
    refuse_repeat(working_group, act=act, by=by, same=same, what="一个小组")
    _check_name(working_group)
    working_group.save()
    record(by, act, working_group, start=working_group.start)
    attach_files(owner=working_group, files=files, by=by)
    return working_group


@transaction.atomic
def update_working_group(
    *, working_group: WorkingGroup, by, untouched: Collection[str] = (), files: Files = ()
) -> WorkingGroup:
    old = _locked(working_group)
    changes = changed_fields(working_group, old, [f for f in FIELDS if f not in untouched])
    start = working_group.start if "start" in changes else old.start
    earlier = old.seats.filter(start__lt=start).select_related("member").first()
    if earlier:
        raise RuleBroken(f"{earlier.member}在这以前就在里面，成立的日子写那天或更早。")
    if changes:
        _check_name(working_group)
        working_group.save(update_fields=list(changes))
        record(by, "members.update_working_group", working_group, **changes)
    attach_files(owner=working_group, files=files, by=by)
    return working_group


@transaction.atomic
def dissolve_working_group(*, working_group: WorkingGroup, last_day: date, by) -> WorkingGroup:
    """撤销: `last_day` is its last; who is in it leaves with it."""
    working_group = _locked(working_group)
    rules.check_open(str(working_group), working_group.end)
    rules.check_within(str(working_group), last_day, working_group.start, timezone.localdate())
    late = working_group.seats.filter(end=None, start__gt=last_day).select_related("member").first()
    if late:
        raise RuleBroken(f"{late.member}在这以后才进来，最后一天写晚一点，或者先把这个人去掉。")
    working_group.end = last_day
    working_group.save(update_fields=["end"])
    left = list(working_group.seats.filter(end=None).values_list("pk", flat=True))
    working_group.seats.filter(pk__in=left).update(end=last_day)
    record(by, DISSOLVE, working_group, end=last_day, left=left)
    return working_group


@transaction.atomic
def restore_working_group(*, working_group: WorkingGroup, by) -> WorkingGroup:
    """As if it had not been dissolved: who left with it is in it again."""
    working_group = _locked(working_group)
    if not working_group.end:
        raise RuleBroken(f"{working_group}没有撤销，不用恢复。")
    _check_name(working_group)
    left = log_of(working_group).filter(act=DISSOLVE).first().changes["left"]
    again = working_group.seats.filter(pk__in=left).update(end=None)
    change = [working_group.end, None]
    record(by, "members.restore_working_group", working_group, end=change, again=again)
    working_group.end = None
    working_group.save(update_fields=["end"])
    return working_group


@transaction.atomic
def seat_people(
    *, working_group: WorkingGroup, members: Collection[Member], role: str, start: date, by
) -> list[WorkingGroupSeat]:
    """They are in it from `start` on; who is in it as something else changes what he is. Raises
    RuleBroken when nobody would change."""
    working_group = _locked(working_group)
    rules.check_open(str(working_group), working_group.end)
    rules.check_within(str(working_group), start, working_group.start, timezone.localdate())
    there = {seat.member_id: seat for seat in working_group.seats.filter(end=None)}
    new = [WorkingGroupSeat(member=one, start=start, role=role) for one in members]
    new = [seat for seat in new if _is_new(seat, there.get(seat.member_id))]
    if not new:
        raise RuleBroken("这些人都已经在里面，没有要改的。")
    kept = _as_it_was(working_group, [seat.member_id for seat in new])
    for seat in new:
        if old := there.get(seat.member_id):
            _close(old, start)
        seat.working_group = working_group
        seat.save()
    names = [f"{seat.member}（{seat.get_role_display()}）" for seat in new]
    record(by, "members.seat_people", working_group, told="、".join(names), start=start, **kept)
    return new


def _as_it_was(working_group: WorkingGroup, whose: Collection[int]) -> dict:
    """What the entry keeps of them, for an undo."""
    rows = working_group.seats.filter(member__in=whose)
    return {"whose": list(whose), "before": list(rows.values_list(*SEAT))}


def _close(old: WorkingGroupSeat, start: date) -> None:
    """What somebody was until the day before `start`."""
    if old.start and old.start >= start:
        old.delete()
        return
    old.end = start - timedelta(days=1)
    old.save(update_fields=["end"])


def _is_new(seat: WorkingGroupSeat, old: WorkingGroupSeat | None) -> bool:
    return old is None or old.role != seat.role


@transaction.atomic
def unseat(*, seat: WorkingGroupSeat, last_day: date, by) -> None:
    """No longer in it after `last_day`."""
    seat = WorkingGroupSeat.objects.select_for_update().select_related("member").get(pk=seat.pk)
    if seat.end:
        raise RuleBroken(f"{seat.member}已经不在里面了。")
    rules.check_out(str(seat.member), last_day, seat.start, timezone.localdate())
    told = {"told": str(seat.member), "end": last_day}
    told |= _as_it_was(seat.working_group, [seat.member_id])
    seat.end = last_day
    seat.save(update_fields=["end"])
    record(by, "members.unseat", seat.working_group, **told)


@transaction.atomic
def drop_seat(*, seat: WorkingGroupSeat, by) -> None:
    """Put in by mistake."""
    seat = WorkingGroupSeat.objects.select_for_update().select_related("member").get(pk=seat.pk)
    told = {"told": str(seat.member), "role": seat.role, "start": seat.start}
    told |= _as_it_was(seat.working_group, [seat.member_id])
    record(by, "members.drop_seat", seat.working_group, **told)
    seat.delete()


def _check_name(working_group: WorkingGroup) -> None:
    others = WorkingGroup.objects.exclude(pk=working_group.pk)
    if others.filter(name=working_group.name, end=None).exists():
        raise RuleBroken(f"已经有“{working_group}”，换一个名称，或者先撤销那一个。")


def _locked(working_group: WorkingGroup) -> WorkingGroup:
    return WorkingGroup.objects.select_for_update().get(pk=working_group.pk)
