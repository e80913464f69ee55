"""Since when the sample school's people work and are there, and when they may go or went."""

from datetime import date, timedelta

from members.choices import EmploymentStatus, Gender, MembershipStatus, RetirementLine
from members.models import Employment, GroupAssignment, Member, Membership, UnionGroup
from members.rules.retirement import forecast
from members.sample.people import DEPARTMENTS, group_name
from unionoffice.periods import Precision
from unionoffice.sample import Sample

COLUMNS = (
    "birth",
    "retirement_line",
    "work_began",
    "work_began_precision",
    "arrived",
    "arrived_precision",
)
YOUNGER = 4  # years: who would have had to go long ago
STILL_HERE = slice(5, 7)  # two of them whose retirement nobody has seen to
UNTOLD = 9  # of so many women one has no line recorded
BATCH = 500
PRECISE = {Membership: ("start_precision",)}  # columns that go with the start


def give_careers(sample: Sample) -> None:
    """Whoever works here began when the 会籍 did, some of them at another school."""
    working = Member.objects.filter(
        employments__status=EmploymentStatus.WORKING, employments__end=None
    )
    people = list(working.prefetch_related("memberships").order_by("id"))
    overdue = [person for person in people if _overdue(person, sample.today)]
    forgotten = overdue[STILL_HERE]
    for person in overdue:
        if person not in forgotten:
            person.birth = person.birth.replace(year=person.birth.year + YOUNGER)
    for number, person in enumerate(people):
        _career(person, number, sample.today)
    Member.objects.bulk_update(people, COLUMNS, batch_size=BATCH)
    _retire(sample.today)


def _retire(today: date) -> None:
    """Who is retired worked here until the age for it: 在册, in the group of the own department."""
    groups = {group.name: group for group in UnionGroup.objects.all()}
    retired = Member.objects.filter(employments__status=EmploymentStatus.RETIRED)
    people = retired.prefetch_related(
        "memberships", "employments", "group_assignments", "department_assignments__department"
    )
    rows = {Membership: [], Employment: [], GroupAssignment: []}
    for person in people.order_by("id"):
        told = forecast(person.gender, "", person.birth, Precision.DAY)
        since = min(told.first.day, today)
        department = person.department_assignments.all()[0].department
        own = groups[group_name(DEPARTMENTS[department.name])]
        for model, row, earlier in (
            (Membership, person.memberships.all()[0], {"status": MembershipStatus.ACTIVE}),
            (Employment, person.employments.all()[0], {"status": EmploymentStatus.WORKING}),
            (GroupAssignment, person.group_assignments.all()[0], {"group": own}),
        ):
            rows[model] += _split(row, since, **earlier)
    for model, both in rows.items():
        model.objects.bulk_update(both[::2], ["start", *PRECISE.get(model, ())], batch_size=BATCH)
        model.objects.bulk_create(both[1::2], batch_size=BATCH)


def _split(row, since: date, **earlier) -> list:
    """`row` from `since` on, and another from its start to the day before with values of its own."""
    before = type(row)(member=row.member, start=row.start, end=since - timedelta(days=1), **earlier)
    for name in PRECISE.get(type(row), ()):
        setattr(before, name, getattr(row, name))
        setattr(row, name, Precision.DAY)
    row.start = since
    return [row, before]


def _overdue(person: Member, today: date) -> bool:
    told = forecast(person.gender, "", person.birth, Precision.DAY)
    return told is not None and told.first.day < today


def _career(person: Member, number: int, today: date) -> None:
    if person.gender == Gender.FEMALE and number % UNTOLD:
        person.retirement_line = RetirementLine.FIFTY_FIVE
    began = next((row.start for row in person.memberships.all() if row.start), None)
    if began is None:
        return
    moved = number % 7 if number % 3 == 0 else 0  # years until they came to this school
    person.work_began = began.replace(month=9, day=1)
    person.arrived = began.replace(year=min(began.year + moved, today.year), month=8, day=25)
    person.work_began_precision, person.arrived_precision = Precision.MONTH, Precision.DAY
