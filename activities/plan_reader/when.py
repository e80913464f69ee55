"""The day, the rhythm and the hours that an item's words name. What is not plainly said is left."""

import re
from dataclasses import dataclass
from datetime import time

from activities.choices import Rhythm, Weekday
from activities.plan_reader.labels import MONTH
from activities.plan_reader.numerals import plain, value
from activities.plan_reader.reading import ItemReading

DAY_NUMBER = r"(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
FROM = rf"(?P<month>{MONTH})\s*月\s*(?P<day>{DAY_NUMBER})\s*[日号]?"
SIDE = r"\s*(?:\([^()]*\))?\s*"
UNTIL = rf"(?:(?P<last_month>{MONTH})\s*月\s*)?(?P<last_day>{DAY_NUMBER})\s*[日号]"
DAYS = re.compile(
    rf"(?<!\d){FROM}(?:{SIDE}(?:至|到|[-—–~]+)\s*(?:{UNTIL})|(?<=[日号]))(?P<bound>{SIDE}(?:之?前|以前|起|之?后|以后))?"
)
DOTTED = re.compile(
    r"(?:日期|(?:活动|完成|举办|开展)?时间):\s*(?:20\d\d[.\-/年])?(?P<month>1[0-2]|0?[1-9])[.\-/月](?P<day>\d{1,2})[日号]?"
    r"(?:\s*[-—–~至到]+\s*(?:(?P<last_month>1[0-2]|0?[1-9])[.\-/月])?(?P<last_day>\d{1,2})[日号]?)?(?P<bound>)\s*(?:\([^()]*\)|[上下]午|晚上?)?$"
)
WEEKDAYS = "一二三四五六日"
RHYTHM = re.compile(rf"(?P<how>每|单|双)(?P<what>周|星期|月)(?:[的]?(?P<day>[{WEEKDAYS}天]))?")
RHYTHMS = {"每周": Rhythm.WEEKLY, "单周": Rhythm.ODD_WEEKS, "双周": Rhythm.EVEN_WEEKS}
WEEK = re.compile(r"第(\d{1,2}|[一二三四五六七八九十]{1,3})周(?!年|[-—–~至、])")
CLOCK = r"(?P<{0}half>上午|早上|下午|中午|晚上|晚)?\s*(?P<{0}hour>[01]?\d|2[0-3])\s*:\s*(?P<{0}minute>[0-5]\d)"
TIMES = re.compile(
    rf"(?<![\d.]){CLOCK.format('')}(?:\s*(?:[-—–~]+|至|到)\s*{CLOCK.format('last_')})?"
)
AFTERNOON = ("下午", "晚上", "晚")
FIRST_HOUR = 7  # 4:20 without 下午 may be either half of the day


@dataclass(frozen=True)
class When:
    """`day` and `last_day` are (month, day): the year is the plan's."""

    day: tuple[int, int] | None = None
    last_day: tuple[int, int] | None = None
    week: int | None = None
    rhythm: str = ""
    weekday: int | None = None
    from_time: time | None = None
    to_time: time | None = None


def read_when(item: ItemReading) -> When:
    """A rhythm goes before a day, a day before a week; hours only beside one of them."""
    flat = plain(item.text)
    rhythm, weekday = _rhythm(flat)
    if item.by_hand:
        return _by_hand(item, flat, rhythm, weekday)
    day, last_day = (None, None) if rhythm else _days(item, flat)
    week = None if rhythm or day else item.week or _week(flat)
    start, end = _times(flat) if rhythm or day or week else (None, None)
    return When(day, last_day, week, rhythm, weekday, start, end)


def _by_hand(item: ItemReading, flat: str, rhythm: str, weekday: int | None) -> When:
    """As it was set; without a day or week the words' own rhythm stands."""
    exact = item.day or item.week
    start, end = _times(flat) if exact or rhythm else (None, None)
    if not exact:
        return When(rhythm=rhythm, weekday=weekday, from_time=start, to_time=end)
    day = (item.months[0], item.day) if item.day else None
    return When(day=day, week=item.week, from_time=start, to_time=end)


def _rhythm(flat: str) -> tuple[str, int | None]:
    found = RHYTHM.search(flat)
    if not found or (found["how"] != "每" and (found["what"] == "月" or not found["day"])):
        return "", None
    day = found["day"] and WEEKDAYS.find(found["day"].replace("天", "日"))
    weekday = Weekday(day).value if found["day"] else None
    if found["what"] == "月":
        return Rhythm.MONTHLY.value, None
    return RHYTHMS[found["how"] + "周"].value, weekday


def _days(item: ItemReading, flat: str):
    """The one day or span of days that is named: in a column of its own, or in the words."""
    said = [found for words in item.said if (found := DOTTED.match(plain(words.text)))]
    found = said or list(DAYS.finditer(flat))
    if len(found) != 1 or found[0]["bound"]:
        return None, None
    month, day = _number(found[0]["month"]), _number(found[0]["day"])
    if month not in item.months:
        return None, None
    if not found[0]["last_day"]:
        return (month, day), None
    last_month = _number(found[0]["last_month"]) if found[0]["last_month"] else month
    return (month, day), (last_month, _number(found[0]["last_day"]))


def _number(numeral: str) -> int:
    return value(numeral.replace("元", "一"))


def _week(flat: str) -> int | None:
    found = WEEK.findall(flat)
    return value(found[0]) if len(found) == 1 and 0 < value(found[0]) <= 30 else None


def _times(flat: str) -> tuple[time | None, time | None]:
    found = list(TIMES.finditer(flat))
    if len(found) != 1:
        return None, None
    start = _clock(found[0], "", "")
    if not start or not found[0]["last_hour"]:
        return start, None
    end = _clock(found[0], "last_", found[0]["half"] or "")
    return (start, end) if end and end > start else (None, None)


def _clock(found: re.Match, which: str, half: str) -> time | None:
    half, hour = found[f"{which}half"] or half, int(found[f"{which}hour"])
    if half in AFTERNOON and hour < 12:
        hour += 12
    elif not half and hour < FIRST_HOUR:
        return None
    return time(hour, int(found[f"{which}minute"]))
