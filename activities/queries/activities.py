"""Which activities may this user see, and the rows that pages and figures share."""

from collections import Counter
from dataclasses import dataclass, fields
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse

from activities.choices import ActivityKind, ActivityState, field_label
from activities.models import NO_DRILL, UNPLANNED, Activity, Series
from activities.queries.covers import cover_key
from activities.rules import when_text
from members.models import UnionGroup
from members.queries import groups_there, groups_visible_to, with_whole_roster
from unionoffice.periods import Period, Precision

FOUND_AT_ONCE = 8  # activities that the search box shows
LATEST = 300  # activities whose words a form offers
USUAL_PARTNERS = ("党支部", "体卫艺处", "社区")
ALIKE = ("group", "series", "time", "plan_item")  # where two records of one event agree
SORTS = {
    "day": "day",
    "title": "title",
    "headcount": "headcount",
    "budget": "budget",
    "spent": "spent",
}


@lru_cache(maxsize=5000)
def activity_url(pk: int) -> str:
    return reverse("activities:activity_detail", args=[pk])


@dataclass(frozen=True)
class ActivityRow:
    """An activity as the list shows it."""

    pk: int
    title: str
    field: str
    day: date
    time: time | None
    precision: str
    last_day: date | None
    place: str
    headcount: int | None
    budget: Decimal | None
    spent: Decimal | None
    plan_item_id: int | None
    kind: str
    state: str
    organiser: str
    off_reason: str
    group_name: str | None
    series_name: str | None
    cover: UUID | None  # the photo that stands for it

    @property
    def kind_label(self) -> str:
        """ "" for the usual kind."""
        return "" if self.kind == ActivityKind.EVENT else ActivityKind(self.kind).label

    @property
    def url(self) -> str:
        return activity_url(self.pk)

    @property
    def field_label(self) -> str:
        return field_label(self.field)

    @property
    def when_text(self) -> str:
        return when_text(self.day, self.precision, self.time, self.last_day)


@dataclass(frozen=True)
class Totals:
    """What a list of activities adds up to. Sums are None when no row of it has the value.
    `attendance` (人次) and `counted`, of how many activities it is known, leave out drills."""

    held: int
    attendance: int | None
    counted: int
    without_headcount: int
    unplanned: int
    spent: Decimal | None
    budget: Decimal | None = None
    drilled: int | None = None  # whom a list of activities says beside


def activities_visible_to(user) -> QuerySet[Activity]:
    """Those held, to come and called off; whoever records activities also sees the voided ones."""
    if user.has_perm("activities.record_activity"):
        return Activity.objects.all()
    return Activity.objects.filter(voided_at__isnull=True)


def activities_changeable_by(user) -> QuerySet[Activity]:
    """What still stands, or is to come, of the records in one's hands."""
    gone = Q(voided_at__isnull=False) | Q(state=ActivityState.CALLED_OFF)
    return activities_in_hands_of(user).exclude(gone)


def activities_in_hands_of(user) -> QuerySet[Activity]:
    """Any record for those who change the others' too, else one's own; voided ones included. Who
    only leads a club has its meetings: queries.series.meetings_in_hands_of."""
    if not user.has_perm("activities.record_activity"):
        return Activity.objects.none()
    return recorded_by(recorder(user))


def recorder(user) -> int | None:
    """Whose records are in the user's hands; None: everyone's."""
    return None if user.has_perm("activities.change_activities") else user.pk


def recorded_by(recorder: int | None) -> QuerySet[Activity]:
    records = Activity.objects.all()
    return records if recorder is None else records.filter(recorded_by=recorder)


def in_hands_of(user, activity: Activity) -> bool:
    """As activities_in_hands_of, of one that was fetched already."""
    own = user.has_perm("activities.record_activity") and activity.recorded_by_id == user.pk
    return own or user.has_perm("activities.change_activities")


def is_changeable_by(user, activity: Activity) -> bool:
    """As activities_changeable_by, of one that was fetched already."""
    stands = not activity.voided_at and activity.state != ActivityState.CALLED_OFF
    return stands and in_hands_of(user, activity)


def twin_of(activity: Activity) -> Activity | None:
    """A record of the same title and day, whoever made it, that may be of the same event: two
    groups, or two hours of one day, make two."""
    same = Activity.objects.filter(title=activity.title, day=activity.day, voided_at=None)
    by_month = Q(precision=Precision.MONTH)
    same = same.filter(by_month if activity.precision == Precision.MONTH else ~by_month)
    for name in ALIKE:
        if value := getattr(activity, name):
            same = same.filter(Q(**{name: value}) | Q(**{name: None}))
    live = same.exclude(state=ActivityState.CALLED_OFF).exclude(pk=activity.pk)
    return live.select_related("recorded_by__member").order_by("pk").first()


def find_activities(user, text: str) -> QuerySet[Activity]:
    """The few that the search box shows for the text, those to come among them."""
    shown = Q(voided_at__isnull=True) & ~Q(state=ActivityState.CALLED_OFF)
    return matching(activities_visible_to(user).filter(shown), text)[:FOUND_AT_ONCE]


def matching(activities: QuerySet[Activity], text: str) -> QuerySet[Activity]:
    words = Q()
    for word in text.split():
        words &= holding(word)
    return activities.filter(words)


