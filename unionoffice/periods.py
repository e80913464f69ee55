"""Period: the span of dates that every list, figure and report takes; and dates known only in part."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from unionoffice.errors import RuleBroken

SCHOOL_YEAR_STARTS = 9  # September
SECOND_SEMESTER_STARTS = 2  # February
FIRST_YEAR, LAST_YEAR = 1949, 2099  # what the lunar calendar and the records can hold
LONGEST = timedelta(days=3653)  # ten years
FORMS = "写成 2026（年度）、2026H1（半年）、2026-2027（学年）、2026-2027-1（学期）或 2026-01-01..2026-08-31"


class PeriodKind(StrEnum):
    CALENDAR_YEAR = "calendar_year"
    SCHOOL_YEAR = "school_year"
    SEMESTER = "semester"
    HALF_YEAR = "half_year"
    FREE = "free"


@dataclass(frozen=True)
class Period:
    """A closed span of days: `start` and `end` both belong to it."""

    kind: PeriodKind
    start: date
    end: date

    def __post_init__(self):
        if self.start > self.end:
            raise RuleBroken(f"起始日期 {self.start} 晚于结束日期 {self.end}，对调一下。")
        if self.end - self.start > LONGEST:
            raise RuleBroken(f"{self.start} 到 {self.end} 太长，一段期间最多 10 年，分几段看。")

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls(PeriodKind.CALENDAR_YEAR, date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def half(cls, year: int, half: int) -> "Period":
        start, end = (date(year, 1, 1), date(year, 6, 30))
        if half == 2:
            start, end = date(year, 7, 1), date(year, 12, 31)
        return cls(PeriodKind.HALF_YEAR, start, end)

    @classmethod
    def school_year(cls, year: int) -> "Period":
        """The school year that begins on 1 September of `year`."""
        return cls(
            PeriodKind.SCHOOL_YEAR,
            date(year, SCHOOL_YEAR_STARTS, 1),
            date(year + 1, SCHOOL_YEAR_STARTS, 1) - timedelta(days=1),
        )

    @classmethod
    def semester(cls, year: int, number: int) -> "Period":
        """Semester 1 (September to January) or 2 (February to August) of that school year."""
        turn = date(year + 1, SECOND_SEMESTER_STARTS, 1)
        if number == 1:
            return cls(
                PeriodKind.SEMESTER, date(year, SCHOOL_YEAR_STARTS, 1), turn - timedelta(days=1)
            )
        return cls(PeriodKind.SEMESTER, turn, cls.school_year(year).end)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        return cls(PeriodKind.FREE, date(year, month, 1), last_day(year, month))

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read "2026", "2026H1", "2026-2027", "2026-2027-1" or "2026-01-01..2026-08-31".

        Raises RuleBroken for anything else.
        """
        text = text.strip()
        try:
            period = _read(text)
        except ValueError:
            raise RuleBroken(f"看不懂期间“{text}”，{FORMS}。") from None
        if not (period.start.year >= FIRST_YEAR and period.end.year <= LAST_YEAR):
            raise RuleBroken(f"期间“{text}”不在 {FIRST_YEAR} 到 {LAST_YEAR} 年之间，检查年份。")
        return period

    @classmethod
    def current(cls) -> "Period":
        return cls.year(timezone.localdate().year)

    @classmethod
    def from_query(cls, query) -> "Period":
        """The period named in a page's address (?period=2026H1); this year when there is none.

        Raises RuleBroken for nonsense.
        """
        text = query.get("period", "").strip()
        return cls.parse(text) if text else cls.current()

    @property
    def code(self) -> str:
        """The text that `parse` reads back; it stands in page addresses and file names."""
        year = self.start.year
        match self.kind:
            case PeriodKind.CALENDAR_YEAR:
                return str(year)
            case PeriodKind.HALF_YEAR:
                return f"{year}H{1 if self.start.month == 1 else 2}"
            case PeriodKind.SCHOOL_YEAR:
                return f"{year}-{year + 1}"
            case PeriodKind.SEMESTER if self.start.month == SCHOOL_YEAR_STARTS:
                return f"{year}-{year + 1}-1"
            case PeriodKind.SEMESTER:
                return f"{year - 1}-{year}-2"
        return f"{self.start}..{self.end}"

    @property
    def label(self) -> str:
        """How a document names the period: 2026年, 2026年上半年, 2026—2027学年第一学期."""
        year = self.start.year
        match self.kind:
            case PeriodKind.CALENDAR_YEAR:
                return f"{year}年"
            case PeriodKind.HALF_YEAR:
                return f"{year}年{'上' if self.start.month == 1 else '下'}半年"
            case PeriodKind.SCHOOL_YEAR:
                return f"{year}—{year + 1}学年"
            case PeriodKind.SEMESTER if self.start.month == SCHOOL_YEAR_STARTS:
                return f"{year}—{year + 1}学年第一学期"
            case PeriodKind.SEMESTER:
                return f"{year - 1}—{year}学年第二学期"
        return self._free_label()

    def _free_label(self) -> str:
        """2026年2月, 2026年2月至4月, 2025年11月至2026年1月, 2026年3月8日至2026年3月12日."""
        if not self.whole_months:
            return f"{chinese_date(self.start)}至{chinese_date(self.end)}"
        first = chinese_date(self.start, Precision.MONTH)
        if len(self.months()) == 1:
            return first
        same_year = self.start.year == self.end.year
        last = f"{self.end.month}月" if same_year else chinese_date(self.end, Precision.MONTH)
        return f"{first}至{last}"

    @property
    def duration_word(self) -> str:
        """The word for "during the whole of it" in a sentence."""
        return {
            PeriodKind.CALENDAR_YEAR: "全年",
            PeriodKind.SCHOOL_YEAR: "全学年",
            PeriodKind.SEMESTER: "本学期",
            PeriodKind.HALF_YEAR: "半年来",
        }.get(self.kind, "期间")

    def previous(self) -> "Period":
        """The period of the same kind that ends the day before this one starts."""
        end = self.start - timedelta(days=1)
        if self.kind != PeriodKind.FREE:
            return _period_around(self.kind, end)
        if self.whole_months:
            return Period(PeriodKind.FREE, _month_start(self.start, -len(self.months())), end)
        return Period(PeriodKind.FREE, end - (self.end - self.start), end)

    def following(self) -> "Period":
        """The period of the same kind that starts the day after this one ends."""
        start = self.end + timedelta(days=1)
        if self.kind != PeriodKind.FREE:
            return _period_around(self.kind, start)
        if self.whole_months:
            after = _month_start(start, len(self.months()))
            return Period(PeriodKind.FREE, start, after - timedelta(days=1))
        return Period(PeriodKind.FREE, start, start + (self.end - self.start))

    @property
    def whole_months(self) -> bool:
        return self.start.day == 1 and self.end == last_day(self.end.year, self.end.month)

    @property
    def is_over(self) -> bool:
        return self.end < timezone.localdate()

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    def months(self) -> list[tuple[int, int]]:
        """The (year, month) pairs that the period touches, in order."""
        first = self.start.year * 12 + self.start.month - 1
        last = self.end.year * 12 + self.end.month - 1
        return [(n // 12, n % 12 + 1) for n in range(first, last + 1)]


def period_choices(today: date, chosen: Period) -> list[Period]:
    """The periods that a page offers at a click: this year and last, this school year and term,
    the half year, and whatever is chosen already."""
    running = (PeriodKind.SCHOOL_YEAR, PeriodKind.SEMESTER, PeriodKind.HALF_YEAR)
    offered = [
        Period.year(today.year),
        Period.year(today.year - 1),
        *(_period_around(kind, today) for kind in running),
    ]
    return offered if chosen in offered else [*offered, chosen]


def _period_around(kind: PeriodKind, day: date) -> Period:
    """The period of that kind (not FREE) which `day` belongs to."""
    school_year = day.year if day.month >= SCHOOL_YEAR_STARTS else day.year - 1
    match kind:
        case PeriodKind.CALENDAR_YEAR:
            return Period.year(day.year)
        case PeriodKind.HALF_YEAR:
            return Period.half(day.year, 1 if day.month <= 6 else 2)
        case PeriodKind.SCHOOL_YEAR:
            return Period.school_year(school_year)
    second = SECOND_SEMESTER_STARTS <= day.month < SCHOOL_YEAR_STARTS
    return Period.semester(school_year, 2 if second else 1)


def _month_start(day: date, later: int) -> date:
    """The first of the month that lies `later` months after that of `day`."""
    number = day.year * 12 + day.month - 1 + later
    return date(number // 12, number % 12 + 1, 1)


def _read(text: str) -> Period:
    if match := re.fullmatch(r"(\d{4})", text):
        return Period.year(int(match[1]))
    if match := re.fullmatch(r"(\d{4})[Hh]([12])", text):
        return Period.half(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{4})-(\d{4})(?:-([12]))?", text):
        first, second, number = int(match[1]), int(match[2]), match[3]
        if second != first + 1:
            raise ValueError(text)
        return Period.semester(first, int(number)) if number else Period.school_year(first)
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", text):
        return Period(PeriodKind.FREE, date.fromisoformat(match[1]), date.fromisoformat(match[2]))
    raise ValueError(text)


class Precision(StrEnum):
    """How exactly a date is known. The stored date is the first day of what is known; one that is
    UNKNOWN is reckoned from others."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    UNKNOWN = "unknown"


def last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def latest_day(day: date, precision: str) -> date:
    """The last day that a day known only in part, of which `day` is the first, may have been."""
    if precision == Precision.YEAR:
        return date(day.year, 12, 31)
    return last_day(day.year, day.month) if precision == Precision.MONTH else day


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last where there is none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, last_day(year, month + 1).day))


def chinese_date(day: date, precision: str = Precision.DAY) -> str:
    """2026年3月8日, or only as much of it as is known. Months and days without leading zero."""
    if precision == Precision.YEAR:
        return f"{day.year}年"
    if precision == Precision.MONTH:
        return f"{day.year}年{day.month}月"
    reckoned = "起算" if precision == Precision.UNKNOWN else ""
    return f"{day.year}年{day.month}月{day.day}日{reckoned}"


def iso_date(day: date | None, precision: str = Precision.DAY) -> str:
    """2026-03-08, 2026-03 or 2026: only as much as is known; "" when nothing is."""
    if day is None or precision == Precision.UNKNOWN:
        return ""
    return day.isoformat()[: {Precision.YEAR: 4, Precision.MONTH: 7}.get(precision, 10)]
