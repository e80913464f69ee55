"""Accounts for many in one act: who gets one, the strips, and what becomes of the passwords."""

import re
from datetime import date
from io import BytesIO
from subprocess import run

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members import account_desk, actions
from members.choices import FirstPassword
from members.exporters.strips import ON_A_PAGE, Strip, strips_of, strips_pdf
from members.models import Member, OfficeHolding, User
from members.passwords import ONE_TIME_ROUNDS, one_time_hash
from members.rules.accounts import check_number
from tests.factories.members import PASSWORD, make_group, make_member
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry, Office
from unionoffice.roles import Role

SHEET = "/members/accounts/sheet/"


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def text_of(pdf: bytes) -> str:
    command = ["pdftotext", "-raw", "-", "-"]
    return run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def passwords_on(response) -> dict[str, str]:
    """Login name -> first password."""
    text = text_of(response.getvalue())
    return dict(re.findall(r"登录名\s*(\S+)\s*初始密码\s*(\S+)", text))


def login(username: str, password: str):
    return Client().post("/login/", {"username": username, "password": password})


def left_out(page) -> dict[str, str]:
    return {member.name: why for member, why in page.context["sorting"].left_out}


def ready(page) -> list[str]:
    return [member.name for member in page.context["sorting"].ready]


def test_the_page_says_who_gets_an_account_and_who_cannot(chair):
    make_member("曾晓燕", staff_no="1001")
    make_member("解某", staff_no=None, phone="13800004471")
    make_member("单某", staff_no=None)
    make_member("仇某", staff_no=None, phone="13800004471")
    make_member("退会的", staff_no="1009", joined=None, status=None)
    page = chair.get(SHEET)
    shared = "13800004471 也是别人的工号、手机或登录名，先补上工号，用工号开账号"
    assert ready(page) == ["曾晓燕"]
    assert left_out(page) == {
        "单某": "没有工号也没有手机，补上一样再开",
        "解某": shared,
        "仇某": shared,
    }
    assert User.objects.count() == 1


def test_everyone_on_the_sheet_logs_in_and_must_choose_an_own_password(chair):
    for number in range(3):
        make_member(staff_no=f"100{number}")
    response = chair.post(SHEET)
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    printed = passwords_on(response)
    assert sorted(printed) == ["1000", "1001", "1002"]
    assert len(set(printed.values())) == 3
    for username, password in printed.items():
        client = Client()
        client.post("/login/", {"username": username, "password": password})
        assert client.get("/").url == "/password/"
    entries = AuditEntry.objects.filter(act="members.open_account")
    assert entries.count() == 3
    assert not any(p in str(e.changes) for p in printed.values() for e in entries)


def test_a_second_click_makes_nobody_a_second_account(chair):
    make_member(staff_no="1001")
    first = passwords_on(chair.post(SHEET))
    page = chair.post(SHEET, follow=True)
    assert "没有可以开账号的人。" in page.text
    assert login("1001", first["1001"]).status_code == 302


def test_who_never_logged_in_gets_a_new_password_and_who_did_keeps_the_own(chair):
    make_member(staff_no="1001")
    make_member(staff_no="1002")
    first = passwords_on(chair.post(SHEET))
    login("1002", first["1002"])
    again = passwords_on(chair.post(f"{SHEET}?who=never"))
    assert list(again) == ["1001"]
    assert login("1001", first["1001"]).status_code == 422
    assert login("1001", again["1001"]).status_code == 302
    assert login("1002", first["1002"]).status_code == 302


def test_only_the_group_or_those_who_were_ticked(chair):
    group = make_group()
    mine, other = make_member("曾晓燕", group=group), make_member("解某")
    assert ready(chair.get(f"{SHEET}?group={group.pk}")) == ["曾晓燕"]
    assert ready(chair.get(f"{SHEET}?members={other.pk}")) == ["解某"]
    assert ready(chair.get(f"{SHEET}?members={other.pk},{mine.pk}&group={group.pk}")) == ["曾晓燕"]
    assert chair.get(f"{SHEET}?members=1,x").status_code == 422


