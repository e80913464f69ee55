"""When someone reaches the statutory age for retirement: the law as a table, with its source. Pure.

Ages and delays are whole months. A month is also a number here: 12 × year + month - 1.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache

from members.choices import Gender, RetirementLine
from members.rules.ages import age_on
from unionoffice.periods import (
    Period,
    PeriodKind,
    Precision,
    add_months,
    chinese_date,
    last_day,
)

YEAR = 12
WELL_BEFORE = 12  # months before the earliest day: a slip rather than a decision


class Line(StrEnum):
    """A table of the law: whose age it tells."""

    MEN = "men"
    WOMEN_55 = RetirementLine.FIFTY_FIVE.value
    WOMEN_50 = RetirementLine.FIFTY.value


@dataclass(frozen=True)
class Ages:
    """One table: from `age` years on, a month later for every `step` months of birth, `most` months
    later at the end of it."""

    age: int
    step: int = 1
    most: int = 0


@dataclass(frozen=True)
class Law:
    """In force for whoever reaches the age of before on or after `since`. `flexible`: how many years
    someone may go earlier (not before the age of before) or, by agreement, later."""

    since: date
    name: str
    ages: dict[Line, Ages]
    flexible: int = 0


LAWS = (
    Law(
        since=date(1978, 6, 2),
        name="国务院关于安置老弱病残干部的暂行办法、关于工人退休退职的暂行办法（国发〔1978〕104号）",
        ages={Line.MEN: Ages(60), Line.WOMEN_55: Ages(55), Line.WOMEN_50: Ages(50)},
    ),
    Law(
        since=date(2025, 1, 1),
        name="全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定（2024年9月13日通过，2025年1月1日起施行）及所附对照表",
        ages={
            Line.MEN: Ages(60, step=4, most=36),
            Line.WOMEN_55: Ages(55, step=4, most=36),
            Line.WOMEN_50: Ages(50, step=2, most=60),
        },
        flexible=3,
    ),
)
LATEST_LAW = LAWS[-1]
# how long someone must have paid in, for a pension that begins in the year (in months): the same law
PAID_IN, PAID_IN_RISES, PAID_IN_STEP, PAID_IN_MOST = 15 * YEAR, 2030, 6, 20 * YEAR


def month_number(day: date) -> int:
    return YEAR * day.year + day.month - 1


def month_of(number: int) -> date:
    """The first day of the month."""
    return date(number // YEAR, number % YEAR + 1, 1)


def months_ahead(today: date, months: int) -> Period:
    """This month and those after it, `months` of them."""
    last = add_months(today.replace(day=1), months - 1)
    return Period(PeriodKind.FREE, today.replace(day=1), last_day(last.year, last.month))


def line_of(gender: str, retirement_line: str) -> Line | None:
    """The table that holds for someone. A woman whose line isn't recorded counts as 原 55 岁, as
    teachers do; without a gender nothing can be told."""
    if gender == Gender.FEMALE:
        return Line(retirement_line or RetirementLine.FIFTY_FIVE)
    return Line.MEN if gender == Gender.MALE else None


@dataclass(frozen=True)
class Retirement:
    """What the law says for one birth. Days as exact as the birth."""

    line: Line
    birth: date
    law: Law
    delay: int  # months later than before

    @property
    def base(self) -> int:
        """The age of before, in months."""
        return YEAR * self.law.ages[self.line].age

    @property
    def age(self) -> int:
        """The statutory age, in months."""
        return self.base + self.delay

    @cached_property
    def day(self) -> date:
        return add_months(self.birth, self.age)

    @property
    def earliest(self) -> date:
        """By flexible retirement: some years earlier, not before the age of before."""
        return add_months(self.birth, max(self.base, self.age - YEAR * self.law.flexible))

    @property
    def latest(self) -> date:
        return add_months(self.birth, self.age + YEAR * self.law.flexible)


def retirement(line: Line, birth: date) -> Retirement:
    """By the law that is in force when someone reaches the age of before."""
    reached = month_number(birth) + YEAR * LAWS[0].ages[line].age
    law = next((law for law in reversed(LAWS) if month_number(law.since) <= reached), LAWS[0])
    return Retirement(line, birth, law, delay(law.ages[line], reached - month_number(law.since)))


def delay(ages: Ages, months: int) -> int:
    """How many months later someone goes who reaches the age `months` after the law came in."""
    return max(0, min(months // ages.step + 1, ages.most))


@lru_cache(maxsize=64)
def births_retiring(line: Line, start: date, end: date) -> tuple[date, date] | None:
    """From which day to which someone was born who reaches the age in a month of `start` to `end`;
    None for nobody: the tables leave out a month here and there."""
    wanted = range(month_number(start), month_number(end) + 1)
    ages = LATEST_LAW.ages[line]
    oldest, youngest = wanted[0] - YEAR * ages.age - ages.most, wanted[-1] - YEAR * ages.age
    births = [
        birth
        for birth in range(oldest, youngest + 1)
        if month_number(retirement(line, month_of(birth)).day) in wanted
    ]
    if not births:
        return None
    last = month_of(births[-1])
    return month_of(births[0]), last_day(last.year, last.month)


def last_birth_retired(line: Line, day: date) -> date:
    """The last day of birth of those who reach the age in the month of `day` or before it."""
    return births_retiring(line, add_months(day, -YEAR), day)[1]


def paid_in_months(year: int) -> int:
    """The fewest months of contributions for a pension that begins in the year."""
    rises = max(0, year - PAID_IN_RISES + 1) * PAID_IN_STEP
    return min(PAID_IN + rises, PAID_IN_MOST)


@dataclass(frozen=True)
class Forecast:
    """When someone reaches the age, as far as the birth is known: `first` and `last` differ where
    only its year is. `assumed`: a woman whose line isn't recorded."""

    first: Retirement
    last: Retirement
    precision: str
    assumed: bool

    @property
    def law(self) -> str:
        return self.first.law.name

    @property
    def day_text(self) -> str:
        return self._span(self.first.day, self.last.day)

    @property
    def age_text(self) -> str:
        """60 岁 3 个月; 60 岁 3 个月到 60 岁 6 个月."""
        ages = dict.fromkeys((years_text(self.first.age), years_text(self.last.age)))
        return "到".join(ages)

    @property
    def flexible(self) -> bool:
        return self.first.law.flexible > 0

    @property
    def early_text(self) -> str:
        return self._span(self.first.earliest, self.last.earliest)

    @property
    def late_text(self) -> str:
        return self._span(self.first.latest, self.last.latest)

    @property
    def paid_in_text(self) -> str:
        """What an early retirement takes: 15 年, in the year of the earliest day."""
        return months_text(paid_in_months(self.first.earliest.year))

    def _span(self, first: date, last: date) -> str:
        """A day, a month, or from month to month: as much as the birth tells."""
        if self.precision == Precision.DAY:
            return chinese_date(first)
        days = dict.fromkeys(chinese_date(day, Precision.MONTH) for day in (first, last))
        return "到".join(days)


