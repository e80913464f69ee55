"""Sign-up and sign-in in Chromium: one tap on a phone, the code on the big screen, the list."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from activities.actions import attendance, signups
from activities.models import Participation
from activities.rules import signups as rules
from tests.factories.members import make_member, make_office, make_user
from tests.factories.signups import make_signup
from unionoffice.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390


@pytest.fixture
def page_of(open_page, live_server):
    """page_of(user, width): a browser in which the user has logged in."""
    make_office()

    def opened(user, width: int = PHONE):
        client = Client()
        client.force_login(user, backend="members.backends.RoleBackend")
        name = settings.SESSION_COOKIE_NAME
        page = open_page(width)
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return opened


def test_a_member_signs_up_on_the_phone_from_the_home_page_and_withdraws(page_of):
    signup = make_signup("羽毛球赛", limit=2)
    page = page_of(make_user(Role.MEMBER))
    page.goto("/")
    page.get_by_role("link", name="看看、报名").click()
    button = page.get_by_role("button", name="报名", exact=True)
    assert button.bounding_box()["height"] >= 44
    button.click()
    expect(page.locator(".own-place")).to_contain_text("您报上了，是第 1 位")
    expect(page.locator("main")).to_contain_text("1 人，名额 2，还有 1")
    page.get_by_role("button", name="不去了，退出").click()
    expect(page.get_by_role("button", name="报名", exact=True)).to_be_visible()
    assert signup.activity.participations.get().signup == "withdrawn"


def test_the_code_on_the_screen_signs_the_phone_in_and_the_screen_counts_it(page_of):
    signup = make_signup("健身操", day=timezone.localdate())
    member = make_user(Role.MEMBER)
    signups.sign_up(signup=signup, by=member)
    screen = page_of(signup.activity.recorded_by, 1440)
    screen.goto(reverse("activities:attendance_update", args=[signup.activity_id]))
    screen.get_by_role("button", name="扫码签到").click()
    expect(screen.locator("#code svg")).to_be_visible()
    expect(screen.locator("#code")).to_contain_text("0 人到，应到 1")
    signup.refresh_from_db()
    phone = page_of(member)
    phone.goto(reverse("activities:sign_in_create", args=[signup.activity_id, code_now(signup)]))
    phone.get_by_role("button", name="签到", exact=True).click()
    expect(phone.locator("main")).to_contain_text("签到好了")
    expect(screen.locator("#code")).to_contain_text("1 人到", timeout=15_000)


def code_now(signup) -> str:
    return rules.code_at(signup.secret, timezone.now())


def test_an_organiser_marks_a_list_on_the_phone(page_of):
    signup = make_signup("长跑", day=timezone.localdate())
    people = [make_member(f"示例跑者{number}") for number in range(10)]
    by = signup.activity.recorded_by
    attendance.put_on_roll(activity=signup.activity, members=people, by=by)
    page = page_of(by)
    page.goto(reverse("activities:attendance_update", args=[signup.activity_id]))
    rows = page.locator(".roll-row")
    expect(rows).to_have_count(10)
    for mark in page.locator(".roll-row").first.locator(".mark-chips span").all():
        box = mark.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    page.get_by_role("searchbox", name="找人").fill("跑者7")
    expect(page.locator(".roll-row:visible")).to_have_count(1)
    page.locator(".roll-row:visible").get_by_role("radio", name="请假").check(force=True)
    page.get_by_role("searchbox", name="找人").fill("")
    rows.first.get_by_role("radio", name="到", exact=True).check(force=True)
    expect(page.locator("[data-roll-count]")).to_have_text("1 人到，还没有保存")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".sub")).to_contain_text("到 1")
    marks = Participation.objects.values_list("attendance", flat=True)
    assert sorted(filter(None, marks)) == ["leave", "present"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