def test_those_who_were_ticked_on_the_roster_come_along(chair):
    ticked, other = make_member("曾晓燕"), make_member("解某")
    page = chair.get(f"/members/accounts/selected/?pk={ticked.pk}", follow=True)
    assert ready(page) == ["曾晓燕"]
    everyone = chair.get("/members/accounts/selected/?all=yes", follow=True)
    assert sorted(ready(everyone)) == ["曾晓燕", "解某"]
    assert other.name in chair.get(f"/members/accounts/sheet/?members={other.pk}").text


def test_the_strips_follow_the_order_of_the_groups():
    people = {1: "第二小组", 2: "", 3: "第十小组", 4: "第一小组"}
    drafts = [
        account_desk.Draft(Member(pk=pk, name=f"示例{pk}"), str(pk), "abc", "", opens=True)
        for pk in people
    ]
    strips = strips_of(drafts, people, ["第一小组", "第二小组", "第十小组"])
    assert [strip.place for strip in strips] == ["第一小组", "第二小组", "第十小组", ""]


def test_the_organisation_commissioner_opens_no_officers_account(log_in):
    officer = make_member("福利委员甲")
    officer.offices.create(office="welfare", start=date(2020, 1, 1))
    coming = make_member("快当主席的")
    coming.offices.create(office="chair", start=date(2999, 1, 1))
    make_member("曾晓燕")
    page = log_in(Role.ORGANISATION).get(SHEET)
    assert ready(page) == ["曾晓燕"]
    assert left_out(page) == {
        "福利委员甲": "是福利委员，账号由主席、副主席或管理员管",
        "快当主席的": "是工会主席，账号由主席、副主席或管理员管",
    }


def test_a_birthday_is_no_first_password_unless_the_office_allows_it(chair):
    make_member("曾晓燕", staff_no="1001", birth=date(1985, 3, 8))
    assert "用生日" not in chair.get(SHEET).text
    response = chair.get(f"{SHEET}?way=birthday")
    assert response.status_code == 422
    assert "办公室没有开“用生日作初始密码”，选一次性密码。" in response.text
    chair.post(f"{SHEET}?way=birthday")
    assert User.objects.count() == 1


def test_with_a_birthday_the_first_login_still_asks_for_an_own_password(chair):
    Office.objects.update(birthday_passwords=True)
    make_member("曾晓燕", staff_no="1001", birth=date(1985, 3, 8))
    make_member("解某", staff_no="1002", birth=date(1985, 3, 1), birth_precision="month")
    page = chair.get(f"{SHEET}?way=birthday")
    assert left_out(page) == {"解某": "没有记到哪天出生，用不了生日"}
    assert "可以抢在本人之前登录" in page.text
    assert passwords_on(chair.post(f"{SHEET}?way=birthday")) == {"1001": "19850308"}
    client = Client()
    assert client.post("/login/", {"username": "1001", "password": "19850308"}).url == "/"
    assert client.get("/").url == "/password/"
    own = {"new_password1": "19850309", "new_password2": "19850309"}
    assert "密码全是数字，再加上字母。" in client.post("/password/", own).text


def test_the_switch_for_birthdays_stands_in_the_settings_with_its_risk(chair):
    page = chair.get("/settings/")
    assert "知道一个人工号和生日的同事，可以抢在本人之前登录" in page.text
    office = Office.objects.get()
    names = ("school_name", "short_name", "kind", "union_name", "higher_union_name")
    data = {name: getattr(office, name) for name in names}
    chair.post("/settings/", data | {"birthday_passwords": "on"})
    assert Office.objects.get().birthday_passwords is True
    entry = AuditEntry.objects.get(act="unionoffice.change_office")
    assert entry.changes == {"birthday_passwords": [False, True]}


def test_nothing_is_handed_out_when_one_account_changed_meanwhile(chair):
    first, second = make_member(staff_no="1001"), make_member(staff_no="1002")
    drafts = account_desk.drafts([first, second], FirstPassword.RANDOM)
    actions.open_account(member=second, by=None, password=PASSWORD)
    with pytest.raises(RuleBroken, match=f"{second}的账号刚才变过"):
        actions.hand_out_accounts(drafts=drafts, by=chair.user, way=FirstPassword.RANDOM)
    assert not User.objects.filter(member=first).exists()
    assert User.objects.get(member=second).check_password(PASSWORD)