def forecast(gender: str, retirement_line: str, birth: date | None, precision: str):
    """The Forecast for what the roster says of someone; None where it doesn't say enough."""
    line = line_of(gender, retirement_line)
    if line is None or birth is None:
        return None
    first = last = retirement(line, birth)
    if precision == Precision.YEAR:
        last = retirement(line, birth.replace(month=YEAR))
    assumed = line == Line.WOMEN_55 and not retirement_line
    return Forecast(first, last, precision, assumed)


def early_warning(told: Forecast | None, since: date) -> str:
    """What to look at when someone is said to retire well before the earliest day; "" when not."""
    if told is None or add_months(since, WELL_BEFORE) >= told.first.earliest:
        return ""
    return (
        f"按出生日期，最早可退的时间是{told.early_text}，{chinese_date(since)}早了一年以上。"
        "核对出生日期、退休年龄和这次的日期；内退、因病或者特殊工种提前退的，照常登记。"
    )


def years_text(months: int) -> str:
    """60 岁 3 个月."""
    years, rest = divmod(months, YEAR)
    return f"{years} 岁 {rest} 个月" if rest else f"{years} 岁"


def months_text(months: int) -> str:
    """15 年 6 个月."""
    years, rest = divmod(months, YEAR)
    return f"{years} 年 {rest} 个月" if rest else f"{years} 年"


def whole_years(start: date | None, until: date) -> int | None:
    """How many years have passed: 工龄, 教龄."""
    return None if start is None or start > until else age_on(until, start)
