"""The log of a record names people only to those who see them."""

import pytest
from django.urls import reverse

from activities.actions.selections import choose_nominees, move_selection
from activities.actions.signups import sign_up, withdraw
from tests.factories.congress import make_motion
from tests.factories.honours import make_nominee, make_selection
from tests.factories.members import make_group, make_member, make_user
from tests.factories.signups import make_signup
from unionoffice.acts import ABOUT_PEOPLE, ACTS
from unionoffice.audit import record
from unionoffice.queries import log_for
from unionoffice.roles import COMMITTEE, Role

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def leader(log_in):
    return log_in(user=make_user(Role.GROUP_LEADER, group=make_group("第五工会小组")))


def log_on(client, record) -> list[str]:
    return [line.text for line in client.get(record.get_absolute_url()).context["log"]]


def test_a_leader_does_not_read_who_signed_up(leader, log_in):
    signup = make_signup("拔河比赛")
    teacher = make_user(Role.MEMBER)
    sign_up(signup=signup, by=teacher)
    withdraw(signup=signup, by=teacher)
    said = [f"{teacher}退出报名", f"{teacher}报名"]
    chair = log_in(Role.CHAIR)
    assert log_on(chair, signup.activity)[:2] == said
    assert log_on(leader, signup.activity) == log_on(chair, signup.activity)[2:]
    assert str(teacher) not in leader.get(signup.activity.get_absolute_url()).content.decode()


def test_a_leader_reads_of_a_selection_what_names_nobody_else(leader, log_in):
    chair = make_user(Role.CHAIR)
    selection = make_selection(by=chair)
    other = make_nominee(selection, make_member("李静"), by=chair)
    make_nominee(selection, make_member("王芳"), by=leader.user)
    choose_nominees(selection=selection, chosen=[other.pk], by=chair)
    assert log_on(leader, selection) == [f"{leader.user}推荐（王芳）", f"{chair}发起评选"]
    assert "李静" not in leader.get(selection.get_absolute_url()).content.decode()
    assert log_on(log_in(user=chair), selection) == [
        f"{chair}定拟上报名单（李静）",
        f"{leader.user}推荐（王芳）",
        f"{chair}推荐（李静）",
        f"{chair}发起评选",
    ]


def test_who_comes_too_late_does_not_read_them_either(leader):
    chair = make_user(Role.CHAIR)
    selection = make_selection(by=chair)
    move_selection(selection=selection, move="drop", reason="上级停评", by=chair)
    record(chair, "activities.nominate", selection, told="李静")
    address = reverse("activities:nominee_create", args=[selection.pk])
    page = leader.post(address, {"member": make_member().pk})
    assert page.status_code in (404, 409)
    assert "李静" not in page.content.decode()


def test_who_took_a_seconding_back_is_for_the_office(log_in):
    proposer, other = log_in(Role.MEMBER), make_user(Role.MEMBER)
    motion = make_motion("seconding", proposer=proposer.user.member)
    record(other, "congress.unsecond_motion", motion)
    said = f"{other}撤回附议"
    assert said not in log_on(proposer, motion)
    assert said in log_on(log_in(Role.CHAIR, Role.MEMBER), motion)


def test_those_who_see_everyone_read_the_whole_log(office):
    record(make_user(Role.MEMBER), "activities.sign_up", office)
    seen = {role for role in Role if log_for(make_user(role), office).exists()}
    assert seen == COMMITTEE | {Role.ADMIN}


def test_what_is_about_people_is_among_the_acts():
    assert set(ACTS) >= ABOUT_PEOPLE
