"""Where the apps' numbers meet: every fact of a period, each counted in its own app."""

from collections.abc import Mapping
from datetime import date
from itertools import chain

import activities.facts
import congress.facts
import members.facts
import welfare.facts
from unionoffice.facts import Fact
from unionoffice.periods import Period


def gather(period: Period, today: date) -> Mapping[str, Fact]:
    """{key: fact} of all apps for the period as it stands `today`, in the order of the sections."""
    counted = chain(
        members.facts.facts(period, today),
        activities.facts.facts(period),
        welfare.facts.facts(period),
        congress.facts.facts(period),
    )
    return {fact.key: fact for fact in counted}
