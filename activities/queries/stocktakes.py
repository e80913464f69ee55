"""盘点: which there were, what they found, when a thing was last looked for."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, When

from activities.choices import CountResult
from activities.models import Asset, Place, StockCount, Stocktake
from unionoffice.periods import Period


def stocktakes_visible_to(user) -> QuerySet[Stocktake]:
    """The voided ones for those who keep the places only."""
    rows = Stocktake.objects.select_related("place", "recorded_by__member")
    return rows if user.has_perm("activities.manage_places") else rows.standing()


def narrowed_stocktakes(
    stocktakes: QuerySet[Stocktake], *, period: Period, place: str = ""
) -> QuerySet[Stocktake]:
    """The rows of the list and of its export, each with what it found; in one query."""
    rows = stocktakes.standing().in_period(period)
    rows = rows.filter(place=place) if place else rows
    return rows.annotate(**_found("counts__")).order_by("-day", "-pk")


def _found(prefix: str = "") -> dict:
    def result(which: str) -> Q:
        return Q(**{f"{prefix}result": which})

    return {
        "kinds": Count(f"{prefix}pk"),
        "expected": Sum(f"{prefix}expected"),
        "counted": Sum(f"{prefix}counted"),
        "missing": Count(f"{prefix}pk", filter=result(CountResult.MISSING)),
        "broken": Count(f"{prefix}pk", filter=result(CountResult.BROKEN)),
    }


@dataclass(frozen=True)
class Found:
    """What a stocktake found: `kinds` rows, of which `missing` and `broken`; how many things the
    ledger said, and how many there were."""

    kinds: int
    expected: int | None
    counted: int | None
    missing: int
    broken: int


def found_in(stocktake: Stocktake) -> Found:
    return Found(**stocktake.counts.order_by().aggregate(**_found()))


def counts_of(stocktake: Stocktake) -> QuerySet[StockCount]:
    """What was missing or broken first."""
    rows = stocktake.counts.select_related("asset__keeper")
    there = Case(When(result=CountResult.FOUND, then=1), default=0)
    return rows.order_by(there, "asset__name", "pk")


def assets_to_count(place: Place) -> QuerySet[Asset]:
    return Asset.objects.filter(place=place, written_off_on=None).order_by("name", "pk")


def with_last_count(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """Each with `counted_on` and `count_result` of its last stocktake; in one query."""
    counts = StockCount.objects.filter(asset=OuterRef("pk"), stocktake__voided_at=None)
    last = counts.order_by("-stocktake__day", "-pk")
    return assets.annotate(
        counted_on=Subquery(last.values("stocktake__day")[:1]),
        count_result=Subquery(last.values("result")[:1]),
    )


def counts_of_asset(asset: Asset) -> QuerySet[StockCount]:
    """The newest first."""
    rows = asset.counts.filter(stocktake__voided_at=None).select_related("stocktake")
    return rows.annotate(day=F("stocktake__day")).order_by("-day", "-pk")


def last_stocktakes(place: Place) -> QuerySet[Stocktake]:
    found = Stocktake.objects.standing().filter(place=place)
    return found.annotate(**_found("counts__")).order_by("-day", "-pk")
