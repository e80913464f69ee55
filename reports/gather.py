"""Where the apps' numbers meet: every fact of a period, counted and explained in its own app."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import activities.facts
import congress.facts
import members.facts
import welfare.facts
from unionoffice.facts import Breakdown, Fact
from unionoffice.periods import Period

APPS = {
    "members": members.facts,
    "activities": activities.facts,
    "welfare": welfare.facts,
    "congress": congress.facts,
}
# key -> what is counted, in a sentence
COUNTED: Mapping[str, str] = {
    key: sentence for app in APPS.values() for key, sentence in app.COUNTED.items()
}


@dataclass(frozen=True)
class Gathered:
    """What all apps tell of a period: {key: fact} in the order of the sections, and the tables."""

    facts: Mapping[str, Fact]
    came: list[Fact]
    went: list[Fact]
    fields: list[activities.facts.FieldRow]
    months: list[activities.facts.MonthRow]
    levels: list[activities.facts.LevelRow]
    places: list[activities.facts.PlaceRow]
    kinds: list[welfare.facts.KindRow]
    categories: list[congress.facts.CategoryRow]


def gather(period: Period, today: date) -> Gathered:
    """As it stands `today`."""
    work, motions = activities.facts.told(period), congress.facts.told(period)
    people, visits = members.facts.told(period, today), welfare.facts.facts(period)
    return Gathered(
        facts={fact.key: fact for fact in [*people.facts, *work.facts, *visits, *motions.facts]},
        came=people.came,
        went=people.went,
        fields=work.fields,
        months=work.months,
        levels=work.levels,
        places=work.places,
        kinds=welfare.facts.by_kind(period),
        categories=motions.categories,
    )


def fact_of(key: str, period: Period, today: date) -> Fact:
    """One of the facts that COUNTED names; the other apps count nothing."""
    return next(fact for fact in _facts(_app_of(key), period, today) if fact.key == key)


def breakdowns_of(key: str, period: Period, today: date) -> list[Breakdown]:
    """The figure in parts that name nobody."""
    app = _app_of(key)
    days = (today,) if app == "members" else ()
    return APPS[app].breakdowns(key, period, *days)


def _facts(app: str, period: Period, today: date) -> list[Fact]:
    """Heads are counted on a day."""
    days = (today,) if app == "members" else ()
    return APPS[app].facts(period, *days)


def _app_of(key: str) -> str:
    return key.partition(".")[0]
