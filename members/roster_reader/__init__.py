"""Reads a staff roster as schools really keep it into people with a place, or refuses it in a sentence.

Touches no database: what is new and what changes is the importer's question.
"""

from members.roster_reader.read import read_roster
from members.roster_reader.reading import Rejection, RosterReading, RosterRow

__all__ = ["Rejection", "RosterReading", "RosterRow", "read_roster"]
