"""The numbers of the visits: the only place where they are counted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from unionoffice.facts import Breakdown, Fact, count_or_none, in_kinds, in_months, list_url
from unionoffice.kept import kept
from unionoffice.periods import Period
from welfare.choices import OWN, Gift, VisitKind
from welfare.models import Visit


@dataclass(frozen=True)
class Totals:
    """人次, 人, 元: None where nothing was recorded."""

    visits: int | None
    people: int | None
    money: Decimal | None
    goods_value: Decimal | None


@dataclass(frozen=True)
class Months:
    """`counts`: the visits of each month of the period; `weddings`, `births`: those among them for
    one's own wedding or child, by month."""

    visits: Fact
    money: Fact
    counts: tuple[int, ...]
    weddings: dict[tuple[int, int], int]
    births: dict[tuple[int, int], int]


@dataclass(frozen=True)
class KindRow:
    """One line of the table 慰问统计."""

    label: str
    visits: Fact
    money: Fact


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


# name -> label, unit, the filters of the list that shows its rows
FIGURES = {
    "visits": ("慰问人次", "人次", {}),
    "people": ("慰问人数", "人", {}),
    "money": ("慰问金", "元", {"gift": Gift.MONEY}),
    "goods_value": ("慰问品折价", "元", {"gift": Gift.GOODS}),
}

# key -> what is counted: which records, by which date
COUNTED = {
    "welfare.visits": "慰问记录，按慰问的那天算，一个人慰问几次算几次，作废的不算。",
    "welfare.people": "这一期慰问到的人，一个人慰问几次也只算一个。",
    "welfare.money": "这一期各次慰问给的慰问金相加，慰问品不在内。",
    "welfare.goods_value": "这一期各次慰问的慰问品折价相加，没填折价的不算。",
}
JOYS = {"weddings": VisitKind.WEDDING, "births": VisitKind.BIRTH}
MONTH_COLUMNS = ("month", "visits", "money", *JOYS)
MEASURES = {
    "welfare.visits": Count("pk"),
    "welfare.money": Sum("money"),
    "welfare.goods_value": Sum("goods_value"),
}


def facts(period: Period) -> list[Fact]:
    numbers = totals(Visit.objects.done().in_period(period))
    return [_fact(name, getattr(numbers, name), period) for name in FIGURES]


def _fact(name: str, value: int | Decimal | None, period: Period) -> Fact:
    label, unit, filters = FIGURES[name]
    source = list_url("welfare:visit_list", period, **filters)
    return Fact(f"welfare.{name}", label, value, unit, source)


def breakdowns(key: str, period: Period) -> list[Breakdown]:
    """The figure in parts: by month; by kind, which tells of illness and family, only for those
    who may see the visits."""
    visits = Visit.objects.done().in_period(period).order_by()
    if key == "welfare.people":
        return [_people_in_parts(visits)]
    unit = FIGURES[key.removeprefix("welfare.")][1]
    rows = visits.values("kind", month=TruncMonth("day")).annotate(value=MEASURES[key])
    rows = list(rows)
    kinds = ((row["kind"], row["value"]) for row in rows)
    return [
        in_months(unit, ((row["month"], row["value"]) for row in rows)),
        in_kinds("按事由", unit, VisitKind, kinds, permission="welfare.view_visits"),
    ]


def _people_in_parts(visits: QuerySet[Visit]) -> Breakdown:
    on_roster = visits.aggregate(n=Count("member", distinct=True))["n"]
    everyone = totals(visits).people or 0
    rows = (("名册里的人", on_roster), ("名册外的人", everyone - on_roster))
    return Breakdown("名册内外", "人", tuple(row for row in rows if row[1]))


def by_month(period: Period, visits: QuerySet[Visit] | None = None) -> Months:
    """Of `visits` (None: of all), those of the period: what `facts` says of them, and the visits of
    each month."""
    found = _all_in_months(period) if visits is None else _in_months(visits, period)
    rows = [dict(zip(MONTH_COLUMNS, row, strict=True)) for row in found]
    counts = {row["month"]: row["visits"] for row in rows}
    return Months(
        visits=_fact("visits", count_or_none(sum(counts.values())), period),
        money=_fact("money", sum(row["money"] for row in rows) or None, period),
        counts=tuple(counts.get(date(*month, 1), 0) for month in period.months()),
        **{name: {_month(row): row[name] for row in rows} for name in JOYS},
    )


@kept
def _all_in_months(period: Period) -> QuerySet[tuple]:
    return _in_months(Visit.objects.all(), period)


def _in_months(visits: QuerySet[Visit], period: Period) -> QuerySet[tuple]:
    rows = visits.done().in_period(period).order_by().values(month=TruncMonth("day"))
    joys = {name: Count("pk", filter=Q(kind=kind, relation__in=OWN)) for name, kind in JOYS.items()}
    rows = rows.annotate(visits=Count("pk"), money=Sum("money"), **joys)
    return rows.values_list(*MONTH_COLUMNS)


def _month(row: dict) -> tuple[int, int]:
    return row["month"].year, row["month"].month


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
        _kind_row(kind, period, found[kind]["visits"], found[kind]["money"])
        for kind in VisitKind
        if kind in found
    ]


def _kind_row(kind: VisitKind, period: Period, visits: int, money: Decimal) -> KindRow:
    source = list_url("welfare:visit_list", period, kind=kind)
    return KindRow(
        label=kind.label,
        visits=Fact(f"welfare.visits.{kind}", kind.label, visits, "人次", source),
        money=Fact(f"welfare.money.{kind}", kind.label, money, "元", source),
    )
