"""Everything of a period together, at a constant number of queries."""

from dataclasses import dataclass

from activities.facts.changes import change_facts
from activities.facts.held import (
    FieldRow,
    activities_of,
    activity_facts,
    field_rows,
    people_fact,
    together,
    totals_by_field,
)
from activities.facts.kinds import (
    LevelRow,
    check_facts,
    contest_facts,
    honour_facts,
    honours_counted,
    level_rows,
    stages_by_level,
    study_facts,
)
from activities.facts.places import PlaceRow, place_facts, place_rows, used_in
from activities.facts.plans import MonthRow, items_of, month_row, plan_facts
from unionoffice.facts import Fact
from unionoffice.periods import Period


@dataclass(frozen=True)
class Told:
    """Everything this app tells reports in numbers. `fields` are those that have an item or an
    activity; `months` all of the period's, where a postponed item stays with its first month;
    `levels` those that have a competition or an honour; `places` those open or used in it."""

    facts: list[Fact]
    fields: list[FieldRow]
    months: list[MonthRow]
    levels: list[LevelRow]
    places: list[PlaceRow]


def told(period: Period) -> Told:
    """Each kind of record is read once."""
    rows, held = items_of(period), totals_by_field(period)
    stages, honours = stages_by_level(period), honours_counted(period)
    used = used_in(period)
    return Told(
        facts=[
            *plan_facts(period, rows),
            *change_facts(period),
            *activity_facts(period, together(held.values())),
            people_fact(period),
            *study_facts(period),
            *contest_facts(period, stages),
            *check_facts(period),
            *place_facts(period, used),
            *honour_facts(period, honours),
        ],
        fields=field_rows(period, rows, held),
        months=[month_row(year, month, rows) for year, month in period.months()],
        levels=level_rows(period, stages, honours),
        places=place_rows(period, used),
    )


def facts(period: Period) -> list[Fact]:
    return told(period).facts


def highlights(period: Period) -> list[str]:
    """The sentences that were marked for the summary, in the order of the days."""
    marked = activities_of(period).filter(is_highlight=True)
    return list(marked.order_by("day", "pk").values_list("highlight", flat=True))
