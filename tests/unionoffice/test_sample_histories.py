"""No history of the sample school is one that can't be."""

from datetime import date

import pytest

from members.choices import EmploymentStatus, Gender, GroupKind, MembershipStatus, OfficeName
from members.models import Member
from members.rules.ages import YOUNGEST_WORKER, age_on
from members.rules.retirement import forecast
from unionoffice import sample
from unionoffice.periods import Precision
from welfare.choices import VisitKind
from welfare.models import Visit

pytestmark = pytest.mark.django_db

OF_WOMEN = {OfficeName.WOMEN, OfficeName.WOMEN_HEAD}
OLDEST_IN_LEAGUE, OLDEST_PARENT = 28, 45


def first_day(rows) -> date | None:
    return min((row.start or date.min for row in rows), default=None)


def impossible(person: Member, today: date):
    """What about this person can't be, in words."""
    memberships, employments = list(person.memberships.all()), list(person.employments.all())
    joined, began = first_day(memberships), first_day(employments)
    for row in (*memberships, *employments, *person.group_assignments.all()):
        if row.start is None:
            yield f"{row} began before there was a record"
        elif age_on(row.start, person.birth) < YOUNGEST_WORKER:
            yield f"{row} as a child"
    if not person.work_began <= person.arrived <= began <= joined:
        yield "worked, arrived, joined: not in this order"
    if joined > today:
        yield "joins yet"
    for row in person.offices.all():
        if row.start < joined:
            yield f"{row} before joining"
        if row.office in OF_WOMEN and person.gender != Gender.FEMALE:
            yield f"{row}, who is a man"
    if person.party == "共青团员" and age_on(today, person.birth) > OLDEST_IN_LEAGUE:
        yield "in the league at that age"
    if not min(memberships, key=lambda row: row.start).entry:
        yield "nobody knows how this person joined"
    yield from impossible_retirement(person, employments, memberships)


def impossible_retirement(person: Member, employments: list, memberships: list):
    goes = forecast(person.gender, person.retirement_line, person.birth, Precision.DAY)
    retired = [row.start for row in employments if row.status == EmploymentStatus.RETIRED]
    if retired and retired != [goes.first.day]:
        yield f"retired on {retired}, not on {goes.first.day}"
    for row in memberships:
        if retired and row.status == MembershipStatus.RETAINED and row.start != retired[0]:
            yield "保留会籍 and not for the retirement"
        if retired and row.status == MembershipStatus.ACTIVE and row.start >= retired[0]:
            yield "在册 after the retirement"
    for row in person.group_assignments.all():
        among_retired = row.group.kind == GroupKind.RETIRED
        if among_retired != (row.start in retired):
            yield f"{row} of the wrong kind"


def impossible_visit(visit: Visit):
    person, day = visit.member, visit.day
    if not person.memberships.on(day):
        yield "visited who was not there"
    working = [row.status for row in person.employments.on(day)] == [EmploymentStatus.WORKING]
    young = age_on(day, person.birth) <= OLDEST_PARENT
    if visit.kind in {VisitKind.WEDDING, VisitKind.BIRTH} and not (young and working):
        yield f"{visit.get_kind_display()} at that age"
    if visit.kind == VisitKind.RETIREMENT and working:
        yield "retirement of who works on"


@pytest.mark.parametrize(("members", "today"), [(30, date(2026, 3, 11)), (120, date(2026, 11, 18))])
def test_no_history_of_the_sample_school_is_impossible(members, today):
    sample.load(today=today, members=members)
    people = Member.objects.filter(memberships__isnull=False).distinct()
    wrong = {str(person): list(impossible(person, today)) for person in people}
    assert len(wrong) == members
    assert {name: words for name, words in wrong.items() if words} == {}
    wrong = {visit.pk: list(impossible_visit(visit)) for visit in Visit.objects.all()}
    assert {key: words for key, words in wrong.items() if words} == {}
