"""Terms of the union committee, their elections, and what an election would change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from members.choices import ElectionKind, OfficeName
from members.models import Candidate, Election, Membership, OfficeHolding, Term, User
from members.models.history import on
from members.queries.organisation import not_over
from members.rules import ONE_HOLDER, TOP
from members.rules.terms import BODIES, RANK, TERM_OFFICES, runs_out_soon


def terms() -> QuerySet[Term]:
    """The latest first, each with how many people held an office in it."""
    people = Count("holdings__member", distinct=True)
    return Term.objects.annotate(people=people).order_by("-number")


def terms_with_chairs() -> QuerySet[Term]:
    """`chairs`: the holdings of the terms' chairs."""
    chairs = OfficeHolding.objects.filter(office=OfficeName.CHAIR).select_related("member")
    return terms().prefetch_related(Prefetch("holdings", chairs.order_by("start"), "chairs"))


def term_on(day: date) -> Term | None:
    """The term that was under way on `day`: of two, the earlier, until it is closed."""
    running = Term.objects.filter(Q(end__isnull=True) | Q(end__gte=day), start__lte=day)
    return running.order_by("number").first()


def term_running_out(today: date) -> Term | None:
    """The term under way, when it is over within months or should be by now."""
    term = term_on(today)
    return term if term and not term.end and runs_out_soon(term.planned_end, today) else None


def earlier_term(term: Term) -> Term | None:
    return Term.objects.filter(number__lt=term.number).order_by("-number").first()


def later_term(term: Term) -> Term | None:
    return Term.objects.filter(number__gt=term.number).order_by("number").first()


@dataclass(frozen=True)
class Body:
    """工会委员会, 经费审查委员会 or 女职工委员会 with its people."""

    name: str
    holdings: list[OfficeHolding]


def in_bodies(holdings: Iterable[OfficeHolding]) -> list[Body]:
    """The holdings body by body, in the order of the offices; bodies without anyone left out."""
    ordered = sorted(
        (each for each in holdings if each.office in RANK),
        key=lambda each: (RANK[each.office], each.start or date.min, each.pk),
    )
    bodies = (
        Body(name, [each for each in ordered if each.office in offices]) for name, offices in BODIES
    )
    return [body for body in bodies if body.holdings]


def bodies_of(term: Term) -> list[Body]:
    """Everyone who held an office in the term, also those who left it early."""
    return in_bodies(term.holdings.select_related("member"))


def bodies_on(day: date) -> list[Body]:
    """Who sits on the committees on `day`."""
    return in_bodies(OfficeHolding.objects.on(day).select_related("member"))


def without_term(day: date) -> QuerySet[OfficeHolding]:
    """The holdings of a committee's offices, in force on `day`, that say of no term."""
    held = OfficeHolding.objects.on(day).filter(office__in=TERM_OFFICES, term=None)
    return held.select_related("member")


def elections() -> QuerySet[Election]:
    return Election.objects.select_related("term")


def elections_visible_to(user: User) -> QuerySet[Election]:
    """Drafts only for those who work on them."""
    found = elections()
    if user.has_perm("members.manage_terms"):
        return found
    return found.filter(concluded_at__isnull=False)


def candidates_visible_to(user: User) -> QuerySet[Candidate]:
    found = Candidate.objects.filter(election__in=elections_visible_to(user))
    return found.select_related("election", "member")


def candidates(election: Election) -> list[Candidate]:
    """In their own order."""
    return list(election.candidates.select_related("member").order_by("order", "pk"))


def by_office(rows: Iterable[Candidate]) -> list[Candidate]:
    """In the order of the offices, within an office in their own."""
    return sorted(rows, key=lambda row: (RANK.get(row.office, len(RANK)), row.order, row.pk))


def ended_by(election: Election, elected: Iterable[Candidate]) -> list[OfficeHolding]:
    """Whose offices end when the election is concluded.

    A 换届: everyone's of the terms before, and, where the term is the one under way, those of the
    committees who were registered without a term. A 补选: the earlier holder's of an office that
    one person holds at a time.
    """
    held = OfficeHolding.objects.filter(
        not_over(election.day), Q(start__isnull=True) | Q(start__lt=election.day)
    ).select_related("member")
    if election.kind == ElectionKind.GENERAL:
        earlier = Q(term__number__lt=election.term.number)
        if election.term.end is None:
            earlier |= Q(term=None, office__in=TERM_OFFICES)
        return list(held.filter(earlier).order_by("pk"))
    single = {each.office for each in elected if each.office in ONE_HOLDER}
    return list(held.filter(office__in=single).order_by("pk"))


def held_on(election: Election, elected: Iterable[Candidate]) -> list[OfficeHolding]:
    """What those elected hold in the committees besides, and go on holding after a 补选."""
    if election.kind == ElectionKind.GENERAL:
        return []
    ended = [row.pk for row in ended_by(election, elected)]
    members = [each.member_id for each in elected]
    held = OfficeHolding.objects.on(election.day).filter(member__in=members)
    held = held.filter(office__in=TERM_OFFICES).exclude(pk__in=ended)
    return list(held.select_related("member").order_by("pk"))


def statuses_on(day: date, rows: Iterable[Candidate]) -> dict[int, str]:
    """{member: status of the 会籍 on `day`} of those who stand; whoever was no 会员 is not in it."""
    held = Membership.objects.on(day).filter(member__in=[row.member_id for row in rows])
    return dict(held.order_by().values_list("member", "status"))


def top_without_account(elected: Iterable[Candidate]) -> list[Candidate]:
    """Who of those elected could give any office and has no account to log in with."""
    top = [each for each in elected if each.office in TOP]
    found = User.objects.filter(member__in=[each.member_id for each in top], is_active=True)
    able = set(found.values_list("member", flat=True)) if top else ()
    return [each for each in top if each.member_id not in able]


def held_already(candidate: Candidate, day: date) -> bool:
    held = OfficeHolding.objects.filter(on(day), member=candidate.member_id)
    return held.filter(office=candidate.office).exists()
