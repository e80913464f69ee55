"""The numbers of motions and notices: the only place where they are counted.

All figures on motions are about those handed in during the period, whatever became of them since,
so that filed, turned into suggestions and rejected never add up to more than were received.
"""

from dataclasses import dataclass

from django.db.models import Count, Q

from congress.choices import MotionCategory, MotionState, NoticeState
from congress.models import Motion, Notice
from unionoffice.facts import Fact, count_or_none, list_url, percent
from unionoffice.periods import Period

S = MotionState
COUNTED_STATES = {
    "congress.filed": ("立案", S.FILED),
    "congress.to_suggestion": ("转为意见建议", S.TO_SUGGESTION),
    "congress.rejected": ("不予立案", S.REJECTED),
}


@dataclass(frozen=True)
class CategoryRow:
    """One line of the table 提案分类."""

    label: str
    motions: Fact
    filed: Fact


def facts(period: Period) -> list[Fact]:
    received = Motion.objects.received_in(period).order_by()
    states = {row["state"]: row["n"] for row in received.values("state").annotate(n=Count("pk"))}
    total = sum(states.values())
    return [
        Fact("congress.motions", "收到提案", count_or_none(total), "件", _motions_url(period)),
        *(
            Fact(
                key,
                label,
                states.get(state, 0) if total else None,
                "件",
                _motions_url(period, state=state),
            )
            for key, (label, state) in COUNTED_STATES.items()
        ),
        Fact(
            "congress.filing_rate",
            "立案率",
            percent(states.get(S.FILED, 0), total),
            "%",
            _motions_url(period),
        ),
        _notices(period),
    ]


def _notices(period: Period) -> Fact:
    published = Notice.objects.filter(
        state=NoticeState.PUBLISHED, published_on__range=(period.start, period.end)
    )
    source = list_url("congress:notice_list", period)
    return Fact("congress.notices", "公开事项", count_or_none(published.count()), "项", source)


def by_category(period: Period) -> list[CategoryRow]:
    """One row for each category in which a motion was received."""
    rows = (
        Motion.objects.received_in(period)
        .order_by()
        .values("category")
        .annotate(motions=Count("pk"), filed=Count("pk", filter=Q(state=S.FILED)))
    )
    found = {row["category"]: row for row in rows}
    return [
        _category_row(category, period, found[category]["motions"], found[category]["filed"])
        for category in MotionCategory
        if category in found
    ]


def _category_row(
    category: MotionCategory, period: Period, motions: int, filed: int
) -> CategoryRow:
    def fact(name: str, value: int, **filters) -> Fact:
        source = _motions_url(period, category=category, **filters)
        return Fact(f"congress.{name}.{category}", category.label, value, "件", source)

    return CategoryRow(
        category.label, fact("motions", motions), fact("filed", filed, state=S.FILED)
    )


def _motions_url(period: Period, **filters: str) -> str:
    return list_url("congress:motion_list", period, tab="all", **filters)
