"""What may be recorded of an activity, and how its day is written. Pure."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta

from activities.choices import ActivityState
from unionoffice.errors import RuleBroken
from unionoffice.periods import Precision, chinese_date
from unionoffice.periods import last_day as month_end
from unionoffice.workflow import Move


class Twin(RuleBroken):
    """There is a record like it already; it is saved all the same once the user says so."""

    insist = True


REPEAT_WITHIN = timedelta(minutes=1)

VOIDED = "“{title}”已经作废了，不能再改；要补就重新记一条。"

MOST_PEOPLE = 100_000  # at one activity; more is a slip of the finger

EARLIEST = date(1980, 1, 1)  # a day before this is a slip of the keyboard
FURTHEST = timedelta(days=800)  # nobody announces anything later than that

RECORD = "activities.record_activity"

ACTIVITY_MOVES: Mapping[str, Move] = {
    "hold": Move(
        "记成已举行",
        frozenset({ActivityState.ANNOUNCED}),
        ActivityState.HELD,
        RECORD,
        hint="办完了，补上多少人、结果怎样",
    ),
    "call_off": Move(
        "不办了",
        frozenset({ActivityState.ANNOUNCED}),
        ActivityState.CALLED_OFF,
        RECORD,
        hint="通知还看得到，写着不办了和原因",
        needs_reason=True,
    ),
    "resume": Move(
        "还是要办",
        frozenset({ActivityState.CALLED_OFF}),
        ActivityState.ANNOUNCED,
        RECORD,
        hint="回到已通知，报名的人都还在",
    ),
    "unhold": Move(
        "改回还没办",
        frozenset({ActivityState.HELD}),
        ActivityState.ANNOUNCED,
        RECORD,
        hint="记错了，其实还没办：回到已通知，不计入数字",
    ),
}

RANKS = ("特等", "一等", "二等", "三等", "四等")
PLACES_WON = {"冠军": 1, "金奖": 1, "亚军": 2, "银奖": 2, "季军": 3, "铜奖": 3}
NUMERALS = "一二三四五六七八九十"
PLACE_WORD = re.compile(r"第\s*([一二三四五六七八九十]|\d{1,2})\s*名?")


def check_day(day: date, precision: str, today: date, state: str = ActivityState.HELD) -> None:
    """An activity is recorded once it has begun; one that is announced may be ahead."""
    if state == ActivityState.HELD and day > today:
        raise RuleBroken(
            f"{chinese_date(day, precision)}还没到，等办了再记；要先排上，在年度计划里加一项。"
        )
    if day < EARLIEST:
        raise RuleBroken(f"{chinese_date(day, precision)}太早了，看看年份是不是写全了四位。")
    if day > today + FURTHEST:
        raise RuleBroken(f"{chinese_date(day, precision)}太远了，看看年份是不是写错了。")


def check_ahead(day: date, precision: str, today: date) -> None:
    """What is announced is still to come."""
    start = today.replace(day=1) if precision == Precision.MONTH else today
    if day < start:
        raise RuleBroken(f"{chinese_date(day, precision)}已经过了，不用发通知，直接记活动。")


def check_hours(at: time | None, until: time | None, *, one_day: bool) -> None:
    if until and not at:
        raise RuleBroken("写了几点结束，也写上几点开始。")
    if until and one_day and until <= at:
        raise RuleBroken("几点结束要晚于几点开始。")


def check_guests(guests: int | None, headcount: int | None) -> None:
    if guests and headcount and guests > headcount:
        raise RuleBroken(f"一共 {headcount} 人参加，名册以外的不会有 {guests} 人，核对一下。")


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


def final_day(day: date, precision: str, last_day: date | None = None) -> date:
    """The last day of what is known: of the month, of several days, or the one day. An activity is
    over once that is."""
    if precision == Precision.MONTH:
        return month_end(day.year, day.month)
    return last_day or day


def check_not_repeated(*, repeated: bool) -> None:
    if repeated:
        raise RuleBroken("刚才已经记下这一场，没有再记一次。真有两场一样的，过一分钟再记。")


def check_no_twin(title: str, when: str, recorder: str, *, done: str = "记") -> None:
    """Of a record that looks like the one to be saved, whoever made it. Raises Twin. `done`: what
    became of it there, 记 or 通知."""
    raise Twin(f"{when}已经{done}过一次“{title}”（{recorder}{done}的），看看是不是同一场。")


def rank_of(award: str) -> int | None:
    """What to sort an award by: 1 for 一等奖, 第一名 and 冠军; None where the words don't say."""
    for rank, word in enumerate(RANKS):
        if word in award:
            return rank
    if place := PLACE_WORD.search(award):
        number = place[1]
        return int(number) if number.isdigit() else NUMERALS.index(number) + 1
    return next((rank for word, rank in PLACES_WON.items() if word in award), None)
