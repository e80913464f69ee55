"""Everything that names a person is in what that person reads about themselves."""

import pytest
from django.utils.module_loading import import_string

from activities.actions import void_activity
from activities.own_data import own_data
from members.models import Member
from tests.factories.activities import make_activity, make_item, make_plan, make_prize
from tests.factories.members import make_member
from unionoffice.own_data import PARTS

pytestmark = pytest.mark.usefixtures("office")

# what names a member -> the section that tells the member of it
TOLD = {
    "activities.Asset.keeper": "管的社团、阵地和设备",
    "activities.Honour.member": "荣誉",
    "activities.Nominee.member": "评选推荐",
    "activities.Participation.member": "报名和参加的活动",
    "activities.Place.keeper": "管的社团、阵地和设备",
    "activities.PlanItem.responsible": "计划里由您负责的",
    "activities.Prize.member": "活动里得的奖",
    "activities.Series.leader": "管的社团、阵地和设备",
    "activities.SeriesMember.member": "社团和定期活动",
    "congress.Motion.proposer": "提案",
    "congress.Seconding.member": "附议",
    "members.Application.member": "入会申请",
    "members.Assessment.member": "考核",
    "members.Candidate.member": "参选",
    "members.Correction.member": "资料更正",
    "members.Delivery.member": "办公室的通知",
    "members.DepartmentAssignment.member": "部门",
    "members.Employment.member": "在岗情况",
    "members.GroupAssignment.member": "工会小组",
    "members.Membership.member": "会籍",
    "members.OfficeHolding.member": "职务",
    "members.PrivateValue.member": "私密资料",
    "members.TitleGrant.member": "评上职称",
    "members.User.member": "账号",
    "members.WorkingGroupSeat.member": "领导小组、工作小组",
    "welfare.Visit.member": "慰问",
    "welfare.Visit.visitors": "您去看望的",
}


def test_whatever_names_a_member_has_a_section():
    relations = Member._meta.get_fields(include_hidden=True)
    pointing = {
        f"{each.related_model._meta.label}.{each.field.name}"
        for each in relations
        if each.auto_created and not each.concrete and not each.related_model._meta.auto_created
    }
    assert pointing == TOLD.keys()
    member = make_member()
    parts = [import_string(f"{part}.own_data")(member) for part in PARTS]
    assert set(TOLD.values()) <= {section.title for part in parts for section in part}


def rows_of(member: Member, title: str) -> tuple:
    return {section.title: section.rows for section in own_data(member)}[title]


def test_prizes_and_items_are_told_to_whose_they_are():
    member, other = make_member(), make_member()
    held, plan = make_activity("2026-03-06", "羽毛球赛"), make_plan()
    for whose in (member, other):
        make_prize("一等奖", activity=held, member=whose, event="男单")
        make_item(plan, "2026-04", "春游", responsible=whose)
    assert rows_of(member, "活动里得的奖") == (("2026-03-06", "羽毛球赛", "男单", "一等奖"),)
    assert rows_of(member, "计划里由您负责的") == (("2026年计划", "春游", "2026年4月", "计划中"),)


def test_no_item_of_a_plan_that_is_not_public_and_no_prize_of_a_voided_record_is_told():
    member, held = make_member(), make_activity("2026-03-06", "羽毛球赛")
    make_prize("一等奖", activity=held, member=member, event="男单")
    void_activity(activity=held, reason="记错了", by=held.recorded_by)
    make_item(make_plan(state="draft"), "2026-04", "还没定的事", responsible=member)
    assert rows_of(member, "活动里得的奖") == ()
    assert rows_of(member, "计划里由您负责的") == ()
