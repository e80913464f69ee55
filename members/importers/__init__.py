"""From what was read in a roster file to what it changes in the roster. Writes nothing."""

from members.importers.choices import Choices, Posted, choices_from_json, merged
from members.importers.known import KnownRoster, known_roster
from members.importers.plan import Change, RosterPlan, RowPlan
from members.importers.planning import plan_roster
from members.importers.stored import (
    reading_from_json,
    reading_to_json,
    without_people,
    without_private,
)

__all__ = [
    "Change",
    "Choices",
    "KnownRoster",
    "Posted",
    "RosterPlan",
    "RowPlan",
    "choices_from_json",
    "known_roster",
    "merged",
    "plan_roster",
    "reading_from_json",
    "reading_to_json",
    "without_people",
    "without_private",
]
