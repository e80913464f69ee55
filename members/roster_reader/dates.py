"""Dates as rosters write them. What can't be read is left out with a reason, never guessed."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from members.roster_reader.cells import PLACEHOLDERS, shown
from unionoffice.periods import Precision

EARLIEST_YEAR = 1900
EXCEL_DAY_ZERO = date(1899, 12, 30)
# Excel's day numbers. From 19001 to 20299 they can't be told from a year and a month (19853).
SERIALS = (range(10_000, 19_001), range(20_300, 60_001))

SEPARATOR = r"[-./年月,、\\·_ ]+"
END = r"[-./年月日号生 ]*"
FORMS = tuple(
    re.compile(form + END)
    for form in (
        rf"([12]\d{{3}}){SEPARATOR}(\d{{1,2}}){SEPARATOR}(\d{{1,2}})",
        rf"([12]\d{{3}}){SEPARATOR}(\d{{1,2}})",
        r"([12]\d{3})[-.]?(\d\d)(\d\d)",
        r"([12]\d{3})(\d\d)",
        r"([12]\d{3})",
    )
)
YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
SHORT_YEAR = re.compile(r"'?\d\d(?:\D.*)?|\d{6}")
CLOCK = re.compile(r"[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")
BRACKETS = re.compile(r"\((?:公历|阳历|新历)\)|公历|阳历|新历")
LUNAR = re.compile("农历|阴历|旧历")
DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "~": "-", "。": "."})
CHINESE_DIGITS = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")
CHINESE_YEAR = re.compile("([〇○零一二三四五六七八九]{4})年?(.*)")
CHINESE_NUMBER = re.compile("[一二三四五六七八九十廿卅]+")


class ReadDate(NamedTuple):
    """`problem` says why nothing, or less than everything, was read; "" when all is well."""

    day: date | None = None
    precision: Precision = Precision.DAY
    problem: str = ""


class Unreadable(Exception):
    """Its text ends the sentence 出生日期“…”…"""


def read_date(cell, today: date, month_only: bool = False) -> ReadDate:
    """`month_only`: the heading asks for 年月, so that Excel's first of the month means the month."""
    try:
        found = _from_cell(cell, month_only)
    except Unreadable as problem:
        return ReadDate(problem=str(problem))
    if found.day and found.day > today:
        return ReadDate(problem="晚于今天")
    if found.day and found.day.year < EARLIEST_YEAR:
        return ReadDate(problem=f"早于{EARLIEST_YEAR}年")
    return found


def _from_cell(cell, month_only: bool) -> ReadDate:
    if isinstance(cell, bool | time | timedelta):
        raise Unreadable("看不出是哪一天")
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        is_month = month_only and cell.day == 1
        return ReadDate(cell, Precision.MONTH if is_month else Precision.DAY)
    if isinstance(cell, float) and re.fullmatch(r"\d{4}\.1", shown(cell)):
        year = _day(int(cell), 1, 1)
        return ReadDate(year, Precision.YEAR, "分不清是1月还是10月，只读了年份")
    text = _clean(shown(cell))
    return ReadDate() if text in PLACEHOLDERS or not text else _from_text(text)


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(DASHES)
    text = BRACKETS.sub("", CLOCK.sub("", text)).strip()
    return re.sub(r"(?<=\D) | (?=\D)", "", text)


def _from_text(text: str) -> ReadDate:
    if LUNAR.search(text):
        raise Unreadable("是农历")
    text = _chinese_to_digits(text)
    if text.isdecimal() and len(text) == 5:
        return _from_serial(int(text))
    for form in FORMS:
        if match := form.fullmatch(text):
            return _known(*map(int, match.groups()))
    if match := YEAR_LAST.fullmatch(text):
        return _year_last(*map(int, match.groups()))
    raise Unreadable("只写了两位年份" if SHORT_YEAR.fullmatch(text) else "看不出是哪一天")


def _known(year: int, month: int = 0, day: int = 0) -> ReadDate:
    """A month or day of 0 (1985-03-00) was not known to whoever wrote it."""
    if not month:
        return ReadDate(_day(year, 1, 1), Precision.YEAR)
    return ReadDate(_day(year, month, day or 1), Precision.DAY if day else Precision.MONTH)


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise Unreadable(f"没有{month}月")
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable("没有这一天") from None


def _year_last(first: int, second: int, year: int) -> ReadDate:
    """3/15/1985 or 15/3/1985; with both below 13 only the year is certain."""
    if first == second or second > 12:
        return _known(year, first, second)
    if first > 12:
        return _known(year, second, first)
    return ReadDate(_day(year, 1, 1), Precision.YEAR, "分不清哪个是月、哪个是日，只读了年份")


def _from_serial(number: int) -> ReadDate:
    if any(number in span for span in SERIALS):
        day = EXCEL_DAY_ZERO + timedelta(days=number)
        return ReadDate(day, Precision.DAY, f"是Excel的日期序号，读成{day}")
    raise Unreadable("看不出是哪一天")


def _chinese_to_digits(text: str) -> str:
    """一九八五年三月十二日 → 1985年3月12日; other text comes back as it is."""
    match = CHINESE_YEAR.fullmatch(text)
    if not match:
        return text
    rest = CHINESE_NUMBER.sub(lambda number: str(_number(number[0])), match[2])
    return f"{match[1].translate(CHINESE_DIGITS)}年{rest}"


def _number(text: str) -> int:
    """Chinese numerals below a hundred."""
    tens, ten, ones = text.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    digits = f"{tens or 1}{ones or 0}" if ten else ones
    digits = digits.translate(CHINESE_DIGITS)
    if not digits.isdecimal():
        raise Unreadable("看不出是哪一天")
    return int(digits)
