"""How often the union's places were used, by how many: activities held there, and other uses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from activities.facts.held import activities_of
from activities.models import Place, PlaceUse, Stocktake
from unionoffice.facts import Fact, count_or_none, list_url
from unionoffice.periods import Period

PLACE_KEYS = ("activities.place_uses", "activities.place_people")
STOCKTAKES = "activities.stocktakes"


@dataclass(frozen=True)
class PlaceRow:
    """A place that was open in the period or used in it. Both are missing where nobody recorded
    anything."""

    label: str
    uses: Fact
    people: Fact


@dataclass(frozen=True)
class Used:
    """One place in one month: `people` is None where nobody was counted."""

    place: int
    month: date
    times: int
    people: int | None


def used_in(period: Period) -> list[Used]:
    """Two queries."""
    held = activities_of(period).exclude(venue=None)
    other = PlaceUse.objects.filter(day__range=(period.start, period.end))
    return [*_used(held, "venue", "headcount"), *_used(other, "place", "people")]


def _used(rows: QuerySet, place: str, people: str) -> list[Used]:
    rows = rows.order_by().annotate(month=TruncMonth("day")).values_list(place, "month")
    return [Used(*row) for row in rows.annotate(Count("pk"), Sum(people))]


def times_and_people(used: Iterable[Used]) -> tuple[int | None, int | None]:
    """What nobody recorded is None."""
    used = list(used)
    counted = [one.people for one in used if one.people is not None]
    return count_or_none(sum(one.times for one in used)), sum(counted) if counted else None


def stocktakes_in(period: Period) -> QuerySet[Stocktake]:
    return Stocktake.objects.standing().in_period(period)


def place_facts(period: Period, used: list[Used]) -> list[Fact]:
    """One query."""
    times, people = times_and_people(used)
    source = list_url("activities:place_list", period)
    counted = count_or_none(stocktakes_in(period).count())
    counts = list_url("activities:stocktake_list", period)
    return [
        Fact("activities.place_uses", "阵地使用", times, "次", source),
        Fact("activities.place_people", "阵地使用人次", people, "人次", source),
        Fact(STOCKTAKES, "阵地盘点", counted, "次", counts),
    ]


def place_rows(period: Period, used: list[Used]) -> list[PlaceRow]:
    """One query: the places in the order of their list."""
    there = Q(closed_on=None) | Q(closed_on__gte=period.start)
    there &= Q(opened_on=None) | Q(opened_on__lte=period.end)
    places = Place.objects.filter(there | Q(pk__in={one.place for one in used}))
    return [_place_row(place, period, used) for place in places]


def _place_row(place: Place, period: Period, used: list[Used]) -> PlaceRow:
    times, people = times_and_people(one for one in used if one.place == place.pk)
    source = f"{place.get_absolute_url()}?period={period.code}"
    uses_key, people_key = (f"{key}.{place.pk}" for key in PLACE_KEYS)
    return PlaceRow(
        label=place.name,
        uses=Fact(uses_key, f"{place.name}使用", times, "次", source),
        people=Fact(people_key, f"{place.name}使用人次", people, "人次", source),
    )
