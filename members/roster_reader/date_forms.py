"""The forms in which people write a day, once its words have become digits (date_words): a small
grammar, one function a form. A form that does not fit gives None; one that fits but names no day
raises Unreadable, whose text ends the sentence 出生日期“…”…"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from unionoffice.periods import Precision, iso_date

EXCEL_DAY_ZERO = date(1899, 12, 30)
# Excel's day numbers. From 19001 to 20299 they can't be told from a year and a month (19853).
SERIALS = range(10_000, 60_001)
UNSURE_SERIALS = range(19_001, 20_300)

SEPARATOR = r"[-./年月,、\\·_ ]+"
END = r"[-./年月日号 ]*"
YEAR_FIRST = tuple(
    re.compile(form + END)
    for form in (
        rf"([12]\d{{3}}){SEPARATOR}(\d{{1,2}}){SEPARATOR}(\d{{1,2}})",
        rf"([12]\d{{3}}){SEPARATOR}(\d{{1,2}})",
        r"([12]\d{3})[-.]?(\d\d)(\d\d)",
        r"([12]\d{3})(\d\d)",
        r"([12]\d{3})",
    )
)
SHORT_YEAR_FIRST = tuple(
    re.compile(form + END)
    for form in (
        rf"(\d\d){SEPARATOR}(\d{{1,2}}){SEPARATOR}(\d{{1,2}})",
        rf"(\d\d){SEPARATOR}(\d{{1,2}})",
        r"(\d\d)(\d\d)(\d\d)",
        r"(\d\d)(\d\d)",
        r"(\d\d)",
    )
)
YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d\d)")
SEVEN_DIGITS = re.compile(r"([12]\d{3})(\d{3})")
FIVE_DIGITS = re.compile(r"(\d{5})(\.\d+)?")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH_NAME = r"([a-z]{3})[a-z]*\.?"
DAY_MONTH_YEAR = re.compile(rf"(\d{{1,2}})[-/. ]?{MONTH_NAME}[-/., ]*(\d{{4}}|\d\d)")
MONTH_DAY_YEAR = re.compile(rf"{MONTH_NAME}[-/. ]?(\d{{1,2}})[-/., ]+(\d{{4}}|\d\d)")
MONTH_YEAR = re.compile(rf"{MONTH_NAME}[-/., ]*(\d{{4}}|\d\d)")
YEAR_MONTH_DAY = re.compile(rf"(\d{{4}})[-/. ]?{MONTH_NAME}[-/., ]?(\d{{1,2}})?")
LAST_DAY_NUMBER = 31  # a larger number is no day, so it must be a year of two digits
LAST_MONTH = 12


class Unreadable(Exception):
    """Its text ends the sentence 出生日期“…”…"""


class ReadDate(NamedTuple):
    """`problem` says why nothing, or less than everything, was read; "" when all is well."""

    day: date | None = None
    precision: Precision = Precision.DAY
    problem: str = ""


class Column(NamedTuple):
    """What the column says about its dates: `short_years` are those that a year of two digits may
    stand for, at most a hundred; `has_serials`: day numbers of Excel stand in it; `years_lead`: years
    of two digits stand in front in it."""

    short_years: range = range(0)
    has_serials: bool = False
    years_lead: bool = False


SHORT = "只写了两位年份"
UNKNOWN = "看不出是哪一天"


def serial(text: str, column: Column) -> ReadDate | None:
    """31201: how Excel counts days, shown where a cell lost its format."""
    match = FIVE_DIGITS.fullmatch(text)
    if not match:
        return None
    number = int(match[1])
    is_sure = column.has_serials or match[2] or number not in UNSURE_SERIALS
    if number not in SERIALS or not is_sure:
        raise Unreadable(UNKNOWN)
    day = EXCEL_DAY_ZERO + timedelta(days=number)
    return ReadDate(day, Precision.DAY, f"是Excel的日期序号，读成{day}")


def is_sure_serial(text: str) -> bool:
    match = FIVE_DIGITS.fullmatch(text)
    return bool(match) and int(match[1]) in SERIALS and int(match[1]) not in UNSURE_SERIALS


def year_first(text: str, column: Column) -> ReadDate | None:
    """1985-03-08, 1985年3月, 19850308, 1985."""
    for form in YEAR_FIRST:
        if match := form.fullmatch(text):
            return known(*map(int, match.groups()))
    return None


def seven_digits(text: str, column: Column) -> ReadDate | None:
    """1985308 is the 8th of March; 1985113 may be two days."""
    match = SEVEN_DIGITS.fullmatch(text)
    if not match:
        return None
    year, rest = int(match[1]), match[2]
    days = [day for cut in (1, 2) if (day := _day_or_none(year, rest[:cut], rest[cut:]))]
    if not days:
        raise Unreadable("没有这一天")
    if len(days) > 1:
        return ReadDate(date(year, 1, 1), Precision.YEAR, "分不清几月几日，只读了年份")
    return ReadDate(days[0], Precision.DAY, f"少写了一位，读成{days[0]}")


def year_last(text: str, column: Column) -> ReadDate | None:
    """3/15/1985 or 15/3/1985; with both below 13 only the year is certain."""
    match = YEAR_LAST.fullmatch(text)
    if not match or (len(match[3]) == 2 and int(match[3]) <= LAST_DAY_NUMBER):
        return None
    if len(match[3]) == 2 and int(match[1]) > LAST_DAY_NUMBER:
        return None
    first, second, year = int(match[1]), int(match[2]), _year(match[3], column)
    if first == second or second > LAST_MONTH:
        return _told(known(year, first, second), match[3])
    if first > LAST_MONTH:
        return _told(known(year, second, first), match[3])
    return ReadDate(_day(year, 1, 1), Precision.YEAR, "分不清哪个是月、哪个是日，只读了年份")


def month_names(text: str, column: Column) -> ReadDate | None:
    """8-Mar-85, March 8, 1985, Mar-85."""
    for form, order in (
        (DAY_MONTH_YEAR, (2, 1, 0)),
        (MONTH_DAY_YEAR, (2, 0, 1)),
        (MONTH_YEAR, (1, 0)),
        (YEAR_MONTH_DAY, (0, 1, 2)),
    ):
        match = form.fullmatch(text)
        if match:
            year, *rest = (match.groups()[place] for place in order)
            numbers = [_month(part) if part[0].isalpha() else int(part) for part in rest if part]
            return _told(known(_year(year, column), *numbers), year)
    return None


def short_year_first(text: str, column: Column) -> ReadDate | None:
    """85-3-8, 85年3月, 850308, 8503. Of three short numbers the first must be no day: 05/06/07 may
    be anything, 00/5/6 begins with the year where the others of the column do."""
    form = next((match for form in SHORT_YEAR_FIRST if (match := form.fullmatch(text))), None)
    if form is None:
        return None
    year, *rest = form.groups()
    is_named = "年" in text or len(rest) < 2 or text.isdecimal()
    leads = int(year) > LAST_DAY_NUMBER or (column.years_lead and not int(year))
    if not is_named and not leads:
        raise Unreadable(SHORT)
    return _told(known(_year(year, column), *map(int, rest)), year)


FORMS: tuple[Callable[[str, Column], ReadDate | None], ...] = (
    serial,
    year_first,
    seven_digits,
    year_last,
    month_names,
    short_year_first,
)


def read_form(text: str, column: Column) -> ReadDate:
    for form in FORMS:
        if found := form(text, column):
            return found
    raise Unreadable(UNKNOWN)


def known(year: int, month: int = 0, day: int = 0) -> ReadDate:
    """A month or day of 0 (1985-03-00) was not known to whoever wrote it."""
    if not month:
        return ReadDate(_day(year, 1, 1), Precision.YEAR)
    return ReadDate(_day(year, month, day or 1), Precision.DAY if day else Precision.MONTH)


def _told(found: ReadDate, year: str) -> ReadDate:
    """With a year of two digits, what it was taken for."""
    if len(year) > 2 or found.problem:
        return found
    return found._replace(problem=f"{SHORT}，读成{iso_date(found.day, found.precision)}")


def _year(text: str, column: Column) -> int:
    if len(text) > 2:
        return int(text)
    fitting = [year for year in column.short_years if year % 100 == int(text)]
    if len(fitting) != 1:
        raise Unreadable(SHORT)
    return fitting[0]


def _month(name: str) -> int:
    if name not in MONTHS:
        raise Unreadable(UNKNOWN)
    return MONTHS.index(name) + 1


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= LAST_MONTH:
        raise Unreadable(f"没有{month}月")
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable("没有这一天") from None


def _day_or_none(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None
