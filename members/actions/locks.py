"""Accounts that are closed for a time or for good: by the office, or because someone left."""

from django.db import transaction
from django.utils import timezone

from members.actions.accounts import refuse_account
from members.models import Member, OfficeHolding, User
from members.rules import TOP
from unionoffice.audit import record
from unionoffice.errors import RuleBroken

LEFT = "已离开学校或工会"  # what stands as the reason when the lock follows from a departure


@transaction.atomic
def lock_account(*, member: Member, by: User | None, because: str = LEFT) -> User | None:
    """Nobody logs in with it any more, and who is logged in is out at the next click. None when
    there is no account, or it is locked already.

    Raises RuleBroken when `by` may not handle the accounts of such people, for the own account,
    and for the last one that can give offices.
    """
    user = User.objects.select_for_update().filter(member=member, is_active=True).first()
    if user is None:
        return None
    refuse_account(member, by)
    if by is not None and user.pk == by.pk:
        raise RuleBroken("自己的账号不能自己停用，让另一位主席、副主席或管理员办。")
    if _last_on_top(user):
        raise RuleBroken(
            f"停用{member}的账号，就没有能登记职务的人了。"
            "先登记接任的主席、副主席或管理员，给他开好账号。"
        )
    user.is_active, user.locked_because = False, because
    user.save(update_fields=["is_active", "locked_because"])
    record(by, "members.lock_account", member, because=because)
    return user


@transaction.atomic
def unlock_account(*, user: User, by: User | None) -> User:
    """One logs in with the same password as before. Raises RuleBroken when `by` may not handle
    the accounts of such people."""
    user = User.objects.select_for_update(of=("self",)).select_related("member").get(pk=user.pk)
    refuse_account(user.member, by)
    if not user.is_active:
        because = user.locked_because
        user.is_active, user.locked_because = True, ""
        user.save(update_fields=["is_active", "locked_because"])
        record(by, "members.unlock_account", user.member, because=because)
    return user


@transaction.atomic
def unlock_returned(*, member: Member, by: User | None) -> User | None:
    """Someone who left came back: the account opens again, unless the office locked it for another
    reason. None when there is nothing to open."""
    user = User.objects.filter(member=member, is_active=False, locked_because=LEFT).first()
    return user and unlock_account(user=user, by=by)


def _last_on_top(user: User) -> bool:
    """Whether only this account is left of those that can give any office, for good."""
    holdings = OfficeHolding.objects.on(timezone.localdate()).filter(office__in=TOP, end=None)
    holders = holdings.order_by().values("member")
    on_top = User.objects.filter(is_active=True, member__in=holders)
    return on_top.filter(pk=user.pk).exists() and not on_top.exclude(pk=user.pk).exists()
