"""The people that the roster already has, as an import needs them: whole, in eight queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from members.choices import ImportState
from members.folding import number_key
from members.models import (
    Department,
    DepartmentAssignment,
    Employment,
    GroupAssignment,
    Member,
    Membership,
    PrivateValue,
    RosterImport,
    UnionGroup,
)
from members.models.people import OWN_COLUMNS
from members.queries import EARLIEST_FIRST
from members.rules.starts import undated_from


@dataclass
class KnownRoster:
    """`people`: pk → values. The dated rows that are open: member's pk → values of the row;
    `first_memberships` holds everyone's earliest, whether it is over or not. `today` is the day
    that all this is known on; `is_first`: no roster has landed yet."""

    today: date = field(default_factory=timezone.localdate)
    is_first: bool = True
    people: dict[int, dict] = field(default_factory=dict)
    memberships: dict[int, dict] = field(default_factory=dict)
    first_memberships: dict[int, dict] = field(default_factory=dict)
    employments: dict[int, dict] = field(default_factory=dict)
    groups_of: dict[int, dict] = field(default_factory=dict)
    departments_of: dict[int, dict] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    departments: dict[str, int] = field(default_factory=dict)

    def __post_init__(self):
        self.by_number = {
            number_key(p["staff_no"]): p for p in self.people.values() if p["staff_no"]
        }
        self.by_name = defaultdict(list)
        for person in self.people.values():
            self.by_name[person["name"]].append(person)

    @property
    def begin(self) -> date | None:
        """From when on someone is what a file says without a date."""
        return undated_from(self.today, first_roster=self.is_first)

    @cached_property
    def private(self) -> dict[int, dict[str, str]]:
        """Member's pk → private field → its value sealed; asked for only where a file has one."""
        found = defaultdict(dict)
        for pk, field_name, sealed in PrivateValue.objects.values_list(
            "member_id", "field", "sealed"
        ):
            found[pk][field_name] = sealed
        return found


def known_roster() -> KnownRoster:
    memberships = list(_rows(Membership.objects.all(), "status", "start_precision"))
    people = Member.objects.order_by("pk").values("pk", "name", *OWN_COLUMNS)
    return KnownRoster(
        is_first=not RosterImport.objects.filter(state=ImportState.LANDED).exists(),
        people={person["pk"]: person for person in people},
        memberships=_open(memberships),
        first_memberships={row["member_id"]: row for row in reversed(memberships)},
        employments=_open(_rows(Employment.objects.filter(end=None), "status")),
        groups_of=_open(_rows(GroupAssignment.objects.filter(end=None), "group__name")),
        departments_of=_open(
            _rows(DepartmentAssignment.objects.filter(end=None), "department__name")
        ),
        groups=dict(UnionGroup.objects.values_list("name", "pk")),
        departments=dict(Department.objects.values_list("name", "pk")),
    )


def _rows(rows: QuerySet, *fields: str) -> Iterable[dict]:
    return rows.order_by(EARLIEST_FIRST, "pk").values("pk", "member_id", "start", "end", *fields)


def _open(rows: Iterable[dict]) -> dict[int, dict]:
    return {row["member_id"]: row for row in rows if row["end"] is None}
