"""The people of an activity, for its page."""

from dataclasses import dataclass

from django import template

from activities.models import Activity, Participation, Signup
from activities.queries import signups as queries
from activities.queries.series import leads

register = template.Library()


@dataclass(frozen=True)
class People:
    """`rows`: those whose names the user may see; `mine`: the own row."""

    heads: queries.Heads
    signup: Signup | None
    mine: Participation | None
    rows: list[Participation]
    reach: bool


@register.simple_tag(takes_context=True)
def people_of(context, activity: Activity) -> People:
    """A constant number of queries, however many came."""
    user = context["request"].user
    keeps = user.has_perm("activities.manage_attendance")
    rows = list(queries.people_of_activity(user, activity).filter(queries.EXPECTED))
    return People(
        heads=queries.heads_of(activity.participations.all()),
        signup=queries.signup_of(activity),
        mine=next((row for row in rows if row.member_id == user.member_id), None),
        rows=rows if keeps or leads(user, activity) else [],
        reach=keeps and queries.may_attend(user, activity),
    )
