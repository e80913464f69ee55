"""Accounts for many at once: who can have one, who can't and why, and the first passwords."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from members.choices import AccountState, FirstPassword, OfficeName, Standing
from members.folding import number_key
from members.models import Member
from members.passwords import one_time_hash
from members.rules import may_handle, one_time_password, why_no_account, why_not_with
from unionoffice.periods import Precision
from unionoffice.roles import Role


@dataclass(frozen=True)
class Draft:
    """An account that is about to be opened (`opens`), or to get a new first password."""

    member: Member
    username: str
    password: str
    hashed: str
    opens: bool


@dataclass(frozen=True)
class SortedOut:
    """Of the people that were chosen: who gets a first password; who doesn't, and why."""

    ready: list[Member]
    left_out: list[tuple[Member, str]]


def login_of(member: Member) -> str:
    """The 工号, else the phone."""
    return member.staff_no or member.phone


def account_of(member: Member):
    return getattr(member, "user", None)


def state_of(member: Member, waiting: Collection[str] = ()) -> str:
    """`waiting`: the login names that have to wait after wrong passwords."""
    user = account_of(member)
    if user is None:
        return AccountState.NONE
    if not user.is_active:
        return AccountState.LOCKED
    if user.username in waiting:
        return AccountState.WAITING
    return AccountState.USED if user.last_login else AccountState.NEVER


def sorted_out(
    people: Iterable[Member],
    *,
    own: frozenset[Role],
    offices: Mapping[int, Collection[str]],
    standings: Mapping[int, Standing],
    taken: Mapping[str, int],
    way: str,
) -> SortedOut:
    """`own`: the roles of whoever does it; `offices`: of each person, not over; `standings`: of
    who ever was a 会员; `taken`: what one logs in with -> whose it is."""
    names = dict(taken)
    ready, left_out = [], []
    for member in people:
        held = offices.get(member.pk, ())
        why = _why_not(member, own, held, names, way)
        if account_of(member) is None:
            why = why_no_account(standings.get(member.pk, Standing.NEVER), held) or why
        if why:
            left_out.append((member, why))
        else:
            ready.append(member)
            names[number_key(login_of(member))] = member.pk
    return SortedOut(ready, left_out)


def _why_not(
    member: Member, own: frozenset[Role], offices: Collection[str], names: dict, way: str
) -> str:
    user, login = account_of(member), login_of(member)
    if not may_handle(own, offices):
        held = "、".join(OfficeName(office).label for office in offices)
        return f"是{held}，账号由主席、副主席或管理员管"
    if user and not user.is_active:
        return f"账号停用了（{user.locked_because}）"
    if user is None and not login:
        return "没有工号也没有手机，补上一样再开"
    if user is None and names.get(number_key(login), member.pk) != member.pk:
        return why_not_with(login, member)
    if way == FirstPassword.BIRTHDAY and not birthday_password(member):
        return "没有记到哪天出生，用不了生日"
    return ""


def birthday_password(member: Member) -> str:
    """19850308; "" where the day of birth is not known."""
    known = member.birth and member.birth_precision == Precision.DAY
    return f"{member.birth:%Y%m%d}" if known else ""


def drafts(people: Iterable[Member], way: str) -> list[Draft]:
    """With a first password for each: this is what takes the time."""
    return [_draft(member, way) for member in people]


def _draft(member: Member, way: str) -> Draft:
    user = account_of(member)
    by_birthday = way == FirstPassword.BIRTHDAY
    password = birthday_password(member) if by_birthday else one_time_password()
    login = user.username if user else login_of(member)
    return Draft(member, login, password, one_time_hash(password), opens=user is None)
