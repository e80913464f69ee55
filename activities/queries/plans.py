"""Which plans and items may this user see, and the rows that pages and figures share."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, time, timedelta
from functools import lru_cache

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from activities.choices import (
    ActivityState,
    ImportState,
    ItemState,
    Mark,
    PlanKind,
    PlanState,
    field_label,
)
from activities.models import Activity, Plan, PlanImport, PlanItem
from activities.rules import item_mark, item_when, months_text, when_text
from members.models import Member
from unionoffice.periods import Period

STANDING = Q(activities__voided_at=None, activities__state=ActivityState.HELD)
COUNTED = (PlanState.PASSED, PlanState.PUBLISHED)  # plans that figures go by
COUNTED_FIRST = (  # of the plans of a month
    PlanKind.CALENDAR_YEAR,
    PlanKind.SCHOOL_YEAR,
    PlanKind.HALF_YEAR,
    PlanKind.SEMESTER,
)
FOUND_AT_ONCE = 8  # items that the search box shows
IMPORTS_SHOWN = 5
ASKED_AFTER_END = timedelta(days=92)  # how long after its end a plan's gaps are asked for


@lru_cache(maxsize=5000)
def item_url(pk: int) -> str:
    """Resolving an address is slow next to a row; lists and boards ask for many."""
    return reverse("activities:plan_item_detail", args=[pk])


@dataclass(frozen=True)
class ItemRow:
    """An item with its first activity (`record`, None when there is none), how many it has
    (`times`) and today's mark."""

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
    day: date | None = None
    last_day: date | None = None
    week: int | None = None
    rhythm: str = ""
    weekday: int | None = None
    from_time: time | None = None
    to_time: time | None = None
    responsible_name: str | None = None
    added_late: bool = False
    plan_id: int | None = None
    plan_state: str = PlanState.PUBLISHED
    plan_title: str = ""
    times: int = 0

    @property
    def origin(self) -> date:
        return self.moved_from or self.first_month

    @property
    def counted(self) -> bool:
        """Whether figures count it: its plan was passed."""
        return self.plan_state in COUNTED

    @property
    def url(self) -> str:
        return item_url(self.pk)

    @property
    def field_label(self) -> str:
        return field_label(self.field)

    @property
    def months_text(self) -> str:
        return months_text(self.first_month, self.last_month)

    @property
    def when_text(self) -> str:
        """The months, or what is known more exactly; with the year."""
        return item_when(self, with_year=True)

    @property
    def record_text(self) -> str:
        """When it was done; how often, while it goes on."""
        if self.going_on:
            return f"已办 {self.times} 次"
        return when_text(self.record_day, self.record_precision)

    @property
    def going_on(self) -> bool:
        """Whether it recurs, was held already and isn't over."""
        return bool(self.record) and self.mark == Mark.DOING


def plans_visible_to(user) -> QuerySet[Plan]:
    """The committee sees every plan, everyone else the published ones."""
    if user.has_perm("activities.view_drafts"):
        return Plan.objects.all()
    return Plan.objects.filter(state=PlanState.PUBLISHED)


def items_visible_to(user) -> QuerySet[PlanItem]:
    return seen_by(user, PlanItem.objects.select_related("plan", "responsible"))


