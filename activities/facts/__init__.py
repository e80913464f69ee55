"""The numbers of plans, activities and honours for a period, and the tables made from them."""

from activities.facts.counted import COUNTED
from activities.facts.figures import FigureTable, figure_tables
from activities.facts.held import FieldRow, GroupSpending, activity_facts, spent_by_groups
from activities.facts.kinds import LevelRow
from activities.facts.parts import breakdowns
from activities.facts.places import PlaceRow
from activities.facts.plans import MonthRow, outcome_of, plan_facts
from activities.facts.told import Told, facts, highlights, told

__all__ = [
    "COUNTED",
    "FieldRow",
    "FigureTable",
    "GroupSpending",
    "LevelRow",
    "MonthRow",
    "PlaceRow",
    "Told",
    "activity_facts",
    "breakdowns",
    "facts",
    "figure_tables",
    "highlights",
    "outcome_of",
    "plan_facts",
    "spent_by_groups",
    "told",
]
