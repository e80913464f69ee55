"""The union's places: what stands there, what it cost, how often they are used."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from activities.choices import ActivityKind, ActivityState
from activities.models import Activity, Asset, Place, PlaceUse
from unionoffice.models import AuditEntry
from unionoffice.periods import Period

STANDING, WRITTEN_OFF = "standing", "written_off"


def places_visible_to(user) -> QuerySet[Place]:
    return Place.objects.all()


def places_open(day: date, chosen: int | None = None) -> QuerySet[Place]:
    """For a form: those in use on that day, and the chosen one."""
    return Place.objects.filter(Q(closed_on=None) | Q(closed_on__gte=day) | Q(pk=chosen))


def place_called(name: str, day: date) -> Place | None:
    """The one of that name that was in use on the day."""
    return places_open(day).filter(name=name).first() if name else None


@dataclass(frozen=True)
class PlaceRow:
    """One line of the list: of the period how often it was used, by how many as far as known."""

    place: Place
    things: int
    value: Decimal | None
    held: int
    uses: int
    people: int | None

    @property
    def used(self) -> int:
        return self.held + self.uses


def place_rows(places: QuerySet[Place], period: Period) -> list[PlaceRow]:
    """Four queries, however many places."""
    places = list(places.select_related("keeper"))
    things = _by_place(
        Asset.objects.filter(written_off_on=None), things=Sum("quantity"), value=Sum("price")
    )
    held = _by_place(_held(period), "venue", held=Count("pk"), people=Sum("headcount"))
    uses = _by_place(_uses(period), uses=Count("pk"), people=Sum("people"))
    return [_row(place, things, held, uses) for place in places]


def _held(period: Period) -> QuerySet[Activity]:
    return Activity.objects.standing().in_period(period).exclude(venue=None)


def _uses(period: Period) -> QuerySet[PlaceUse]:
    return PlaceUse.objects.filter(day__range=(period.start, period.end))


def _by_place(rows: QuerySet, name: str = "place", **sums) -> dict[int, dict]:
    return {row[name]: row for row in rows.order_by().values(name).annotate(**sums)}


def _row(place: Place, things: dict, held: dict, uses: dict) -> PlaceRow:
    there, met, used = (found.get(place.pk, {}) for found in (things, held, uses))
    counted = [found["people"] for found in (met, used) if found.get("people") is not None]
    return PlaceRow(
        place=place,
        things=there.get("things") or 0,
        value=there.get("value"),
        held=met.get("held", 0),
        uses=used.get("uses", 0),
        people=sum(counted) if counted else None,
    )


@dataclass(frozen=True)
class PlaceTotals:
    """What all places come to; `value` and `people` are None where nothing was written down."""

    places: int
    things: int
    value: Decimal | None
    books: int | None
    used: int
    people: int | None


def place_totals(rows: list[PlaceRow]) -> PlaceTotals:
    return PlaceTotals(
        places=len(rows),
        things=sum(row.things for row in rows),
        value=_sum(row.value for row in rows),
        books=_sum(row.place.books for row in rows),
        used=sum(row.used for row in rows),
        people=_sum(row.people for row in rows),
    )


def _sum(values):
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def uses_by_month(period: Period, place: Place | None = None) -> list[tuple[tuple[int, int], int]]:
    """((year, month), how often) of every month of the period that has begun: activities and other
    uses."""
    today = timezone.localdate()
    held, uses = _held(period), _uses(period)
    if place:
        held, uses = held.filter(venue=place), uses.filter(place=place)
    found = Counter()
    for rows in (held, uses):
        months = rows.order_by().annotate(month=TruncMonth("day")).values("month")
        for row in months.annotate(n=Count("pk")):
            found[row["month"].year, row["month"].month] += row["n"]
    begun = [month for month in period.months() if month <= (today.year, today.month)]
    return [(month, found[month]) for month in begun]


def last_used(place: Place) -> date | None:
    """The last day on which something is, or will be, held there, or its use is registered."""
    held = Activity.objects.filter(venue=place, voided_at=None).exclude(
        state=ActivityState.CALLED_OFF
    )
    days = (
        held.aggregate(last=Max(Coalesce("last_day", "day")))["last"],
        place.uses.aggregate(last=Max("day"))["last"],
    )
    return max((day for day in days if day), default=None)


def labelled(numbers: Iterable[str]) -> QuerySet[Asset]:
    """The things that are there with one of these numbers."""
    found = Asset.objects.filter(number__in=[number for number in numbers if number])
    return found.filter(written_off_on=None).select_related("place")


def inspections_of(place: Place) -> QuerySet[Activity]:
    """建家检查 at this place, whenever it was."""
    found = Activity.objects.standing().filter(venue=place, kind=ActivityKind.INSPECTION)
    return found.select_related("check_result")


def uses_in_hands_of(user) -> QuerySet[PlaceUse]:
    """Any for those who keep the places, else those one registered oneself."""
    if user.has_perm("activities.manage_places"):
        return PlaceUse.objects.all()
    return PlaceUse.objects.filter(recorded_by=user.pk)


def assets_visible_to(user) -> QuerySet[Asset]:
    return Asset.objects.select_related("place", "keeper")


def narrowed_assets(
    assets: QuerySet[Asset], *, q: str = "", place: str = "", state: str = ""
) -> QuerySet[Asset]:
    """What the filter of the list leaves; what was written off only where it is asked for."""
    assets = assets.filter(written_off_on__isnull=state != WRITTEN_OFF)
    if place:
        assets = assets.filter(place=place)
    for word in q.split():
        assets = assets.filter(
            Q(name__icontains=word)
            | Q(number__icontains=word)
            | Q(note__icontains=word)
            | Q(keeper__name__icontains=word)
        )
    return assets.order_by("place__name", "place", "name", "pk")


@dataclass(frozen=True)
class AssetTotals:
    kinds: int
    things: int
    value: Decimal | None
    without_price: int


def asset_totals(assets: QuerySet[Asset]) -> AssetTotals:
    sums = assets.order_by().aggregate(
        kinds=Count("pk"), things=Sum("quantity"), value=Sum("price"), priced=Count("price")
    )
    priced = sums.pop("priced")
    sums["things"] = sums["things"] or 0
    return AssetTotals(**sums, without_price=sums["kinds"] - priced)


def place_names() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in Place.objects.values_list("pk", "name")]


def asset_imports_of(user) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(act="activities.import_assets", actor=user)
