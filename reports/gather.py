"""Where the apps' numbers meet: every fact of a period, counted and explained in its own app."""

from collections.abc import Mapping
from datetime import date

import activities.facts
import congress.facts
import members.facts
import welfare.facts
from unionoffice.facts import Breakdown, Fact
from unionoffice.periods import Period

# in the order of the sections
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


def gather(period: Period, today: date) -> Mapping[str, Fact]:
    """{key: fact} of all apps for the period as it stands `today`."""
    return {fact.key: fact for app in APPS for fact in _facts(app, period, today)}


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
