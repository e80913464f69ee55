"""Holdings side by side, and what is unusual of an appointment: said once it is registered, never
refused. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from members.choices import MembershipStatus
from members.rules.terms import TERM_OFFICES
from unionoffice.periods import chinese_date


def shared_days(one, other, today: date) -> tuple[date, date] | None:
    """The first and the last day on which both are held, as far as is known; None when there is
    none. Of a holding without a start only its last day counts, or today."""
    first = max(_first_day(one, today), _first_day(other, today))
    last = min(one.end or date.max, other.end or date.max)
    return (first, last) if first <= last else None


def more_shared(holding, before, other, today: date) -> bool:
    """Whether `holding` shares days with `other` that it did not share as it was `before`."""
    now = shared_days(holding, other, today)
    then = shared_days(before, other, today)
    return now is not None and (then is None or now[0] < then[0] or now[1] > then[1])


def _first_day(holding, today: date) -> date:
    return holding.start or min(holding.end or today, today)


def doubts(
    holding,
    *,
    today: date,
    status: str | None = None,
    leading: Sequence[str] = (),
    own_group: object = None,
) -> Iterator[str]:
    """`status`: of the 会籍; `leading`: who else leads the group; `own_group`: the group that the
    person is in."""
    office = holding.get_office_display()
    if status == MembershipStatus.RETAINED and holding.office in TERM_OFFICES:
        yield (
            f"{holding.member}那天是保留会籍，保留会籍期间一般没有被选举权，"
            "对照本级的会籍管理办法。"
        )
    if holding.start and holding.start > today:
        yield f"{chinese_date(holding.start)}还没到，{holding.member}从那天起才是{office}。"
    if not holding.group:
        return
    if leading:
        yield f"{holding.group}另有小组长{'、'.join(leading)}还没有结束，换人的话把前任的结束掉。"
    if own_group is None:
        yield f"{holding.member}没有编进工会小组，却任{holding.group}的小组长，核对一下。"
    elif own_group != holding.group:
        yield f"{holding.member}编在{own_group}，却任{holding.group}的小组长，核对一下。"
