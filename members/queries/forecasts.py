"""Whose day is ahead: who reaches the statutory age, and whose birthday it is."""

from calendar import isleap
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from members.choices import EmploymentStatus, Gender, MembershipExit, MembershipStatus
from members.models import Employment, Member, Membership, User
from members.queries.roster import placed_in, with_places
from members.queries.visibility import visible_to
from members.rules.retirement import (
    Forecast,
    Line,
    births_retiring,
    forecast,
    last_birth_retired,
)
from unionoffice.periods import Period, PeriodKind, Precision, last_day

AT_WORK = (EmploymentStatus.WORKING, EmploymentStatus.EARLY_RETIRED)
LINES = {
    Line.MEN: Q(gender=Gender.MALE),
    Line.WOMEN_55: Q(gender=Gender.FEMALE) & ~Q(retirement_line=Line.WOMEN_50),
    Line.WOMEN_50: Q(gender=Gender.FEMALE, retirement_line=Line.WOMEN_50),
}
UNTOLD = Q(birth=None) | Q(gender="")
TOLD_OF = ("pk", "gender", "retirement_line", "birth", "birth_precision")
COLUMNS = (
    *TOLD_OF,
    "name",
    "pinyin",
    "staff_no",
    "title",
    "phone",
    "group_name",
    "department_name",
    "employment_status",
    "work_began",
    "work_began_precision",
    "arrived",
    "arrived_precision",
)


def at_work_on(members: QuerySet[Member], day: date) -> QuerySet[Member]:
    """Those who work here on `day`, 内退 among them; who has no employment recorded counts as long
    as the 会籍 is a full one. Who has died is nowhere."""
    employed, enrolled = _on(Employment, day), _on(Membership, day)
    active = enrolled.filter(status=MembershipStatus.ACTIVE)
    working = employed.filter(status__in=AT_WORK)
    here = Q(Exists(working)) | Q(Exists(active)) & ~Q(Exists(employed))
    return members.filter(here, alive_on(day))


def greeted_on(members: QuerySet[Member], day: date) -> QuerySet[Member]:
    """Whom the union wishes a happy birthday: every 会员, the retired too."""
    left = _on(Employment, day).filter(status=EmploymentStatus.LEFT)
    return members.filter(Exists(_on(Membership, day)), ~Exists(left), alive_on(day))


def alive_on(day: date) -> Q:
    died = Membership.objects.filter(exit=MembershipExit.DIED, end__lte=day)
    return ~Q(Exists(died.filter(member=OuterRef("pk")).order_by()))


def _on(model: type[Model], day: date) -> QuerySet:
    """The row of each member that is in force on `day`."""
    return model.objects.on(day).filter(member=OuterRef("pk")).order_by()


@dataclass(frozen=True)
class Reached:
    """Someone who reaches the age, and when, if that can be told. `pk` is the member's."""

    pk: int
    forecast: Forecast | None


@dataclass(frozen=True)
class Retiring:
    """`due`: who reaches the age in the period; `over`: who has reached it and still works here;
    `unknown`: whose day can't be told. The first two in order of the day, the last by name."""

    due: list[Reached]
    over: list[Reached]
    unknown: list[Reached]


def retiring(user: User, today: date, period: Period, group=None, department=None) -> Retiring:
    """Those at work today, by when they reach the age. The period counts in whole months."""
    people = at_work_on(Member.objects.filter(visible_to(user)), today).order_by()
    people = placed_in(people, today, group, department)
    asked = people.filter(reaching(period) | _reached(today) | UNTOLD)
    rows = asked.order_by("pinyin", "pk").values_list(*TOLD_OF)
    found = [Reached(row[0], forecast(*row[1:])) for row in rows]
    told = [each for each in found if each.forecast]
    told.sort(key=lambda each: each.forecast.first.day)
    months = set(period.months())
    return Retiring(
        due=[each for each in told if _months(each.forecast) & months],
        over=[each for each in told if passed(each.forecast) <= today],
        unknown=[each for each in found if each.forecast is None],
    )


def reaching(period: Period) -> Q:
    """The condition "reaches the age in a month of the period", as days of birth."""
    condition = Q(pk__in=())
    for line, people in LINES.items():
        if births := births_retiring(line, period.start, period.end):
            condition |= people & _born_between(*births)
    return condition


