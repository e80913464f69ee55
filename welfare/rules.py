"""What is allowed with a visit. Pure."""

from datetime import date, timedelta

from unionoffice.errors import RuleBroken

REPEAT_WITHIN = timedelta(minutes=1)


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
        raise RuleBroken("这一笔已经作废，不能再改，需要的话重新记一笔。")


def check_void_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken("作废要写明原因，以后查得清楚。")
