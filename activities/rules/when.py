"""When an item is to be done, in words. Pure."""

from datetime import date, time

from activities.choices import Rhythm, Weekday
from unionoffice.periods import Precision, chinese_date


def item_when(item, *, with_year: bool = False) -> str:
    """双周五 16:20–17:00, 每月 14:00, 第3周, 3月8日, 3月8日至10日, 3月, 7月至8月: what is known of
    anything that has the columns of a PlanItem. A span over two years names both of them."""
    if item.rhythm:
        return _recurring(item) + _months_beside(item, with_year)
    if item.day:
        return _days(item.day, item.last_day, with_year) + _times(item.from_time, item.to_time)
    if item.week:
        weekday = Weekday(item.weekday).label if item.weekday is not None else ""
        times = _times(item.from_time, item.to_time)
        return f"第{item.week}周{weekday}{times}{_months_beside(item, with_year)}"
    weekday = f" {Weekday(item.weekday).label}" if item.weekday is not None else ""
    months = _months(item.first_month, item.last_month, with_year)
    return f"{months}{weekday}{_times(item.from_time, item.to_time)}"


def lost_when(old, new) -> str:
    """What `old` said beside its month and `new` doesn't: 3月8日, 第3周."""
    if old.day and not new.day:
        return _days(old.day, old.last_day, with_year=False)
    return f"第{old.week}周" if old.week and not new.week else ""


def rhythm_text(rhythm: str, weekday: int | None) -> str:
    """双周五, 每周四, 每月, 每月周五."""
    label = Rhythm(rhythm).label
    if weekday is None:
        return label
    day = Weekday(weekday).label
    return f"{label}{day}" if rhythm == Rhythm.MONTHLY else f"{label}{day.removeprefix('周')}"


def _recurring(item) -> str:
    return rhythm_text(item.rhythm, item.weekday) + _times(item.from_time, item.to_time)


def _months_beside(item, with_year: bool) -> str:
    return f"，{_months(item.first_month, item.last_month, with_year)}" if with_year else ""


def _times(start: time | None, end: time | None) -> str:
    if start is None:
        return ""
    return f" {start:%H:%M}–{end:%H:%M}" if end else f" {start:%H:%M}"


def _months(first: date, last: date, with_year: bool) -> str:
    if first.year != last.year:
        return f"{chinese_date(first, Precision.MONTH)}至{chinese_date(last, Precision.MONTH)}"
    year = f"{first.year}年" if with_year else ""
    return f"{year}{first.month}月" + (f"至{last.month}月" if last.month != first.month else "")


def _days(first: date, last: date | None, with_year: bool) -> str:
    text = chinese_date(first) if with_year else f"{first.month}月{first.day}日"
    if last is None or last == first:
        return text
    if last.year != first.year:
        return f"{chinese_date(first)}至{chinese_date(last)}"
    if last.month != first.month:
        return f"{text}至{last.month}月{last.day}日"
    return f"{text}至{last.day}日"
