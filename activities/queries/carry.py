"""The items of a plan with where each would go in another period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from activities.choices import DayKind, Mark, Weekday
from activities.models import Plan, PlanItem
from activities.queries.days_off import days_off
from activities.queries.plans import COUNTED, COUNTED_FIRST, item_rows
from activities.rules import months_between, shifted
from activities.rules.carry import Off, Proposal, proposal
from unionoffice.lunar import statutory_days
from unionoffice.periods import Period

SATURDAY = 5
KEPT = (
    *("field", "rhythm", "weekday", "from_time", "to_time", "audience", "responsible"),
    *("co_organiser", "budget", "evidence", "week"),
)


@dataclass(frozen=True)
class Carried:
    """An item of the old plan and where it would go."""

    item: PlanItem
    to: Proposal

    @property
    def moved(self) -> bool:
        """Whether it goes to another month or another day of the month of the new period."""
        old, to = self.item, self.to
        if to.outside:
            return False
        if old.day and to.day:
            return (old.day.month, old.day.day) != (to.day.month, to.day.day)
        return old.origin.month != to.first_month.month

    def as_item(self, *, text: str, month: date | None, day: date | None) -> PlanItem:
        """As an item of the new plan, not saved. Where a day was chosen, its month follows; the
        length of the span or of the days stays."""
        old, first = self.item, day.replace(day=1) if day else month
        span = months_between(self.to.first_month, self.to.last_month)
        until = day + (self.to.last_day - self.to.day) if day and self.to.last_day else None
        last = until.replace(day=1) if until else first if day else shifted(first, span)
        kept = {name: getattr(old, name) for name in KEPT}
        return PlanItem(
            text=text, first_month=first, last_month=last, day=day, last_day=until,
            carried_from=old, **kept,
        )  # fmt: skip


def carried(plan: Plan, target: Period, today: date) -> list[Carried]:
    """In the order of the new plan; those that someone has to decide about first, those that fall
    outside of it last."""
    items = plan.items.select_related("responsible").order_by("first_month", "order", "pk")
    late = {row.pk for row in item_rows(plan.items.all(), today) if row.mark == Mark.LATE}
    why = off_days(plan.period, target)
    found = [
        Carried(
            item,
            proposal(
                item, source=plan.period, target=target, recorded=item.pk not in late, off=why
            ),
        )
        for item in items
    ]
    return sorted(found, key=_place)


def _place(each: Carried) -> tuple:
    to = each.to
    return (to.outside, not to.ask, to.first_month, to.day or to.last_month)


def plan_to_repeat(plans: Iterable[Plan], target: Period | None = None) -> Plan | None:
    """The one of `plans` that the plan of the `target` would be made from, or any next one: passed
    before a draft, of the same kind of period (else a year's before a term's), the latest."""
    if target:
        plans = [plan for plan in plans if plan.start < target.start]
    kinds = [target.kind, *COUNTED_FIRST] if target else COUNTED_FIRST
    return max(
        plans,
        key=lambda plan: (plan.state in COUNTED, -kinds.index(plan.kind), plan.start),
        default=None,
    )


def off_days(*periods: Period) -> Off:
    """Why nobody works on a day of the periods: as the notice says, by law, or a weekend."""
    known = {}
    for period in periods:
        known |= days_off(period.start, period.end + timedelta(days=31))
    years = {year for period in periods for year in (period.start.year, period.end.year)}
    by_law = {day: name for year in years for day, name in statutory_days(year).items()}

    def why(day: date) -> str:
        if day in known:
            each = known[day]
            return f"{each.name}放假" if each.kind == DayKind.HOLIDAY else ""
        if day in by_law:
            return f"{by_law[day]}放假"
        return f"是{Weekday(day.weekday()).label}" if day.weekday() >= SATURDAY else ""

    return why
