"""撤销: taking back what one recorded a moment ago, at one click and without a reason to type.

An app offers it with extra_tags=undo_tag(address) on the message "记下了：…"; the view behind the
address takes POST only; its action calls check_undo on the locked row, then takes the record out
of every figure with the reason UNDO_REASON.
"""

from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from unionoffice.acts import LOOKS
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.queries import log_of

UNDO_WITHIN = timedelta(minutes=30)
UNDO_REASON = "刚记就撤销"
OTHERWISE = "要去掉就作废这一笔，自己没有作废按钮的，找工会主席。"


def undo_tag(address: str) -> str:
    """For a message's extra_tags: the button 撤销 beside it posts to `address`."""
    return f"undo:{address}"


def check_undo(record: Model, *, act: str, by) -> None:
    """`act`: how the record came in. Raises RuleBroken when `by` can't take it back (any more)."""
    if record.recorded_by_id != by.pk:
        raise RuleBroken(f"只有记的人自己能撤销。{OTHERWISE}")
    if timezone.now() - record.recorded_at > UNDO_WITHIN:
        minutes = UNDO_WITHIN // timedelta(minutes=1)
        raise RuleBroken(f"记下超过 {minutes} 分钟，不能撤销了。{OTHERWISE}")
    if _changed_since(record, act, by):
        raise RuleBroken(f"记下以后改过，不能撤销了。{OTHERWISE}")


def may_undo(record: Model, *, act: str, by) -> bool:
    try:
        check_undo(record, act=act, by=by)
    except RuleBroken:
        return False
    return True


def taken_off(entry: int, *, about: Model, drop: str, restore: str, by) -> AuditEntry:
    """The entry with which `by` took something of `about` off a moment ago, by the act `drop`. Raises
    RuleBroken when that is too long ago, or `restore` put it back since."""
    own = log_of(about).filter(actor=by)
    dropped = own.filter(number=entry, act=drop, at__gte=timezone.now() - UNDO_WITHIN).first()
    if dropped is None:
        raise RuleBroken("过了一会儿，不能撤销了，重新加上。")
    if own.filter(act=restore, changes__entry=entry).exists():
        raise RuleBroken("已经撤销过了，它又在名单里。")
    return dropped


def _changed_since(record: Model, act: str, by) -> bool:
    """Whether more was done with the record than to record it, with its files, and to look."""
    own = [act, "unionoffice.attach_file"]
    return log_of(record).exclude(act__in=LOOKS).exclude(act__in=own, actor=by).exists()
