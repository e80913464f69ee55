"""领导小组、工作小组 for tests."""

from datetime import date
from itertools import count

from members.actions.bodies import add_working_group, seat_people
from members.models import Member, WorkingGroup, WorkingGroupSeat
from tests.factories.members import make_member

numbers = count(1)
LONG_AGO = date(2024, 1, 1)


def make_working_group(name: str = "", *, start: date = LONG_AGO, **values) -> WorkingGroup:
    name = name or f"示例领导小组{next(numbers)}"
    return add_working_group(working_group=WorkingGroup(name=name, start=start, **values), by=None)


def make_seat(
    working_group: WorkingGroup | None = None,
    member: Member | None = None,
    role: str = "member",
    start: date = LONG_AGO,
) -> WorkingGroupSeat:
    body, people = working_group or make_working_group(), [member or make_member()]
    return seat_people(working_group=body, members=people, role=role, start=start, by=None)[0]
