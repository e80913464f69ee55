"""The entry of one person: what makes it complete, and whether two may be of the same person."""

from datetime import date

from members.folding import number_key
from unionoffice.periods import Precision

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
        mine, theirs = (number_key(getattr(each, mark) or "") for each in (one, other))
        if mine and mine == theirs:
            return True
    if one.birth and other.birth:
        return compatible(one.birth, one.birth_precision, other.birth, other.birth_precision)
    return not (one.staff_no and other.staff_no)
