"""What changed in plans after they were passed: the rows of the page, its export and figures."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from activities.choices import ChangeKind
from activities.models import Plan, PlanChange, PlanItem
from activities.queries.plans import COUNTED, plans_visible_to
from activities.rules import COLUMNS
from unionoffice.periods import Period

CHAPTER = "章节“"  # what the words of a change begin with that no item had


@dataclass(frozen=True)
class Difference:
    """One column of a change: what it said before and after; "" where there was nothing."""

    name: str
    before: str
    after: str


def changes_of(plan: Plan, *, kind: str = "", q: str = "") -> QuerySet[PlanChange]:
    """The newest first, with who made them."""
    return changes_narrowed(plan.changes.all(), kind=kind, q=q)


def changes_narrowed(
    changes: QuerySet[PlanChange], *, kind: str = "", q: str = "", **beside
) -> QuerySet[PlanChange]:
    """What a filter asks for, with who made each. `beside`: what is no column of a change."""
    changes = changes.select_related("made_by", "made_by__member", "item", "plan")
    if kind:
        changes = changes.filter(kind=kind)
    for word in q.split():
        changes = changes.filter(Q(item_text__icontains=word) | Q(reason__icontains=word))
    return changes


def changes_of_item(item: PlanItem) -> list[PlanChange]:
    """The newest first, each with what differs."""
    return changes_told(item.changes.select_related("made_by__member"))


def changes_told(changes: Iterable[PlanChange]) -> list[PlanChange]:
    """Each with its `differences`."""
    changes = list(changes)
    for change in changes:
        change.differences = differences(change)
    return changes


def changes_counted(plan: Plan) -> dict[str, int]:
    """How many there are of each kind; every kind is there."""
    found = dict(plan.changes.order_by().values_list("kind").annotate(Count("pk")))
    return {kind: found.get(kind, 0) for kind in ChangeKind.values}


def changes_in(period: Period) -> QuerySet[PlanChange]:
    """Of the plans whose items the period counts: those of the plans that overlap it, made in it."""
    return PlanChange.objects.filter(
        plan__start__lte=period.end,
        plan__end__gte=period.start,
        made_at__date__range=(period.start, period.end),
    )


def item_changes_in(period: Period) -> QuerySet[PlanChange]:
    """Those that figures count: of items, not of chapters, in plans that are passed now."""
    of_chapter = Q(item=None, item_text__startswith=CHAPTER)
    return changes_in(period).filter(plan__state__in=COUNTED).exclude(of_chapter)


def item_changes_visible_to(user, period: Period) -> QuerySet[PlanChange]:
    """As far as the user may see the plans."""
    seen = plans_visible_to(user).order_by().values("pk")
    return item_changes_in(period).filter(plan__in=seen)


def differences(change: PlanChange) -> list[Difference]:
    """The columns that a change touched, in the order of the form."""
    touched = change.before.keys() | change.after.keys()
    names = sorted(touched, key=lambda name: (_place(name), name))
    return [
        Difference(name, change.before.get(name, ""), change.after.get(name, "")) for name in names
    ]


def _place(name: str) -> int:
    """Databases give the columns back in an order of their own."""
    return COLUMNS.index(name) if name in COLUMNS else len(COLUMNS)
