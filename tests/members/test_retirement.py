"""The statutory age against the tables of the decision of 13 September 2024, month by month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.choices import Gender, RetirementLine
from members.rules.retirement import (
    LAWS,
    Line,
    births_retiring,
    early_warning,
    forecast,
    last_birth_retired,
    month_number,
    months_text,
    paid_in_months,
    retirement,
    whole_years,
)
from unionoffice.periods import Period, Precision, add_months

# Each step of the annexed tables: the first month of birth of the step, the age (years-months), the
# month of retirement of who was born in that first month.
MEN = """
    1965-01 60-1 2025-02; 1965-05 60-2 2025-07; 1965-09 60-3 2025-12; 1966-01 60-4 2026-05
    1966-05 60-5 2026-10; 1966-09 60-6 2027-03; 1967-01 60-7 2027-08; 1967-05 60-8 2028-01
    1967-09 60-9 2028-06; 1968-01 60-10 2028-11; 1968-05 60-11 2029-04; 1968-09 61-0 2029-09
    1969-01 61-1 2030-02; 1969-05 61-2 2030-07; 1969-09 61-3 2030-12; 1970-01 61-4 2031-05
    1970-05 61-5 2031-10; 1970-09 61-6 2032-03; 1971-01 61-7 2032-08; 1971-05 61-8 2033-01
    1971-09 61-9 2033-06; 1972-01 61-10 2033-11; 1972-05 61-11 2034-04; 1972-09 62-0 2034-09
    1973-01 62-1 2035-02; 1973-05 62-2 2035-07; 1973-09 62-3 2035-12; 1974-01 62-4 2036-05
    1974-05 62-5 2036-10; 1974-09 62-6 2037-03; 1975-01 62-7 2037-08; 1975-05 62-8 2038-01
    1975-09 62-9 2038-06; 1976-01 62-10 2038-11; 1976-05 62-11 2039-04; 1976-09 63-0 2039-09
"""
WOMEN_55 = """
    1970-01 55-1 2025-02; 1970-05 55-2 2025-07; 1970-09 55-3 2025-12; 1971-01 55-4 2026-05
    1971-05 55-5 2026-10; 1971-09 55-6 2027-03; 1972-01 55-7 2027-08; 1972-05 55-8 2028-01
    1972-09 55-9 2028-06; 1973-01 55-10 2028-11; 1973-05 55-11 2029-04; 1973-09 56-0 2029-09
    1974-01 56-1 2030-02; 1974-05 56-2 2030-07; 1974-09 56-3 2030-12; 1975-01 56-4 2031-05
    1975-05 56-5 2031-10; 1975-09 56-6 2032-03; 1976-01 56-7 2032-08; 1976-05 56-8 2033-01
    1976-09 56-9 2033-06; 1977-01 56-10 2033-11; 1977-05 56-11 2034-04; 1977-09 57-0 2034-09
    1978-01 57-1 2035-02; 1978-05 57-2 2035-07; 1978-09 57-3 2035-12; 1979-01 57-4 2036-05
    1979-05 57-5 2036-10; 1979-09 57-6 2037-03; 1980-01 57-7 2037-08; 1980-05 57-8 2038-01
    1980-09 57-9 2038-06; 1981-01 57-10 2038-11; 1981-05 57-11 2039-04; 1981-09 58-0 2039-09
