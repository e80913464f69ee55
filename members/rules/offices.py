"""What is unusual of an appointment: said once it is registered, never refused. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from unionoffice.periods import chinese_date


def doubts(
    holding, *, today: date, leading: Sequence[str] = (), own_group: object = None
) -> Iterator[str]:
    """`leading`: who else leads the group; `own_group`: the group that the person is in."""
    office = holding.get_office_display()
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
