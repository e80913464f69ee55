"""What the search box of the office finds here, the few rows that it shows of each kind."""

from django.db.models import F, Q, QuerySet

from activities.models import Asset, Honour, Place, Selection, Series
from activities.queries.activities import FOUND_AT_ONCE
from activities.queries.honours import (
    honours_called,
    honours_visible_to,
    selections_narrowed,
    selections_visible_to,
)
from activities.queries.places import assets_visible_to, narrowed_assets, places_visible_to
from activities.queries.series import narrowed_series, series_visible_to


def find_honours(user, text: str) -> QuerySet[Honour]:
    found = honours_called(honours_visible_to(user).standing(), text)
    return found.order_by("-day", "-pk")[:FOUND_AT_ONCE]


def find_selections(user, text: str) -> QuerySet[Selection]:
    found = selections_narrowed(selections_visible_to(user), q=text)
    return found.order_by("-started_on", "-pk")[:FOUND_AT_ONCE]


def find_series(user, text: str) -> QuerySet[Series]:
    return narrowed_series(series_visible_to(user), q=text)[:FOUND_AT_ONCE]


def find_places(user, text: str) -> QuerySet[Place]:
    found = places_visible_to(user)
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(location__icontains=word))
    return found.order_by(F("closed_on").desc(nulls_first=True), "name")[:FOUND_AT_ONCE]


def find_assets(user, text: str) -> QuerySet[Asset]:
    return narrowed_assets(assets_visible_to(user), q=text)[:FOUND_AT_ONCE]
