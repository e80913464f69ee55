"""职称: when it can be recorded. Pure."""

from collections.abc import Collection
from datetime import date, timedelta

from unionoffice.errors import RuleBroken
from unionoffice.undo import UNDO_WITHIN

EARLIEST = 1950  # a year before that is a slip of the finger


def check_day(day: date, today: date) -> None:
    if day > today:
        raise RuleBroken("这一天还没到，评审通过、有了文件再记。")
    if day.year < EARLIEST:
        raise RuleBroken("日期太早了，看看年份是不是写全了四位。")


def check_new(had: Collection[str], title: str) -> None:
    if had:
        raise RuleBroken(f"{'、'.join(had)}评上{title}已经记过了，从名单里去掉再存。")


def check_undo(*, own: bool, since: timedelta) -> None:
    if not own or since > UNDO_WITHIN:
        minutes = UNDO_WITHIN.seconds // 60
        raise RuleBroken(f"只有记的人自己在 {minutes} 分钟里能撤销；记错的一条条去掉。")
