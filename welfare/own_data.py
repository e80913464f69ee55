"""What the visits keep about one person, for this person."""

from members.models import Member
from unionoffice.own_data import Section, Traces
from unionoffice.periods import iso_date
from welfare.models import Visit

COLUMNS = ("日期", "为了什么", "是谁的事", "在哪里", "慰问金", "慰问品", "折价", "情况", "作废原因")


def own_data(member: Member) -> list[Section]:
    rows = [
        (
            iso_date(visit.day, visit.day_precision),
            visit.get_kind_display(),
            visit.get_relation_display(),
            visit.place,
            visit.money,
            visit.goods,
            visit.goods_value,
            visit.reason,
            visit.void_reason,
        )
        for visit in _visits(member)
    ]
    made = [(iso_date(v.day, v.day_precision), v.get_kind_display()) for v in _made_by(member)]
    return [
        Section("慰问", COLUMNS, tuple(rows)),
        Section("您去看望的", ("日期", "为了什么"), tuple(made)),
    ]


def traces(member: Member) -> Traces:
    """Who looks through the list of visits sees those to this person among them."""
    keys = list(_visits(member).values_list("pk", flat=True))
    lists = frozenset({"welfare.view_visits", "welfare.export_visits"} if keys else ())
    return Traces({"welfare.visit": keys}, lists)


def _visits(member: Member):
    return Visit.objects.filter(member=member)


def _made_by(member: Member):
    return Visit.objects.filter(visitors=member)
