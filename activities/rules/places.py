"""Places of the union and what stands there. Pure."""

from datetime import date

from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date

MOST = 1_000_000  # of one kind of thing, people, books; more is a slip of the finger


def check_use_day(day: date, today: date, name: str, closed_on: date | None) -> None:
    if day > today:
        raise RuleBroken("使用的日子写到今天为止；以后要用的，在活动里发通知。")
    if closed_on and day > closed_on:
        raise RuleBroken(f"{name}到{chinese_date(closed_on)}就停用了。")


def check_closed(name: str, closed_on: date, last_used: date | None) -> None:
    if last_used and closed_on < last_used:
        raise RuleBroken(
            f"{name}在{chinese_date(last_used)}还记着使用或活动，停用的日子写那天或以后。"
        )


def check_label(number: str, whose: str) -> None:
    """`whose`: which other thing has the number, "" where none does."""
    if whose:
        raise RuleBroken(f"编号“{number}”已经是{whose}的，看看写对没有；那一件没有了就先报废。")


def check_number(number: int | None, what: str) -> None:
    if number and number > MOST:
        raise RuleBroken(f"{what}写了 {number}，看看是不是多按了几个零。")


def check_write_off(name: str, day: date, bought_on: date | None, today: date) -> None:
    if day > today:
        raise RuleBroken("报废的日子写到今天为止。")
    if bought_on and day < bought_on:
        raise RuleBroken(f"{name}{chinese_date(bought_on)}才买，报废的日子不能更早。")


def check_bought(day: date | None, today: date) -> None:
    if day and day > today:
        raise RuleBroken("买的日子写到今天为止。")
