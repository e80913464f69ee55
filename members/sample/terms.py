"""The sample school's union committee: two terms with an election each, and one 补选."""

from datetime import date, timedelta

from members import actions
from members.choices import ElectionKind, OfficeName
from members.models import Candidate, Election, Member, Membership, Term
from members.rules.terms import RANK, TERM_OFFICES, term_end
from members.sample.offices import (
    OFFICES,
    TEACHERS,
    active_on,
    suited,
    term_began,
    working_members,
)
from unionoffice.sample import Sample

YEARS = 5
FIRST_NUMBER = 7
# offices whose holders have no account of their own, from the colleagues after the teachers
OTHERS = (OfficeName.PUBLICITY, OfficeName.WOMEN_HEAD, OfficeName.AUDIT_HEAD, OfficeName.AUDITOR)
ALL_VOTE_UP_TO, DELEGATES = 100, 60  # 会员; in larger schools delegates elect
Standing = list[tuple[Member, OfficeName]]


def elect(sample: Sample) -> None:
    """The term under way began two Decembers ago, the one before it five years earlier."""
    day = term_began(sample.today)
    earlier = date(day.year - YEARS, day.month, day.day)
    standing = _standing_now(sample, day)
    _general(sample, FIRST_NUMBER, earlier, _standing_then(sample, standing, earlier))
    term = _general(sample, FIRST_NUMBER + 1, day, standing)
    by_election_day = date(sample.today.year - 1, 6, 20)
    people = _others(sample, by_election_day, standing)
    youngest = sorted(people, key=lambda member: member.birth, reverse=True)[:1]
    chosen = [(member, OfficeName.YOUTH) for member in youngest]
    _election(sample, term, ElectionKind.BY_ELECTION, by_election_day, chosen)


def _standing_now(sample: Sample, day: date) -> Standing:
    there = active_on(day)
    own = [
        (member, office)
        for member, office in suited(working_members(sample), OFFICES)
        if office in TERM_OFFICES and member.pk in there
    ]
    return sorted(
        [*own, *suited(_others(sample, day, own), OTHERS)], key=lambda pair: RANK[pair[1]]
    )


def _others(sample: Sample, day: date, standing: Standing) -> list[Member]:
    """会员 of that day who have no account and do not stand yet."""
    there, taken = active_on(day), {member.pk for member, _ in standing}
    people = working_members(sample)[len(OFFICES) + TEACHERS :]
    return [member for member in people if member.pk in there - taken]


def _standing_then(sample: Sample, now: Standing, day: date) -> Standing:
    """Who was there already: a chair who has retired since, the rest a step below. Where nobody
    retired since that term, the chair was the same."""
    there, over = active_on(day), term_began(sample.today)
    retired = Membership.objects.on(day).filter(member__in=there, end__gte=over)
    row = retired.select_related("member").order_by("-end", "pk").first()
    if row is None:
        return [(member, office) for member, office in now if member.pk in there]
    stepped = {OfficeName.CHAIR: OfficeName.VICE_CHAIR, OfficeName.VICE_CHAIR: OfficeName.PUBLICITY}
    then = [(m, stepped.get(o, o)) for m, o in now if m.pk in there and o != OfficeName.PUBLICITY]
    return [(row.member, OfficeName.CHAIR), *then]


def _general(sample: Sample, number: int, day: date, standing: Standing) -> Term:
    term = Term(number=number, start=day, planned_end=term_end(day, YEARS))
    actions.add_term(term=term, by=None)
    _election(sample, term, ElectionKind.GENERAL, day, standing)
    return term


def _election(sample: Sample, term: Term, kind: str, day: date, standing: Standing) -> None:
    entitled = sample.members if sample.members <= ALL_VOTE_UP_TO else DELEGATES
    present = entitled - entitled // 15
    who = "会员大会" if entitled == sample.members else "会员代表大会"
    election = Election(
        term=term,
        kind=kind,
        day=day,
        note=f"{who}，无记名投票",
        entitled=entitled,
        present=present,
        ballots_issued=present,
        ballots_returned=present,
        ballots_valid=present - 1,
        reported_on=day + timedelta(days=2),
        report_number=f"示三中工〔{day.year}〕{8 if kind == ElectionKind.GENERAL else 3}号",
        approved_on=day + timedelta(days=12),
        approval_number=f"示教工〔{(day + timedelta(days=12)).year}〕{2 + day.month}号",
    )
    actions.add_election(election=election, by=None)
    votes = {}
    for turn, (member, office) in enumerate(standing):
        candidate = Candidate(election=election, member=member, office=office)
        actions.add_candidate(candidate=candidate, by=None)
        votes[candidate.pk] = (present - 1 - turn * 7 % 5, True)
    actions.count_election(election=election, votes=votes, by=None)
    actions.conclude_election(election=election, by=None)
