"""Accounts in the browser: the one-time password, logging in, being locked out."""

import re

import pytest
from axes.models import AccessAttempt
from django.test import Client

from members import actions
from members.models import User
from tests.factories.members import PASSWORD, make_member
from unionoffice.roles import Role


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def log_in_as(login: str, password: str) -> tuple[Client, object]:
    client = Client()
    return client, client.post("/login/", {"username": login, "password": password})


def password_on(response) -> str:
    return re.search(r"<dt>一次性密码</dt><dd>([a-z0-9]{10})</dd>", response.text)[1]


def test_account_open_shows_the_one_time_password_once(chair):
    member = make_member("曾晓燕", staff_no="1001")
    url = f"{member.get_absolute_url()}account/open/"
    response = chair.post(url)
    password = password_on(response)
    assert User.objects.get(username="1001").check_password(password)
    assert "no-store" in response.headers["Cache-Control"]
    assert password not in chair.get(member.get_absolute_url()).text
    again = chair.post(url, follow=True)
    assert "曾晓燕已经有账号，或登录名 1001 已被别人使用。" in again.text
    assert User.objects.get(username="1001").check_password(password)


def test_account_open_needs_something_to_log_in_with(chair):
    member = make_member("曾晓燕", staff_no=None)
    response = chair.post(f"{member.get_absolute_url()}account/open/", follow=True)
    assert "曾晓燕没有工号也没有手机，先补上一样再开账号。" in response.text
    assert not User.objects.filter(member=member).exists()


def test_a_one_time_password_opens_nothing_but_the_page_that_replaces_it(chair):
    member = make_member("曾晓燕", staff_no="1001")
    password = password_on(chair.post(f"{member.get_absolute_url()}account/open/"))
    client, response = log_in_as("1001", password)
    assert (response.status_code, response.url) == (302, "/")
    for url in ("/", "/members/", "/me/"):
        assert client.get(url).url == "/password/"
    changed = client.post("/password/", {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert changed.url == "/"
    assert client.get("/me/").status_code == 200
    assert log_in_as("1001", password)[1].status_code == 200  # the login page again
    assert log_in_as("1001", PASSWORD)[1].url == "/"


def test_account_reset_replaces_the_password(chair):
    member = make_member("曾晓燕", staff_no="1001")
    user, old = actions.open_account(member=member, by=None)
    actions.change_own_password(user=user, password=PASSWORD)
    new = password_on(chair.post(f"{member.get_absolute_url()}account/reset/"))
    assert log_in_as("1001", PASSWORD)[1].status_code == 200
    assert log_in_as("1001", old)[1].status_code == 200
    assert log_in_as("1001", new)[1].url == "/"


def test_account_reset_without_an_account_is_not_there(chair):
    member = make_member("曾晓燕")
    assert chair.post(f"{member.get_absolute_url()}account/reset/").status_code == 404


@pytest.mark.parametrize("path", ["open", "reset"])
def test_accounts_are_changed_only_by_post_and_only_by_who_may(log_in, chair, path):
    url = f"{make_member('曾晓燕').get_absolute_url()}account/{path}/"
    assert chair.get(url).status_code == 405
    assert log_in(Role.WELFARE).post(url).status_code == 403


@pytest.mark.parametrize("login", ["1001", "13800004471", " 1001 "])
def test_one_logs_in_with_the_number_or_the_phone(office, login):
    member = make_member("曾晓燕", staff_no="1001", phone="13800004471")
    actions.open_account(member=member, by=None, password=PASSWORD)
    assert log_in_as(login, PASSWORD)[1].status_code == 302


def test_a_phone_that_two_accounts_share_logs_nobody_in(office):
    for number in ("1001", "1002"):
        member = make_member(staff_no=number, phone="13800004471")
        actions.open_account(member=member, by=None, password=PASSWORD)
    assert log_in_as("13800004471", PASSWORD)[1].status_code == 200
    assert log_in_as("1002", PASSWORD)[1].status_code == 302


def test_a_closed_account_does_not_log_in(office):
    user, _ = actions.open_account(member=make_member(staff_no="1001"), by=None, password=PASSWORD)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert log_in_as("1001", PASSWORD)[1].status_code == 200


@pytest.mark.parametrize(("login", "password"), [("1001", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_login_says_the_same_whoever_it_was(office, login, password):
    actions.open_account(member=make_member(staff_no="1001"), by=None, password=PASSWORD)
    response = log_in_as(login, password)[1]
    assert "登录名或密码不对。登录名是工号或手机号；忘了密码，请工会主席重置。" in response.text


def test_five_wrong_passwords_lock_the_account_out_for_a_while(office):
    actions.open_account(member=make_member(staff_no="1001"), by=None, password=PASSWORD)
    actions.open_account(member=make_member(staff_no="1002"), by=None, password=PASSWORD)
    statuses = [log_in_as("1001", "wrong")[1].status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    response = log_in_as("1001", PASSWORD)[1]
    assert response.status_code == 429
    assert "密码错了好几次，先等一等" in response.text
    assert log_in_as("1002", PASSWORD)[1].status_code == 302
    AccessAttempt.objects.all().delete()
    assert log_in_as("1001", PASSWORD)[1].status_code == 302
