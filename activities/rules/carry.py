"""Last year's plan moved to this year: where an item goes, and why. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from activities.choices import ItemState, Weekday
from activities.rules.items import last_day_of, months_between, shifted
from unionoffice.lunar import festivals
from unionoffice.periods import Period, chinese_date

# a festival that has another day each year, and the words that name it
MOVING = {
    "除夕": ("除夕",),
    "春节": ("春节", "新春", "团拜", "拜年"),
    "元宵": ("元宵",),
    "清明": ("清明",),
    "端午": ("端午",),
    "父亲节": ("父亲节",),
    "七夕": ("七夕",),
    "中秋": ("中秋",),
    "重阳": ("重阳", "老年节"),
    "冬至": ("冬至",),
    "腊八": ("腊八",),
}
# one that has the same day each year
FIXED = {
    "元旦": ("元旦",),
    "妇女节": ("三八", "三、八", "三·八", "3·8", "妇女节"),
    "植树节": ("植树",),
    "劳动节": ("五一", "劳动节"),
    "青年节": ("五四", "青年节"),
    "护士节": ("护士节",),
    "儿童节": ("六一", "儿童节"),
    "建党节": ("七一", "建党"),
    "建军节": ("八一", "建军"),
    "教师节": ("教师节",),
    "国庆": ("国庆",),
    "记者节": ("记者节",),
}
OUTDATED = re.compile(r"(?:19|20)\d\d|[〇零○一二三四五六七八九]{4}年|[一二三四五六七八九十\d]+届")
HALF_WEEK = 3  # days
LONGEST_WAIT = 30  # days to the next working day; no holiday is longer

Off = Callable[[date], str]  # why nobody works on a day; "" on a working day


@dataclass(frozen=True)
class Proposal:
    """Where an item would go. `reason` says what moved it, `ask` why someone has to say whether it
    is done again; `outside` when its months are not in the new period; `festival` is the day in
    the new period that it goes along with."""

    first_month: date
    last_month: date
    day: date | None = None
    last_day: date | None = None
    reason: str = ""
    ask: str = ""
    outside: bool = False
    festival: date | None = None


def proposal(item, *, source: Period, target: Period, recorded: bool, off: Off) -> Proposal:
    """`item` has the columns of a PlanItem; `recorded`: it was done, or its time hasn't come."""
    found = _by_festival(item, source, target) or _plain(item, target, off)
    found = _on_a_working_day(item, found, off)
    if target.contains(found.first_month) and not target.contains(found.last_month):
        found = replace(found, last_month=target.end.replace(day=1), last_day=None)
    if not target.contains(found.first_month):
        start = target.start.replace(day=1)
        found = Proposal(start, start, reason=f"原来的月份不在{target.label}里", outside=True)
    return replace(found, ask=_question(item, recorded) or _on_a_day_off(item, found, off))


def festival_in(text: str, names: dict[str, tuple[str, ...]]) -> str:
    """The festival that the text names first; "" when it names none."""
    places = [
        (place, name)
        for name, words in names.items()
        for word in words
        if (place := text.find(word)) >= 0
    ]
    return min(places)[1] if places else ""


def festival_days(name: str, period: Period) -> list[date]:
    """The days of the festival that lie in the period; some have none or two in a year."""
    days = [
        date(year, month, day)
        for year in range(period.start.year, period.end.year + 1)
        for month, found in festivals(year).items()
        for day, called in found
        if called == name
    ]
    return [day for day in days if period.contains(day)]


