"""学习培训, outside competitions, checks and drills: their lists and what they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from activities.choices import ActivityKind, Level
from activities.models import Activity, ContestStage, Prize
from activities.queries.activities import activities_in_hands_of, holding, matching
from activities.rules.honours import LEVEL_ORDER
from unionoffice.periods import Period
from unionoffice.queries import log_of

CHECKS = (ActivityKind.CHECK, ActivityKind.DRILL, ActivityKind.INSPECTION)
OPEN_PROBLEM = ~Q(check_result__problems="") & Q(
    check_result__isnull=False, check_result__mended_on=None
)
BY_LEVEL = Case(
    *(When(level=level, then=Value(place)) for level, place in LEVEL_ORDER.items()),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class StudyTotals:
    """`courses`: 期数, a record without one stands for one. Sums are None when no row has the
    value."""

    held: int
    courses: int
    attendance: int | None
    hours: Decimal | None
    papers: int | None
    without_headcount: int
    without_hours: int


@dataclass(frozen=True)
class LevelTotals:
    """What the school's people did in the competitions of one level."""

    level: str
    stages: int
    awards: int

    @property
    def label(self) -> str:
        return Level(self.level).label


@dataclass(frozen=True)
class CheckTotals:
    """`open`: checks whose problems are not put right yet."""

    checks: int
    drills: int
    drilled: int | None
    inspections: int
    open: int


def studies(
    activities: QuerySet[Activity], *, period: Period, form: str = "", field: str = "", q: str = ""
) -> QuerySet[Activity]:
    """学习培训 that took place in the period, with what was asked beside."""
    found = activities.standing().in_period(period).filter(kind=ActivityKind.STUDY)
    if form:
        found = found.filter(study__form=form)
    if field:
        found = found.filter(field=field)
    for word in q.split():
        beside = Q(study__topic__icontains=word) | Q(study__teacher__icontains=word)
        found = found.filter(holding(word) | beside)
    return found.select_related("study")


def study_totals(found: QuerySet[Activity]) -> StudyTotals:
    sums = found.order_by().aggregate(
        held=Count("pk"),
        courses=Coalesce(Sum(Coalesce("study__courses", 1)), 0),
        attendance=Sum("headcount"),
        hours=Sum("study__hours"),
        papers=Sum("study__papers"),
        counted=Count("headcount"),
        timed=Count("study__hours"),
    )
    sums["without_headcount"] = sums["held"] - sums.pop("counted")
    sums["without_hours"] = sums["held"] - sums.pop("timed")
    return StudyTotals(**sums)


def contests(
    activities: QuerySet[Activity],
    *,
    period: Period,
    level: str = "",
    awarded: str = "",
    q: str = "",
) -> QuerySet[ContestStage]:
    """The stages of the outside competitions of the period, the newest competition first."""
    held = activities.standing().in_period(period).filter(kind=ActivityKind.CONTEST)
    found = ContestStage.objects.filter(activity__in=held.order_by().values("pk"))
    if level:
        found = found.filter(level=level)
    if awarded:
        found = found.filter(awarded=awarded == "yes")
    for word in q.split():
        found = found.filter(
            Q(activity__title__icontains=word)
            | Q(team__icontains=word)
            | Q(host__icontains=word)
            | Q(result__icontains=word)
        )
    return found.select_related("activity").order_by(
        "-activity__day", "-activity_id", BY_LEVEL, "id"
    )


def contest_totals(found: QuerySet[ContestStage]) -> list[LevelTotals]:
    """From the school upwards, those levels that there are."""
    rows = found.order_by().values_list("level")
    rows = rows.annotate(stages=Count("pk"), awards=Count("pk", filter=Q(awarded=True)))
    totals = {level: LevelTotals(level, stages, awards) for level, stages, awards in rows}
    return [totals[level] for level in Level.values if level in totals]


def without_stages(activities: QuerySet[Activity], period: Period) -> QuerySet[Activity]:
    """Outside competitions of which no level was written down."""
    held = activities.standing().in_period(period).filter(kind=ActivityKind.CONTEST)
    return held.filter(stages=None)


def checks(
    activities: QuerySet[Activity],
    *,
    period: Period,
    kind: str = "",
    open_only: str = "",
    q: str = "",
) -> QuerySet[Activity]:
    """Safety checks, drills and inspections of the period: what is open first."""
    found = matching(activities.standing().in_period(period).filter(kind__in=CHECKS), q)
    if kind:
        found = found.filter(kind=kind)
    if open_only:
        found = found.filter(OPEN_PROBLEM)
    first = Case(When(OPEN_PROBLEM, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.select_related("check_result", "venue").order_by(first, "-day", "-id")


def check_totals(found: QuerySet[Activity]) -> CheckTotals:
    drills = Q(kind=ActivityKind.DRILL)
    return CheckTotals(
        **found.order_by().aggregate(
            checks=Count("pk", filter=Q(kind=ActivityKind.CHECK)),
            drills=Count("pk", filter=drills),
            drilled=Sum("headcount", filter=drills),
            inspections=Count("pk", filter=Q(kind=ActivityKind.INSPECTION)),
            open=Count("pk", filter=OPEN_PROBLEM),
        )
    )


def open_checks(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Whatever a check found that nobody has put right, the oldest first."""
    found = activities.standing().filter(OPEN_PROBLEM, kind__in=CHECKS)
    return found.select_related("check_result").order_by("day", "id")


def prizes_of(activity: Activity) -> QuerySet[Prize]:
    return activity.prizes.select_related("member", "group").order_by(
        "event", F("rank").asc(nulls_last=True), "id"
    )


def lost_prize(user, pk: int) -> QuerySet[Activity]:
    """The activity in the user's hands of which the prize with this key was, until taken off."""
    dropped = log_of(Prize(pk=pk)).filter(act="activities.drop_prize")
    keys = [changes["activity"] for changes in dropped.values_list("changes", flat=True)]
    return activities_in_hands_of(user).filter(pk__in=keys)


def prizes_by_activity(keys: Iterable[int]) -> dict[int, list[Prize]]:
    """In one query: primary key of the activity -> its prizes."""
    found: dict[int, list[Prize]] = {}
    rows = Prize.objects.filter(activity__in=list(keys)).select_related("member", "group")
    for prize in rows.order_by("activity", "event", F("rank").asc(nulls_last=True), "id"):
        found.setdefault(prize.activity_id, []).append(prize)
    return found
