"""The numbers of motions and notices: the only place where they are counted.

All figures on motions are about those handed in during the period, whatever became of them since,
so that filed, turned into suggestions and rejected never add up to more than were received.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from congress.choices import MotionCategory, MotionState, NoticeCategory, NoticeState
from congress.models import Motion, Notice
from unionoffice.facts import (
    Breakdown,
    Fact,
    count_or_none,
    in_kinds,
    in_months,
    list_url,
    percent,
)
from unionoffice.periods import Period

S = MotionState
COUNTED_STATES = {
    "congress.filed": ("立案", S.FILED),
    "congress.to_suggestion": ("转为意见建议", S.TO_SUGGESTION),
    "congress.rejected": ("不予立案", S.REJECTED),
}


# key -> what is counted: which records, by which date
COUNTED = {
    "congress.motions": "附议够了、送到提案委员会的提案，按第一次送审的那天算，后来怎么处理都在内。",
    "congress.filed": "这一期收到的提案里，到现在已立案的。",
    "congress.to_suggestion": "这一期收到的提案里，转为意见建议交部门办理的。",
    "congress.rejected": "这一期收到的提案里，不予立案的。",
    "congress.filing_rate": "立案的件数除以收到的件数，保留一位小数。",
    "congress.notices": "公开着的事项，按公开日期算，草稿和撤下的不算。",
}


@dataclass(frozen=True)
class CategoryRow:
    """One line of the table 提案分类."""

    label: str
    motions: Fact
    filed: Fact


@dataclass(frozen=True)
class Told:
    """Everything this app tells reports in numbers; `categories` are those with a motion."""

    facts: list[Fact]
    categories: list[CategoryRow]


def told(period: Period) -> Told:
    """The motions are read once."""
    received = Motion.objects.received_in(period).order_by().values_list("category", "state")
    counted = list(received.annotate(n=Count("pk")))
    states, categories, filed = Counter(), Counter(), Counter()
    for category, state, number in counted:
        states[state] += number
        categories[category] += number
        filed[category] += number if state == S.FILED else 0
    return Told(
        facts=[*_motions(period, states), _notices(period)],
        categories=[
            _category_row(category, period, categories[category], filed[category])
            for category in MotionCategory
            if category in categories
        ],
    )


def facts(period: Period) -> list[Fact]:
    return told(period).facts


def _motions(period: Period, states: Mapping[str, int]) -> list[Fact]:
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
    ]


def _notices(period: Period) -> Fact:
    number = count_or_none(_published_in(period).count())
    source = list_url("congress:notice_list", period)
    return Fact("congress.notices", "公开事项", number, "项", source)


def _published_in(period: Period) -> QuerySet[Notice]:
    days = (period.start, period.end)
    return Notice.objects.filter(state=NoticeState.PUBLISHED, published_on__range=days)


def breakdowns(key: str, period: Period) -> list[Breakdown]:
    """The figure in parts: by month and by category; the rate as what it is made from."""
    if key == "congress.notices":
        return _in_parts(_published_in(period), "published_on", "项", NoticeCategory, "按类目")
    received = Motion.objects.received_in(period)
    if key == "congress.filing_rate":
        numbers = (("立案", received.filter(state=S.FILED).count()), ("收到提案", received.count()))
        return [Breakdown("怎么算", "件", numbers)]
    if key in COUNTED_STATES:
        received = received.filter(state=COUNTED_STATES[key][1])
    return _in_parts(received, "submitted_on", "件", MotionCategory, "按类别")


def _in_parts(rows: QuerySet, day: str, unit: str, kinds, title: str) -> list[Breakdown]:
    rows = list(rows.order_by().values("category", month=TruncMonth(day)).annotate(n=Count("pk")))
    return [
        in_months(unit, ((row["month"], row["n"]) for row in rows)),
        in_kinds(title, unit, kinds, ((row["category"], row["n"]) for row in rows)),
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
