"""The visit form in Chromium: whom it has understood stands as a card, and can be taken back."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.factories.members import make_department, make_member
from unionoffice import sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form(open_page, log_in_chair):
    """The open form of a school where 欧阳示例 is in 示例组."""
    sample.load(today=date(2026, 3, 11), members=30, years=0)
    make_member("欧阳示例", department=make_department("示例组"))
    page = log_in_chair(open_page())
    page.goto("/welfare/new/")
    return page


def test_whom_one_picks_becomes_a_card_that_gives_the_box_back(form):
    box, card = form.locator("#id_q"), form.locator("#person-card")
    expect(box).to_be_focused()
    box.press_sequentially("欧阳")
    form.locator("#who-list [role=option]").wait_for()
    box.press("Enter")
    expect(card).to_contain_text("示例组")
    expect(card).to_contain_text("近三年没有慰问过")
    expect(box).to_be_hidden()
    expect(card.get_by_role("button", name="换人")).to_be_focused()
    card.get_by_role("button", name="换人").click()
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    expect(form.locator("#preview .sentence")).to_contain_text("看望哪位")


def test_a_card_never_takes_the_box_from_who_is_typing(form):
    box = form.locator("#id_q")
    box.press_sequentially("欧阳示例")
    with form.expect_response("**/welfare/preview/"):
        form.evaluate("document.querySelector('#id_kind_0').click()")
    form.wait_for_timeout(200)
    expect(box).to_be_focused()
    expect(form.locator("#person-card .picked")).to_have_count(0)


def test_what_was_just_recorded_goes_at_one_click(form):
    form.locator("#id_q").fill("欧阳示例")
    form.locator("#id_kind_0").check()
    form.locator("#id_money").fill("600")
    form.get_by_role("button", name="保存", exact=True).click()
    expect(form.locator(".toast-bar")).to_contain_text("记下了：慰问欧阳示例 600 元")
    form.get_by_role("button", name="撤销").click()
    expect(form.locator(".toast-bar")).to_contain_text("撤销了：慰问欧阳示例 600 元")
    expect(form.get_by_role("link", name="欧阳示例")).to_have_count(0)
