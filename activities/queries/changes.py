"""What changed in plans after they were passed: the rows of the page, its export and figures."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, F, Q, QuerySet

from activities.choices import ChangeKind
from activities.models import Plan, PlanChange, PlanItem
from activities.queries.plans import COUNTED, plans_left_out, plans_visible_to
from activities.rules import COLUMNS
from unionoffice.models import AuditEntry
from unionoffice.periods import Period, chinese_date
from unionoffice.queries import log_of

CHAPTER = "章节“"  # what the words of a change begin with that no item had
OF_CHAPTER = Q(item=None, item_text__startswith=CHAPTER)


@dataclass(frozen=True)
class PlanParts:
    """How much there is of a plan."""

    items: int
    sections: int
    changes: int


@dataclass(frozen=True)
class Passing:
    """What was changed after one passing of a plan. `title` is "" for the one that holds now."""

    title: str
    changes: list[PlanChange]


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
    """How many there are of each kind since the plan was passed; every kind is there."""
    found = dict(changes_now(plan).order_by().values_list("kind").annotate(Count("pk")))
    return {kind: found.get(kind, 0) for kind in ChangeKind.values}


def changes_now(plan: Plan) -> QuerySet[PlanChange]:
    """Since the plan was passed: what was changed before it was passed anew is part of it. None of
    a draft."""
    if plan.state not in COUNTED:
        return plan.changes.none()
    again = [entry.at for entry in _passings(plan)[1:]]
    return plan.changes.filter(made_at__gte=again[-1]) if again else plan.changes.all()


def changes_by_passing(plan: Plan, changes: Iterable[PlanChange]) -> list[Passing]:
    """In the order of `changes`, which is the newest first."""
    entries = _passings(plan)
    again = [entry.at for entry in entries[1:]]
    groups = groupby(changes, key=lambda change: bisect_right(again, change.made_at))
    return [Passing(_title(plan, entries, number), list(rows)) for number, rows in groups]


def _title(plan: Plan, entries: list[AuditEntry], number: int) -> str:
    """Of the passing of that number, from 0."""
    last = max(len(entries) - 1, 0)
    if number == last and plan.state in COUNTED:
        return ""
    latest = last if plan.state not in COUNTED else last - 1
    which = "上次" if number == latest else "更早一次"
    day = entries[number].changes["passed_on"][1] if entries else ""
    return f"{which}通过（{chinese_date(date.fromisoformat(day))}）以后" if day else "上次通过以后"


def _passings(plan: Plan) -> list[AuditEntry]:
    """When it was recorded that the plan was passed, the earliest first."""
    return list(log_of(plan).filter(act="activities.pass_plan").order_by("number"))


def was_passed(plan: Plan) -> bool:
    """Whether it is or once was: what is taken out of it is kept."""
    if plan.state in COUNTED:
        return True
    acts = ("activities.pass_plan", "activities.redraft_plan")
    return log_of(plan).filter(act__in=acts).exists()


def passed_since(plan: Plan, entry: AuditEntry) -> bool:
    """Whether it was recorded that the plan was passed after what `entry` says was done."""
    return log_of(plan).filter(act="activities.pass_plan", number__gt=entry.number).exists()


def parts_of(plan: Plan) -> PlanParts:
    parts = plan.items, plan.sections, plan.changes
    return PlanParts(*(each.count() for each in parts))


def changes_in(period: Period) -> QuerySet[PlanChange]:
    """Of the plans whose items the period counts: those of the plans that overlap it, made in it."""
    return PlanChange.objects.filter(
        plan__start__lte=period.end,
        plan__end__gte=period.start,
        made_at__date__range=(period.start, period.end),
    )


def item_changes_in(period: Period) -> QuerySet[PlanChange]:
    """Those that figures count: of items, not of chapters, in plans that are passed now and whose
    items figures of the period go by. What was changed before the day that a plan was passed anew
    is part of what was passed."""
    standing = changes_in(period).filter(plan__state__in=COUNTED).exclude(OF_CHAPTER)
    counted = standing.exclude(plan__in=plans_left_out(period))
    return counted.filter(made_at__date__gte=F("plan__passed_on"))


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
