"""What the congress puts on the home page: motions that wait for this user, days ahead."""

from datetime import date, timedelta

from django.urls import reverse

from congress.choices import MotionState
from congress.queries import ToDo, objections_ending, to_do
from congress.rules import full_title
from members.models import User
from unionoffice.home import DateAhead, HomePart, Todo
from unionoffice.periods import Period, last_day

DAYS_AHEAD = 30

# state -> what the row says below the title, its button, the page behind the button
ASKS = {
    MotionState.SUBMITTED: (
        "{motion.proposer}提出，附议已够，等审查",
        "审查立案",
        "congress:motion_detail",
    ),
    MotionState.SECONDING: (
        "{motion.proposer}提出，等人附议",
        "看看，附议",
        "congress:motion_detail",
    ),
    MotionState.RETURNED: (
        "退回修改：{motion.decision_reason}",
        "改一改",
        "congress:motion_update",
    ),
}


def home_part(user: User, today: date, period: Period) -> HomePart:
    if not user.has_perm("congress.view_notices"):
        return HomePart()
    return HomePart(todos=_todos(user, today), dates=_dates(today))


def _todos(user: User, today: date) -> tuple[Todo, ...]:
    if not user.has_perm("congress.view_motions"):
        return ()
    return tuple(_todo(motion, today) for motion in to_do(user))


def _todo(motion: ToDo, today: date) -> Todo:
    detail, label, page = ASKS[motion.state]
    return Todo(
        kind="提案",
        title=full_title(motion.title),
        detail=detail.format(motion=motion),
        url=reverse("congress:motion_detail", args=[motion.pk]),
        due=_due(motion, today),
        act_label=label,
        act_url=reverse(page, args=[motion.pk]),
    )


def _due(motion: ToDo, today: date) -> date:
    """The day of the meeting, when it lies ahead. Otherwise no document names a day: what is to be
    decided waits today, the rest this month."""
    if motion.held_on and motion.held_on >= today:
        return motion.held_on
    if motion.state == MotionState.SUBMITTED:
        return today
    return last_day(today.year, today.month)


def _dates(today: date) -> tuple[DateAhead, ...]:
    until = today + timedelta(days=DAYS_AHEAD)
    return tuple(
        DateAhead(last, f"公示到期：{title}", reverse("congress:notice_detail", args=[pk]))
        for pk, title, last in objections_ending(today, until)
    )
