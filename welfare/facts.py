"""The numbers of the visits: the only place where they are counted."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from unionoffice.facts import Fact, count_or_none
from unionoffice.periods import Period
from welfare.choices import Gift, VisitKind
from welfare.models import Visit


@dataclass(frozen=True)
class Totals:
    """人次, 人, 元: None where nothing was recorded."""

    visits: int | None
    people: int | None
    money: Decimal | None
    goods_value: Decimal | None


@dataclass(frozen=True)
class KindRow:
    """One line of the table 慰问情况: a kind, its 人次 and its 元."""

    label: str
    visits: int
    money: Decimal
    source: str


def totals(visits: QuerySet[Visit]) -> Totals:
    numbers = visits.order_by().aggregate(
        visits=Count("pk"),
        members=Count("member", distinct=True),
        others=Count("person_name", distinct=True, filter=Q(member__isnull=True)),
        money=Sum("money"),
        goods_value=Sum("goods_value"),
    )
    return Totals(
        visits=count_or_none(numbers["visits"]),
        people=count_or_none(numbers["members"] + numbers["others"]),
        money=numbers["money"] or None,
        goods_value=numbers["goods_value"] or None,
    )


def facts(period: Period, visits: QuerySet[Visit] | None = None) -> list[Fact]:
    """The figures of a period; of `visits` only, when given."""
    visits = Visit.objects.all() if visits is None else visits
    numbers = totals(visits.done().in_period(period))
    return [
        Fact("welfare.visits", "慰问人次", numbers.visits, "人次", list_url(period)),
        Fact("welfare.people", "慰问人数", numbers.people, "人", list_url(period)),
        Fact(
            "welfare.money", "慰问金", numbers.money, "元", list_url(period, gift=Gift.MONEY.value)
        ),
        Fact(
            "welfare.goods_value",
            "慰问品折价",
            numbers.goods_value,
            "元",
            list_url(period, gift=Gift.GOODS.value),
        ),
    ]


def by_kind(period: Period) -> list[KindRow]:
    """One row for each kind that occurred, in the order of the kinds."""
    found = {
        row["kind"]: row
        for row in Visit.objects.done()
        .in_period(period)
        .order_by()
        .values("kind")
        .annotate(visits=Count("pk"), money=Sum("money"))
    }
    return [
        KindRow(
            kind.label,
            found[kind]["visits"],
            found[kind]["money"],
            list_url(period, kind=kind.value),
        )
        for kind in VisitKind
        if kind in found
    ]


def list_url(period: Period, **filters: str) -> str:
    more = "".join(f"&{name}={value}" for name, value in filters.items())
    return f"{reverse('welfare:visit_list')}?period={period.code}{more}"
