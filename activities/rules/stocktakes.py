"""盘点: what a count may say. Pure."""

from collections.abc import Collection
from datetime import date

from activities.choices import CountResult
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date

NAMED_AT_ONCE = 5


def check_day(day: date, today: date, opened_on: date | None) -> None:
    if day > today:
        raise RuleBroken("盘点的日子写到今天为止。")
    if opened_on and day < opened_on:
        raise RuleBroken(f"这里{chinese_date(opened_on)}才启用，盘点的日子不能更早。")


def check_all_counted(left: Collection[str]) -> None:
    """`left`: what has no result yet."""
    if left:
        names = "、".join(list(left)[:NAMED_AT_ONCE])
        more = "等" if len(left) > NAMED_AT_ONCE else ""
        raise RuleBroken(
            f"还有 {len(left)} 样没有记：{names}{more}。都在的，点“没记的都在，存下”。"
        )


def settled(name: str, result: str, expected: int, counted: int | None) -> int:
    """How many there are; what nobody wrote follows from the result. Raises RuleBroken where the
    number says otherwise than the result does."""
    if result == CountResult.MISSING:
        counted = 0 if counted is None else counted
        if counted >= expected:
            raise RuleBroken(f"{name}账上 {expected}，实有 {counted}，没有少，选“在”。")
        return counted
    counted = expected if counted is None else counted
    if result == CountResult.FOUND and counted < expected:
        raise RuleBroken(f"{name}账上 {expected}，实有 {counted}，少了就选“缺少”。")
    return counted


def check_standing(name: str, *, voided: bool) -> None:
    if voided:
        raise RuleBroken(f"{name}已经作废了。")
