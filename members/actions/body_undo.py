"""领导小组、工作小组: what somebody did to one a moment ago is taken back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from members.models import WorkingGroup, WorkingGroupSeat
from members.rules.bodies import SET_UP
from unionoffice.attachments import attachments_of
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.queries import log_of
from unionoffice.undo import UNDO_WITHIN


@transaction.atomic
def undo_last(*, entry: AuditEntry, by) -> WorkingGroup | None:
    """`entry`: the last that was done to one, by `by`. Who was in it is in it again as before; one
    that was only set up is gone (None). Raises RuleBroken for anything else."""
    body = WorkingGroup.objects.select_for_update().filter(pk=entry.target_id).first()
    last = log_of(body).first() if body else None
    if entry.actor_id != by.pk or timezone.now() - entry.at > UNDO_WITHIN:
        minutes = UNDO_WITHIN.seconds // 60
        raise RuleBroken(f"只有改的人自己在 {minutes} 分钟里能撤销，过后在页面上改。")
    if last is None or last.pk != entry.pk or body.end:
        raise RuleBroken("后来又改过，不能撤销了，在页面上改。")
    if entry.act == SET_UP:
        return _take_away(body, by)
    _put_back(body, entry)
    record(by, "members.undo_seats", body, told=entry.changes["told"], entry=entry.number)
    return body


def _take_away(body: WorkingGroup, by) -> None:
    if attachments_of(body):
        raise RuleBroken("已经传了文件，不能撤销了，不要的写最后一天撤销这个小组。")
    record(by, "members.drop_working_group", body, start=body.start)
    body.delete()


def _put_back(body: WorkingGroup, entry: AuditEntry) -> None:
    body.seats.filter(member__in=entry.changes["whose"]).delete()
    WorkingGroupSeat.objects.bulk_create(
        WorkingGroupSeat(
            pk=key,
            working_group=body,
            member_id=member,
            role=role,
            start=_day(start),
            end=_day(end),
        )
        for key, member, role, start, end in entry.changes["before"]
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
