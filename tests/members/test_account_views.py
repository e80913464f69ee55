"""Accounts in the browser: the one-time password, logging in, being locked out."""

import re
from datetime import date

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.password_validation import password_validators_help_texts
from django.test import Client, RequestFactory

from members import actions
from members.backends import client_address
from members.choices import OfficeName
from members.models import OfficeHolding, User
from tests.factories.members import PASSWORD, make_member, make_user
from unionoffice.errors import RuleBroken
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
    assert "曾晓燕已经有账号。" in again.text
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
    assert log_in_as("1001", password)[1].status_code == 422
    assert log_in_as("1001", PASSWORD)[1].url == "/"


def new_password(password: str) -> dict:
    return {"new_password1": password, "new_password2": password}


def test_a_one_time_password_cannot_be_kept(office):
    _, printed = actions.open_account(member=make_member(staff_no="1001"), by=None)
    client, _ = log_in_as("1001", printed)
    response = client.post("/password/", new_password(printed))
    assert response.status_code == 422
    assert "这就是现在的密码，换一个别的。" in response.text
    assert User.objects.get(username="1001").must_change_password
    assert client.get("/me/").url == "/password/"


@pytest.mark.parametrize(
    ("old", "new", "again", "text"),
    [
        ("", "new-table-1", "new-table-1", "现在的密码是空的，填上。"),
        ("wrong", "new-table-1", "new-table-1", "现在的密码不对，再写一遍。"),
        (PASSWORD, PASSWORD, PASSWORD, "这就是现在的密码，换一个别的。"),
        (PASSWORD, "new-table-1", "new-table-2", "两遍密码不一样，再写一遍。"),
        (PASSWORD, "new-table-1", "", "密码再写一遍，免得写错。"),
        (PASSWORD, "tisch", "tisch", "密码太短，至少写 8 位。"),
        (PASSWORD, "8402917355", "8402917355", "密码全是数字，再加上字母。"),
        (PASSWORD, "iloveyou1", "iloveyou1", "这个密码很多人都在用，一猜就中，换一个别的。"),
    ],
)
def test_password_change_refuses(office, old, new, again, text):
    actions.open_account(member=make_member(staff_no="1001"), by=None, password=PASSWORD)
    client, _ = log_in_as("1001", PASSWORD)
    data = {"old_password": old, "new_password1": new, "new_password2": again}
    response = client.post("/password/", data)
    assert response.status_code == 422
    assert text in response.text
    assert User.objects.get(username="1001").check_password(PASSWORD)


def test_password_change_with_the_present_password_keeps_the_session(office):
    actions.open_account(member=make_member(staff_no="1001"), by=None, password=PASSWORD)
    client, _ = log_in_as("1001", PASSWORD)
    data = {"old_password": PASSWORD, **new_password("new-table-1")}
    assert client.post("/password/", data).url == "/"
    assert User.objects.get(username="1001").check_password("new-table-1")
    assert client.get("/password/").status_code == 200


def test_the_account_of_the_chair_is_out_of_reach_of_the_organisation_commissioner(log_in):
    client, chair = log_in(Role.ORGANISATION), make_user(Role.CHAIR)
    url = chair.member.get_absolute_url()
    assert "account/reset/" not in client.get(url).text
    response = client.post(f"{url}account/reset/", follow=True)
    assert f"{chair}是工会主席，账号由主席、副主席或管理员管，找他们办。" in response.text
    assert "一次性密码</dt>" not in response.text
    assert User.objects.get(pk=chair.pk).password == chair.password
    other = make_user(Role.MEMBER).member.get_absolute_url()
    assert "account/reset/" in client.get(other).text
    assert password_on(client.post(f"{other}account/reset/"))


def test_account_reset_replaces_the_password(chair):
    member = make_member("曾晓燕", staff_no="1001")
    user, old = actions.open_account(member=member, by=None)
    actions.change_own_password(user=user, password=PASSWORD)
    new = password_on(chair.post(f"{member.get_absolute_url()}account/reset/"))
    assert log_in_as("1001", PASSWORD)[1].status_code == 422
    assert log_in_as("1001", old)[1].status_code == 422
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


