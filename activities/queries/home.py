"""What of the plan and the records stands on the home page: four statements, kept."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from activities.choices import PlanState, SignupState
from activities.models import NO_DRILL, UNPLANNED, Activity, Participation
from activities.queries.activities import activity_url, recorded_by, recorder
from activities.queries.kinds import open_checks
from activities.queries.plans import (
    ASKED_AFTER_END,
    ITEM_COLUMNS,
    ItemRow,
    item_columns,
    items_planned_in,
    marked_items,
    with_origin,
)
from activities.queries.signups import ON_LIST, announced_signups
from activities.rules import final_day, when_text
from activities.rules.signups import is_open_at
from unionoffice.kept import kept
from unionoffice.periods import Period

AT_ONCE = 12  # rows of a kind
SUMMED = ("held", "attendance", "counted", "without_headcount", "unplanned", "spent")
MONTH_COLUMNS = ("month", *SUMMED)
RECORD_COLUMNS = ("pk", "title", "day", "precision", "time", "last_day", "place")
SIGNUP_COLUMNS = (*RECORD_COLUMNS, "signup", "opens_at", "deadline", "own")


@dataclass(frozen=True)
class Waiting:
    """A record that waits for something: its result, an answer to what a check found (`problems`),
    or someone's name at its `signup`."""

    pk: int
    title: str
    day: date
    precision: str
    time: time | None
    last_day: date | None
    place: str
    problems: str = ""
    signup: int | None = None
    opens_at: datetime | None = None
    deadline: datetime | None = None
    own: str | None = None  # how one is on the list; None: not at all

    @property
    def when_text(self) -> str:
        return when_text(self.day, self.precision, self.time, self.last_day)

    @property
    def final_day(self) -> date:
        return final_day(self.day, self.precision, self.last_day)

    @property
    def url(self) -> str:
        return activity_url(self.pk)


@dataclass(frozen=True)
class HomeItems:
    """Items planned for the period or due by now, in plans that the user may see; `planned`: the
    keys of those that figures of the period count."""

    rows: list[ItemRow]
    planned: frozenset[int]


def items_on_home(user, period: Period, today: date) -> HomeItems:
    rows = _items(user.has_perm("activities.view_drafts"), period, today)
    items = marked_items((row[:-1] for row in rows), today)
    counted = {row[0] for row in rows if row[-1]}
    return HomeItems(items, frozenset(counted))


@kept
def _items(drafts: bool, period: Period, today: date) -> QuerySet[tuple]:
    due = Q(first_month__lte=today, plan__end__gte=today - ASKED_AFTER_END)
    planned = Q(origin_month__range=(period.start, period.end))
    shown = Q() if drafts else Q(plan__state=PlanState.PUBLISHED)
    items = with_origin().filter(shown, due | planned)
    counted = Exists(items_planned_in(period).filter(pk=OuterRef("pk")))
    return item_columns(items).values_list(*ITEM_COLUMNS, counted)


def months_of(period: Period) -> dict[tuple[int, int], dict]:
    """(year, month) -> held, attendance, counted, without_headcount, unplanned, spent; only months
    with a record."""
    rows = (dict(zip(MONTH_COLUMNS, row, strict=True)) for row in _months(period))
    return {(row["month"].year, row["month"].month): row for row in rows}


@kept
def _months(period: Period) -> QuerySet[tuple]:
    held = Activity.objects.standing().in_period(period).order_by()
    counted = held.annotate(month=TruncMonth("day")).values("month")
    return counted.annotate(
        held=Count("pk"),
        attendance=Sum("headcount", filter=NO_DRILL),
        counted=Count("headcount", filter=NO_DRILL),
        without_headcount=Count("pk", filter=Q(headcount=None)),
        unplanned=Count("pk", filter=UNPLANNED),
        spent=Sum("spent"),
    ).values_list(*MONTH_COLUMNS)


def records_waiting(user, today: date) -> list[Waiting]:
    """What is in the user's hands and waits, the oldest first: announced and over by now, without a
    result; or a check that found `problems` which nobody put right."""
    return [Waiting(*row) for row in _records_waiting(recorder(user), today)]


@kept
def _records_waiting(recorder: int | None, today: date) -> QuerySet[tuple]:
    records = recorded_by(recorder)
    over = records.announced().over(today).order_by().values("pk")
    found = open_checks(records).order_by().values("pk")
    waiting = Activity.objects.filter(Q(pk__in=over) | Q(pk__in=found)).order_by("day", "id")
    problems = Coalesce("check_result__problems", Value("", TextField()))
    return waiting.values_list(*RECORD_COLUMNS, problems)[:AT_ONCE]


@dataclass(frozen=True)
class OwnSignups:
    """The first of those to which one has not said anything, open now, and of those one goes to."""

    unanswered: list[Waiting]
    going: list[Waiting]


def own_signups(member: int | None, now: datetime) -> OwnSignups:
    today = timezone.localdate(now)
    rows = [Waiting(**dict(zip(SIGNUP_COLUMNS, r, strict=True))) for r in _signups(member, today)]
    new = [r for r in rows if r.own is None and is_open_at(r.opens_at, r.deadline, now)]
    going = [r for r in rows if r.own is not None and r.final_day >= today]
    return OwnSignups(new[:AT_ONCE], going[:AT_ONCE])


@kept
def _signups(member: int | None, today: date) -> QuerySet[tuple]:
    """Where one may say something, and where one is on the list or waits, marked by nobody yet."""
    own = Participation.objects.filter(member=member, activity=OuterRef("activity")).order_by()
    rows = announced_signups(today, stopped=True).annotate(
        own=Subquery(own.values("signup")[:1]), came=Subquery(own.values("attendance")[:1])
    )
    going = Q(own__in=[*ON_LIST, SignupState.WAITING], came="")
    rows = rows.filter(going | Q(own=None, closed_at=None)).select_related(None)
    columns = (f"activity__{name}" for name in RECORD_COLUMNS)
    rows = rows.order_by("activity__day", "pk")
    return rows.values_list(*columns, "pk", "opens_at", "deadline", "own")
