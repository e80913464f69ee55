"""Which honours may be recorded, and which steps a selection allows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from activities.choices import Level, SelectionState
from activities.rules.activities import EARLIEST
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date
from unionoffice.workflow import Move

MANAGE_SELECTIONS = "activities.manage_selections"
HONOUR_VOIDED = "“{title}”已经作废了，不能再改；要补就重新记一条。"
USUAL_PUBLIC_DAYS = 5  # working days; a reminder only, the places differ
PUBLIC_SOURCE = "公示多为 5 个工作日，也有 7 个工作日的，以上级通知为准"
STILL_OPEN = frozenset({SelectionState.OPEN, SelectionState.PUBLIC, SelectionState.SUBMITTED})

SELECTION_MOVES: Mapping[str, Move] = {
    "publish": Move(
        "公示",
        frozenset({SelectionState.OPEN}),
        SelectionState.PUBLIC,
        MANAGE_SELECTIONS,
        hint="推荐停下来，拟上报的名单大家看得到",
    ),
    "submit": Move(
        "上报",
        frozenset({SelectionState.OPEN, SelectionState.PUBLIC}),
        SelectionState.SUBMITTED,
        MANAGE_SELECTIONS,
        hint="名单报出去了，等结果",
    ),
    "conclude": Move(
        "记结果",
        frozenset({SelectionState.PUBLIC, SelectionState.SUBMITTED}),
        SelectionState.CONCLUDED,
        MANAGE_SELECTIONS,
        hint="评上的同时记进荣誉",
    ),
    "reopen": Move(
        "撤回结果",
        frozenset({SelectionState.CONCLUDED}),
        SelectionState.SUBMITTED,
        MANAGE_SELECTIONS,
        hint="一起记进荣誉的也作废，回到上报以后",
        needs_reason=True,
    ),
    "back": Move(
        "退回推荐",
        frozenset({SelectionState.PUBLIC, SelectionState.SUBMITTED}),
        SelectionState.OPEN,
        MANAGE_SELECTIONS,
        hint="可以再推荐、再定名单，公示和上报的日子去掉",
        needs_reason=True,
    ),
    "drop": Move(
        "不评了",
        STILL_OPEN,
        SelectionState.DROPPED,
        MANAGE_SELECTIONS,
        needs_reason=True,
    ),
    "resume": Move(
        "接着评",
        frozenset({SelectionState.DROPPED}),
        SelectionState.OPEN,
        MANAGE_SELECTIONS,
    ),
}


@dataclass(frozen=True)
class Hint:
    """A usual share, where it comes from; sources differ, so it never blocks."""

    words: str
    text: str


# 评优项目: words of a title -> what is usual. Each school's own notice decides.
USUAL_SHARES = (
    Hint("优秀工会工作者", "常见的名额是工会干部的 30%；也有和积极分子合计不超过会员 5% 的"),
    Hint("工会积极分子", "常见的名额是会员的 10%；也有 5%、和优秀工会工作者合计不超过 5% 的"),
)


def share_hint(title: str) -> str:
    """What is usual for such a title; "" where nothing is known."""
    return next((hint.text for hint in USUAL_SHARES if hint.words in title), "")


def check_honour_day(day: date, precision: str, today: date) -> None:
    if day > today:
        raise RuleBroken(f"{chinese_date(day, precision)}还没到，发了证书或文件再记。")
    if day < EARLIEST:
        raise RuleBroken(f"{chinese_date(day, precision)}太早了，看看年份是不是写全了四位。")


def check_new_honour(whose: str, title: str, *, known: bool) -> None:
    if known:
        raise RuleBroken(f"{whose}这一天的“{title}”已经记过，没有再记一次。")


def check_honour_standing(title: str, *, voided: bool) -> None:
    if voided:
        raise RuleBroken(HONOUR_VOIDED.format(title=title))


def check_recommending(state: str, label: str) -> None:
    if state != SelectionState.OPEN:
        raise RuleBroken(f"这次评选{label}，推荐停了；要再推荐，由主席或组织委员退回推荐。")


def check_group_quota(group: str, limit: int | None, taken: int) -> None:
    """`taken`: how many the group has recommended, without the new one."""
    if limit is not None and taken >= limit:
        raise RuleBroken(f"{group}的推荐名额是 {limit} 名，已经推荐了 {taken} 名，先去掉一名。")


def check_chosen(chosen: int, quota: int | None) -> None:
    if not chosen:
        raise RuleBroken("还没有定下拟上报的人，先在推荐名单里勾上，再往下办。")
    if quota is not None and chosen > quota:
        raise RuleBroken(f"名额是 {quota} 名，拟上报的有 {chosen} 名，去掉 {chosen - quota} 名。")


def check_public_over(state: str, until: date | None, day: date) -> None:
    """Reported only once the last day on show is over."""
    if state == SelectionState.PUBLIC and until and day <= until:
        raise RuleBroken(f"公示到{chinese_date(until)}为止，过了这一天再上报。")


def check_concluded_on(day: date, started: date, today: date) -> None:
    if day > today:
        raise RuleBroken(f"{chinese_date(day)}还没到，有了结果再记。")
    if day < started:
        raise RuleBroken(f"{chinese_date(day)}早于这次评选开始的日子，看看年份。")


def working_days(first: date, last: date, off: frozenset[date], worked: frozenset[date]) -> int:
    """How many days of work from `first` to `last`: without weekends and the days `off`, with those
    `worked` instead."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(day in worked or (day.weekday() < 5 and day not in off) for day in days)


def public_advice(days: int) -> str:
    """A reminder where names stand on show for less than is usual."""
    if days < USUAL_PUBLIC_DAYS:
        return f"公示只有 {days} 个工作日。{PUBLIC_SOURCE}。"
    return ""


LEVEL_ORDER: Mapping[str, int] = {level.value: place for place, level in enumerate(Level)}


def by_level(level: str) -> int:
    """To sort from the nation down to the school."""
    return -LEVEL_ORDER[level]