def _reached(today: date) -> Q:
    """The condition "reaches the age this month or has before"."""
    condition = Q(pk__in=())
    for line, people in LINES.items():
        condition |= people & Q(birth__lte=last_birth_retired(line, today))
    return condition


def _born_between(first: date, last: date) -> Q:
    """Whole months; who is known by the year only, may have been born in any month of it."""
    known = ~Q(birth_precision=Precision.YEAR) & Q(birth__range=(first, last))
    year = Q(birth_precision=Precision.YEAR, birth__range=(first.replace(month=1, day=1), last))
    return known | year


def _months(told: Forecast) -> set[tuple[int, int]]:
    """The months in which the day may lie."""
    return set(Period(PeriodKind.FREE, told.first.day, told.last.day).months())


def passed(told: Forecast) -> date:
    """The last day that the day may be."""
    if told.precision == Precision.DAY:
        return told.last.day
    return last_day(told.last.day.year, told.last.day.month)


def people_by_key(keys: Collection[int], day: date) -> dict[int, dict]:
    """What lists show of these people, with the places of `day`."""
    people = with_places(Member.objects.filter(pk__in=keys), day)
    return {person["pk"]: person for person in people.order_by().values(*COLUMNS)}


class MonthDay(Func):
    """03-08: what a date has in common with its anniversaries, as text that can be compared."""

    function = "TO_CHAR"
    template = "%(function)s(%(expressions)s, 'MM-DD')"
    output_field = CharField()

    def as_sqlite(self, compiler, connection, **context):
        template = "SUBSTR(%(expressions)s, 6, 5)"
        return super().as_sql(compiler, connection, template=template, **context)


def birthday_in(year: int, birth: date) -> date:
    """The day on which it is kept: the 28th in a year without 29 February."""
    leap_day = (birth.month, birth.day) == (2, 29) and not isleap(year)
    return date(year, 2, 28) if leap_day else birth.replace(year=year)


def next_birthday(birth: date, day: date) -> date:
    """The first birthday on `day` or after it."""
    this_year = birthday_in(day.year, birth)
    return this_year if this_year >= day else birthday_in(day.year + 1, birth)


def birthdays(user: User, today: date, first: date, last: date, group=None) -> QuerySet[Member]:
    """The 会员 of today whose birthday is kept from `first` to `last` (less than a year), in that
    order and with the places of today; those known to the month alone where the days are a whole
    month, at the end."""
    people = greeted_on(Member.objects.filter(visible_to(user)), today)
    people = placed_in(people.annotate(month_day=MonthDay("birth")), today, group)
    kept = Q(birth_precision=Precision.DAY) & kept_between(first, last)
    if first.day == 1 and last == last_day(first.year, first.month):
        kept |= Q(birth_precision=Precision.MONTH, month_day=f"{first:%m-%d}")
    this_year = When(month_day__gte=f"{first:%m-%d}", then=Value(0))
    in_order = (Case(this_year, default=Value(1)), "month_day", "pinyin", "pk")
    return with_places(people.filter(kept), today).order_by("birth_precision", *in_order)


def by_group(people: QuerySet[Member]) -> QuerySet[Member]:
    """Put together by 工会小组, those of none at the end; within a group the order stays."""
    groups = (F("placed__group__order").asc(nulls_last=True), "placed__group")
    return people.order_by(*groups, *people.query.order_by)


def kept_between(first: date, last: date) -> Q:
    """The condition on `month_day`; 29 February belongs to the 28th in a year that lacks it."""
    start, end = f"{first:%m-%d}", f"{last:%m-%d}"
    if end == "02-28" and (last + timedelta(days=1)).month == 3:
        end = "02-29"
    if start <= end:
        return Q(month_day__range=(start, end))
    return Q(month_day__gte=start) | Q(month_day__lte=end)


def without_birthday(user: User, today: date) -> QuerySet[Member]:
    """The 会员 of whom no day of birth is known."""
    people = greeted_on(Member.objects.filter(visible_to(user)), today)
    return people.filter(Q(birth=None) | Q(birth_precision=Precision.YEAR))
