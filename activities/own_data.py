"""What the activities keep about one person, for this person."""

from activities.choices import PlanState
from activities.models import (
    Asset,
    Honour,
    Nominee,
    Participation,
    Place,
    PlanItem,
    Prize,
    Series,
    SeriesMember,
)
from members.models import Member
from unionoffice.own_data import Section, Traces
from unionoffice.periods import iso_date

HONOURS = ("日期", "荣誉", "级别", "由谁授予", "文号", "备注", "作废原因")
PRIZES, ITEMS = ("日期", "活动", "项目", "得了什么"), ("计划", "事项", "哪个月", "情况")
NOMINATED = ("评什么", "谁推荐", "主要事迹", "结果", "哪天推荐")
CLUBS, KEPT = ("名称", "哪天参加", "哪天退出"), ("管什么", "名称")
TAKEN_PART = ("日期", "活动", "报名", "报名时间", "到没到", "签到时间", "做什么", "备注")


def own_data(member: Member) -> list[Section]:
    return [
        Section("报名和参加的活动", TAKEN_PART, tuple(_taken_part(member))),
        Section("社团和定期活动", CLUBS, tuple(_clubs(member))),
        Section("管的社团、阵地和设备", KEPT, tuple(_kept(member))),
        Section("计划里由您负责的", ITEMS, tuple(_items(member))),
        Section("活动里得的奖", PRIZES, tuple(_prizes(member))),
        Section("荣誉", HONOURS, tuple(_honours(member))),
        Section("评选推荐", NOMINATED, tuple(_nominated(member))),
    ]


def traces(member: Member) -> Traces:
    """Who took away the names of an activity took the own one along."""
    activities = list(_of(member).values_list("activity", flat=True))
    lists = frozenset({"activities.export_attendance"} if activities else ())
    return Traces({"activities.activity": activities}, lists)


def _of(member: Member):
    return Participation.objects.filter(member=member).order_by("-activity__day", "-activity")


def _taken_part(member: Member):
    for row in _of(member).select_related("activity"):
        day = iso_date(row.activity.day, row.activity.precision)
        signed_up = row.get_signup_display(), row.signed_up_at
        came = row.get_attendance_display(), row.signed_in_at
        yield day, row.activity.title, *signed_up, *came, row.duty, row.note


def _clubs(member: Member):
    rows = SeriesMember.objects.filter(member=member).select_related("series")
    for row in rows.order_by("-start", "-pk"):
        yield row.series.name, row.start, row.end


def _kept(member: Member):
    kinds = (
        ("社团和定期活动", Series, "leader"),
        ("阵地", Place, "keeper"),
        ("设备", Asset, "keeper"),
    )
    for word, model, role in kinds:
        for one in model.objects.filter(**{role: member}).order_by("name", "pk"):
            yield word, one.name


def _items(member: Member):
    rows = PlanItem.objects.filter(responsible=member, plan__state=PlanState.PUBLISHED)
    rows = rows.select_related("plan")
    for item in rows.order_by("-first_month", "-pk"):
        yield item.plan.title, item.text, item.months_text, item.get_state_display()


def _prizes(member: Member):
    rows = Prize.objects.filter(member=member, activity__voided_at=None).select_related("activity")
    for prize in rows.order_by("-activity__day", "-pk"):
        held = prize.activity
        yield iso_date(held.day, held.precision), held.title, prize.event, prize.award


def _honours(member: Member):
    for one in Honour.objects.filter(member=member).order_by("-day", "-pk"):
        yield (
            iso_date(one.day, one.precision),
            one.title,
            one.get_level_display(),
            one.awarding_body,
            one.document_number,
            one.note,
            one.void_reason,
        )


def _nominated(member: Member):
    rows = Nominee.objects.filter(member=member).select_related("selection").order_by("-pk")
    for one in rows:
        state = one.get_state_display()
        yield one.selection.title, one.recommended_by, one.deeds, state, one.added_at
