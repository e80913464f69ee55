"""How often plans were changed after they were passed."""

from django.db.models import Count, QuerySet

from activities.choices import ChangeKind
from activities.queries import item_changes_in
from unionoffice.facts import Fact, count_or_none, list_url
from unionoffice.kept import kept
from unionoffice.periods import Period

# key -> the kind of change; None for all of them, those taken up again among them
CHANGES_OF = {
    "activities.changed": None,
    "activities.adjusted": ChangeKind.ADJUSTED,
    "activities.put_off": ChangeKind.POSTPONED,
    "activities.called_off": ChangeKind.CANCELLED,
    "activities.tasks": ChangeKind.ADDED,
}
LABELS = {
    "activities.changed": "计划变动",
    "activities.adjusted": "调整",
    "activities.put_off": "推迟",
    "activities.called_off": "取消",
    "activities.tasks": "临时任务",
}


def change_facts(period: Period) -> list[Fact]:
    """By the day of the change: an item put off twice was changed twice. Without any, nothing is
    known: every value is None."""
    counts = dict(_counted(period))
    total = count_or_none(sum(counts.values()))
    return [
        _fact(key, period, total if kind is None else total and counts.get(kind, 0))
        for key, kind in CHANGES_OF.items()
    ]


@kept
def _counted(period: Period) -> QuerySet[tuple]:
    """(kind, how many) of the kinds that there are."""
    rows = item_changes_in(period).order_by().values("kind")
    return rows.annotate(number=Count("pk")).values_list("kind", "number")


def _fact(key: str, period: Period, value: int | None) -> Fact:
    kind = CHANGES_OF[key]
    source = list_url("activities:change_list", period, **({"kind": kind} if kind else {}))
    return Fact(key, LABELS[key], value, "次", source)