def seen_by(user, items: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    """Those of `items` that are in a plan which `user` may see; without another query."""
    return items.filter(_open_to(user))


def plans_with_progress(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Each plan with `planned` and `done`: how many items it has, how many are done (as item_mark
    says it)."""
    done = Exists(Activity.objects.standing().filter(plan_item=OuterRef("items")))
    this_month = timezone.localdate().replace(day=1)
    recurring = ~Q(items__rhythm="") & Q(items__last_month__gte=this_month)
    left = Q(items__state=ItemState.CANCELLED) | recurring
    counted = plans.annotate(planned=Count("items"), done=Count("items", filter=done & ~left))
    return counted.order_by("-start", "-end")  # counting drops the order of the model


def plan_of(period: Period, plans: QuerySet[Plan] | None = None) -> Plan | None:
    """The plan made for exactly this period, else one that was passed, the shortest that covers it,
    of `plans` or of all there are."""
    plans = Plan.objects.all() if plans is None else plans
    covering = plans.filter(start__lte=period.start, end__gte=period.end)

    def rank(plan: Plan) -> tuple:
        exact = (plan.start, plan.end) == (period.start, period.end)
        return (not exact, plan.state not in COUNTED, plan.end - plan.start)

    return min(covering, key=rank, default=None)


def plan_for(period: Period) -> Plan | None:
    """The plan of exactly this period."""
    return Plan.objects.filter(start=period.start, end=period.end).first()


def items_planned_in(period: Period, *, draft: bool = False) -> QuerySet[PlanItem]:
    """Items that were planned to begin in the period; a postponed one stays with its first month.
    Those that figures count, else (`draft`) those of plans that are still being written."""
    items = with_origin().filter(origin_month__range=(period.start, period.end))
    if draft:
        return items.filter(plan__state=PlanState.DRAFT)
    return items.filter(plan=plan_counted(period))


def with_origin() -> QuerySet[PlanItem]:
    """Items with `origin_month`, the month that they were planned to begin in."""
    return PlanItem.objects.annotate(origin_month=Coalesce("moved_from", "first_month"))


def plan_counted(period: Period) -> Subquery:
    """Which plan figures of the period go by in the `origin_month` of an item. Of a year's plan and
    a term's beside it one is counted, or the same work would count twice: the plan of exactly this
    period, else a year's before a half year's and a term's. Only plans that were passed."""
    own = When(start=period.start, end=period.end, then=Value(0))
    ranks = (When(kind=kind, then=Value(rank)) for rank, kind in enumerate(COUNTED_FIRST, 1))
    plans = Plan.objects.filter(
        state__in=COUNTED, start__lte=OuterRef("origin_month"), end__gte=OuterRef("origin_month")
    )
    return Subquery(plans.order_by(Case(own, *ranks), "start").values("pk")[:1])


def plans_beside(user, period: Period) -> QuerySet[Plan]:
    """Passed plans with items in the period that its figures don't count, as far as `user` may see
    them."""
    return plans_visible_to(user).filter(pk__in=_left_out(period).values("plan"), state__in=COUNTED)


def plans_left_out(period: Period) -> QuerySet[PlanItem]:
    """The keys of the plans whose items in the period its figures pass over, all of them."""
    counted = items_planned_in(period).order_by().values("plan")
    return _left_out(period).exclude(plan__in=counted).values("plan")


def _left_out(period: Period) -> QuerySet[PlanItem]:
    items = with_origin().filter(origin_month__range=(period.start, period.end))
    return items.exclude(plan=plan_counted(period)).order_by()


def drafts_in(period: Period) -> QuerySet[Plan]:
    """Plans of the period that figures do not count yet: nobody passed them."""
    overlapping = Plan.objects.filter(start__lte=period.end, end__gte=period.start)
    return overlapping.filter(state=PlanState.DRAFT)


def find_items(user, text: str) -> QuerySet[PlanItem]:
    """The few that the search box shows for the text, the latest first."""
    found = items_narrowed(items_visible_to(user), q=text)
    return found.order_by("-first_month", "order", "pk")[:FOUND_AT_ONCE]


def items_narrowed(
    items: QuerySet[PlanItem],
    *,
    q: str = "",
    field: str = "",
    responsible: str = "",
    late: str = "",
    month: str = "",
    **beside,
) -> QuerySet[PlanItem]:
    """What a filter asks for: the rows of the list and of its export. `month`: 2026-03, the one
    that the item was planned for at first. `beside`: what is no column of an item, its period and
    mark."""
    for word in q.split():
        items = items.filter(text__icontains=word)
    if field:
        items = items.filter(field=field)
    if responsible:
        items = items.filter(responsible=responsible)
    if month:
        items = items.filter(origin_month=date.fromisoformat(f"{month}-01"))
    return items.filter(added_late=True) if late else items


def people_responsible(items: QuerySet[PlanItem]) -> list[tuple[str, str]]:
    """Who answers for one of the items, as a filter offers them."""
    people = Member.objects.filter(pk__in=items.order_by().values("responsible"))
    return [(str(pk), name) for pk, name in people.values_list("pk", "name")]


COUNTED_UP = frozenset({"mark", "times"})  # what is no column
ITEM_COLUMNS = tuple(field.name for field in fields(ItemRow) if field.name not in COUNTED_UP)


def item_rows(items: QuerySet[PlanItem], today: date) -> list[ItemRow]:
    """One query. An item counts as done whenever it was done, also after its month or period."""
    return marked_items(item_columns(items), today)


def item_columns(items: QuerySet[PlanItem]) -> QuerySet[tuple]:
    """ITEM_COLUMNS of each item, once for each of its activities."""
    return items.annotate(
        standing=FilteredRelation("activities", condition=STANDING),
        record=F("standing__pk"),
        record_day=F("standing__day"),
        record_precision=F("standing__precision"),
        responsible_name=F("responsible__name"),
        plan_state=F("plan__state"),
        plan_title=F("plan__title"),
    ).values_list(*ITEM_COLUMNS)


def marked_items(columns: Iterable[tuple], today: date) -> list[ItemRow]:
    """One row an item, with the mark of `today`."""
    rows = (dict(zip(ITEM_COLUMNS, row, strict=True)) for row in columns)
    return [ItemRow(**row, mark=_mark(row, today)) for row in _first_records(rows)]


def _first_records(rows: Iterable[dict]) -> Iterable[dict]:
    """One row an item with its `times`: of several activities the earliest."""
    items: dict[int, dict] = {}
    times = Counter()
    for row in rows:
        times[row["pk"]] += row["record"] is not None
        kept = items.setdefault(row["pk"], row)
        if row["record"] and (row["record_day"], row["record"]) < (
            kept["record_day"],
            kept["record"],
        ):
            items[row["pk"]] = row
    return (row | {"times": times[pk]} for pk, row in items.items())


def _mark(row: dict, today: date) -> Mark:
    recorded = row["record"] is not None
    months = row["first_month"], row["last_month"]
    passed = row["plan_state"] in COUNTED
    return item_mark(row["state"], *months, recorded, today, row["rhythm"], passed=passed)


def due_items(today: date, user=None) -> QuerySet[PlanItem]:
    """Items whose month has come, not cancelled, without a record: the latest first. Those of a
    plan that nobody passed or that ended long ago are left out, and with `user` what that one may
    not see."""
    record = Activity.objects.standing().filter(plan_item=OuterRef("pk"))
    return (
        PlanItem.objects.filter(_open_to(user), ~Exists(record), first_month__lte=today)
        .filter(plan__end__gte=today - ASKED_AFTER_END, plan__state__in=COUNTED)
        .exclude(state=ItemState.CANCELLED)
        .order_by("-last_month", "order", "pk")
    )


def _open_to(user) -> Q:
    """Items in plans that are not for the committee alone; all of them where nobody asks."""
    if user is None or user.has_perm("activities.view_drafts"):
        return Q()
    return Q(plan__state=PlanState.PUBLISHED)


def items_to_choose(today: date, chosen: int | None = None, user=None) -> QuerySet[PlanItem]:
    """Items that a record may belong to: of this year's and last year's plans, as far as `user` may
    see them, and the `chosen`; plan by plan, those that are still being written last."""
    recent = Q(plan__end__gte=date(today.year - 1, 1, 1)) & ~Q(state=ItemState.CANCELLED)
    offered = PlanItem.objects.filter(recent & _open_to(user) | Q(pk=chosen))
    draft = Case(When(plan__state=PlanState.DRAFT, then=1), default=0)
    by_plan = (draft, "-plan__start", "plan", "first_month", "order", "pk")
    return offered.select_related("plan").order_by(*by_plan)


def plan_imports() -> QuerySet[PlanImport]:
    return PlanImport.objects.all()


def open_imports() -> QuerySet[PlanImport]:
    """The last texts that were read and made no plan of, the newest first, without their text."""
    read = plan_imports().filter(state=ImportState.PREVIEWED)
    return read.select_related("read_by__member").defer("text", "choices")[:IMPORTS_SHOWN]


def marks_counted(rows: Iterable[ItemRow]) -> dict[str, int]:
    """How many items have each mark; every mark is there."""
    counts = dict.fromkeys(Mark.values, 0)
    for row in rows:
        counts[row.mark] += 1
    return counts