"""
WOMEN_50 = """
    1975-01 50-1 2025-02; 1975-03 50-2 2025-05; 1975-05 50-3 2025-08; 1975-07 50-4 2025-11
    1975-09 50-5 2026-02; 1975-11 50-6 2026-05; 1976-01 50-7 2026-08; 1976-03 50-8 2026-11
    1976-05 50-9 2027-02; 1976-07 50-10 2027-05; 1976-09 50-11 2027-08; 1976-11 51-0 2027-11
    1977-01 51-1 2028-02; 1977-03 51-2 2028-05; 1977-05 51-3 2028-08; 1977-07 51-4 2028-11
    1977-09 51-5 2029-02; 1977-11 51-6 2029-05; 1978-01 51-7 2029-08; 1978-03 51-8 2029-11
    1978-05 51-9 2030-02; 1978-07 51-10 2030-05; 1978-09 51-11 2030-08; 1978-11 52-0 2030-11
    1979-01 52-1 2031-02; 1979-03 52-2 2031-05; 1979-05 52-3 2031-08; 1979-07 52-4 2031-11
    1979-09 52-5 2032-02; 1979-11 52-6 2032-05; 1980-01 52-7 2032-08; 1980-03 52-8 2032-11
    1980-05 52-9 2033-02; 1980-07 52-10 2033-05; 1980-09 52-11 2033-08; 1980-11 53-0 2033-11
    1981-01 53-1 2034-02; 1981-03 53-2 2034-05; 1981-05 53-3 2034-08; 1981-07 53-4 2034-11
    1981-09 53-5 2035-02; 1981-11 53-6 2035-05; 1982-01 53-7 2035-08; 1982-03 53-8 2035-11
    1982-05 53-9 2036-02; 1982-07 53-10 2036-05; 1982-09 53-11 2036-08; 1982-11 54-0 2036-11
    1983-01 54-1 2037-02; 1983-03 54-2 2037-05; 1983-05 54-3 2037-08; 1983-07 54-4 2037-11
    1983-09 54-5 2038-02; 1983-11 54-6 2038-05; 1984-01 54-7 2038-08; 1984-03 54-8 2038-11
    1984-05 54-9 2039-02; 1984-07 54-10 2039-05; 1984-09 54-11 2039-08; 1984-11 55-0 2039-11
