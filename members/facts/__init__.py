"""The roster's numbers: counted here and nowhere else."""

from members.facts.parts import breakdowns
from members.facts.period import COUNTED, Told, active_fact, facts, told, told_on
from members.facts.staff import StaffTotals, staff_totals
from members.facts.tables import FigureTable, RosterTables, roster_tables
from members.facts.totals import RosterTotals, active_members, roster_totals, status_day

__all__ = [
    "COUNTED",
    "FigureTable",
    "RosterTables",
    "RosterTotals",
    "StaffTotals",
    "Told",
    "active_fact",
    "active_members",
    "breakdowns",
    "facts",
    "roster_tables",
    "roster_totals",
    "staff_totals",
    "status_day",
    "told",
    "told_on",
]
