"""Accounts: opened with a one-time password, and the very first one."""

from collections.abc import Collection, Iterable

from axes.utils import reset as forget_wrong_passwords
from django.db import transaction
from django.utils import timezone

from members.actions.people import fill_search_keys
from members.choices import EmploymentStatus, MembershipStatus, OfficeName
from members.models import Employment, Member, Membership, OfficeHolding, User
from members.queries import not_over, roles_of
from members.queries.accounts import is_of_another
from members.queries.membership import last_membership, standing_of
from members.rules import may_handle, one_time_password, why_no_account, why_not_with
from unionoffice.actions import set_up_office
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.models import Office
from unionoffice.roles import Role


@transaction.atomic
def open_account(*, member: Member, by: User | None, password: str = "") -> tuple[User, str]:
    """Make an account whose login name is the 工号, else the phone.

    Gives the account and its password: a one-time one, which the first login must replace, unless
    `password` was agreed with its owner. Raises RuleBroken when there is nothing to log in with,
    when that is someone else's too, when `by` may not handle the accounts of such people, or when
    the member died or left.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    refuse_account(member, by)
    refuse_gone(member, standing_of(last_membership(member)), _offices(member))
    username = member.staff_no or member.phone
    if not username:
        raise RuleBroken(f"{member}没有工号也没有手机，先补上一样再开账号。")
    if User.objects.filter(member=member).exists():
        raise RuleBroken(f"{member}已经有账号。")
    if is_of_another(username, member):
        raise RuleBroken(f"{why_not_with(username, member)}。")
    user = User(member=member, username=username, must_change_password=not password)
    password = password or one_time_password()
    user.set_password(password)
    user.save()
    record(by, "members.open_account", member, username=username)
    return user, password


@transaction.atomic
def reset_password(*, user: User, by: User) -> str:
    """Give the account a one-time password; the next login must set another. Wrong ones typed
    before no longer count.

    Raises RuleBroken when `by` may not handle the accounts of such people, or when it is locked.
    """
    refuse_account(user.member, by)
    if not user.is_active:
        raise RuleBroken(
            f"{user.member}的账号停用了（{user.locked_because}），先恢复，再重置密码。"
        )
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    forget_wrong_passwords(username=user.username)
    record(by, "members.reset_password", user.member)
    return password


def refuse_account(member: Member, by: User | None) -> None:
    """Whoever opens or resets an account sees its password, and with it could do what its owner
    may do, now or from the day on that is already written down."""
    if by is not None:
        refuse_offices(member, roles_of(by), _offices(member))


def _offices(member: Member) -> list[str]:
    """Those that are not over."""
    offices = member.offices.filter(not_over(timezone.localdate()))
    return list(offices.values_list("office", flat=True))


def refuse_gone(member: Member, standing: str, offices: Collection[str]) -> None:
    """`offices`: of `member`, not over."""
    why = why_no_account(standing, offices)
    if why:
        raise RuleBroken(f"{member}{why}。")


def refuse_offices(member: Member, own: frozenset[Role], offices: Iterable[str]) -> None:
    """`own`: the roles of whoever handles the account; `offices`: of `member`, not over."""
    held = list(dict.fromkeys(offices))
    if not may_handle(own, held):
        words = "、".join(OfficeName(office).label for office in held)
        raise RuleBroken(f"{member}是{words}，账号由主席、副主席或管理员管，找他们办。")


@transaction.atomic
def change_own_password(*, user: User, password: str) -> User:
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(user, "members.change_own_password", user.member)
    return user


@transaction.atomic
def set_up(*, office: Office, name: str, login: str, password: str, is_chair: bool) -> User:
    """The first-run page: the office's names and its first administrator.

    A login of eleven digits counts as a phone, any other as a 工号. The chair of a union is a 会员,
    since before our records: nobody joins by setting up the office. Raises RuleBroken when the
    office was set up already.
    """
    set_up_office(office=office)
    is_phone = login.isdigit() and len(login) == 11
    member = Member(
        name=name, phone=login if is_phone else "", staff_no=None if is_phone else login
    )
    fill_search_keys(member).save()
    user = User(member=member, username=login, must_change_password=False)
    user.set_password(password)
    user.save()
    if is_chair:
        Membership.objects.create(member=member, status=MembershipStatus.ACTIVE)
        Employment.objects.create(member=member, status=EmploymentStatus.WORKING)
    offices = [OfficeName.ADMIN, OfficeName.CHAIR] if is_chair else [OfficeName.ADMIN]
    for name_of_office in offices:
        OfficeHolding.objects.create(
            member=member, office=name_of_office, start=timezone.localdate()
        )
    record(user, "members.set_up", office, offices=offices)
    return user
