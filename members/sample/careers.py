"""How the sample school's people came, which retirement is theirs, and how those retired went."""

from datetime import date, timedelta

from members.choices import (
    EmploymentStatus,
    Gender,
    MembershipEntry,
    MembershipStatus,
    RetirementLine,
)
from members.models import Employment, GroupAssignment, Member, Membership, UnionGroup
from members.rules.retirement import forecast
from members.sample.people import DEPARTMENTS, group_name
from unionoffice.periods import Precision
from unionoffice.sample import Sample

UNTOLD = 9  # of so many women one has no line recorded
BATCH = 500
FORMER_UNION = "示例市第二中学工会"
MOVES_ON = ("start_precision", "entry", "from_union")  # of a 会籍, with its start


def give_careers(sample: Sample) -> None:
    _say_how_they_came()
    working = Member.objects.filter(
        gender=Gender.FEMALE,
        employments__status=EmploymentStatus.WORKING,
        employments__end=None,
    )
    told = [
        key
        for n, key in enumerate(working.order_by("id").values_list("pk", flat=True))
        if n % UNTOLD
    ]
    Member.objects.filter(pk__in=told).update(retirement_line=RetirementLine.FIFTY_FIVE)
    _retire()


def _say_how_they_came() -> None:
    """Who worked elsewhere before brought the 会籍 along; the others joined here."""
    rows = list(Membership.objects.select_related("member"))
    for row in rows:
        row.entry = MembershipEntry.JOINED
        if row.member.work_began.year < row.member.arrived.year:
            row.entry, row.from_union = MembershipEntry.TRANSFERRED, FORMER_UNION
    Membership.objects.bulk_update(rows, ["entry", "from_union"], batch_size=BATCH)


def _retire() -> None:
    """Who is retired worked here until the age for it: 在册, in the group of the own department."""
    groups = {group.name: group for group in UnionGroup.objects.all()}
    retired = Member.objects.filter(employments__status=EmploymentStatus.RETIRED)
    people = retired.prefetch_related(
        "memberships", "employments", "group_assignments", "department_assignments__department"
    )
    rows = {Membership: [], Employment: [], GroupAssignment: []}
    for person in people.order_by("id"):
        told = forecast(person.gender, "", person.birth, Precision.DAY)
        since = told.first.day
        for model, row, earlier in (
            (Membership, person.memberships.all()[0], {"status": MembershipStatus.ACTIVE}),
            (Employment, person.employments.all()[0], {"status": EmploymentStatus.WORKING}),
            (GroupAssignment, person.group_assignments.all()[0], {"group": _own(person, groups)}),
        ):
            rows[model] += _split(row, since, **earlier)
    for model, both in rows.items():
        moved = MOVES_ON if model is Membership else ()
        model.objects.bulk_update(both[::2], ["start", *moved], batch_size=BATCH)
        model.objects.bulk_create(both[1::2], batch_size=BATCH)


def _own(person: Member, groups: dict[str, UnionGroup]) -> UnionGroup:
    """The group of the own department, or the first where nobody is left in it."""
    department = person.department_assignments.all()[0].department
    return groups.get(group_name(DEPARTMENTS[department.name])) or next(iter(groups.values()))


def _split(row, since: date, **earlier) -> list:
    """`row` from `since` on, and another from its start to the day before with values of its own."""
    before = type(row)(member=row.member, start=row.start, end=since - timedelta(days=1), **earlier)
    if isinstance(row, Membership):
        for name in MOVES_ON:
            setattr(before, name, getattr(row, name))
        row.start_precision, row.entry, row.from_union = Precision.DAY, "", ""
    row.start = since
    return [row, before]
