"""What the page of a person tells of the days ahead."""

from django import template

from members.models import Member
from members.queries.forecasts import AT_WORK
from members.rules.retirement import Forecast, forecast

register = template.Library()


@register.simple_tag
def retirement_of(member: Member) -> Forecast | None:
    """When someone reaches the statutory age who works here today; `member` comes with the places
    of today."""
    if member.employment_status not in (None, *AT_WORK):
        return None
    return forecast(member.gender, member.retirement_line, member.birth, member.birth_precision)
