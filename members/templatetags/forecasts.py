"""What the page of a person tells of the days ahead."""

from django import template

from members.choices import MembershipStatus
from members.models import Member
from members.queries.forecasts import AT_WORK
from members.rules.retirement import Forecast, forecast

register = template.Library()


@register.simple_tag
def retirement_of(member: Member) -> Forecast | None:
    """When someone reaches the statutory age who works here today, or is a 会员 of whose work
    nothing is recorded; `member` comes with the places of today."""
    work, standing = member.employment_status, member.membership_status
    if work not in AT_WORK and (work or standing != MembershipStatus.ACTIVE):
        return None
    return forecast(member.gender, member.retirement_line, member.birth, member.birth_precision)
