"""Offices and accounts: who gives and ends whose, and the passwords that are handed out."""

import secrets
from collections.abc import Collection

from members.choices import OfficeName, Standing
from unionoffice.errors import RuleBroken
from unionoffice.roles import Role

PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that looks like another
PASSWORD_LENGTH = 10
MOST_AT_ONCE = 500  # accounts: some ten seconds


def one_time_password() -> str:
    """A random password that can be read off a printed strip."""
    return "".join(secrets.choice(PASSWORD_LETTERS) for _ in range(PASSWORD_LENGTH))


ONE_HOLDER = frozenset({Role.CHAIR})  # offices that one person holds at a time
TOP = frozenset({Role.ADMIN, Role.CHAIR, Role.VICE_CHAIR})
# whose offices someone gives and ends, and whose accounts someone opens and resets: role -> offices
HANDLED = {
    **dict.fromkeys(TOP, frozenset(OfficeName.values)),
    Role.ORGANISATION: frozenset({Role.GROUP_LEADER, Role.DEPARTMENT_HEAD}),
}
# what nobody gives to oneself: what stands above the committee, or looks at its work
GIVEN_BY_OTHERS = TOP | {
    OfficeName.AUDITOR,
    OfficeName.AUDIT_HEAD,
    OfficeName.SCHOOL_LEADER,
    OfficeName.HIGHER_UNION,
}


def may_handle(own: frozenset[Role], offices: Collection[str]) -> bool:
    """Whether someone with the roles `own` may give or end these offices, or open or reset the
    account of someone who holds them. With an account come all its offices."""
    return frozenset().union(*(HANDLED.get(role, ()) for role in own)).issuperset(offices)


def why_no_account(standing: str, offices: Collection[str]) -> str:
    """Why nobody opens an account for someone of this standing who holds these offices; "" when one
    may: who left keeps one for an office of the school, and only for that."""
    gone = standing in (Standing.LEFT, Standing.DEAD)
    return f"{Standing(standing).label}，不再开账号" if gone and not offices else ""


def why_not_with(login: str, member) -> str:
    """What is said of a login name of `member` that is also someone else's."""
    way_out = "先核对工号" if member.staff_no else "先补上工号，用工号开账号"
    return f"{login} 也是别人的工号、手机或登录名，{way_out}"


def check_number(number: int) -> None:
    """Raises RuleBroken when there are none, or too many for one sheet."""
    if not number:
        raise RuleBroken("没有可以开账号的人。")
    if number > MOST_AT_ONCE:
        raise RuleBroken(f"一次最多 {MOST_AT_ONCE} 个，按工会小组分几次开。")


def may_take(own: frozenset[Role], office: str) -> bool:
    """Whether someone with the roles `own` may give oneself the office."""
    return bool(own & TOP) and office not in GIVEN_BY_OTHERS