"""
ANNEX = {Line.MEN: (MEN, 4), Line.WOMEN_55: (WOMEN_55, 4), Line.WOMEN_50: (WOMEN_50, 2)}
BEFORE = {Line.MEN: 60, Line.WOMEN_55: 55, Line.WOMEN_50: 50}
MOST = {Line.MEN: 36, Line.WOMEN_55: 36, Line.WOMEN_50: 60}
LINES = st.sampled_from(list(Line))
BIRTHS = st.dates(date(1930, 1, 1), date(2010, 12, 31))


def month(text: str) -> date:
    return date(*map(int, text.split("-")), 1)


def rows_of(line: Line) -> list[tuple[Line, date, int, int, date]]:
    """(line, month of birth, age in months, delay, month of retirement) for each month of a table."""
    table, months = ANNEX[line]
    rows = []
    steps = table.replace("\n", ";").split(";")
    for number, step in enumerate((text.split() for text in steps if text.strip()), start=1):
        years, rest = map(int, step[1].split("-"))
        for offset in range(months):
            born, retires = add_months(month(step[0]), offset), add_months(month(step[2]), offset)
            rows.append((line, born, 12 * years + rest, number, retires))
    return rows


ALL_ROWS = [row for line in Line for row in rows_of(line)]


def test_the_tables_have_all_their_rows():
    assert [len(rows_of(line)) for line in Line] == [144, 144, 120]


@pytest.mark.parametrize(("line", "born", "age", "delay", "retires"), ALL_ROWS)
def test_every_month_of_the_annex_gives_its_age_and_its_month(line, born, age, delay, retires):
    found = retirement(line, born)
    assert (found.age, found.delay, found.day) == (age, delay, retires)
    assert found.law == LAWS[-1]


# What stands in the published tables, copied one by one
@pytest.mark.parametrize(
    ("line", "born", "age", "retires"),
    [
        (Line.MEN, "1965-04", (60, 1), "2025-05"),
        (Line.MEN, "1965-05", (60, 2), "2025-07"),
        (Line.MEN, "1970-01", (61, 4), "2031-05"),
        (Line.MEN, "1976-09", (63, 0), "2039-09"),
        (Line.MEN, "1976-12", (63, 0), "2039-12"),
        (Line.WOMEN_55, "1971-04", (55, 4), "2026-08"),
        (Line.WOMEN_55, "1975-01", (56, 4), "2031-05"),
        (Line.WOMEN_55, "1981-12", (58, 0), "2039-12"),
        (Line.WOMEN_50, "1975-03", (50, 2), "2025-05"),
        (Line.WOMEN_50, "1980-01", (52, 7), "2032-08"),
        (Line.WOMEN_50, "1984-11", (55, 0), "2039-11"),
    ],
)
def test_rows_that_everyone_quotes(line, born, age, retires):
    found = retirement(line, month(born))
    assert (divmod(found.age, 12), found.day) == (age, month(retires))


@pytest.mark.parametrize(
    ("line", "born"),
    [(Line.MEN, "1964-12"), (Line.WOMEN_55, "1969-12"), (Line.WOMEN_50, "1974-12")],
)
def test_who_reached_the_age_before_2025_retires_at_the_age_of_before(line, born):
    found = retirement(line, month(born))
    assert found.day == date(2024, 12, 1)
    assert (found.delay, found.earliest, found.latest) == (0, found.day, found.day)
    assert "国发〔1978〕104号" in found.law.name


@pytest.mark.parametrize(
    ("line", "born", "age"),
    [(Line.MEN, "1990-06", 63), (Line.WOMEN_55, "1995-06", 58), (Line.WOMEN_50, "2000-06", 55)],
)
def test_who_is_past_the_tables_retires_at_the_age_at_their_end(line, born, age):
    assert retirement(line, month(born)).age == 12 * age


@given(LINES, BIRTHS)
def test_the_age_is_never_below_the_one_before_nor_past_the_end_of_the_table(line, birth):
    found = retirement(line, birth)
    assert 0 <= found.delay <= MOST[line]
    assert found.age == 12 * BEFORE[line] + found.delay


@given(LINES, BIRTHS, BIRTHS)
def test_who_is_born_later_never_retires_earlier(line, one, other):
    first, second = sorted((one, other))
    assert retirement(line, first).day <= retirement(line, second).day


@given(LINES, BIRTHS)
def test_the_flexible_days_lie_within_three_years_and_not_before_the_age_of_before(line, birth):
    found = retirement(line, birth)
    assert add_months(birth, 12 * BEFORE[line]) <= found.earliest <= found.day <= found.latest
    assert found.earliest >= add_months(birth, found.age - 36)
    assert found.latest <= add_months(birth, found.age + 36)


@given(LINES, st.dates(date(2020, 1, 1), date(2050, 12, 31)), st.integers(0, 40))
def test_the_births_found_for_a_period_are_those_whose_month_lies_in_it(line, start, months):
    period = Period.month(start.year, start.month)
    period = Period(period.kind, period.start, add_months(period.end.replace(day=28), months))
    found = births_retiring(line, period.start, period.end)
    first, last = month_number(period.start) - 63 * 12, month_number(period.end) - 50 * 12
    births = [date(n // 12, n % 12 + 1, 1) for n in range(first - 12, last + 12)]
    inside = [b for b in births if _retires_in(line, b, period)]
    assert [b for b in births if found and found[0] <= b <= found[1]] == inside


def _retires_in(line: Line, birth: date, period: Period) -> bool:
    return (
        month_number(period.start)
        <= month_number(retirement(line, birth).day)
        <= month_number(period.end)
    )


def test_nobody_reaches_the_age_in_a_month_that_the_tables_leave_out():
    assert births_retiring(Line.MEN, date(2025, 1, 1), date(2025, 1, 31)) is None
    assert births_retiring(Line.MEN, date(2025, 6, 1), date(2025, 6, 30)) is None
    assert births_retiring(Line.MEN, date(2025, 2, 9), date(2025, 2, 9)) == (
        date(1965, 1, 1),
        date(1965, 1, 31),
    )


def test_the_last_birth_that_has_reached_the_age_is_found_in_a_month_left_out_too():
    assert last_birth_retired(Line.MEN, date(2025, 6, 20)) == date(1965, 4, 30)
    assert last_birth_retired(Line.WOMEN_50, date(2025, 2, 1)) == date(1975, 1, 31)


def test_a_day_that_the_month_of_retirement_lacks_becomes_its_last():
    assert retirement(Line.MEN, date(1965, 1, 31)).day == date(2025, 2, 28)


def test_a_birth_known_to_the_month_gives_a_month_and_its_flexible_span():
    found = forecast(Gender.MALE, "", date(1967, 3, 1), Precision.MONTH)
    assert (found.day_text, found.age_text) == ("2027年10月", "60 岁 7 个月")
    assert (found.early_text, found.late_text) == ("2027年3月", "2030年10月")


def test_a_birth_known_to_the_year_gives_a_span():
    found = forecast(Gender.MALE, "", date(1966, 1, 1), Precision.YEAR)
    assert found.day_text == "2026年5月到2027年6月"
    assert found.age_text == "60 岁 4 个月到60 岁 6 个月"


def test_a_birth_known_to_the_day_gives_the_day():
    found = forecast(Gender.FEMALE, "50", date(1976, 8, 9), Precision.DAY)
    assert (found.day_text, found.age_text) == ("2027年6月9日", "50 岁 10 个月")
    assert found.early_text == "2026年8月9日"
    assert found.late_text == "2030年6月9日"
    assert not found.assumed


def test_a_woman_without_a_line_counts_as_fifty_five_and_it_is_told():
    found = forecast(Gender.FEMALE, "", date(1971, 4, 5), Precision.DAY)
    assert (found.day_text, found.assumed) == ("2026年8月5日", True)
    assert forecast(Gender.FEMALE, RetirementLine.FIFTY_FIVE, date(1971, 4, 5), "day") == (
        type(found)(found.first, found.last, "day", assumed=False)
    )
    assert not forecast(Gender.MALE, "", date(1971, 4, 5), "day").assumed


@pytest.mark.parametrize(("gender", "birth"), [("", date(1970, 1, 1)), (Gender.MALE, None)])
def test_without_a_birth_or_a_gender_nothing_is_told(gender, birth):
    assert forecast(gender, "", birth, Precision.DAY) is None


@pytest.mark.parametrize(
    ("year", "text"),
    [
        (2025, "15 年"),
        (2029, "15 年"),
        (2030, "15 年 6 个月"),
        (2031, "16 年"),
        (2038, "19 年 6 个月"),
        (2039, "20 年"),
        (2045, "20 年"),
    ],
)
def test_the_years_to_pay_in_rise_by_half_a_year_from_2030_to_twenty(year, text):
    assert months_text(paid_in_months(year)) == text


def test_whole_years_are_counted_on_the_day():
    assert whole_years(date(1996, 9, 1), date(2026, 8, 31)) == 29
    assert whole_years(date(1996, 9, 1), date(2026, 9, 1)) == 30
    assert whole_years(None, date(2026, 9, 1)) is None
    assert whole_years(date(2027, 1, 1), date(2026, 9, 1)) is None


def test_a_retirement_more_than_a_year_before_the_earliest_day_is_warned_of():
    told = forecast(Gender.MALE, "", date(1980, 3, 8), Precision.DAY)
    assert told.first.earliest == date(2040, 3, 8)
    assert early_warning(told, date(2039, 3, 7)) == (
        "按出生日期，最早可退的时间是2040年3月8日，2039年3月7日早了一年以上。"
        "核对出生日期、退休年龄和这次的日期；内退、因病或者特殊工种提前退的，照常登记。"
    )
    assert early_warning(told, date(2039, 3, 8)) == ""
    assert early_warning(None, date(2039, 3, 8)) == ""
