"""First passwords for many: all of them, or none."""

from collections.abc import Collection

from axes.utils import reset as forget_wrong_passwords
from django.db import transaction

from members.account_desk import Draft
from members.actions.accounts import refuse_gone, refuse_offices
from members.choices import Standing
from members.folding import number_key
from members.models import User
from members.queries import roles_of
from members.queries.accounts import login_names, offices_held, standings
from members.rules.accounts import check_number
from unionoffice.audit import record
from unionoffice.errors import RuleBroken


@transaction.atomic
def hand_out_accounts(*, drafts: Collection[Draft], by: User, way: str) -> int:
    """Open the account of everyone who has none, and give a new first password to those who never
    logged in. Gives how many.

    Raises RuleBroken, and does nothing, when `by` may not handle the account of one of them, when
    one of them died or left, or when somebody's account was opened or used meanwhile.
    """
    check_number(len(drafts))
    people = [draft.member.pk for draft in drafts]
    own, held = roles_of(by), offices_held(people)
    standing = standings(people)
    for draft in drafts:
        offices = held.get(draft.member.pk, ())
        refuse_offices(draft.member, own, offices)
        if draft.opens:
            refuse_gone(draft.member, standing.get(draft.member.pk, Standing.NEVER), offices)
    there = {u.member_id: u for u in User.objects.select_for_update().filter(member__in=people)}
    taken = login_names()
    for draft in drafts:
        owner = taken.get(number_key(draft.username), draft.member.pk)
        if draft.opens and owner != draft.member.pk:
            raise RuleBroken(f"登录名 {draft.username} 刚刚成了别人的，重新看一遍名单再开。")
        _hand_out(draft, there.get(draft.member.pk), by, way)
    return len(drafts)


def _hand_out(draft: Draft, user: User | None, by: User, way: str) -> None:
    if draft.opens != (user is None) or (user and (user.last_login or not user.is_active)):
        raise RuleBroken(f"{draft.member}的账号刚才变过，重新看一遍名单再开。")
    act = "members.reset_password" if user else "members.open_account"
    user = user or User(member=draft.member, username=draft.username)
    user.password, user.must_change_password = draft.hashed, True
    user.save()
    if not draft.opens:
        forget_wrong_passwords(username=user.username)
    record(by, act, draft.member, username=user.username, way=way)
