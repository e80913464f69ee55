"""An activity recorded on a phone: four fields, and what a kind asks shows by itself."""

import re

import pytest
from playwright.sync_api import expect

from activities.models import Activity
from tests.factories.members import make_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, TOUCH = 390, 44


@pytest.fixture
def form(open_page, log_in_chair):
    make_office()
    page = log_in_chair(open_page(PHONE))
    page.goto("/activities/new/")
    return page


def test_four_fields_are_enough(form):
    shown = form.locator("main form [name]:visible:not([type=radio]):not([type=file])")
    names = shown.evaluate_all("fields => fields.map((field) => field.name).filter(Boolean)")
    assert set(names) <= {"plan_item", "title", "headcount", "again"}
    form.fill("#id_title", "教职工拔河赛")
    form.fill("#id_headcount", "86")
    form.get_by_label("文体", exact=True).check()
    form.get_by_role("button", name="保存", exact=True).click()
    expect(form.locator(".toast-bar")).to_contain_text("教职工拔河赛")
    activity = Activity.objects.get()
    assert (activity.title, activity.headcount, activity.field) == ("教职工拔河赛", 86, "culture")


def test_it_fits_the_phone_and_a_thumb(form):
    form.locator("details.more-fields").first.locator("summary").click()
    width = form.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE
    for label in form.locator(".choice-chips label:visible").all():
        assert label.bounding_box()["height"] >= TOUCH


def test_a_kind_shows_what_it_asks_and_hides_it_again(form):
    form.locator("details.more-fields").first.locator("summary").click()
    study, stages = form.locator(".kind-study"), form.locator(".kind-contest")
    expect(study).to_be_hidden()
    form.get_by_label("学习培训", exact=True).check()
    expect(study).to_be_visible()
    form.get_by_label("主讲").fill("示例教授")
    form.get_by_label("校外比赛", exact=True).check()
    expect(study).to_be_hidden()
    expect(stages).to_be_visible()
    form.get_by_label("学习培训", exact=True).check()
    expect(form.get_by_label("主讲")).to_have_value("示例教授")


def test_a_partner_is_added_at_one_tap(form):
    form.locator("details.more-fields").nth(1).locator("summary").click()
    form.get_by_role("button", name="党支部").click()
    form.get_by_role("button", name="社区").click()
    form.get_by_role("button", name="社区").click()
    expect(form.locator("#id_co_organisers")).to_have_value("党支部、社区")


def test_the_middle_tab_asks_what_to_record(form):
    form.goto("/")
    form.locator(".tabbar summary").click()
    choices = form.locator(".tabbar .menu a")
    expect(choices).to_have_text(["慰问", "活动"])
    for choice in choices.all():
        assert choice.bounding_box()["height"] >= TOUCH
    choices.last.click()
    expect(form).to_have_url(re.compile("/activities/new/$"))
