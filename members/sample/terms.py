"""The sample school's union committee: two terms with an election each, and one 补选."""

from datetime import date, timedelta

from members import actions
from members.choices import ElectionKind, OfficeName
from members.models import Candidate, Election, Employment, Member, Membership, Term
from members.rules.terms import RANK, TERM_OFFICES, term_end
from members.sample.offices import OFFICES, TEACHERS, working_members
from unionoffice.sample import Sample

YEARS = 5
FIRST_NUMBER = 7
# offices whose holders have no account of their own, from the colleagues after the teachers
OTHERS = (OfficeName.PUBLICITY, OfficeName.WOMEN_HEAD, OfficeName.AUDIT_HEAD, OfficeName.AUDITOR)
ALL_VOTE_UP_TO, DELEGATES = 100, 60  # 会员; in larger schools delegates elect
Standing = list[tuple[Member, OfficeName]]


def elect(sample: Sample) -> None:
    """The term under way began two Decembers ago, the one before it five years earlier."""
    day = date(sample.today.year - 2, 12, 18)
    earlier = date(day.year - YEARS, 12, 18)
    standing = _standing_now()
    _general(sample, FIRST_NUMBER, earlier, _standing_then(standing, earlier))
    term = _general(sample, FIRST_NUMBER + 1, day, standing)
    by_election_day = date(sample.today.year - 1, 6, 20)
    youth = working_members()[len(OFFICES) + TEACHERS + len(OTHERS) :][:1]
    chosen = [(member, OfficeName.YOUTH) for member in youth]
    _election(sample, term, ElectionKind.BY_ELECTION, by_election_day, chosen)


def _standing_now() -> Standing:
    working = working_members()
    own = [(m, o) for m, o in zip(working, OFFICES, strict=False) if o in TERM_OFFICES]
    others = zip(working[len(OFFICES) + TEACHERS :], OTHERS, strict=False)
    return sorted([*own, *others], key=lambda pair: RANK[pair[1]])


def _standing_then(now: Standing, day: date) -> Standing:
    """Who was there already: a chair who has retired since, the rest a step below."""
    there = set(Membership.objects.on(day).values_list("member", flat=True))
    stepped = {OfficeName.CHAIR: OfficeName.VICE_CHAIR, OfficeName.VICE_CHAIR: OfficeName.PUBLICITY}
    then = [(m, stepped.get(o, o)) for m, o in now if m.pk in there and o != OfficeName.PUBLICITY]
    retired = Employment.objects.filter(status="retired", end=None, member__in=there)
    chairs = Member.objects.filter(pk__in=retired.values("member")).order_by("-birth", "pk")[:1]
    return [*((chair, OfficeName.CHAIR) for chair in chairs), *then]


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
