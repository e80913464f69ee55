"""What the roster allows. Pure: no queries, no request."""

import secrets
from collections.abc import Collection
from datetime import date

from members.choices import OfficeName
from unionoffice.periods import Precision
from unionoffice.roles import Role

PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that looks like another
PASSWORD_LENGTH = 10


def one_time_password() -> str:
    """A random password that can be read off a printed strip."""
    return "".join(secrets.choice(PASSWORD_LETTERS) for _ in range(PASSWORD_LENGTH))


# what a complete entry of the roster has: column -> word
WANTED = {
    "gender": "性别",
    "birth": "出生日期",
    "phone": "手机",
    "department_name": "部门",
    "group_name": "工会小组",
}


def lacks(person: dict) -> list[str]:
    """What is missing in someone's entry, in words."""
    return [word for column, word in WANTED.items() if not person[column]]


def masked_phone(phone: str) -> str:
    """138****4471: lists never show the whole number."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else phone


KNOWN_OF = {Precision.YEAR: 4, Precision.MONTH: 7}  # characters of the ISO date that are known


def compatible(day: date, precision: str, other: date, other_precision: str) -> bool:
    """Whether two dates, each known only in part, may be the same day."""
    known = min(KNOWN_OF.get(precision, 10), KNOWN_OF.get(other_precision, 10))
    return day.isoformat()[:known] == other.isoformat()[:known]


def perhaps_same(one, other) -> bool:
    """Whether two entries of one name may be the same person: 工号, phone or birth agree, or nothing
    tells them apart."""
    for mark in ("staff_no", "phone"):
        if getattr(one, mark) and getattr(one, mark) == getattr(other, mark):
            return True
    if one.birth and other.birth:
        return compatible(one.birth, one.birth_precision, other.birth, other.birth_precision)
    return not (one.staff_no and other.staff_no)


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


def may_take(own: frozenset[Role], office: str) -> bool:
    """Whether someone with the roles `own` may give oneself the office."""
    return bool(own & TOP) and office not in GIVEN_BY_OTHERS
