"""What is allowed with a visit. Pure."""

from datetime import date, timedelta

from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date

REPEAT_WITHIN = timedelta(minutes=1)
LONG_AGO = timedelta(days=366)
VOIDED = "这一笔已经作废，不能再改，需要的话重新记一笔。"


def check_day(day: date, today: date) -> None:
    if day > today:
        raise RuleBroken(f"{day:%Y-%m-%d} 还没有到，去过以后再记。")


def check_reach(*, in_reach: bool) -> None:
    """A group leader would never see again what is recorded for someone outside the own group."""
    if not in_reach:
        raise RuleBroken("小组长只记本组会员的慰问，名册外的人、那天不在本组的人，由福利委员来记。")


def check_not_repeated(*, repeated: bool) -> None:
    if repeated:
        raise RuleBroken("刚才已经记下这一笔，没有再记一次。真有两笔一样的，过一分钟再记。")


def check_not_voided(visit) -> None:
    if visit.voided:
        raise RuleBroken(VOIDED)


def check_void_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken("作废要写明原因，以后查得清楚。")


def oddities(visit, today: date) -> list[str]:
    """What is unusual, though it may well be so: to be said beside the visit, never to refuse it."""
    found = []
    if not visit.money and not visit.goods:
        found.append("慰问金和慰问品都没有写。只是去看望的话，这样就行。")
    if visit.day < today - LONG_AGO:
        day = chinese_date(visit.day, visit.day_precision)
        found.append(f"{day}是一年多以前，看一下年份写对没有。")
    return found
