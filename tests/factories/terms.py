"""Terms, elections and candidates for tests."""

from datetime import date

from members.choices import ElectionKind, OfficeName
from members.models import Candidate, Election, Term
from members.rules.terms import term_end
from tests.factories.members import make_member

SPRING = date(2026, 3, 1)


def make_term(number: int = 8, start: date = date(2023, 1, 1), years: int = 5, **values) -> Term:
    fields = {"start": start, "planned_end": term_end(start, years)}
    return Term.objects.create(number=number, **fields | values)


def make_election(term: Term | None = None, *standing, day: date = SPRING, **values) -> Election:
    """A draft; `standing`: (member, office, elected) of each candidate."""
    term = term or Term.objects.first() or make_term()
    fields = {"kind": ElectionKind.BY_ELECTION} | values
    election = Election.objects.create(term=term, day=day, **fields)
    for order, (member, office, elected) in enumerate(standing, start=1):
        make_candidate(election, member, office, elected=elected, order=order)
    return election


def make_candidate(election=None, member=None, office=OfficeName.WELFARE, **values) -> Candidate:
    return Candidate.objects.create(
        election=election or make_election(),
        member=member or make_member(),
        office=office,
        **values,
    )
