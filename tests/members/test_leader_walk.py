"""Everything that the leader of a group can open: nobody of another group, nothing beyond what a
leader needs."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members import actions
from members.models import Member
from tests.factories.members import make_department, make_group, make_member, make_user
from unionoffice.roles import Role

OUTSIDE = ("单雄信", "外组甲组", "别的学科组")  # a colleague, the group and the department
# what is stored of the own people and is none of a leader's business
NOT_NEEDED = ("G77001", "少数派党", "高级示例师", "研究生学历", "备注里的话", "350182", "1971")

LISTS = [
    "/members/",
    "/members/?tab=all",
    "/members/?tab=left",
    "/members/?tab=retained",
    "/members/?tab=all&on=2024-06-01",
    "/members/?tab=all&sort=group",
    "/members/?tab=all&sort=-department",
    "/members/?q=shan",
    "/members/?q=4472",
    "/members/?moved=joined&period=2020",
    "/members/find/?q=shan",
    "/members/find/?q=4472",
    "/find/?q=shan",
    "/find/?q=G77002",
    "/members/birthdays/?when=3",
    "/members/birthdays/?when=3&by=group",
    "/members/birthdays/export/?when=3&format=csv",
    "/members/selection/sheet/?all=yes&tab=all",
    "/members/selection/sheet/?all=yes&tab=all&heading=签到&beside=department_name&format=docx",
    "/members/selection/labels/?all=yes&tab=all",
    "/members/messages/",
    "/members/messages/new/?all=yes&tab=all",
    "/members/views/",
    "/organisation/groups/",
    "/organisation/groups/?on=2024-06-01",
    "/",
    "/more/",
    "/me/",
]
CLOSED = [
    "/members/export/?format=csv",
    "/members/export/columns/?all=yes",
    "/members/selection/group/?all=yes",
    "/members/selection/membership/?all=yes",
    "/members/papers/?all=yes",
    "/members/figures/",
    "/members/figures/export/",
    "/members/moves/",
    "/members/applications/",
    "/members/corrections/",
    "/members/retirements/",
    "/members/milestones/",
    "/members/accounts/",
    "/members/imports/new/",
    "/audit/",
]


@pytest.fixture
def leader(log_in):
    """Of 己组, with one colleague in it; one who left it, and one of another group."""
    own, other = make_group("己组一组"), make_group(OUTSIDE[1])
    own_department, department = make_department("本学科组"), make_department(OUTSIDE[2])
    client = log_in(user=make_user(Role.GROUP_LEADER, Role.MEMBER, group=own))
    values = {
        "staff_no": "G77001",
        "party": "少数派党",
        "title": "高级示例师",
        "education": "研究生学历",
        "note": "备注里的话",
        "card_no": "350182",
        "birth": date(1971, 3, 12),
        "phone": "13800004471",
    }
    client.own = make_member("己晓燕", group=own, department=own_department, **values)
    client.outside = make_member(
        OUTSIDE[0],
        group=other,
        department=department,
        staff_no="G77002",
        birth=date(1972, 3, 13),
        phone="13800004472",
    )
    client.left = make_member("离组人", group=own, department=department)
    actions.move_to_group(
        members=[client.left], group=other, since=timezone.localdate(), by=make_user(Role.CHAIR)
    )
    client.group, client.other = own, other
    return client


def text_of(response) -> str:
    return response.getvalue().decode("utf-8", "replace")


@pytest.mark.parametrize("address", LISTS)
def test_no_page_names_anyone_outside_or_tells_more_than_a_leader_needs(leader, address):
    response = leader.get(address)
    text = text_of(response)
    assert response.status_code == 200
    assert [word for word in (*OUTSIDE, "离组人", *NOT_NEEDED) if word in text] == []


def test_the_own_people_are_there(leader):
    for address in (
        "/members/",
        "/members/find/?q=ji",
        "/members/birthdays/?when=3",
        "/find/?q=ji",
    ):
        assert "己晓燕" in text_of(leader.get(address))
    assert "己晓燕" in text_of(leader.get("/members/birthdays/export/?when=3&format=csv"))


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_the_committees_is_closed(leader, address):
    assert leader.get(address).status_code == 403


def test_the_page_of_a_person_outside_is_not_there(leader):
    for person in (leader.outside, leader.left):
        assert leader.get(f"/members/{person.pk}/").status_code == 404
    assert leader.get(f"/organisation/groups/{leader.other.pk}/").status_code == 404


def test_the_page_of_an_own_person_tells_only_what_is_needed(leader):
    text = text_of(leader.get(f"/members/{leader.own.pk}/"))
    assert "13800004471" in text
    assert [word for word in NOT_NEEDED if word in text] == []


def test_the_page_of_the_own_group_names_no_one_who_went_elsewhere(leader):
    for address in ("", "?on=2024-06-01"):
        text = text_of(leader.get(f"/organisation/groups/{leader.group.pk}/{address}"))
        assert "己晓燕" in text
        assert [word for word in (*OUTSIDE, "离组人") if word in text] == []


@pytest.mark.parametrize("act", ["selection/sheet", "selection/labels", "messages/new"])
def test_an_act_takes_nobody_from_outside(leader, act):
    response = leader.get(f"/members/{act}/?pk={leader.own.pk}&pk={leader.outside.pk}", follow=True)
    assert "选的人里有 1 位不在您看得到的名册里了" in response.text
    assert OUTSIDE[0] not in response.text


def test_a_filter_by_what_is_not_offered_is_refused(leader):
    department = leader.outside.department_assignments.get().department_id
    for query in (f"group={leader.other.pk}", f"department={department}"):
        response = leader.get(f"/members/?{query}")
        assert response.status_code == 422
        assert "没有这样的" in response.text
    assert leader.get(f"/members/birthdays/?group={leader.other.pk}").status_code == 422


def test_the_choices_are_those_of_the_own_people_also_of_former_days(leader):
    """The list tells of any day: a group that someone was in before can be asked for."""
    before = make_group("从前的组")
    day = date(2021, 9, 1)
    row = leader.own.group_assignments.get()
    row.start = day
    row.save()
    leader.own.group_assignments.create(group=before, start=None, end=day - timedelta(days=1))
    text = leader.get("/members/?on=2021-01-01").text
    assert ">从前的组</option>" in text
    assert ">己组一组</option>" in text
    assert ">本学科组</option>" in text


def test_who_leads_no_group_any_more_sees_nobody_but_is_not_asked_about_others(leader):
    leader.user.member.offices.update(end=timezone.localdate() - timedelta(days=1))
    assert leader.get("/members/").status_code == 403
    assert Member.objects.count() > 3
