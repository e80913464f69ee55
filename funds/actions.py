"""Every write to the union's money."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from funds import rules
from funds.models import Allotment
from members.models import UnionGroup, User
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period

FIELDS = ("amount", "note")


@dataclass(frozen=True)
class Given:
    """What one group gets, and how it came to that."""

    group: UnionGroup
    amount: Decimal
    note: str = ""


@transaction.atomic
def allot(*, given: Iterable[Given], period: Period, by: User | None) -> list[Allotment]:
    """Set what the groups may spend in the year: all of them or, with the reason, none.

    Raises RuleBroken when a group has an allotment for days of it, or an amount can't be.
    """
    return [_allot(one, period, by) for one in given]


def _allot(one: Given, period: Period, by: User | None) -> Allotment:
    UnionGroup.objects.select_for_update().get(pk=one.group.pk)
    taken = Allotment.objects.standing().touching(period).filter(group=one.group)
    rules.check_free(str(one.group), period.label, [each.period.label for each in taken])
    rules.check_amount(one.amount, str(one.group))
    allotment = Allotment.objects.create(
        group=one.group,
        kind=period.kind,
        start=period.start,
        end=period.end,
        amount=one.amount,
        note=one.note,
        set_by=by,
    )
    record(by, "funds.allot", allotment, amount=one.amount)
    return allotment


@transaction.atomic
def update_allotment(
    *, allotment: Allotment, by: User, untouched: Collection[str] = ()
) -> Allotment:
    """Save what a form changed. The group and the year stay: for others a new one is set."""
    old = _locked(allotment)
    rules.check_amount(allotment.amount, str(old.group))
    changes = changed_fields(allotment, old, set(FIELDS).difference(untouched))
    if changes:
        allotment.save(update_fields=list(changes))
        record(by, "funds.update_allotment", allotment, **changes)
    return allotment


@transaction.atomic
def withdraw_allotment(*, allotment: Allotment, reason: str, by: User) -> Allotment:
    """It counts no more; the group's year is free for another one."""
    allotment = _locked(allotment)
    if not reason:
        raise RuleBroken("撤回要写原因，例如：按人数重新定。")
    allotment.withdrawn_at, allotment.withdraw_reason = timezone.now(), reason
    allotment.save(update_fields=["withdrawn_at", "withdraw_reason"])
    record(by, "funds.withdraw_allotment", allotment, amount=allotment.amount, reason=reason)
    return allotment


def _locked(allotment: Allotment) -> Allotment:
    """Raises RuleBroken when it was withdrawn."""
    stored = Allotment.objects.select_for_update().get(pk=allotment.pk)
    rules.check_standing(str(stored), withdrawn=stored.withdrawn_at is not None)
    return stored
