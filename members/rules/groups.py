"""When a group is there. Pure."""

from datetime import date

from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date


def refuse_dissolved(group, since: date) -> None:
    """Raises RuleBroken when the group is no longer there on `since`."""
    if group.last_day and group.last_day < since:
        raise RuleBroken(f"{group}到{chinese_date(group.last_day)}就撤销了，换一个小组。")