def _by_festival(item, source: Period, target: Period) -> Proposal | None:
    """With its festival: as many months or days from it as before."""
    name = festival_in(item.text, MOVING)
    near = item.day or item.origin
    then = min(festival_days(name, source), key=lambda day: abs(day - near), default=None)
    if not name or then is None:
        return None
    years = target.start.year - source.start.year
    there = then + timedelta(days=365 * years)
    now = min(festival_days(name, target), key=lambda day: abs(day - there), default=None)
    if now is None:
        return None
    reason = f"{name}由{chinese_date(then)}到{chinese_date(now)}"
    if item.day and not item.moved_from:
        return replace(_whole(item, now + (item.day - then), reason), festival=now)
    first = shifted(now.replace(day=1), months_between(then.replace(day=1), item.origin))
    span = months_between(item.first_month, item.last_month)
    return Proposal(first, shifted(first, span), reason=reason)


def _plain(item, target: Period, off: Off) -> Proposal:
    """In the same month; a festival that is fixed keeps its day, any other day its weekday."""
    first = _same_month(item.origin, target)
    span = months_between(item.first_month, item.last_month)
    if not item.day or item.moved_from:
        return Proposal(first, shifted(first, span))
    day = _same_date(item.day, first)
    if name := _fixed(item.text):
        return _whole(item, day, f"{name}的日子不变")
    kept = day + timedelta(days=_to_weekday(day, item.day.weekday()))
    weekday = Weekday(kept.weekday()).label
    return _whole(item, kept, "" if kept == day else f"还在{weekday}")


def _whole(item, day: date, reason: str) -> Proposal:
    """The day with the days that follow it, and the months in which they lie."""
    until = day + (item.last_day - item.day) if item.last_day else None
    last = (until or day).replace(day=1)
    return Proposal(day.replace(day=1), last, day, until, reason)


def _on_a_working_day(item, found: Proposal, off: Off) -> Proposal:
    """What was on a working day goes to the next one, where its new day is none; to the one before,
    where a festival that it stood before would be over by then. The day of a fixed festival stays."""
    if (
        not found.day
        or festival_in(item.text, FIXED)
        or off(item.day)
        or not (why := off(found.day))
    ):
        return found
    free, word = _working_day(found.day, 1, off), "顺延到"
    if found.festival and found.day < found.festival <= free:
        free, word = _working_day(found.day, -1, off), "提前到"
    moved = f"{chinese_date(found.day)}{why}，{word}{Weekday(free.weekday()).label}"
    return _whole(item, free, "；".join(filter(None, [found.reason, moved])))


def _working_day(day: date, step: int, off: Off) -> date:
    """The nearest working day after the day (`step` 1) or before it (-1)."""
    days = (day + timedelta(days=step * away) for away in range(1, LONGEST_WAIT))
    return next((each for each in days if not off(each)), day)


def _on_a_day_off(item, found: Proposal, off: Off) -> str:
    """Where it stays on a day off because its festival has that day."""
    why = off(found.day) if found.day and not off(item.day) else ""
    return f"{chinese_date(found.day)}{why}，看看放在哪天" if why else ""


def _fixed(text: str) -> str:
    """The festival with the same day each year that the text is about, and no other one."""
    return "" if festival_in(text, MOVING) else festival_in(text, FIXED)


def _question(item, recorded: bool) -> str:
    if item.state == ItemState.CANCELLED:
        return f"上一期取消了：{item.reason}"
    if item.state == ItemState.POSTPONED:
        return f"上一期延期了：{item.reason}"
    if not recorded:
        return "上一期没有记录"
    if item.added_late:
        return "上一期临时增加的"
    return "写着年份或届次，看看要不要改" if OUTDATED.search(item.text) else ""


def _same_month(month: date, target: Period) -> date:
    """The month of that number in the period; outside of it, the one in the period's first year."""
    there = [date(y, m, 1) for y, m in target.months() if m == month.month]
    return there[0] if there else date(target.start.year, month.month, 1)


def _same_date(day: date, month: date) -> date:
    return month.replace(day=min(day.day, last_day_of(month).day))


def _to_weekday(day: date, weekday: int) -> int:
    """How many days to the nearest day of that weekday, back or on."""
    on = (weekday - day.weekday()) % 7
    return on - 7 if on > HALF_WEEK else on
