"""Assessments for tests."""

from datetime import date

from members.actions.assessments import add_assessment
from members.choices import AssessmentOf
from members.models import Assessment, Member, UnionGroup


def make_assessment(
    *, group: UnionGroup | None = None, member: Member | None = None, by=None, **values
) -> Assessment:
    """Of the union unless a group or a member is given: as 福利委员, or, with a topic, as a
    colleague."""
    fields = {"of": AssessmentOf.UNION, "period_code": "2025", "result": "优秀"}
    fields |= {"assessed_on": date(2025, 12, 25), "assessed_by": "示例市教育工会"}
    if group:
        fields |= {"of": AssessmentOf.GROUP, "group": group}
    if member:
        fields |= {"of": AssessmentOf.OFFICER, "member": member, "office": "welfare"}
    if values.get("topic") and member:
        fields |= {"of": AssessmentOf.PERSON, "office": ""}
    return add_assessment(assessment=Assessment(**fields | values), by=by)
