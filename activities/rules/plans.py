"""Which moves a plan allows, and what is said of its state. Pure."""

from collections.abc import Mapping
from datetime import date

from activities.choices import PlanState
from activities.rules.items import MANAGE
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date
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


def check_passed(passed_on: date | None, passed_by: str, today: date) -> None:
    if passed_on is None:
        raise RuleBroken("写上哪天通过的。")
    if passed_on > today:
        raise RuleBroken(f"{chinese_date(passed_on)}还没到，通过以后再记。")
    if not passed_by:
        raise RuleBroken("写上哪次会议通过的，例如：工会委员会议。")


def is_kept(state: str) -> bool:
    """Whether what changes in a plan of that state is kept: once it was passed."""
    return state != PlanState.DRAFT
