"""People, the rows that say what they were from when to when, accounts, and roster imports."""

from members.models.accounts import User
from members.models.assessments import Assessment
from members.models.bodies import WorkingGroup, WorkingGroupSeat
from members.models.desk import Delivery, Message, SavedView
from members.models.history import (
    DepartmentAssignment,
    Employment,
    GroupAssignment,
    Membership,
    OfficeHolding,
)
from members.models.imports import RosterImport
from members.models.people import Department, Member, UnionGroup
from members.models.private import KeptField, PrivateValue
from members.models.regulations import Regulation
from members.models.requests import Application, Correction
from members.models.terms import Candidate, Election, Term
from members.models.titles import TitleGrant

__all__ = [
    "Application",
    "Assessment",
    "Candidate",
    "Correction",
    "Delivery",
    "Department",
    "DepartmentAssignment",
    "Election",
    "Employment",
    "GroupAssignment",
    "KeptField",
    "Member",
    "Membership",
    "Message",
    "OfficeHolding",
    "PrivateValue",
    "Regulation",
    "RosterImport",
    "SavedView",
    "Term",
    "TitleGrant",
    "UnionGroup",
    "User",
    "WorkingGroup",
    "WorkingGroupSeat",
]
