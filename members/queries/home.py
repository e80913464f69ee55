"""What of the roster stands on the home page: one statement for all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import TruncDate

from members.models import Member, Term, User
from members.queries.comings import arrived_in
from members.queries.corrections import waiting_corrections
from members.queries.forecasts import (
    MonthDay,
    at_work_on,
    greeted_on,
    kept_between,
    next_birthday,
    passed,
    reaching,
)
from members.queries.membership import waiting_applications
from members.queries.milestones import YEARS_AT_WORK, rounding, years_rounded
from members.queries.visibility import visible_to, with_whole_roster
from members.rules.retirement import forecast
from members.rules.terms import WARN_MONTHS
from unionoffice.kept import kept
from unionoffice.periods import Period, Precision, add_months


class Kind(IntEnum):
    """What a row of the statement tells of."""

    BIRTHDAY = 1
    RETIREMENT = 2
    APPLICATION = 3
    CORRECTION = 4
    TERM = 5
    OVER = 6
    YEARS = 7
    NEW = 8


SEEN_WITH = {
    Kind.BIRTHDAY: "members.view_members",
    Kind.RETIREMENT: "members.view_forecasts",
    Kind.APPLICATION: "members.move_members",
    Kind.CORRECTION: "members.manage_members",
    Kind.TERM: "members.manage_terms",
    Kind.OVER: "members.move_members",
    Kind.YEARS: "members.view_forecasts",
    Kind.NEW: "members.view_forecasts",
}
PERSON = ("name", "gender", "retirement_line", "birth", "birth_precision")
OTHER = ("who", "blank_gender", "blank_line", "day", "blank_precision")
BLANK = Value("", CharField())
BLANKS = dict.fromkeys(("blank_gender", "blank_line", "blank_precision"), BLANK)


@dataclass(frozen=True)
class Days:
    """Which the page tells of: birthdays until `last`, retirements within `months`, those within
    `past` that nobody recorded, round years at work and new colleagues within `month`."""

    today: date
    last: date
    months: Period
    past: Period
    month: Period


@dataclass(frozen=True)
class OnHome:
    """(the day, the name) of whose day comes next and of who asked for something, the earliest
    first; who is past the age and still works here; who has how many years full (most first); who
    is new; whether a term runs out."""

    birthdays: list[tuple[date, str]]
    retiring: list[tuple[date, str]]
    applications: list[tuple[date, str]]
    corrections: list[tuple[date, str]]
    over: list[tuple[date, str]]
    years: list[tuple[int, str]]
    new: list[tuple[date, str]]
    term_runs_out: bool


def on_home(user: User, days: Days) -> OnHome:
    """What the user may see of it, from today on."""
    rows: dict[int, list[tuple]] = {kind: [] for kind in Kind}
    for kind, *row in _rows(user, days):
        rows[kind].append(row)
    told = {
        kind: [(forecast(*what), name) for name, *what in rows[kind]]
        for kind in (Kind.RETIREMENT, Kind.OVER)
    }
    return OnHome(
        birthdays=_in_order(rows[Kind.BIRTHDAY], days.today),
        retiring=sorted(
            (t.first.day, name) for t, name in told[Kind.RETIREMENT] if passed(t) >= days.today
        ),
        over=sorted((t.first.day, name) for t, name in told[Kind.OVER] if passed(t) < days.today),
        years=sorted(_years(rows[Kind.YEARS], days.month), reverse=True),
        new=_in_order(rows[Kind.NEW]),
        applications=_in_order(rows[Kind.APPLICATION]),
        corrections=_in_order(rows[Kind.CORRECTION]),
        term_runs_out=bool(rows[Kind.TERM]),
    )


def _in_order(rows: list[tuple], after: date | None = None) -> list[tuple[date, str]]:
    """By day; by the next birthday, where they are days of birth."""
    days = ((next_birthday(day, after) if after else day, name) for name, _, _, day, _ in rows)
    return sorted(days)


def _years(rows: list[tuple], month: Period) -> Iterator[tuple[int, str]]:
    for name, _, _, began, precision in rows:
        for years in years_rounded(began, precision, YEARS_AT_WORK, month):
            yield years, name


def _rows(user: User, days: Days) -> list[tuple]:
    kinds = frozenset(kind for kind, needed in SEEN_WITH.items() if user.has_perm(needed))
    if not kinds:
        return []
    if with_whole_roster(user):
        return _of_everyone(kinds, days)
    return list(_parts(kinds, visible_to(user), days))


@kept
def _of_everyone(kinds: frozenset[Kind], days: Days) -> QuerySet[tuple]:
    return _parts(kinds, Q(), days)


def _parts(kinds: frozenset[Kind], visible: Q, days: Days) -> QuerySet:
    """(kind, name, gender, line, day, precision): what a forecast takes, blank for the others."""
    people = Member.objects.filter(visible)
    parts = {
        Kind.BIRTHDAY: _birthdays(visible, days),
        Kind.RETIREMENT: _retirements(visible, days),
        Kind.APPLICATION: _asked(waiting_applications(), F("applied_on")),
        Kind.CORRECTION: _asked(waiting_corrections(), TruncDate("sent_at")),
        Kind.TERM: _terms(days.today),
        Kind.OVER: (at_work_on(people.filter(reaching(days.past)), days.today), PERSON),
        Kind.YEARS: _rounding(people, days),
        Kind.NEW: _told_of(arrived_in(people, days.month), "arrived"),
    }
    first, *others = (
        part.order_by().annotate(kind=Value(int(kind))).values_list("kind", *columns)
        for kind, (part, columns) in parts.items()
        if kind in kinds
    )
    return first.union(*others, all=True) if others else first


def _birthdays(visible: Q, days: Days):
    people = Member.objects.filter(visible, birth_precision=Precision.DAY)
    people = people.annotate(month_day=MonthDay("birth"))
    kept = people.filter(kept_between(days.today, days.last))
    return greeted_on(kept, days.today), PERSON


def _retirements(visible: Q, days: Days):
    people = Member.objects.filter(visible).filter(reaching(days.months))
    return at_work_on(people, days.today), PERSON


def _rounding(people: QuerySet[Member], days: Days):
    found = people.filter(rounding("work_began", YEARS_AT_WORK, days.month))
    return _told_of(at_work_on(found, days.today), "work_began")


def _told_of(people: QuerySet[Member], column: str):
    columns = {"day": F(column), "exact": F(f"{column}_precision")}
    blank = dict.fromkeys(("blank_gender", "blank_line"), BLANK)
    return people.annotate(**columns, **blank), ("name", "blank_gender", "blank_line", *columns)


def _asked(requests: QuerySet, day):
    return requests.annotate(who=F("member__name"), day=day, **BLANKS), OTHER


def _terms(today: date):
    """Those under way that are over soon: which of them it is tells queries.terms."""
    soon = add_months(today, WARN_MONTHS)
    terms = Term.objects.filter(end=None, start__lte=today, planned_end__lte=soon)
    return terms.annotate(who=BLANK, day=F("planned_end"), **BLANKS), OTHER