def holding(word: str) -> Q:
    """The condition for activities that have the word in one of their texts."""
    columns = ("title", "place", "outcome", "organiser", "co_organisers")
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": word})
    return found


def extras_in(period: Period) -> QuerySet[Activity]:
    """Activities of the period that no plan item asked for."""
    return Activity.objects.standing().in_period(period).filter(UNPLANNED)


def totals_of(activities: QuerySet[Activity]) -> Totals:
    sums = activities.order_by().aggregate(
        held=Count("pk"),
        attendance=Sum("headcount", filter=NO_DRILL),
        counted=Count("headcount", filter=NO_DRILL),
        without_headcount=Count("pk", filter=Q(headcount=None)),
        unplanned=Count("pk", filter=UNPLANNED),
        spent=Sum("spent"),
        budget=Sum("budget"),
        drilled=Sum("headcount", filter=~NO_DRILL),
    )
    return Totals(**sums)


def in_state(activities: QuerySet[Activity], state: str) -> QuerySet[Activity]:
    """Of those not voided: held, unless the filter asks for those announced or called off."""
    kept = activities.filter(voided_at__isnull=True)
    return kept.filter(state=state or ActivityState.HELD)


def narrowed(
    activities: QuerySet[Activity],
    *,
    period: Period,
    q: str = "",
    state: str = "",
    planned: str = "",
    headcount: str = "",
    sort: str = "",
    **equal: str,
) -> QuerySet[Activity]:
    """The activities that a filter asks for: the rows of the list and of its export. `equal`:
    field, kind, group, series. Only those that were held, unless `state` says otherwise."""
    activities = matching(in_state(activities, state).in_period(period), q)
    activities = activities.filter(**{name: value for name, value in equal.items() if value})
    if planned:
        activities = activities.filter(UNPLANNED if planned == "no" else ~UNPLANNED)
    if headcount == "missing":
        activities = activities.filter(headcount=None)
    return ordered(activities, sort)


def ordered(activities: QuerySet[Activity], sort: str) -> QuerySet[Activity]:
    """By a key of SORTS, downwards with a - before it; those without the value stand last."""
    key = SORTS.get(sort.removeprefix("-"))
    if not key:
        return activities
    value = F(key)
    by = value.desc(nulls_last=True) if sort.startswith("-") else value.asc(nulls_last=True)
    return activities.order_by(by, "-day", "-id")


def announced_count(activities: QuerySet[Activity]) -> int:
    """How many are still to come or wait for their result, whatever the period."""
    return activities.announced().order_by().count()


def activity_rows(activities: QuerySet[Activity]) -> list[ActivityRow]:
    beside = {"group_name": F("group__name"), "series_name": F("series__name")}
    beside["cover"] = cover_key()
    names = [field.name for field in fields(ActivityRow) if field.name not in beside]
    rows = activities.values(*names, **beside)
    return [ActivityRow(**row) for row in rows]


def groups_to_choose(user, day: date, chosen: int | None = None) -> QuerySet[UnionGroup]:
    """The groups that may have held an activity of `day`, and the `chosen` one: of those that the
    user may see, so a group's leader has the own one."""
    visible = groups_visible_to(user).order_by().values("pk")
    there = groups_there(day).order_by().filter(pk__in=visible).values("pk")
    return UnionGroup.objects.filter(Q(pk__in=there) | Q(pk=chosen))


def own_group(user) -> UnionGroup | None:
    """The group that someone leads who sees no other, when it is just one."""
    led = [] if with_whole_roster(user) else list(groups_visible_to(user)[:2])
    return led[0] if len(led) == 1 else None


def group_names() -> list[tuple[str, str]]:
    """Each group as a list offers it, the dissolved ones too: theirs is the past."""
    return [(str(pk), name) for pk, name in UnionGroup.objects.values_list("pk", "name")]


def series_names() -> list[tuple[str, str]]:
    """Each club or series as a list offers it, those given up too."""
    return [(str(pk), name) for pk, name in Series.objects.values_list("pk", "name")]


def series_to_choose(day: date, chosen: int | None = None) -> QuerySet[Series]:
    """Those that were running on the day, and the `chosen` one."""
    running = Q(start__lte=day) & (Q(end=None) | Q(end__gte=day))
    return Series.objects.filter(running | Q(pk=chosen))


@dataclass(frozen=True)
class UsedWords:
    """What was written lately, the most frequent first, for a form to offer."""

    places: tuple[str, ...]
    organisers: tuple[str, ...]
    partners: tuple[str, ...]
    audiences: tuple[str, ...]


def used_words() -> UsedWords:
    """One query over the latest activities."""
    latest = Activity.objects.filter(voided_at__isnull=True)[:LATEST]
    rows = list(latest.values_list("place", "organiser", "co_organisers", "audience"))
    places, organisers, together, audiences = zip(*rows, strict=True) if rows else ((),) * 4
    partners = [word for text in together for word in partners_in(text)]
    return UsedWords(
        places=_frequent(places),
        organisers=_frequent(organisers),
        partners=_frequent([*partners, *USUAL_PARTNERS]),
        audiences=_frequent(audiences),
    )


def partners_in(text: str) -> list[str]:
    """党支部、体卫艺处 one by one."""
    return [word for part in text.split("、") if (word := part.strip())]


def _frequent(words) -> tuple[str, ...]:
    return tuple(word for word, _ in Counter(word for word in words if word).most_common(12))
