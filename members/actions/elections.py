"""换届选举 and 补选: the draft, the count, the conclusion, and the report to the higher union."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from members.actions.offices import refuse_handling, refuse_no_members, refuse_nobody_on_top
from members.actions.terms import end_together, take_back_ends
from members.choices import Appointment, ElectionKind
from members.models import Candidate, Election, OfficeHolding, Term, User
from members.queries import candidates, earlier_term, ended_by, held_already
from members.rules import GIVEN_BY_OTHERS, ONE_HOLDER
from members.rules.terms import refuse_outside_term, term_end, years_of
from unionoffice.actions import Files, attach_files, drop_files
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date
from unionoffice.repeats import refuse_repeat

DRAFT_FIELDS = ("kind", "day", "note")
COUNT_FIELDS = ("entitled", "present", "ballots_issued", "ballots_returned", "ballots_valid")
REPORT_FIELDS = ("reported_on", "report_number", "approved_on", "approval_number")
HOW = {
    ElectionKind.GENERAL: Appointment.ELECTED,
    ElectionKind.BY_ELECTION: Appointment.BY_ELECTED,
}


@transaction.atomic
def add_election(*, election: Election, by: User | None) -> Election:
    """Raises RuleBroken for a day outside its term, and for the same draft sent twice."""
    _refuse_outside_term(election)
    same = ("term", *DRAFT_FIELDS)
    refuse_repeat(election, act="members.add_election", by=by, same=same, what="一份选举草稿")
    election.save()
    record(by, "members.add_election", election, day=election.day)
    return election


@transaction.atomic
def update_election(*, election: Election, by: User) -> Election:
    return _saved(election, by, "members.update_election", DRAFT_FIELDS, _refuse_outside_term)


@transaction.atomic
def record_report(*, election: Election, by: User, files: Files = ()) -> Election:
    """When it was reported to the higher union and what that answered; also once concluded.

    Raises RuleBroken for days still to come, and for an approval before the report.
    """
    old = Election.objects.select_for_update().get(pk=election.pk)
    changes = changed_fields(election, old, REPORT_FIELDS)
    _refuse_report_days(election)
    if changes:
        election.save(update_fields=list(changes))
        record(by, "members.record_report", election, **changes)
    attach_files(owner=election, files=files, by=by)
    return election


def _refuse_report_days(election: Election) -> None:
    today, reported, approved = timezone.localdate(), election.reported_on, election.approved_on
    for day, what in ((reported, "报上级工会日期"), (approved, "上级批复日期")):
        if day and day > today:
            raise RuleBroken(f"{what}{chinese_date(day)}还没到，改成实际的日期，还没有的就空着。")
    if reported and approved and approved < reported:
        raise RuleBroken(
            f"上级批复日期{chinese_date(approved)}早于报上级工会日期{chinese_date(reported)}，核对一下。"
        )


@transaction.atomic
def drop_election(*, election: Election, by: User) -> None:
    """Take a draft away, and the files that hang on it. Raises RuleBroken when it is concluded."""
    election = _draft(election)
    files = drop_files(owner=election)
    record(by, "members.drop_election", election, day=election.day, files=files)
    election.delete()


@transaction.atomic
def add_candidate(*, candidate: Candidate, by: User | None) -> Candidate:
    election = _draft(candidate.election)
    rows = candidates(election)
    if any((r.member_id, r.office) == (candidate.member_id, candidate.office) for r in rows):
        raise RuleBroken(f"{candidate.member}已经是{candidate.get_office_display()}的候选人了。")
    candidate.order = max((row.order for row in rows), default=0) + 1
    candidate.save()
    record(by, "members.add_candidate", election, candidate=str(candidate))
    return candidate


@transaction.atomic
def drop_candidate(*, candidate: Candidate, by: User) -> None:
    election = _draft(candidate.election)
    candidate = Candidate.objects.select_related("member").get(pk=candidate.pk)
    record(by, "members.drop_candidate", election, candidate=str(candidate))
    candidate.delete()


@transaction.atomic
def raise_candidate(*, candidate: Candidate, by: User) -> None:
    """One place up in the order in which candidates of the office are named."""
    election = _draft(candidate.election)
    candidate = Candidate.objects.select_related("member").get(pk=candidate.pk)
    rows = [row for row in candidates(election) if row.office == candidate.office]
    place = rows.index(candidate)
    if not place:
        return
    above, this = rows[place - 1], rows[place]
    above.order, this.order = this.order, above.order
    for row in (above, this):
        row.save(update_fields=["order"])
    record(by, "members.raise_candidate", election, candidate=str(candidate))


@transaction.atomic
def count_election(
    *, election: Election, votes: dict[int, tuple[int | None, bool]], by: User | None
) -> Election:
    """Keep the numbers of the count; `votes`: {candidate: (votes, elected)}, of those that are not
    among them it says nothing.

    Raises RuleBroken when it is concluded, or before its day.
    """
    rows = candidates(_draft(election))
    if election.day > timezone.localdate():
        raise RuleBroken(f"选举日期{chinese_date(election.day)}还没到，到了那天再记票。")
    told = {}
    for row in [row for row in rows if row.pk in votes]:
        before, (row.votes, row.elected) = (row.votes, row.elected), votes[row.pk]
        if before != (row.votes, row.elected):
            row.save(update_fields=["votes", "elected"])
            told[str(row)] = [list(before), [row.votes, row.elected]]
    old = Election.objects.get(pk=election.pk)
    changes = changed_fields(election, old, COUNT_FIELDS)
    if changes:
        election.save(update_fields=list(changes))
    if changes or told:
        record(by, "members.count_election", election, votes=told, **changes)
    return election


@transaction.atomic
def conclude_election(*, election: Election, by: User | None) -> Election:
    """Those elected hold their offices from the day of the election. A 换届 begins its term on that
    day; the offices of the term before, and that term, end the day before.

    Raises RuleBroken when that can't be, when `by` may not give one of the offices, or when nobody
    would be left who can.
    """
    election = _draft(election)
    elected = [row for row in candidates(election) if row.elected]
    _refuse_concluding(election, elected, by)
    ending = ended_by(election, elected)
    refuse_handling(by, ending)
    eve = election.day - timedelta(days=1)
    election.before = {"ended": end_together(ending, eve)}
    if election.kind == ElectionKind.GENERAL:
        election.before |= _begin_term(election.term, election.day)
    for candidate in elected:
        _take_office(candidate, election)
    election.concluded_at = timezone.now()
    election.save(update_fields=["concluded_at", "before"])
    if by is not None:
        refuse_nobody_on_top(election.day)
    record(
        by,
        "members.conclude_election",
        election,
        elected=[str(each) for each in elected],
        ended=[str(each) for each in ending],
    )
    return election


def _refuse_concluding(election: Election, elected: list[Candidate], by: User | None) -> None:
    if not elected:
        raise RuleBroken("还没有人当选，先在“记票”里勾上当选的人。")
    if election.day > timezone.localdate():
        raise RuleBroken(f"选举日期{chinese_date(election.day)}还没到，到了那天再宣布。")
    _refuse_outside_term(election)
    for office in ONE_HOLDER:
        winners = [each for each in elected if each.office == office]
        if len(winners) > 1:
            names = "、".join(str(each.member) for each in winners)
            raise RuleBroken(f"{winners[0].get_office_display()}只能有一位，现在勾了{names}。")
    if election.kind == ElectionKind.BY_ELECTION:
        _refuse_held(election, elected)
    refuse_no_members(elected, election.day)
    refuse_handling(by, elected)
    for each in elected if by is not None else ():
        own = each.member_id == by.member_id and each.office in GIVEN_BY_OTHERS
        if own and not held_already(each, timezone.localdate()):
            raise RuleBroken(
                f"当选{each.get_office_display()}的是您自己，让另一位主席、副主席或管理员来宣布。"
            )


def _refuse_held(election: Election, elected: list[Candidate]) -> None:
    for each in elected:
        if held_already(each, election.day):
            raise RuleBroken(
                f"{each.member}在{chinese_date(election.day)}已经是{each.get_office_display()}，不用补选。"
            )


def _begin_term(term: Term, day: date) -> dict:
    """The term begins on `day`, as long as it was to be; the one before ends the day before."""
    before = {"term": [term.start, term.planned_end], "earlier": None}
    years = years_of(term.start, term.planned_end)
    if term.start != day:
        term.start, term.planned_end = day, term_end(day, years)
        term.save(update_fields=["start", "planned_end"])
    earlier = earlier_term(term)
    if earlier and earlier.start >= day:
        raise RuleBroken(
            f"{earlier}从{chinese_date(earlier.start)}才开始，{term}的选举要在它以后，改一下日期。"
        )
    if earlier and (earlier.end is None or earlier.end >= day):
        before["earlier"] = [earlier.pk, earlier.end]
        earlier.end = day - timedelta(days=1)
        earlier.save(update_fields=["end"])
    return before


def _take_office(candidate: Candidate, election: Election) -> None:
    candidate.holding = OfficeHolding.objects.create(
        member=candidate.member,
        office=candidate.office,
        term=election.term,
        how=HOW[election.kind],
        start=election.day,
        end=election.term.end,
    )
    candidate.save(update_fields=["holding"])


@transaction.atomic
def reopen_election(*, election: Election, by: User) -> Election:
    """Take the conclusion back: it is a draft again, and whoever held the offices before holds them.

    Raises RuleBroken when something else happened since.
    """
    election = Election.objects.select_for_update().get(pk=election.pk)
    elected = [row for row in candidates(election) if row.elected]
    _refuse_reopening(election, elected)
    refuse_handling(by, elected)
    OfficeHolding.objects.filter(candidate__in=elected).delete()
    eve = election.day - timedelta(days=1)
    ended = take_back_ends(election.before["ended"], eve)
    if election.kind == ElectionKind.GENERAL:
        _take_back_term(election.term, election.before, eve)
    election.concluded_at, election.before = None, {}
    election.save(update_fields=["concluded_at", "before"])
    refuse_nobody_on_top(timezone.localdate())
    record(
        by,
        "members.reopen_election",
        election,
        elected=[str(each) for each in elected],
        held_again=[str(each) for each in ended],
    )
    return election


def _refuse_reopening(election: Election, elected: list[Candidate]) -> None:
    if election.concluded_at is None:
        raise RuleBroken(f"{election}还没有宣布，不用撤回。")
    if election.approved_on:
        raise RuleBroken("上级已经批复，不能撤回了；批复记错了的话，先在“报批”里清掉。")
    if Election.objects.filter(concluded_at__gt=election.concluded_at).exists():
        raise RuleBroken("那以后又宣布过一次选举，先撤回后面那一次。")
    taken = OfficeHolding.objects.filter(
        candidate__in=elected, start=election.day, office__in=[each.office for each in elected]
    )
    if sum(each.end == election.term.end for each in taken) < len(elected):
        raise RuleBroken("当选的人后来有改动或者已经离任，不能撤回了，到“职务”里一条一条改。")
    others = election.term.holdings.exclude(pk__in=taken)
    if election.kind == ElectionKind.GENERAL and others.filter(start__gte=election.day).exists():
        raise RuleBroken("这一届后来又登记了别的职务，不能撤回了，到“职务”里一条一条改。")


def _take_back_term(term: Term, before: dict, eve: date) -> None:
    start, planned_end = before["term"]
    term.start, term.planned_end = _day(start), _day(planned_end)
    term.save(update_fields=["start", "planned_end"])
    if before["earlier"]:
        pk, end = before["earlier"]
        changed = Term.objects.filter(pk=pk, end=eve).update(end=_day(end))
        if not changed:
            raise RuleBroken("上一届的日期后来改过，不能撤回了，先把它改回来。")


def _day(text) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def _draft(election: Election) -> Election:
    """The election and its term, locked: one election of a term is concluded after the other.
    Raises RuleBroken when it is concluded."""
    locked = Election.objects.select_for_update(of=("self", "term")).select_related("term")
    election = locked.get(pk=election.pk)
    if election.concluded_at:
        raise RuleBroken(f"{election}已经宣布当选，要改先撤回。")
    return election


def _saved(election: Election, by: User, act: str, fields: Iterable[str], refuse) -> Election:
    old = _draft(election)
    refuse(election)
    changes = changed_fields(election, old, fields)
    if changes:
        election.save(update_fields=list(changes))
        record(by, act, election, **changes)
    return election


def _refuse_outside_term(election: Election) -> None:
    refuse_outside_term(election, timezone.localdate())
