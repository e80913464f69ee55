"""Taking out of the roster who was added by mistake, as long as nothing hangs on the entry."""

from django.db import transaction
from django.utils import timezone

from members.models import Member, User
from members.queries.hanging import hanging_on_person
from unionoffice.acts import LOOKS
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.queries import log_of
from unionoffice.undo import UNDO_REASON, UNDO_WITHIN

ADDED = "members.add_member"


@transaction.atomic
def drop_member(*, member: Member, reason: str, by: User) -> None:
    """Delete someone who should never have been on the roster, with the rows of the entry itself.

    Raises RuleBroken when other records are about this person.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    if hanging := hanging_on_person(member):
        raise RuleBroken(f"{member}名下有{'、'.join(hanging)}，不能删掉。")
    record(by, "members.drop_member", member, reason=reason)
    member.delete()


@transaction.atomic
def undo_add(*, member: Member, by: User) -> None:
    """Take back that `by` added someone a moment ago.

    Raises RuleBroken when it was someone else, is too long ago, or when more was done since.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    entries = list(log_of(member).exclude(act__in=LOOKS)[:2])
    if not entries or entries[-1].act != ADDED or entries[-1].actor_id != by.pk:
        raise RuleBroken(f"{member}不是您刚才加的，不能撤销。")
    if len(entries) > 1:
        raise RuleBroken(f"加好以后又改过{member}的资料，不能撤销。")
    if timezone.now() - entries[0].at > UNDO_WITHIN:
        raise RuleBroken("加好超过 30 分钟，不能撤销了。录错了的，点“改资料”，再点“删掉这个人”。")
    drop_member(member=member, reason=UNDO_REASON, by=by)
