"""Whether someone can make a move of the 会籍 from a day on, by what is recorded. Pure."""

from dataclasses import dataclass, field
from datetime import date

from members.choices import Standing
from members.rules.accounts import may_handle
from members.rules.moves import (
    How,
    MembershipMove,
    changes_membership,
    check_answers,
    check_member_move,
    ends_with_membership,
    work_after,
)
from unionoffice.errors import RuleBroken
from unionoffice.periods import Precision, chinese_date


@dataclass(frozen=True)
class Footing:
    """What a move starts from: of each of the dated rows the last one, open or over; the offices
    that are not over; since when an application waits."""

    member: object
    standing: str
    joined: tuple[date | None, str] = (None, Precision.DAY)
    membership: object | None = None
    employment: object | None = None
    group: object | None = None
    department: object | None = None
    offices: list = field(default_factory=list)
    applied_on: date | None = None

    @property
    def work(self) -> str:
        row = self.employment
        return row.status if row and row.end is None else ""


def check_move(
    name: str, *, how: How, since: date, footing: Footing, today: date, by, own: frozenset
) -> MembershipMove:
    """The named move of one person. Raises RuleBroken where it can't be made from `since` on, or
    not by `by`, who has the roles `own`; None may do any."""
    standing, work = footing.standing, footing.work
    step = check_member_move(name, who=footing.member, standing=standing, work=work, user=by)
    check_answers(step, how)
    if step.dated:
        _check_day(step, how, since, footing, today)
    if step.exit and by is not None:
        _refuse_unless_handled(step, footing, by, own)
    return step


def offices_ending(step: MembershipMove, footing: Footing) -> list:
    died = step.target == Standing.DEAD
    return footing.offices if died else ends_with_membership(footing.offices)


def _refuse_unless_handled(step: MembershipMove, footing: Footing, by, own: frozenset) -> None:
    for row in offices_ending(step, footing):
        if not may_handle(own, [row.office]):
            raise RuleBroken(
                f"{footing.member}的{row.get_office_display()}由主席、副主席或管理员结束，找他们办。"
            )
    if footing.member.pk == by.member_id:
        raise RuleBroken(f"{footing.member}是您自己，让另一位主席、副主席或管理员办。")


def _check_day(step: MembershipMove, how: How, since: date, footing: Footing, today: date) -> None:
    who = footing.member
    if since > today:
        raise RuleBroken(f"{chinese_date(since)}还没到，{step.label}到了那天再登记。")
    refuse_before_here(who, since, joined=footing.joined)
    if changes_membership(step, how, footing.standing):
        _refuse_rewriting_membership(step, since, footing.membership)
    if work_after(step, how, footing.work):
        _refuse_rewriting(who, since, footing.employment)
    if step.exit or (how.group and step.to_group):
        _refuse_rewriting(who, since, footing.group, ending=bool(step.exit))
    if step.leaves_school or step.target == Standing.DEAD:
        _refuse_rewriting(who, since, footing.department, ending=True)
    if step.exit:
        _refuse_before_offices(step, since, footing, today)
    if step.target == Standing.ACTIVE and footing.applied_on and since < footing.applied_on:
        raise RuleBroken(
            f"{who}{chinese_date(footing.applied_on)}才申请入会，"
            f"会籍不能从{chinese_date(since)}算起。"
        )


def refuse_before_here(
    member, since: date, *, joined: tuple[date | None, str] = (None, Precision.DAY)
) -> None:
    """Raises RuleBroken when the member was not born yet, or not here, on the day."""
    known = [
        ("出生", member.birth, member.birth_precision),
        ("到校", member.arrived, member.arrived_precision),
        ("入会", *joined),
    ]
    later = [one for one in known if one[1] and since < one[1]]
    if later:
        word, day, precision = max(later, key=lambda one: (one[2] != Precision.UNKNOWN, one[1]))
        if precision == Precision.UNKNOWN:
            raise RuleBroken(
                f"{member}没写入会时间，会籍从{chinese_date(day, precision)}，变动日期 {since} 比它早。"
                "改成那天或以后，或者先把入会时间写上。"
            )
        raise RuleBroken(
            f"{member}的{word}时间是{chinese_date(day, precision)}，变动日期 {since} 比它早，"
            "改成那时或以后。"
        )


def _refuse_rewriting_membership(step: MembershipMove, since: date, row) -> None:
    """Both what the last 会籍 says and the new one must hold for a day at least."""
    if row is None:
        return
    if row.end and row.end >= since:
        raise RuleBroken(
            f"{row.member}的上一段会籍到{chinese_date(row.end)}才结束，"
            f"{step.label}的日期要在那以后。"
        )
    if row.end is None and row.start and row.start >= since:
        raise RuleBroken(
            f"{row.member}的“{row.word}”从{chinese_date(row.start)}才开始，"
            f"{step.label}最早从第二天算起。"
        )


def _refuse_rewriting(member, since: date, row, *, ending: bool = False) -> None:
    """`ending`: where the last row is over already, nothing of it changes."""
    if row is None or (ending and row.end):
        return
    if row.end and row.end >= since:
        raise RuleBroken(
            f"{member}的“{row.word}”到{chinese_date(row.end)}才结束，变动日期要在那以后。"
        )
    if row.start and row.start > since:
        raise RuleBroken(
            f"{member}的“{row.word}”是从{chinese_date(row.start)}起的，"
            f"变动日期 {since} 比它早，改成那天或以后。"
        )


def _refuse_before_offices(
    step: MembershipMove, since: date, footing: Footing, today: date
) -> None:
    """Those that have yet to begin, go; the others were held for a day at least."""
    for row in offices_ending(step, footing):
        if row.start and since <= row.start <= today:
            raise RuleBroken(
                f"{footing.member}的{row.get_office_display()}从{chinese_date(row.start)}才开始，"
                "这一天以后才能离开。日期没有写错的话，先到“职务”里改正任期。"
            )