@pytest.mark.parametrize(
    ("own", "other", "way_out"),
    [
        (
            {"staff_no": None, "phone": "13800004471"},
            {"phone": "13800004471"},
            "先补上工号，用工号开账号",
        ),
        (
            {"staff_no": None, "phone": "13800004471"},
            {"staff_no": "13800004471"},
            "先补上工号，用工号开账号",
        ),
        ({"staff_no": "13800004471"}, {"phone": "13800004471"}, "先核对工号"),
    ],
)
def test_no_account_is_opened_with_a_number_of_someone_else(db, own, other, way_out):
    member = make_member("曾晓燕", **own)
    make_member("甲一", **other)
    told = f"13800004471 也是别人的工号、手机或登录名，{way_out}。"
    with pytest.raises(RuleBroken, match=told):
        actions.open_account(member=member, by=None)
    assert not User.objects.exists()


def test_a_phone_that_two_accounts_share_logs_nobody_in(office):
    for number in ("1001", "1002"):
        member = make_member(staff_no=number, phone="13800004471")
        actions.open_account(member=member, by=None, password=PASSWORD)
    assert log_in_as("13800004471", PASSWORD)[1].status_code == 422
    assert log_in_as("1002", PASSWORD)[1].status_code == 302


def test_a_closed_account_does_not_log_in(office):
    user, _ = actions.open_account(member=make_member(staff_no="1001"), by=None, password=PASSWORD)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert log_in_as("1001", PASSWORD)[1].status_code == 422


