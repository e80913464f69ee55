"""Which moves a plan allows, and what is said of its state. Pure."""

import re
from collections.abc import Mapping
from datetime import date

from activities.choices import PlanState
from activities.rules.items import MANAGE
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period, add_months, chinese_date
from unionoffice.workflow import Move

PLAN_MOVES: Mapping[str, Move] = {
    "pass": Move(
        "记下已通过",
        frozenset({PlanState.DRAFT}),
        PlanState.PASSED,
        MANAGE,
        hint="写上哪次会议、哪天通过。从这时起，改动都会留下来",
    ),
    "publish": Move(
        "公布",
        frozenset({PlanState.PASSED}),
        PlanState.PUBLISHED,
        MANAGE,
        hint="全体教职工和上级工会都看得到",
    ),
    "unpublish": Move(
        "撤回公布",
        frozenset({PlanState.PUBLISHED}),
        PlanState.PASSED,
        MANAGE,
        hint="只剩工会委员看得到",
        needs_reason=True,
    ),
    "redraft": Move(
        "退回起草",
        frozenset({PlanState.PASSED}),
        PlanState.DRAFT,
        MANAGE,
        hint="要重新通过；已经留下的变化还在",
        needs_reason=True,
    ),
}
FORWARD = frozenset({"pass", "publish"})  # what is expected next
MOST_MONTHS_EARLY = 12  # a plan is passed at most so long before it begins
MEETING = re.compile("[\u4e00-\u9fff].*[\u4e00-\u9fff]")  # two Chinese characters at least


def check_passed_on(passed_on: date | None, period: Period, today: date) -> None:
    if passed_on is None:
        raise RuleBroken("写上哪天通过的。")
    if passed_on > today:
        raise RuleBroken(f"{chinese_date(passed_on)}还没到，通过以后再记。")
    earliest = add_months(period.start, -MOST_MONTHS_EARLY)
    if not earliest <= passed_on <= period.end:
        raise RuleBroken(
            f"这是{period.label}的计划，通过的日子写{chinese_date(earliest)}"
            f"到{chinese_date(period.end)}之间的。"
        )


def check_passed_by(passed_by: str) -> None:
    if not MEETING.search(passed_by):
        raise RuleBroken("写上哪次会议通过的，例如：工会委员会议。")


def check_withdrawn(title: str, state: str) -> None:
    """Only a draft goes; others see what was published, and it may have been reported."""
    if state == PlanState.DRAFT:
        return
    before = "先撤回公布，再退回起草" if state == PlanState.PUBLISHED else "先退回起草"
    raise RuleBroken(f"《{title}》{PlanState(state).label}，不能整份撤回；要撤回，{before}。")


def is_kept(state: str) -> bool:
    """Whether what changes in a plan of that state is kept: once it was passed."""
    return state != PlanState.DRAFT
