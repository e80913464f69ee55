"""Dates as rosters write them. What can't be read is left out with a reason, never guessed."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import islice

from members.roster_reader.cells import PLACEHOLDERS, shown
from members.roster_reader.date_forms import (
    UNKNOWN,
    Column,
    ReadDate,
    Unreadable,
    is_sure_serial,
    known,
    read_form,
)
from unionoffice.periods import Precision

# how many years ago someone on a roster was born, and began to work or joined
BIRTH_YEARS_AGO = range(16, 111)
WORK_YEARS_AGO = range(91)

CLOCK = re.compile(
    r"[ T]*(?:上午|下午|凌晨)?(?:[ T]|(?<=[午晨日]))\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?"
    r"(?: ?[ap]m)?(?:z|[-+]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
WEEKDAY = re.compile(r"[ ,]*\(?(?:星期|礼拜|周)[一二三四五六日天]\)?$")
LEAD = re.compile(r"^(?:出生日期|出生年月|出生于|出生|生日|生于|公元)[: ]*")
TAIL = re.compile(r"(?:出生|生人|生|参加工作|入会|到校|起|整)$")
PART_OF_MONTH = re.compile(r"(?<=月)(?:上旬|中旬|下旬|初|中|底|末)$")
PART_OF_YEAR = re.compile(r"(?<=年)(?:[春夏秋冬][季天]?|上半年|下半年|初|底|末)$")
WHOLE_NUMBER = re.compile(r"(?<=\d{4})\.0+$")
BRACKETS = re.compile(r"\((?:公历|阳历|新历|身份证|档案)\)|公历|阳历|新历")
LUNAR = re.compile("农历|阴历|旧历|正月|冬月|腊月|初[一二三四五六七八九十]|闰")
DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "~": "-", "。": "."})
CHINESE_ZEROS_TO_NINES = str.maketrans("〇○Oo零一二三四五六七八九", "00000123456789")
YEAR_DIGITS = "[〇○Oo零一二三四五六七八九]"
CHINESE_YEAR = re.compile(rf"({YEAR_DIGITS}{{4}}|{YEAR_DIGITS}{{2}}(?=年))年?(.*)")
ARABIC_YEAR = re.compile(r"(\d{4}|\d\d)年(.*)")
CHINESE_NUMBER = re.compile("[一二三四五六七八九十廿卅元]+")
# 85.3: no day is so late, so the year of two digits stands first
LATE_YEAR_FIRST = re.compile(r"(?:3[2-9]|[4-9]\d)[-./年]\d.*")
ENOUGH_YEARS = 2
LOST_ZERO = re.compile(r"\d\.\d{1,2}")  # 00.5, of which Excel makes 0.5


def read_date(
    cell,
    today: date,
    month_only: bool = False,
    ago: range = BIRTH_YEARS_AGO,
    serials: bool = False,
    years_lead: bool = False,
) -> ReadDate:
    """`month_only`: the heading asks for 年月, so that Excel's first of the month means the month.
    `ago`: how many years before `today` it can lie. `serials`, `years_lead`: the column holds day
    numbers, years of two digits in front."""
    years = range(today.year - ago[-1], today.year - ago[0] + 1)
    try:
        found = _from_cell(cell, month_only, Column(years[-100:], serials, years_lead))
    except Unreadable as problem:
        return ReadDate(problem=str(problem))
    if found.day and found.day > today:
        return ReadDate(problem="晚于今天")
    if found.day and found.day.year < years[0]:
        return ReadDate(problem=f"早于{years[0]}年")
    if found.day and found.day.year > years[-1] and not found.problem:
        return found._replace(problem=f"不满{ago[0]}岁，核对一下")
    return found


def holds_serials(cells: Iterable) -> bool:
    """Whether a column has a number that can only be a day counted by Excel."""
    numbers = (cell for cell in cells if isinstance(cell, str | float | int))
    return any(is_sure_serial(shown(cell)) for cell in numbers)


def years_lead(cells: Iterable) -> bool:
    """Whether a column begins its dates with years of two digits: 85.3."""
    texts = (shown(cell) for cell in cells if isinstance(cell, str | float | int))
    found = (text for text in texts if LATE_YEAR_FIRST.fullmatch(text))
    return len(list(islice(found, ENOUGH_YEARS))) == ENOUGH_YEARS


def _from_cell(cell, month_only: bool, column: Column) -> ReadDate:
    if isinstance(cell, bool | time | timedelta):
        raise Unreadable(UNKNOWN)
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        is_month = month_only and cell.day == 1
        return ReadDate(cell, Precision.MONTH if is_month else Precision.DAY)
    text = shown(cell)
    if column.years_lead and LOST_ZERO.fullmatch(text):
        text = f"0{text}"
    if isinstance(cell, float) and re.fullmatch(r"\d{2,4}\.1", text):
        found = read_form(text.removesuffix(".1"), column)
        return found._replace(problem="分不清是1月还是10月，只读了年份")
    text = _clean(text)
    return ReadDate() if text in PLACEHOLDERS or not text else _from_text(text, column)


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(DASHES)
    text = CLOCK.sub("", BRACKETS.sub("", text)).strip(" '‘’“”\"()")
    for part in (WEEKDAY, LEAD, TAIL, PART_OF_MONTH, PART_OF_YEAR, WHOLE_NUMBER):
        text = part.sub("", text).strip()
    return re.sub(r"(?<=[^\da-zA-Z]) | (?=[^\da-zA-Z])", "", text).lower()


def _from_text(text: str, column: Column) -> ReadDate:
    if LUNAR.search(text):
        raise Unreadable("是农历")
    return read_form(_chinese_to_digits(text), column)


def _chinese_to_digits(text: str) -> str:
    """一九八五年三月十二日, 1985年三月十二日 → 1985年3月12日; other text comes back as it is."""
    match = CHINESE_YEAR.fullmatch(text) or ARABIC_YEAR.fullmatch(text)
    if not match:
        return text
    rest = CHINESE_NUMBER.sub(lambda number: str(_number(number[0])), match[2])
    return f"{match[1].translate(CHINESE_ZEROS_TO_NINES)}年{rest}"


def _number(text: str) -> int:
    """Chinese numerals below a hundred."""
    text = text.replace("廿", "二十").replace("卅", "三十").replace("元", "一")
    tens, ten, ones = text.rpartition("十")
    digits = f"{tens or 1}{ones or 0}" if ten else ones
    digits = digits.translate(CHINESE_ZEROS_TO_NINES)
    if not digits.isdecimal():
        raise Unreadable(UNKNOWN)
    return int(digits)


__all__ = ["ReadDate", "holds_serials", "known", "read_date", "years_lead"]
