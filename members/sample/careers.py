"""Since when the sample school's people work and are there, and when they may go."""

from datetime import date

from members.choices import EmploymentStatus, Gender, RetirementLine
from members.models import Member
from members.rules.retirement import forecast
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
