"""Which year, school year, semester or half year a plan is for."""

import re
from collections import Counter

from activities.plan_reader.numerals import plain
from activities.plan_reader.reading import MonthReading, PeriodReading
from unionoffice.numerals import DIGITS
from unionoffice.periods import Period, PeriodKind

YEAR = r"(?<!\d)(20[0-9]{2}|二[零0][零一二三四五六七八九0]{2})(?!\d)"
SPAN = re.compile(
    rf"{YEAR}\s*年?\s*(?:[-—–―~─至到/]+)\s*(?:{YEAR}|([0-9]{{2}})(?!\d))\s*(?:年)?\s*(?=学年|年度|学|[^\d]{{0,8}}学[年期]|第)"
)
TERM = re.compile(r"第([一二12])学期|([上下])学期|(春|秋)季?学期|([上下])半?学年")
HALF = re.compile(r"([上下])半年")
STRONG = re.compile(rf"{YEAR}\s*年?度?[^，。；]{{0,12}}(?:计划|要点|安排|打算|工会工作|目标)")
WEAK = re.compile(
    rf"《[^《》]{{0,60}}》|〔\d{{1,6}}〕|\[\d{{1,6}}\]|(?:迎接|总结|回顾|截至|截止|自|从)\s*{YEAR}"
)
NEXT = re.compile("(?:明|来|下一?)年[^，。]{0,8}(?:计划|打算|安排)")
FIRST_TERMS, SECOND_TERMS = ("一", "1", "上", "秋"), ("二", "2", "下", "春")
TERM_MONTHS = {1: {9, 10, 11, 12, 1}, 2: {2, 3, 4, 5, 6, 7, 8}}


def read_period(
    title: str, texts: list[str], months: list[MonthReading]
) -> tuple[PeriodReading, list[str]]:
    head, body = plain(title), plain("\n".join(texts))
    kind = read_kind(head, body, months)
    year, warnings = read_year(head, body, kind, months)
    if year is None:
        return PeriodReading(kind.value, None, None), ["文中没有写明年份，建计划时选一下。"]
    period = _period(kind, year, head, body, months)
    return PeriodReading(kind.value, f"{period.start:%Y-%m}", f"{period.end:%Y-%m}"), warnings


def read_kind(head: str, body: str, months: list[MonthReading]) -> PeriodKind:
    """By the title; else by the months, which say more than a 本学期 somewhere in the text."""
    if TERM.search(head) or "学期" in head:
        return PeriodKind.SEMESTER
    if "学年" in head or SPAN.search(head):
        return PeriodKind.SCHOOL_YEAR
    if HALF.search(head):
        return PeriodKind.HALF_YEAR
    named = [month for entry in months for month in entry.months]
    if len(set(named)) >= 8:
        return PeriodKind.SCHOOL_YEAR if _crosses_new_year(named) else PeriodKind.CALENDAR_YEAR
    terms, years = body.count("学期"), len(re.findall("全年|今年|年度|一年|本年", body))
    if re.search(YEAR, head) or years >= terms:
        return PeriodKind.SCHOOL_YEAR if _school_year_only(head, body) else PeriodKind.CALENDAR_YEAR
    return PeriodKind.SEMESTER


def _crosses_new_year(named: list[int]) -> bool:
    return named[0] >= 7 and any(month < named[0] for month in named)


def _school_year_only(head: str, body: str) -> bool:
    return not re.search(YEAR, head) and bool(re.search("本学年|新学年", body))


def read_year(
    head: str, body: str, kind: PeriodKind, months: list[MonthReading]
) -> tuple[int | None, list[str]]:
    """The year the period begins in by its name (a school year: its first), and doubts."""
    for text in (head, body[:200]):
        if found := SPAN.search(text):
            return _number(found[1]), []
    named = [_number(found) for found in re.findall(YEAR, head)]
    if named and NEXT.search(head):
        year = named[-1] + 1
        return year, [f"标题说的是{named[-1]}年之后的一年，按{year}年读入。"]
    if named:
        doubt = [f"标题里有几个年份，按{named[-1]}年读入。"] if len(set(named)) > 1 else []
        return _shift(named[-1], kind, head + body, months), doubt
    return _year_of_body(body, kind, months)


def _year_of_body(body: str, kind: PeriodKind, months) -> tuple[int | None, list[str]]:
    weights = Counter(_number(year) for year in re.findall(YEAR + r"(?=\s*年|工作|工会)", body))
    for found in STRONG.finditer(body):
        weights[_number(found[1])] += 2
    for found in WEAK.finditer(body):
        for year in re.findall(YEAR, found[0]):
            weights[_number(year)] -= 1
    likely = [year for year, weight in weights.most_common() if weight > 0]
    if not likely:
        return None, []
    doubt = []
    if len(likely) > 1:
        others = "、".join(str(year) for year in sorted(likely[1:]))
        doubt = [f"标题没有年份，正文里提到{likely[0]}、{others}年，按{likely[0]}年读入。"]
    return _shift(likely[0], kind, body, months), doubt


def _shift(year: int, kind: PeriodKind, text: str, months: list[MonthReading]) -> int:
    """The second semester of a calendar year belongs to the school year begun before it."""
    if re.search(YEAR + r"\s*学年", text):
        return year
    if kind is PeriodKind.SEMESTER and _term(text, months) == 2:
        return year - 1
    return year


def _period(kind: PeriodKind, year: int, head: str, body: str, months) -> Period:
    if kind is PeriodKind.SEMESTER:
        return Period.semester(year, _term(head + body, months))
    if kind is PeriodKind.SCHOOL_YEAR:
        return Period.school_year(year)
    if kind is PeriodKind.HALF_YEAR:
        return Period.half(year, 1 if HALF.search(head)[1] == "上" else 2)
    return Period.year(year)


def _term(text: str, months: list[MonthReading]) -> int:
    if found := TERM.search(text):
        return 1 if next(filter(None, found.groups())) in FIRST_TERMS else 2
    named = {month for entry in months for month in entry.months}
    return 1 if len(named & TERM_MONTHS[1]) >= len(named & TERM_MONTHS[2]) and named else 2


def _number(year: str) -> int:
    return int("".join(c if c.isdigit() and c.isascii() else str(DIGITS.index(c)) for c in year))
