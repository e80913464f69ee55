"""What may be recorded of an activity, and how its day is written. Pure."""

from datetime import date, time, timedelta

from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date

REPEAT_WITHIN = timedelta(minutes=1)

VOIDED = "“{title}”已经作废了，不能再改；要补就重新记一条。"

MOST_PEOPLE = 100_000  # at one activity; more is a slip of the finger

EARLIEST = date(1980, 1, 1)  # a day before this is a slip of the keyboard


def check_day(day: date, precision: str, today: date) -> None:
    """An activity is recorded once it has begun."""
    if day > today:
        raise RuleBroken(
            f"{chinese_date(day, precision)}还没到，等办了再记；要先排上，在年度计划里加一项。"
        )
    if day < EARLIEST:
        raise RuleBroken(f"{chinese_date(day, precision)}太早了，看看年份是不是写全了四位。")


def check_headcount(people: int | None) -> None:
    if people and people > MOST_PEOPLE:
        raise RuleBroken(f"参加人数写了 {people}，超过 {MOST_PEOPLE}，看看是不是多按了几个零。")


def check_standing(title: str, *, voided: bool) -> None:
    if voided:
        raise RuleBroken(VOIDED.format(title=title))


def when_text(day: date, precision: str, at: time | None = None, until: date | None = None) -> str:
    """2026年3月, 2026年3月8日, 2026年3月8日16:30, 2026年3月8日至10日: only what is known."""
    text = chinese_date(day, precision)
    if at is not None:
        text += f"{at:%H:%M}"
    if until is None or until == day:
        return text
    if (until.year, until.month) == (day.year, day.month):
        return f"{text}至{until.day}日"
    if until.year == day.year:
        return f"{text}至{until.month}月{until.day}日"
    return f"{text}至{chinese_date(until)}"


def check_not_repeated(*, repeated: bool) -> None:
    if repeated:
        raise RuleBroken("刚才已经记下这一场，没有再记一次。真有两场一样的，过一分钟再记。")
