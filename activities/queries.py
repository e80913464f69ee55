"""Which plans and activities may this user see, and the rows that pages and figures share."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from activities.choices import Field, ItemState, Mark
from activities.models import Activity, Plan, PlanImport, PlanItem
from activities.rules import item_mark, months_text, when_text
from members.models import UnionGroup
from members.queries import groups_there, groups_visible_to, with_whole_roster
from unionoffice.periods import Period

FOUND_AT_ONCE = 8  # activities that the search box shows
ASKED_AFTER_END = timedelta(days=92)  # how long after its end a plan's gaps are asked for


@lru_cache(maxsize=5000)
def item_url(pk: int) -> str:
    """Resolving an address is slow next to a row; lists and boards ask for many."""
    return reverse("activities:plan_item_detail", args=[pk])


@lru_cache(maxsize=5000)
def activity_url(pk: int) -> str:
    return reverse("activities:activity_detail", args=[pk])


@dataclass(frozen=True)
class ItemRow:
    """An item with its first activity (`record`, None when there is none) and today's mark."""

    pk: int
    text: str
    field: str
    state: str
    first_month: date
    last_month: date
    moved_from: date | None
    record: int | None
    record_day: date | None
    record_precision: str | None
    mark: Mark

    @property
    def origin(self) -> date:
        return self.moved_from or self.first_month

    @property
    def url(self) -> str:
        return item_url(self.pk)

    @property
    def field_label(self) -> str:
        return Field(self.field).label

    @property
    def months_text(self) -> str:
        return months_text(self.first_month, self.last_month)

    @property
    def record_text(self) -> str:
        """When it was done."""
        return when_text(self.record_day, self.record_precision)


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
        return Field(self.field).label

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


def plans_visible_to(user) -> QuerySet[Plan]:
    """Plans are open to everyone who may see plans at all."""
    return Plan.objects.all()


def items_visible_to(user) -> QuerySet[PlanItem]:
    return PlanItem.objects.filter(plan__in=plans_visible_to(user)).select_related("plan")


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


def plans_with_progress(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Each plan with `planned` and `done`: how many items it has, how many have a record."""
    done = Exists(Activity.objects.standing().filter(plan_item=OuterRef("items")))
    counted = plans.annotate(
        planned=Count("items"),
        done=Count("items", filter=done & ~Q(items__state=ItemState.CANCELLED)),
    )
    return counted.order_by("-start", "-end")  # counting drops the order of the model


def plan_of(period: Period) -> Plan | None:
    """The plan made for exactly this period, else the shortest one that covers it."""
    covering = Plan.objects.filter(start__lte=period.start, end__gte=period.end)
    return min(covering, key=lambda plan: plan.end - plan.start, default=None)


def items_planned_in(period: Period) -> QuerySet[PlanItem]:
    """Items that were planned to begin in the period; a postponed one stays with its first month."""
    return PlanItem.objects.annotate(origin_month=Coalesce("moved_from", "first_month")).filter(
        origin_month__range=(period.start, period.end)
    )


def item_rows(items: QuerySet[PlanItem], today: date) -> list[ItemRow]:
    """One query. An item counts as done whenever it was done, also after its month or period."""
    rows = items.annotate(
        standing=FilteredRelation("activities", condition=Q(activities__voided_at=None)),
        record=F("standing__pk"),
        record_day=F("standing__day"),
        record_precision=F("standing__precision"),
    ).values(*(field.name for field in fields(ItemRow) if field.name != "mark"))
    return [ItemRow(**row, mark=_mark(row, today)) for row in _first_records(rows)]


def _first_records(rows: Iterable[dict]) -> Iterable[dict]:
    """One row an item: of several activities the earliest."""
    items: dict[int, dict] = {}
    for row in rows:
        kept = items.setdefault(row["pk"], row)
        if row["record"] and (row["record_day"], row["record"]) < (
            kept["record_day"],
            kept["record"],
        ):
            items[row["pk"]] = row
    return items.values()


def _mark(row: dict, today: date) -> Mark:
    recorded = row["record"] is not None
    return item_mark(row["state"], row["first_month"], row["last_month"], recorded, today)


def due_items(today: date) -> QuerySet[PlanItem]:
    """Items whose month has come, not cancelled, without a record: the latest first. Those of a
    plan that ended long ago are left out."""
    record = Activity.objects.standing().filter(plan_item=OuterRef("pk"))
    return (
        PlanItem.objects.filter(~Exists(record), first_month__lte=today)
        .filter(plan__end__gte=today - ASKED_AFTER_END)
        .exclude(state=ItemState.CANCELLED)
        .order_by("-last_month", "order", "pk")
    )


def items_to_choose(today: date, chosen: int | None = None) -> QuerySet[PlanItem]:
    """Items that a record may belong to: of this year's and last year's plans, and the `chosen`."""
    recent = Q(plan__end__gte=date(today.year - 1, 1, 1)) & ~Q(state=ItemState.CANCELLED)
    offered = PlanItem.objects.filter(recent | Q(pk=chosen))
    return offered.order_by("-plan__start", "first_month", "order", "pk")


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


def plan_imports() -> QuerySet[PlanImport]:
    return PlanImport.objects.all()


def marks_counted(rows: Iterable[ItemRow]) -> dict[str, int]:
    """How many items have each mark; every mark is there."""
    counts = dict.fromkeys(Mark.values, 0)
    for row in rows:
        counts[row.mark] += 1
    return counts


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
