"""Terms of the union committee: set up, corrected, closed, opened again."""

from collections.abc import Iterable
from copy import copy
from datetime import date

from django.db import transaction
from django.utils import timezone

from members.actions.offices import refuse_handling, refuse_nobody_on_top
from members.models import OfficeHolding, Term, User
from members.queries import earlier_term, later_term, not_over, others_in_office, without_term
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date

TERM_FIELDS = ("number", "start", "planned_end")


@transaction.atomic
def add_term(*, term: Term, by: User | None, take_current: bool = False) -> Term:
    """Save a new term. `take_current`: who holds an office of the committees today, and of no term
    yet, holds it in this one.

    Raises RuleBroken when it does not follow on the term before.
    """
    _refuse_out_of_order(term)
    term.save()
    held = list(without_term(timezone.localdate())) if take_current else []
    OfficeHolding.objects.filter(pk__in=[each.pk for each in held]).update(term=term)
    record(by, "members.add_term", term, taken=[str(each) for each in held])
    return term


@transaction.atomic
def update_term(*, term: Term, by: User) -> Term:
    old = Term.objects.select_for_update().get(pk=term.pk)
    changes = changed_fields(term, old, TERM_FIELDS)
    if changes:
        _refuse_out_of_order(term)
        term.save(update_fields=list(changes))
        record(by, "members.update_term", term, **changes)
    return term


def _refuse_out_of_order(term: Term) -> None:
    before, after = earlier_term(term), later_term(term)
    if before and before.start >= term.start:
        raise RuleBroken(
            f"{before}从{chinese_date(before.start)}开始，{term}要在它以后，改一下日期或者届数。"
        )
    if before and before.end and before.end >= term.start:
        raise RuleBroken(f"{before}到{chinese_date(before.end)}才结束，{term}最早从第二天起。")
    if after and after.start <= term.start:
        raise RuleBroken(
            f"{after}从{chinese_date(after.start)}开始，{term}要在它以前，改一下日期或者届数。"
        )


@transaction.atomic
def drop_term(*, term: Term, by: User) -> None:
    """Take away a term that was set up by mistake. Raises RuleBroken when something hangs on it."""
    term = Term.objects.select_for_update().get(pk=term.pk)
    if term.elections.exists() or term.holdings.exists():
        raise RuleBroken(f"{term}已经有人任职或者有选举，不能去掉；写错了的话，改它的日期。")
    record(by, "members.drop_term", term, start=term.start, planned_end=term.planned_end)
    term.delete()


@transaction.atomic
def close_term(*, term: Term, last_day: date, by: User) -> Term:
    """The term ends with `last_day`, and with it the offices that are held in it.

    Raises RuleBroken when it is closed, when a day contradicts another, or when nobody would be
    left who can give offices.
    """
    term = Term.objects.select_for_update().get(pk=term.pk)
    if term.end:
        raise RuleBroken(f"{term}到{chinese_date(term.end)}已经结束了，不用再写。")
    if last_day > timezone.localdate():
        raise RuleBroken(f"{chinese_date(last_day)}还没到，到了那天再写。")
    if last_day < term.start:
        raise RuleBroken(f"{term}从{chinese_date(term.start)}开始，结束的日期要在那以后。")
    held = list(term.holdings.filter(not_over(last_day)).select_related("member"))
    refuse_handling(by, held)
    term.ended = end_together(held, last_day)
    term.end = last_day
    term.save(update_fields=["end", "ended"])
    refuse_nobody_on_top(last_day)
    record(by, "members.close_term", term, end=last_day, ended=[str(each) for each in held])
    return term


@transaction.atomic
def reopen_term(*, term: Term, by: User) -> Term:
    """Take closing back: whose offices ended with it hold them again.

    Raises RuleBroken when an election closed it, or when one of them was changed since.
    """
    term = Term.objects.select_for_update().get(pk=term.pk)
    if not term.end:
        raise RuleBroken(f"{term}没有结束，不用重开。")
    later = later_term(term)
    if later:
        raise RuleBroken(f"{term}以后已经有{later}了，要重开，先撤回那一届的选举。")
    ended = take_back_ends(term.ended, term.end)
    refuse_handling(by, ended)
    term.end, term.ended = None, []
    term.save(update_fields=["end", "ended"])
    record(by, "members.reopen_term", term, held_again=[str(each) for each in ended])
    return term


def end_together(holdings: Iterable[OfficeHolding], last_day: date) -> list[list]:
    """All of them end with `last_day`; gives [pk, end before] of each.

    Raises RuleBroken when one of them began only after it.
    """
    before = []
    for holding in holdings:
        if holding.start and holding.start > last_day:
            raise RuleBroken(
                f"{holding}从{chinese_date(holding.start)}才开始，不能到{chinese_date(last_day)}结束。"
            )
        before.append([holding.pk, holding.end])
        holding.end = last_day
        holding.save(update_fields=["end"])
    return before


def take_back_ends(before: list[list], last_day: date) -> list[OfficeHolding]:
    """Undo end_together. Raises RuleBroken when one of them was changed since."""
    ends = {pk: end and date.fromisoformat(str(end)) for pk, end in before}
    rows = OfficeHolding.objects.select_for_update(of=("self",)).filter(pk__in=ends)
    holdings = list(rows.select_related("member").order_by("pk"))
    if len(holdings) < len(ends) or any(each.end != last_day for each in holdings):
        raise RuleBroken("那以后又改过前任的任职，不能一起撤回了，到“职务”里一条一条改。")
    before = [copy(holding) for holding in holdings]
    for holding in holdings:
        holding.end = ends[holding.pk]
        holding.save(update_fields=["end"])
    _refuse_second_holders(holdings, before)
    return holdings


def _refuse_second_holders(holdings: list[OfficeHolding], before: list[OfficeHolding]) -> None:
    """What was held side by side before may be so again; nobody registered since may."""
    for holding, ended in zip(holdings, before, strict=True):
        for other in others_in_office(holding, before=ended):
            if other not in holdings:
                raise RuleBroken(
                    f"{other.member}已经接任{other.get_office_display()}，"
                    f"{holding.member}的不能再接着算。先在“职务”里改{other.member}的。"
                )
