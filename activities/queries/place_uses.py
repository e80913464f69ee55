"""使用记录: when the union's places were used, by whom, by how many: what was held there and what
was registered beside it, in one list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce

from activities.models import Activity, PlaceUse
from activities.queries.activities import activity_url
from unionoffice.periods import Period, Precision, iso_date

HELD, REGISTERED = "held", "registered"


@dataclass(frozen=True)
class Use:
    """`how`: HELD, an activity, or REGISTERED; `key`: its primary key."""

    day: date
    precision: str
    how: str
    key: int
    place_key: int
    place_name: str
    what: str
    who: str
    people: int | None

    @property
    def is_activity(self) -> bool:
        return self.how == HELD

    @property
    def url(self) -> str:
        return activity_url(self.key) if self.is_activity else ""

    @property
    def day_text(self) -> str:
        return iso_date(self.day, self.precision)


def uses_in(period: Period, *, place: int | str = "", q: str = "") -> QuerySet:
    """The newest first, as rows for uses_told(); one statement."""
    held = Activity.objects.standing().in_period(period).exclude(venue=None)
    uses = PlaceUse.objects.filter(day__range=(period.start, period.end))
    if place:
        held, uses = held.filter(venue=place), uses.filter(place=place)
    for word in q.split():
        held, uses = held.filter(title__icontains=word), uses.filter(what__icontains=word)
    rows = _held(held).union(_registered(uses), all=True)
    return rows.order_by("-day", "how", "-key")


def _held(activities: QuerySet[Activity]) -> QuerySet:
    who = Coalesce("group__name", "series__name", "organiser", output_field=CharField())
    return (
        activities.order_by()
        .annotate(how=_text(HELD), who=who, key=F("pk"))
        .values_list(
            "day", "precision", "how", "key", "venue", "venue__name", "title", "who", "headcount"
        )
    )


def _registered(uses: QuerySet[PlaceUse]) -> QuerySet:
    known = uses.order_by().annotate(
        how=_text(REGISTERED), precision=_text(Precision.DAY), key=F("pk")
    )
    return known.values_list(
        "day", "precision", "how", "key", "place", "place__name", "what", "who", "people"
    )


def _text(word: str) -> Value:
    return Value(word, CharField())


def uses_told(rows: Iterable[tuple]) -> list[Use]:
    return [Use(*row) for row in rows]
