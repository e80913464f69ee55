"""Who reaches a round number of years at work or at the school, and who is new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from members.models import Member, User
from members.queries.comings import arrived_in
from members.queries.forecasts import at_work_on
from members.queries.roster import placed_in
from members.queries.visibility import visible_to
from members.rules.ages import years_before
from unionoffice.periods import Period, Precision

YEARS_AT_WORK = (10, 20, 25, 30, 35, 40)
YEARS_HERE = (5, 10, 15, 20, 25, 30, 35, 40)


@dataclass(frozen=True)
class Milestone:
    """`pk` is the member's; `began` is as exact as `precision`; `years` after that is the day."""

    pk: int
    years: int
    began: date
    precision: str


def milestones(
    user: User, column: str, years: tuple[int, ...], period: Period, today: date, group=None
) -> list[Milestone]:
    """Those at work at the end of the period (today, before that) who, so many years after the day
    in `column` (work_began, arrived), have the anniversary in the period. Most years first."""
    day = min(period.end, today)
    people = at_work_on(Member.objects.filter(visible_to(user)), day)
    people = placed_in(people, day, group).order_by()
    rows = people.filter(rounding(column, years, period))
    found = [
        Milestone(pk, number, began, precision)
        for pk, began, precision in rows.values_list("pk", column, f"{column}_precision")
        for number in years_rounded(began, precision, years, period)
    ]
    return sorted(found, key=lambda each: (-each.years, each.began, each.pk))


def rounding(column: str, years: Iterable[int], period: Period) -> Q:
    """The condition "the day in `column` is one of so many years before a day of the period": with
    some that years_rounded leaves out."""
    found = Q(pk__in=())
    for number in years:
        month, year = (_span(period, number, p) for p in (Precision.MONTH, Precision.YEAR))
        found |= Q(**{f"{column}__range": month})
        found |= Q(**{f"{column}_precision": Precision.YEAR, f"{column}__range": year})
    return found


def years_rounded(began: date, precision: str, years: Iterable[int], period: Period) -> list[int]:
    """Which of `years` are full in the period."""
    return [each for each in years if _within(began, _span(period, each, precision))]


def new_staff(user: User, period: Period, today: date, group=None) -> list[Milestone]:
    """Those whom the figure 新进教职工 counts, the first to come first."""
    people = arrived_in(Member.objects.filter(visible_to(user)), period)
    people = placed_in(people, min(period.end, today), group).order_by("arrived", "pk")
    rows = people.values_list("pk", "arrived", "arrived_precision")
    return [Milestone(pk, 0, arrived, precision) for pk, arrived, precision in rows]


def without_start(user: User, column: str, day: date, group=None) -> QuerySet[Member]:
    """Those at work on `day` of whom it isn't known since when."""
    people = at_work_on(Member.objects.filter(visible_to(user), **{column: None}), day)
    return placed_in(people, day, group)


def _span(period: Period, years: int, precision: str) -> tuple[date, date]:
    """The period `years` earlier, with a 29 February that only the earlier year has; from the
    beginning of the month or year, where no more is known than that: such a date is stored as the
    first day of it."""
    start = years_before(period.start, years)
    if precision == Precision.MONTH:
        start = start.replace(day=1)
    if precision == Precision.YEAR:
        start = start.replace(month=1, day=1)
    after = years_before(period.end + timedelta(days=1), years)
    return start, after - timedelta(days=1)


def _within(day: date, span: tuple[date, date]) -> bool:
    return span[0] <= day <= span[1]


@dataclass(frozen=True)
class Joy:
    """An occasion that another part of the office knows of, with the record that tells of it."""

    name: str
    place: str
    what: str
    day_text: str
    url: str


@dataclass(frozen=True)
class Share:
    """A page of milestones that an app above the roster gives: `path` takes (user, period) and
    gives a list of Joy. Only whoever has `permission` sees it."""

    label: str
    permission: str
    path: str


SHARES = {"joys": Share("结婚、生育", "welfare.view_visits", "welfare.milestones.joys")}


def shares_for(user: User) -> dict[str, str]:
    """name -> label of those that the user may see."""
    return {name: share.label for name, share in SHARES.items() if user.has_perm(share.permission)}


def share_of(name: str, user: User, period: Period) -> list[Joy]:
    return import_string(SHARES[name].path)(user, period)
