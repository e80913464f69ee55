"""From what was read in a roster file to what it changes in the roster. Writes nothing."""

from members.importers.known import KnownRoster, known_roster
from members.importers.plan import Change, RosterPlan, RowPlan
from members.importers.planning import plan_roster
from members.importers.stored import reading_from_json, reading_to_json

__all__ = [
    "Change",
    "KnownRoster",
    "RosterPlan",
    "RowPlan",
    "known_roster",
    "plan_roster",
    "reading_from_json",
    "reading_to_json",
]