def test_a_login_name_that_was_taken_meanwhile_is_told(chair):
    member = make_member(staff_no=None, phone="13800004471")
    drafts = account_desk.drafts([member], FirstPassword.RANDOM)
    make_member(staff_no="13800004471")
    with pytest.raises(RuleBroken, match="登录名 13800004471 刚刚成了别人的"):
        actions.hand_out_accounts(drafts=drafts, by=chair.user, way=FirstPassword.RANDOM)


@pytest.mark.parametrize(
    ("number", "sentence"), [(0, "没有可以开账号的人"), (501, "一次最多 500 个")]
)
def test_a_sheet_has_a_bound(number, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        check_number(number)


def test_the_quick_hash_of_a_one_time_password_is_replaced_at_the_first_login(office, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    user = User(
        member=make_member(staff_no="1001"), username="1001", password=one_time_hash("k7m2")
    )
    user.save()
    assert user.password.split("$")[1] == str(ONE_TIME_ROUNDS)
    assert login("1001", "wrong").status_code == 422
    assert login("1001", "k7m2").status_code == 302
    user.refresh_from_db()
    assert user.password.split("$")[1] == str(PBKDF2PasswordHasher.iterations)


def test_twelve_strips_stand_on_a_page(office):
    strips = [Strip(f"示例{n}", "第一工会小组", f"10{n}", "abcdefghjk") for n in range(13)]
    pdf = strips_pdf(strips, office, "https://union.school.example/")
    pages = text_of(pdf).split("\f")
    assert [page.count("初始密码") for page in pages[:2]] == [ON_A_PAGE, 1]
    assert "https://union.school.example/" in pages[0]
    assert BytesIO(pdf).read(5) == b"%PDF-"


def test_a_name_is_text_on_the_strip_whatever_it_holds(office):
    strip = Strip("<b>欧阳</b>&·㛃", "", "1001", "abcdefghjk")
    assert "<b>欧阳</b>&·㛃" in text_of(strips_pdf([strip], office, "http://a/"))


def test_the_sheet_takes_the_same_queries_for_many_as_for_one(chair):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            chair.get(SHEET)
        return len(captured)

    make_member()
    one = queries()
    for _ in range(5):
        make_member()
    assert queries() == one


def test_the_act_itself_keeps_out_whom_someone_may_not_handle(log_in):
    """The page leaves them out; an office that was given meanwhile must not slip through."""
    organiser = log_in(Role.ORGANISATION).user
    member = make_member("曾晓燕", staff_no="1001")
    drafts = account_desk.drafts([member], FirstPassword.RANDOM)
    actions.appoint(
        holding=OfficeHolding(member=member, office=Role.WELFARE.value, start=date(2026, 1, 1)),
        by=None,
    )
    with pytest.raises(RuleBroken) as refused:
        actions.hand_out_accounts(drafts=drafts, by=organiser, way=FirstPassword.RANDOM)
    text = "曾晓燕是福利委员，账号由主席、副主席或管理员管，找他们办。"
    assert (str(refused.value), hasattr(Member.objects.get(pk=member.pk), "user")) == (text, False)


def test_who_died_or_left_is_left_out_of_the_sheet_with_the_reason(chair):
    dead, left = make_member("甲一"), make_member("乙二", employment="working")
    for member, move in ((dead, "die"), (left, "resign")):
        actions.move_member(member=member, move=move, since=date(2026, 3, 1), by=None)
    page = chair.get(f"{SHEET}?members={dead.pk},{left.pk}")
    assert ready(page) == []
    assert left_out(page) == {"甲一": "已去世，不再开账号", "乙二": "已离开工会，不再开账号"}
    drafts = account_desk.drafts([dead], FirstPassword.RANDOM)
    with pytest.raises(RuleBroken) as refusal:
        actions.hand_out_accounts(drafts=drafts, by=chair.user, way=FirstPassword.RANDOM)
    assert str(refusal.value) == "甲一已去世，不再开账号。"
    assert not User.objects.filter(member=dead).exists()
