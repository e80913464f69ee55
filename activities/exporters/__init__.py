"""Lists and papers out of the office."""

from activities.exporters.activities import ActivityRegister
from activities.exporters.figures import FigureSheet
from activities.exporters.plans import ItemChanges, ItemRegister, PlanChanges

__all__ = ["ActivityRegister", "FigureSheet", "ItemChanges", "ItemRegister", "PlanChanges"]
