"""People, the rows that say what they were from when to when, accounts, and roster imports."""

from members.models.accounts import User
from members.models.history import (
    DepartmentAssignment,
    Employment,
    GroupAssignment,
    Membership,
    OfficeHolding,
)
from members.models.imports import RosterImport
from members.models.people import Department, Member, UnionGroup

__all__ = [
    "Department",
    "DepartmentAssignment",
    "Employment",
    "GroupAssignment",
    "Member",
    "Membership",
    "OfficeHolding",
    "RosterImport",
    "UnionGroup",
    "User",
]
