"""What a yearly notice on holidays says, day by day, read from its own words or from a list. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from activities.choices import DayKind
from unionoffice.errors import RuleBroken

DAY = timedelta(days=1)
LONGEST_NAME = 20
LONGEST_SPAN = 31  # days; a longer one is a slip of the pen
WEEKDAYS = "一二三四五六日"
YEAR = re.compile(r"关于\s*(\d{4})\s*年\s*部分节假日|(\d{4})\s*年[^。\n]{0,12}节假日")
NUMBER = re.compile(r"国办发明电\s*[〔\[(]\s*(\d{4})\s*[〕\])]\s*(\d+)\s*号")
HEAD = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|\d+[.、])?\s*([^\s:,。]{2,20}?)\s*:\s*(.+)$")
SPAN = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(\([^)]*\))?"
    r"(?:\s*(?:至|到|-|—|~)\s*(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(\([^)]*\))?)?"
)
LISTED = re.compile(
    r"^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:\s+00:00:00)?(.*)$"
)
TOTAL = re.compile(r"(?:共|放假)\s*(\d+)\s*天")
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
OFF_WORDS, WORK_WORDS = (
    frozenset({"放假", "休", "休息", "假"}),
    frozenset({"上班", "班", "调休上班", "补班"}),
)
CAPTIONS = frozenset({"日期", "节日", "安排", "名称"})


@dataclass(frozen=True, order=True)
class DayOff:
    """A day off, or (调休) a working day instead."""

    day: date
    kind: str
    name: str
    source: str = ""

    @property
    def is_holiday(self) -> bool:
        return self.kind == DayKind.HOLIDAY

    @property
    def line(self) -> str:
        """As the reader takes it in a list."""
        return f"{self.day} {'放假' if self.is_holiday else '上班'} {self.name}"


@dataclass
class NoticeReading:
    """What was found. `doubts`: what does not agree with itself; `unread`: lines with a date that
    gave no day."""

    year: int | None = None
    source: str = ""
    days: list[DayOff] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_notice(text: str, year: int | None = None) -> NoticeReading:
    """`year`: whose days these are, where the text does not say so itself.

    Raises RuleBroken when no day can be read.
    """
    text = unicodedata.normalize("NFKC", text.replace("\u3000", " "))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    reading = NoticeReading(_year_of(text, lines) or year, _source_of(text))
    if reading.year is None:
        raise RuleBroken(
            "没写是哪一年的安排，连通知的标题一起粘贴，例如“关于2026年部分节假日安排的通知”。"
        )
    found: dict[date, DayOff] = {}
    for line in lines:
        for day in _line(line, reading):
            _place(day, found, reading)
    reading.days = sorted(found.values())
    if not reading.days:
        raise RuleBroken(
            "没有读到放假的日子。粘贴通知里“元旦：1月1日至3日放假……”这几段，或者一行一天：2026-01-01 放假 元旦。"
        )
    return reading


def _year_of(text: str, lines: Sequence[str]) -> int | None:
    if match := YEAR.search(text):
        return int(match[1] or match[2])
    listed = (LISTED.match(line) for line in lines)
    found = [int(match[1]) for match in listed if match and match[4].strip()]
    found = found or [year for line in lines for year in _years_said(line)]
    return max(found, key=lambda year: (found.count(year), year), default=None)


def _years_said(line: str) -> list[int]:
    """The years that the days of a paragraph are written with: 元旦：2027年1月1日…"""
    match = HEAD.match(line)
    spans = SPAN.finditer(match[2]) if match and _kind_of(match[2]) else ()
    return [int(year) for span in spans for year in (span[1], span[5]) if year]


def _source_of(text: str) -> str:
    match = NUMBER.search(text)
    return f"国办发明电〔{match[1]}〕{match[2]}号" if match else ""


def _place(day: DayOff, found: dict[date, DayOff], reading: NoticeReading) -> None:
    other = found.get(day.day)
    if day.day.year != reading.year:
        reading.doubts.append(
            f"{day.day} 不在 {reading.year} 年里，没有放进去；要的话到那一年手工加。"
        )
    elif other and other.kind != day.kind:
        reading.doubts.append(f"{day.day} 又写放假又写上班，按先写的“{other.line}”。")
    else:
        found.setdefault(day.day, day)


def _line(line: str, reading: NoticeReading) -> Iterator[DayOff]:
    if LISTED.match(line):
        yield from _listed(line, reading)
    elif match := HEAD.match(line):
        yield from _paragraph(match[1], match[2], line, reading)
    elif "放假" in line and SPAN.search(line):
        reading.unread.append(line)


def _listed(line: str, reading: NoticeReading) -> Iterator[DayOff]:
    """2026-01-01 放假 元旦, the words behind the date in any order."""
    match = LISTED.match(line)
    words = [word for word in re.split(r"[\s,;|\t]+", match[4]) if word]
    kind = next((_kind(word) for word in words if _kind(word)), None)
    names = [word for word in words if not _kind(word)]
    day = _day(int(match[1]), int(match[2]), int(match[3]))
    if day is None or kind is None or not names:
        reading.unread.append(line)
        return
    yield DayOff(day, kind, names[0][:LONGEST_NAME], reading.source)


def _kind(word: str) -> str | None:
    if word in OFF_WORDS:
        return DayKind.HOLIDAY.value
    return DayKind.WORKDAY.value if word in WORK_WORDS else None


def _paragraph(name: str, words: str, line: str, reading: NoticeReading) -> Iterator[DayOff]:
    """元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。"""
    off: list[date] = []
    for sentence in words.split("。"):
        kind = _kind_of(sentence)
        spans = [span for match in SPAN.finditer(sentence) if (span := _span(match, reading))]
        days = [day for span in spans for day in span]
        if kind is None:
            continue
        if not days:
            reading.unread.append(line)
        off += days if kind == DayKind.HOLIDAY else []
        yield from (DayOff(day, kind, name[:LONGEST_NAME], reading.source) for day in days)
    total = TOTAL.search(words)
    if total and off and len(off) != int(total[1]):
        reading.doubts.append(f"{name}写着共 {total[1]} 天，读到 {len(off)} 天，对一下。")


def _kind_of(sentence: str) -> str | None:
    if "上班" in sentence:
        return DayKind.WORKDAY.value
    return DayKind.HOLIDAY.value if "放假" in sentence else None


def _span(match: re.Match, reading: NoticeReading) -> list[date]:
    """The days of one span; a doubt where a weekday beside a date is another."""
    year, month, number, beside, to_year, to_month, to_number, to_beside = match.groups()
    first = _day(int(year or reading.year), int(month), int(number))
    last = first
    if to_number:
        last = _day(int(to_year or year or reading.year), int(to_month or month), int(to_number))
    if first is None or last is None or not first <= last < first + LONGEST_SPAN * DAY:
        reading.doubts.append(f"“{match[0]}”读不成日子，对一下。")
        return []
    for day, words in ((first, beside), (last, to_beside)):
        _check_weekday(day, words or "", reading)
    return [first + n * DAY for n in range((last - first).days + 1)]


def _check_weekday(day: date, words: str, reading: NoticeReading) -> None:
    match = WEEKDAY.search(words)
    if match and match[1].replace("天", "日") != WEEKDAYS[day.weekday()]:
        reading.doubts.append(
            f"{day} 是周{WEEKDAYS[day.weekday()]}，通知里写的是周{match[1]}，对一下。"
        )


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
