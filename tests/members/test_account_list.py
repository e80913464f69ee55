"""The list of accounts: who can log in, who never did, who is locked or has to wait."""

from datetime import date, timedelta

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members import actions
from members.choices import OfficeName
from members.models import User
from members.queries import roles_of
from tests.factories.members import LONG_AGO, PASSWORD, make_group, make_member, make_user
from unionoffice.roles import Role

LIST = "/members/accounts/"


@pytest.fixture
def chair(log_in):
    client = log_in(Role.CHAIR)
    User.objects.filter(pk=client.user.pk).update(last_login=timezone.now())
    return client


def account(name: str, staff_no: str, **values) -> User:
    member = make_member(name, staff_no=staff_no)
    user, _ = actions.open_account(member=member, by=None, password=PASSWORD)
    User.objects.filter(pk=user.pk).update(**values)
    return user


def names(page) -> list[str]:
    return [row["member"].name for row in page.context["rows"]]


@pytest.fixture
def everyone(chair):
    make_member("曾晓燕", staff_no="1001")
    account("解某", "1002")
    account("单某", "1003", last_login=timezone.now())
    account("仇某", "1004", is_active=False, locked_because="手机丢了")
    account("查某", "1005", last_login=timezone.now())
    for _ in range(5):
        Client().post("/login/", {"username": "1005", "password": "wrong"})
    return chair


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("none", ["曾晓燕"]),
        ("never", ["解某"]),
        ("locked", ["仇某"]),
        ("waiting", ["查某"]),
    ],
)
def test_each_state_has_its_page(everyone, state, expected):
    page = everyone.get(f"{LIST}?state={state}")
    assert names(page) == expected
    assert page.context["counts"][state] == 1


def test_the_list_says_why_an_account_is_locked_and_who_has_to_wait(everyone):
    text = everyone.get(LIST).text
    assert "手机丢了" in text
    assert "等 15 分钟，或重置密码" in text
    assert everyone.get(LIST).context["counts"] == {
        "none": 1, "never": 1, "used": 3, "locked": 1, "waiting": 1, "all": 6,
    }  # fmt: skip


def test_waiting_is_over_after_a_while(everyone):
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert names(everyone.get(f"{LIST}?state=waiting")) == []


def test_the_list_is_searched_and_narrowed_to_a_group(everyone):
    group = make_group()
    make_member("单于飞", group=group)
    assert names(everyone.get(f"{LIST}?q=单")) == ["单于飞", "单某"]
    assert names(everyone.get(f"{LIST}?q=单&group={group.pk}")) == ["单于飞"]
    assert names(everyone.get(f"{LIST}?q=没有这个人")) == []
    assert "没有符合的人，换个条件试试。" in everyone.get(f"{LIST}?q=没有这个人").text


def test_a_colleague_who_is_no_member_yet_gets_an_account_to_join_with(chair):
    make_member("新来的", joined=None, status=None, employment="working")
    make_member("调走的", joined=None, status=None, employment="left")
    assert names(chair.get(f"{LIST}?state=none")) == ["新来的"]


def test_who_left_long_ago_and_never_had_an_account_is_not_listed(chair):
    make_member("以前的", joined=None, status=None)
    assert "以前的" not in names(chair.get(LIST))


def test_the_organisation_commissioner_gets_no_button_for_an_officer(log_in):
    officer = make_user(Role.WELFARE)
    rows = log_in(Role.ORGANISATION).get(LIST).context["rows"]
    assert {row["member"]: row["may_handle"] for row in rows}[officer.member] is False


def test_the_list_takes_the_same_queries_for_many_as_for_one(chair):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            chair.get(LIST)
        return len(captured)

    account("曾晓燕", "1001")
    few = queries()
    for number in range(6):
        account(f"示例{number}", f"20{number}")
    assert queries() == few


def test_locking_asks_for_a_reason_and_opens_again_at_a_click(chair):
    user = account("曾晓燕", "1001")
    url = user.member.get_absolute_url()
    page = chair.post(f"{url}account/lock/", {"reason": ""}, follow=True)
    assert "写上为什么停用，例如：手机丢了，怕别人登录。" in page.text
    page = chair.post(f"{url}account/lock/", {"reason": "借给别人用"}, follow=True)
    assert "停用了：曾晓燕的账号，现在起不能登录" in page.text
    assert "借给别人用" in page.text
    assert "account/reset/" not in page.text
    page = chair.post(f"{url}account/unlock/", follow=True)
    assert "恢复了：曾晓燕的账号，用原来的密码登录" in page.text
    assert "account/reset/" in page.text


def test_a_refusal_to_lock_stands_on_the_page(chair):
    page = chair.post(
        f"{chair.user.member.get_absolute_url()}account/lock/", {"reason": "试试"}, follow=True
    )
    assert "自己的账号不能自己停用" in page.text


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [(-1, None, True), (0, 0, True), (-9, -1, False), (1, None, False), (-9, 0, True)],
)
def test_a_role_follows_the_days_of_its_office_by_itself(log_in, start, end, holds):
    today = timezone.localdate()
    client = log_in(Role.MEMBER)
    client.user.member.offices.create(
        office=OfficeName.ORGANISATION,
        start=today + timedelta(days=start),
        end=None if end is None else today + timedelta(days=end),
    )
    assert (Role.ORGANISATION in roles_of(client.user)) is holds
    assert (client.get(LIST).status_code == 200) is holds


def test_the_role_of_a_past_day_stays(office):
    user = make_user(Role.MEMBER)
    user.member.offices.create(office="welfare", start=LONG_AGO, end=date(2025, 12, 31))
    assert roles_of(user, date(2025, 12, 31)) == {Role.WELFARE, Role.MEMBER}
    assert roles_of(user, date(2026, 1, 1)) == {Role.MEMBER}


def test_who_left_the_union_and_still_works_here_is_offered_no_account(chair):
    member = make_member("甲一", employment="working")
    actions.move_member(member=member, move="resign", since=date(2026, 3, 1), by=None)
    assert "甲一" not in names(chair.get(f"{LIST}?state=none"))
