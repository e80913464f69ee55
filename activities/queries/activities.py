"""Which activities may this user see, and the rows that pages and figures share."""

from dataclasses import dataclass, fields
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse

from activities.choices import field_label
from activities.models import Activity
from activities.rules import when_text
from members.models import UnionGroup
from members.queries import groups_there, groups_visible_to, with_whole_roster
from unionoffice.periods import Period

FOUND_AT_ONCE = 8  # activities that the search box shows


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
    spent: Decimal | None
    plan_item_id: int | None
    group_name: str | None

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
    """What a list of activities adds up to. Sums are None when no row of it has the value."""

    held: int
    attendance: int | None
    without_headcount: int
    unplanned: int
    spent: Decimal | None


def activities_visible_to(user) -> QuerySet[Activity]:
    """All that stand; whoever records activities also sees the voided ones."""
    if user.has_perm("activities.record_activity"):
        return Activity.objects.all()
    return Activity.objects.standing()


def activities_changeable_by(user) -> QuerySet[Activity]:
    """What still stands of the records in one's hands."""
    return activities_in_hands_of(user).standing()


def activities_in_hands_of(user) -> QuerySet[Activity]:
    """Any record for those who change the others' too, else one's own; voided ones included."""
    if user.has_perm("activities.change_activities"):
        return Activity.objects.all()
    return Activity.objects.filter(recorded_by=user.pk)


def find_activities(user, text: str) -> QuerySet[Activity]:
    """The few that the search box shows for the text."""
    return matching(activities_visible_to(user).standing(), text)[:FOUND_AT_ONCE]


def matching(activities: QuerySet[Activity], text: str) -> QuerySet[Activity]:
    words = Q()
    for word in text.split():
        words &= Q(title__icontains=word) | Q(place__icontains=word) | Q(outcome__icontains=word)
    return activities.filter(words)


def extras_in(period: Period) -> QuerySet[Activity]:
    """Activities of the period that no plan item asked for."""
    return Activity.objects.standing().in_period(period).filter(plan_item=None)


def totals_of(activities: QuerySet[Activity]) -> Totals:
    sums = activities.order_by().aggregate(
        held=Count("pk"),
        attendance=Sum("headcount"),
        with_headcount=Count("headcount"),
        unplanned=Count("pk", filter=Q(plan_item=None)),
        spent=Sum("spent"),
    )
    sums["without_headcount"] = sums["held"] - sums.pop("with_headcount")
    return Totals(**sums)


def narrowed(
    activities: QuerySet[Activity],
    *,
    period: Period,
    q: str = "",
    field: str = "",
    planned: str = "",
    headcount: str = "",
    group: str = "",
) -> QuerySet[Activity]:
    """The standing activities that a filter asks for: the rows of the list and of its export."""
    activities = matching(activities.standing().in_period(period), q)
    if field:
        activities = activities.filter(field=field)
    if planned:
        activities = activities.filter(plan_item__isnull=planned == "no")
    if headcount == "missing":
        activities = activities.filter(headcount=None)
    if group:
        activities = activities.filter(group=group)
    return activities


def activity_rows(activities: QuerySet[Activity]) -> list[ActivityRow]:
    names = [field.name for field in fields(ActivityRow) if field.name != "group_name"]
    rows = activities.values(*names, group_name=F("group__name"))
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