@pytest.mark.parametrize(("login", "password"), [("1001", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_login_says_the_same_whoever_it_was(office, login, password):
    actions.open_account(member=make_member(staff_no="1001"), by=None, password=PASSWORD)
    response = log_in_as(login, password)[1]
    assert "登录名或密码不对。登录名是工号或手机号；忘了密码，找工会主席重置。" in response.text


def test_five_wrong_passwords_lock_the_account_out_for_a_while(office):
    actions.open_account(member=make_member(staff_no="1001"), by=None, password=PASSWORD)
    actions.open_account(member=make_member(staff_no="1002"), by=None, password=PASSWORD)
    statuses = [log_in_as("1001", "wrong")[1].status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    response = log_in_as("1001", PASSWORD)[1]
    assert response.status_code == 429
    assert "密码错了好几次，先等一等" in response.text
    assert log_in_as("1002", PASSWORD)[1].status_code == 302
    AccessAttempt.objects.all().delete()
    assert log_in_as("1001", PASSWORD)[1].status_code == 302


def test_number_phone_and_blanks_count_as_one_account(office):
    member = make_member(staff_no="1001", phone="13800004471")
    actions.open_account(member=member, by=None, password=PASSWORD)
    typed = ["1001", "13800004471", " 1001 ", "13800004471", "1001"]
    assert [log_in_as(login, "wrong")[1].status_code for login in typed] == [422] * 4 + [429]
    assert list(AccessAttempt.objects.values_list("username", "failures_since_start")) == [
        ("1001", 5)
    ]
    assert log_in_as("13800004471", PASSWORD)[1].status_code == 429


def test_a_reset_by_the_office_ends_the_waiting(chair):
    member = make_member(staff_no="1001", phone="13800004471")
    actions.open_account(member=member, by=None, password=PASSWORD)
    for _ in range(5):
        log_in_as("13800004471", "wrong")
    password = password_on(chair.post(f"{member.get_absolute_url()}account/reset/"))
    assert log_in_as("1001", password)[1].status_code == 302


def test_a_right_password_forgets_the_wrong_ones(office):
    actions.open_account(
        member=make_member(staff_no="1001", phone="13800004471"), by=None, password=PASSWORD
    )
    for _ in range(4):
        log_in_as("13800004471", "wrong")
    assert log_in_as("1001", PASSWORD)[1].status_code == 302
    assert not AccessAttempt.objects.exists()


def test_behind_the_proxy_one_lock_out_does_not_lock_out_everyone(office, settings):
    settings.HTTPS = True
    actions.open_account(member=make_member(staff_no="1001"), by=None, password=PASSWORD)

    def answer(address: str, password: str) -> int:
        headers = {"X-Forwarded-For": f"203.0.113.9, {address}"}
        data = {"username": "1001", "password": password}
        return Client(headers=headers).post("/login/", data).status_code

    assert [answer("192.0.2.1", "wrong") for _ in range(5)] == [422] * 4 + [429]
    assert answer("192.0.2.1", PASSWORD) == 429
    assert answer("192.0.2.2", PASSWORD) == 302


@pytest.mark.parametrize(
    ("https", "forwarded", "expected"),
    [
        (True, "192.0.2.1", "192.0.2.1"),
        (True, "198.51.100.7, 192.0.2.1", "192.0.2.1"),  # the first was sent by the browser
        (True, "192.0.2.1, 2001:db8::1", "2001:db8::1"),
        (True, "192.0.2.1, unknown", "127.0.0.1"),
        (True, None, "127.0.0.1"),
        (False, "192.0.2.1", "127.0.0.1"),
    ],
)
def test_the_address_is_what_the_one_trusted_proxy_saw(settings, https, forwarded, expected):
    settings.HTTPS = https
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(RequestFactory(headers=headers).get("/login/")) == expected


def test_the_rules_for_passwords_stand_in_chinese():
    assert password_validators_help_texts() == [
        "至少 8 位。",
        "不用很多人都在用的。",
        "不能全是数字。",
    ]


def test_an_empty_first_run_page_says_what_is_missing(client, db):
    response = client.post("/setup/")
    assert response.status_code == 422
    assert sentences(response) == {
        "school_name": ["学校全称是空的，填上。"],
        "short_name": ["简称是空的，填上。"],
        "kind": ["称谓还没有选，选一个。"],
        "union_name": ["工会署名是空的，填上。"],
        "higher_union_name": ["上级工会是空的，填上。"],
        "admin_name": ["管理员姓名是空的，填上。"],
        "admin_login": ["工号或手机号是空的，填上。"],
        "password1": ["密码是空的，填上。"],
        "password2": ["密码再写一遍，免得写错。"],
    }


def test_the_first_run_page_says_both_that_a_password_is_weak_and_that_it_was_mistyped(client, db):
    response = client.post("/setup/", {"password1": "12345678", "password2": "87654321"})
    found = sentences(response)
    assert found["password2"] == ["两遍密码不一样，再写一遍。"]
    assert len(found["password1"]) == 2  # too common, and all digits


@pytest.mark.parametrize("typed", ["１００１", "10 01"])
def test_the_first_login_name_is_kept_as_it_is_typed_at_the_login(client, db, typed):
    form = client.post("/setup/", {"admin_login": typed}).context["form"]
    assert form.cleaned_data["admin_login"] == "1001"


def test_an_empty_login_says_what_is_missing(client, office):
    response = client.post("/login/")
    assert response.status_code == 422
    assert sentences(response) == {
        "username": ["工号或手机号是空的，填上。"],
        "password": ["密码是空的，填上。"],
    }


@pytest.mark.parametrize("path", ["/login/", "/password/"])
def test_the_browser_does_not_speak_in_place_of_the_office(chair, path):
    client = Client() if path == "/login/" else chair
    assert '<form method="post" novalidate>' in client.get(path).text


def sentences(response) -> dict:
    return dict(response.context["form"].errors)


def gone(move: str, **how):
    member = make_member("曾晓燕", staff_no="1001", gender="male", birth=date(1980, 5, 1))
    actions.move_member(member=member, move=move, since=date(2026, 3, 1), by=None, **how)
    return member


@pytest.mark.parametrize(
    ("move", "how", "sentence"),
    [
        ("die", {}, "已去世，不再开账号。"),
        ("transfer_out", {"union": "示例五中工会"}, "已离开工会，不再开账号。"),
        ("resign", {}, "已离开工会，不再开账号。"),
    ],
)
def test_who_died_or_left_gets_no_account_and_no_forecast(chair, move, how, sentence):
    member = gone(move, **how)
    page = chair.get(member.get_absolute_url()).text
    assert sentence in page
    assert "account/open/" not in page
    assert "法定年龄" not in page
    response = chair.post(f"{member.get_absolute_url()}account/open/", follow=True)
    assert f"曾晓燕{sentence}" in response.text
    assert not User.objects.filter(member=member).exists()


def test_who_left_the_union_and_leads_the_school_can_have_an_account(chair):
    member = gone("resign")
    OfficeHolding.objects.create(member=member, office=OfficeName.SCHOOL_LEADER)
    assert "account/open/" in chair.get(member.get_absolute_url()).text
    assert password_on(chair.post(f"{member.get_absolute_url()}account/open/"))
