"""Where the apps' numbers meet: every fact of a period, each counted in its own app."""

from collections.abc import Mapping

import activities.facts
import congress.facts
import members.facts
import welfare.facts
from unionoffice.facts import Fact
from unionoffice.periods import Period

SOURCES = (members.facts.facts, activities.facts.facts, welfare.facts.facts, congress.facts.facts)


def gather(period: Period) -> Mapping[str, Fact]:
    """{key: fact} of all apps for the period, in the order of the sections."""
    return {fact.key: fact for facts in SOURCES for fact in facts(period)}
