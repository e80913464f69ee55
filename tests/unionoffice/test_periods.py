"""Periods: what they span, how they are called, written and read back."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from unionoffice.errors import RuleBroken
from unionoffice.periods import (
    FORMS,
    Period,
    Precision,
    chinese_date,
    iso_date,
    last_day,
    period_choices,
)

SPANS = [
    ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年", "全年"),
    ("2026H1", date(2026, 1, 1), date(2026, 6, 30), "2026年上半年", "半年来"),
    ("2026H2", date(2026, 7, 1), date(2026, 12, 31), "2026年下半年", "半年来"),
    ("2026-2027", date(2026, 9, 1), date(2027, 8, 31), "2026—2027学年", "全学年"),
    ("2026-2027-1", date(2026, 9, 1), date(2027, 1, 31), "2026—2027学年第一学期", "本学期"),
    ("2026-2027-2", date(2027, 2, 1), date(2027, 8, 31), "2026—2027学年第二学期", "本学期"),
    (
        "2026-01-01..2026-08-31",
        date(2026, 1, 1),
        date(2026, 8, 31),
        "2026年1月至8月",
        "期间",
    ),
]
PERIODS = st.one_of(
    st.builds(Period.year, st.integers(1950, 2098)),
    st.builds(Period.half, st.integers(1950, 2098), st.sampled_from([1, 2])),
    st.builds(Period.school_year, st.integers(1950, 2098)),
    st.builds(Period.semester, st.integers(1950, 2098), st.sampled_from([1, 2])),
    st.builds(Period.month, st.integers(1950, 2098), st.integers(1, 12)),
)


@pytest.mark.parametrize(("text", "start", "end", "label", "word"), SPANS)
def test_a_period_is_read_from_its_text(text, start, end, label, word):
    period = Period.parse(f" {text} ")
    assert (period.start, period.end) == (start, end)
    assert (period.code, period.label, period.duration_word) == (text, label, word)


@given(PERIODS)
def test_a_period_reads_back_from_its_own_code(period):
    assert Period.parse(period.code) == period


@given(PERIODS)
def test_the_previous_period_ends_the_day_before_and_has_the_same_kind(period):
    previous = period.previous()
    assert previous.end == period.start - timedelta(days=1)
    assert previous.kind == period.kind


@given(PERIODS)
def test_a_period_contains_its_ends_and_nothing_beyond(period):
    day = timedelta(days=1)
    days = [period.start - day, period.start, period.end, period.end + day]
    assert [period.contains(d) for d in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2026", "2025"),
        ("2026H1", "2025H2"),
        ("2026H2", "2026H1"),
        ("2026-2027", "2025-2026"),
        ("2026-2027-1", "2025-2026-2"),
        ("2026-2027-2", "2026-2027-1"),
        ("2026-03-11..2026-03-20", "2026-03-01..2026-03-10"),
        ("2026-03-01..2026-03-31", "2026-02-01..2026-02-28"),
        ("2026-01-01..2026-02-28", "2025-11-01..2025-12-31"),
    ],
)
def test_previous_by_example(text, before):
    assert Period.parse(text).previous().code == before


@given(PERIODS)
def test_what_follows_a_period_has_it_before(period):
    following = period.following()
    assert following.start == period.end + timedelta(days=1)
    assert following.kind == period.kind
    assert following.previous() == period


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2026-02-01..2026-02-28", "2026年2月"),
        ("2026-02-01..2026-04-30", "2026年2月至4月"),
        ("2025-11-01..2026-01-31", "2025年11月至2026年1月"),
        ("2026-02-01..2026-02-27", "2026年2月1日至2026年2月27日"),
    ],
)
def test_whole_months_are_named_as_months(text, label):
    assert Period.parse(text).label == label


def test_a_period_is_over_once_its_last_day_is():
    today = timezone.localdate()
    assert not Period.parse(f"2020-01-01..{today}").is_over
    assert Period.parse(f"2020-01-01..{today - timedelta(days=1)}").is_over


@pytest.mark.parametrize(
    "text",
    [
        "",
        "今年",
        "26",
        "2026H3",
        "2026-2028",
        "2026-2027-3",
        "2026-13",
        "2026-02-30..2026-03-01",
        "0000",
    ],
)
def test_nonsense_is_answered_with_the_forms_that_are_read(text):
    with pytest.raises(RuleBroken) as refused:
        Period.parse(text)
    assert str(refused.value) == f"看不懂期间“{text}”，{FORMS}。"


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(RuleBroken) as refused:
        Period.parse("2026-08-31..2026-01-01")
    assert str(refused.value) == "起始日期 2026-08-31 晚于结束日期 2026-01-01，对调一下。"


def test_ten_years_are_a_period_and_a_day_more_is_not():
    assert Period.parse("2016-01-01..2026-01-01").start == date(2016, 1, 1)
    with pytest.raises(RuleBroken) as refused:
        Period.parse("2016-01-01..2026-01-02")
    assert str(refused.value) == ("2016-01-01 到 2026-01-02 太长，一段期间最多 10 年，分几段看。")


def test_the_address_names_the_period_and_this_year_stands_in_for_none():
    assert Period.from_query(QueryDict("period=2025H1")) == Period.half(2025, 1)
    assert Period.from_query(QueryDict("")) == Period.current()
    assert Period.from_query(QueryDict("period=+")) == Period.current()
    with pytest.raises(RuleBroken):
        Period.from_query(QueryDict("period=x"))


def test_the_months_of_a_semester_cross_the_new_year():
    assert Period.semester(2026, 1).months() == [
        (2026, 9),
        (2026, 10),
        (2026, 11),
        (2026, 12),
        (2027, 1),
    ]


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        (date(2026, 3, 8), ["2026", "2025", "2025-2026", "2025-2026-2", "2026H1"]),
        (date(2026, 9, 1), ["2026", "2025", "2026-2027", "2026-2027-1", "2026H2"]),
    ],
)
def test_the_periods_offered_fit_the_day(today, codes):
    chosen = Period.year(today.year)
    assert [p.code for p in period_choices(today, chosen)] == codes


def test_the_chosen_period_is_always_among_those_offered():
    codes = [p.code for p in period_choices(date(2026, 3, 8), Period.year(2019))]
    assert codes == ["2026", "2025", "2025-2026", "2025-2026-2", "2026H1", "2019"]


@pytest.mark.parametrize(
    ("precision", "chinese", "iso"),
    [
        (Precision.YEAR, "2026年", "2026"),
        (Precision.MONTH, "2026年3月", "2026-03"),
        (Precision.DAY, "2026年3月8日", "2026-03-08"),
        (Precision.MINUTE, "2026年3月8日", "2026-03-08"),
    ],
)
def test_only_what_is_known_of_a_date_is_printed(precision, chinese, iso):
    assert chinese_date(date(2026, 3, 8), precision) == chinese
    assert iso_date(date(2026, 3, 8), precision) == iso


def test_an_unknown_date_is_empty():
    assert iso_date(None) == ""


def test_the_last_day_of_february_follows_the_leap_year():
    assert [last_day(2026, 2), last_day(2028, 2)] == [date(2026, 2, 28), date(2028, 2, 29)]
