"""What the assessments put on a person's page."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from members.models import Assessment, Member, User
from members.queries.assessments import assessments_of
from unionoffice.beside import Beside
from unionoffice.periods import iso_date

SHOWN = 4


def member_assessments(member: Member, user: User, day: date) -> Beside | None:
    """How a person was assessed, the latest first: for oneself and for those who keep them."""
    rows = list(assessments_of(member, user)[:SHOWN])
    if not rows:
        return None
    lines = tuple((iso_date(one.assessed_on), _told(one)) for one in rows)
    url = f"{reverse('members:assessment_list')}?{urlencode({'q': member})}"
    return Beside("考核", (), url, "考核记录", lines=lines)


def _told(assessment: Assessment) -> str:
    what = assessment.topic or assessment.get_office_display()
    return f"{what} {assessment.period.label} {assessment.result}"
