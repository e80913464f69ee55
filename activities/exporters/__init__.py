"""Lists and papers out of the office."""

from activities.exporters.activities import ActivityRegister
from activities.exporters.plans import PlanChanges

__all__ = ["ActivityRegister", "PlanChanges"]
