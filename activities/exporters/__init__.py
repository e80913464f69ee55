"""Lists and papers out of the office."""

from activities.exporters.activities import ActivityRegister

__all__ = ["ActivityRegister"]
