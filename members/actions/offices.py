"""Who holds which office from when to when."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from members.choices import Appointment
from members.models import OfficeHolding, User
from members.queries import held_beside, not_over, others_in_office, roles_of, statuses_on
from members.rules import TOP, may_handle, may_take
from members.rules.terms import TERM_OFFICES
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date
from unionoffice.queries import log_of
from unionoffice.undo import UNDO_WITHIN

OFFICE_FIELDS = ("start", "end", "term", "how", "note")


@transaction.atomic
def appoint(
    *, holding: OfficeHolding, by: User | None, instead: bool = False, both_because: str = ""
) -> OfficeHolding:
    """Give someone an office from `holding.start` on. The role follows from it by itself.

    Where one person holds it at a time: `instead` ends the earlier holder's term the day before,
    `both_because` says why both hold it. Raises RuleBroken when neither does, when `by` may not
    give it, when the person has it, or is no 会员 and the office one of the committees'.
    """
    _lock_offices()
    _refuse_appointing(holding, by)
    _refuse_twice(holding)
    refuse_no_members([holding], holding.start or timezone.localdate())
    others = others_in_office(holding)
    _refuse_unanswered(holding, others, instead, both_because)
    holding.how = holding.how or Appointment.APPOINTED
    holding.save()
    why = {"both_because": both_because} if others and both_because else {}
    record(by, "members.appoint", holding.member, office=holding.office, start=holding.start, **why)
    if instead:
        _make_room(others, holding, by)
    return holding


def _refuse_twice(holding: OfficeHolding) -> None:
    same, office = held_beside(holding), holding.get_office_display()
    if same and same.end is None and holding.pk is None:
        raise RuleBroken(f"{holding.member}现在就是{office}，不用再登记。")
    if same:
        until = f"到{chinese_date(same.end)}为止" if same.end else "现任"
        raise RuleBroken(f"{holding.member}{until}的{office}已经登记了，日子重叠，改一下起止日期。")


def refuse_no_members(rows: Iterable, day: date) -> None:
    """Raises RuleBroken when one of them, holdings or candidates, is in office in a committee from
    `day` on and no 会员 on it. 保留会籍 is told, not refused."""
    rows = [row for row in rows if row.office in TERM_OFFICES]
    statuses = statuses_on(day, rows)
    for row in rows:
        if row.member_id not in statuses:
            raise RuleBroken(
                f"{row.member}在{chinese_date(day)}不是会员，不能任{row.get_office_display()}："
                "选举权、被选举权是会员的权利。会籍漏记了先补上，不是会员的换人。"
            )


def _refuse_unanswered(
    holding: OfficeHolding, others: list[OfficeHolding], instead: bool, both_because: str
) -> None:
    if not others or both_because:
        return
    if not (instead and holding.start):
        raise RuleBroken(
            f"{others[0].member}的{holding.get_office_display()}还没有结束。"
            "写上新任从哪天起，前任到前一天为止；要两位同时任，写明为什么。"
        )
    _refuse_no_day_between(others, holding)


def _make_room(others: list[OfficeHolding], holding: OfficeHolding, by: User | None) -> None:
    """Theirs end the day before it begins, also where they were over some days later."""
    held = _lock_offices()
    for earlier in others:
        _end(held.get(earlier.pk, earlier), holding.start - timedelta(days=1), held, by)


def _refuse_no_day_between(others: list[OfficeHolding], holding: OfficeHolding) -> None:
    """The earlier holder must have held it for a day at least."""
    for earlier in others:
        if earlier.start and earlier.start >= holding.start:
            raise RuleBroken(
                f"{earlier.member}从{chinese_date(earlier.start)}起才任"
                f"{holding.get_office_display()}，新任最早从第二天起。"
            )


def _refuse_appointing(holding: OfficeHolding, by: User | None) -> None:
    if by is None:
        return
    own, office = roles_of(by), holding.get_office_display()
    if not may_handle(own, [holding.office]):
        raise RuleBroken(f"{office}由主席、副主席或管理员登记，找他们办。")
    if holding.member_id == by.member_id and not may_take(own, holding.office):
        raise RuleBroken(f"{office}不能给自己登记，让另一位主席、副主席或管理员登记。")


@transaction.atomic
def end_office(*, holding: OfficeHolding, last_day: date, by: User | None) -> OfficeHolding:
    """The holder's term ends with `last_day`; what was signed before stays as it was.

    Raises RuleBroken when it is over already, when `by` may not end it, or when nobody would be
    left who can give offices.
    """
    held = _lock_offices()
    if holding.pk not in held:
        raise RuleBroken(f"{holding.member}的{holding.get_office_display()}已经结束了，不用再写。")
    holding = held[holding.pk]
    later = OfficeHolding(member=holding.member, office=holding.office, start=holding.start)
    later.end = last_day
    for other in others_in_office(later, before=holding):
        since = f"从{chinese_date(other.start)}起" if other.start else "也"
        raise RuleBroken(
            f"{other.member}{since}任{holding.get_office_display()}，"
            "最后一天写到那以前；要两位同时任，点“改”写明为什么。"
        )
    return _end(holding, last_day, held, by)


def _end(
    holding: OfficeHolding, last_day: date, held: dict[int, OfficeHolding], by: User | None
) -> OfficeHolding:
    """`held`: all that are not over."""
    if by is not None and not may_handle(roles_of(by), [holding.office]):
        raise RuleBroken(f"{holding.get_office_display()}由主席、副主席或管理员结束，找他们办。")
    if holding.start and last_day < holding.start:
        raise RuleBroken(
            f"{chinese_date(last_day)}早于任职开始的{chinese_date(holding.start)}，改成之后的日期。"
        )
    top = holding.pk in held and holding.office in TOP
    if top and not _others_on_top(held, holding, last_day + timedelta(days=1)):
        raise RuleBroken(
            f"{chinese_date(last_day)}以后就没有能登记职务的人了。"
            "先登记接任的主席、副主席或管理员，给他开好账号，再结束这一位的。"
        )
    end, holding.end = holding.end, last_day
    holding.save(update_fields=["end"])
    told = {"holding": holding.pk, "office": holding.office, "end": [end, last_day]}
    record(by, "members.end_office", holding.member, **told)
    return holding


@transaction.atomic
def undo_end(*, holding: OfficeHolding, by: User) -> OfficeHolding:
    """Take back the last day that `by` has just given a holding.

    Raises RuleBroken when it was someone else, is too long ago, when the days were changed since,
    when someone holds the office by now, or as giving it would.
    """
    _lock_offices()
    holding = _lock_offices_of(holding.pk)
    office = f"{holding.member}的{holding.get_office_display()}"
    ended = log_of(holding.member).filter(act="members.end_office", changes__holding=holding.pk)
    entry = ended.first()
    if entry is None or entry.actor_id != by.pk:
        raise RuleBroken(f"{office}不是您刚才结束的，不能撤销。")
    if timezone.now() - entry.at > UNDO_WITHIN:
        raise RuleBroken("办过超过 30 分钟，不能撤销了。日子写错了的，点“改”。")
    before, after = entry.changes["end"]
    if holding.end is None or holding.end.isoformat() != after:
        raise RuleBroken(f"{office}后来又改过，不能撤销。")
    _refuse_appointing(holding, by)
    ended_on, holding.end = holding.end, before and date.fromisoformat(before)
    for other in others_in_office(holding):
        raise RuleBroken(f"{other.member}已经接任{holding.get_office_display()}，不能撤销。")
    holding.save(update_fields=["end"])
    told = {"holding": holding.pk, "office": holding.office, "end": [ended_on, holding.end]}
    record(by, "members.resume_office", holding.member, **told)
    return holding


@transaction.atomic
def update_office(
    *, holding: OfficeHolding, by: User, instead: bool = False, both_because: str = ""
) -> OfficeHolding:
    """Correct what is recorded of a holding: its days, its term, how it came, the share of work.

    `instead`, `both_because`: as in appoint, where the new days are also another one's. Raises
    RuleBroken as that does, when `by` may not, or for days of one's own office.
    """
    old = _lock_offices_of(holding.pk)
    changes = changed_fields(holding, old, OFFICE_FIELDS)
    if not changes:
        return holding
    refuse_handling(by, [holding])
    if changes.keys() & {"start", "end"} and holding.member_id == by.member_id:
        raise RuleBroken("自己任职的起止日期不能自己改，让另一位主席、副主席或管理员改。")
    others = others_in_office(holding, before=old)
    if changes.keys() & {"start", "end"}:
        _refuse_days(holding, changes)
        _refuse_unanswered(holding, others, instead, both_because)
    holding.save(update_fields=list(changes))
    why = {"both_because": both_because} if others and both_because else {}
    record(by, "members.update_office", holding.member, office=holding.office, **changes, **why)
    if others and instead:
        _make_room(others, holding, by)
    if holding.office in TOP:
        refuse_nobody_on_top(timezone.localdate())
    return holding


def _refuse_days(holding: OfficeHolding, changes: dict) -> None:
    _refuse_twice(holding)
    if "start" in changes and holding.start:
        refuse_no_members([holding], holding.start)


@transaction.atomic
def drop_office(*, holding: OfficeHolding, reason: str, by: User) -> None:
    """Take away a holding that was registered by mistake; what it said stays in the audit chain.

    Raises RuleBroken when an election gave it, or as end_office does.
    """
    holding = _lock_offices_of(holding.pk)
    refuse_handling(by, [holding])
    if hasattr(holding, "candidate"):
        raise RuleBroken("这是选举产生的，登记错了就撤回那次选举；离任了就写上最后一天。")
    told = {name: getattr(holding, name) for name in ("office", "start", "end")}
    record(by, "members.drop_office", holding.member, reason=reason, **told)
    top = holding.office in TOP
    holding.delete()
    if top:
        refuse_nobody_on_top(timezone.localdate())


def _lock_offices_of(pk: int) -> OfficeHolding:
    return OfficeHolding.objects.select_for_update(of=("self",)).select_related("member").get(pk=pk)


def refuse_handling(by: User | None, holdings: Iterable) -> None:
    """Raises RuleBroken when `by` may not give or end one of these offices."""
    if by is None:
        return
    own = roles_of(by)
    for each in holdings:
        if not may_handle(own, [each.office]):
            raise RuleBroken(f"{each.get_office_display()}由主席、副主席或管理员办，找他们办。")


def refuse_nobody_on_top(day: date) -> None:
    """Raises RuleBroken when nobody with an account is there after `day`, and for good, who can
    give any office."""
    after = max(day, timezone.localdate()) + timedelta(days=1)
    held = OfficeHolding.objects.filter(office__in=TOP, end__isnull=True)
    held = held.exclude(start__gt=after).values("member")
    if not User.objects.filter(member__in=held, is_active=True).exists():
        raise RuleBroken(
            "这样一来就没有能登记职务的人了。先给接任的主席、副主席或管理员开好账号，再办这一步。"
        )


def _lock_offices() -> dict[int, OfficeHolding]:
    """All that are not over, so that two who end each other's come one after the other."""
    rows = OfficeHolding.objects.select_for_update().filter(not_over(timezone.localdate()))
    return {row.pk: row for row in rows.order_by("pk")}


def _others_on_top(held: dict[int, OfficeHolding], ending: OfficeHolding, day: date) -> bool:
    """Whether someone with an account is there on `day`, and for good, who can give any office."""
    others = [
        row.member_id
        for row in held.values()
        if row != ending and row.office in TOP and not row.end and (row.start or day) <= day
    ]
    return User.objects.filter(member__in=others, is_active=True).exists()
