"""A plan's text in Chromium: pasted, looked at line by line, corrected, made into a plan."""

import pytest
from playwright.sync_api import expect

from activities.models import Plan, PlanImport
from tests.factories.members import make_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = (
    "2026年工会工作计划\n一、指导思想\n围绕中心工作。\n三月份：\n1、为五月教代会做准备\n2、三八节活动\n"
    "四月份：\n1、春游。植树。\n五月份：\n1、体检\n常年：\n1、探望病人\n"
)


@pytest.fixture(params=[1440, 390])
def review(open_page, log_in_chair, request):
    make_office()
    page = log_in_chair(open_page(request.param))
    page.goto("/activities/plans/import/")
    page.get_by_label("把计划粘贴进来").fill(TEXT)
    page.get_by_role("button", name="读一读").click()
    expect(page.get_by_role("heading", name="对照着看读出了什么")).to_be_visible()
    return page


def row(page, number: int):
    return page.locator(f"#line-{number}")


def test_a_plan_is_looked_at_corrected_and_made(review):
    page = review
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    expect(page.get_by_text("拿不准的 1 行")).to_be_visible()
    expect(row(page, 5)).to_contain_text("排在3月，话里又提到五月")

    row(page, 5).get_by_role("button", name="5月", exact=True).click()
    expect(row(page, 5)).to_contain_text("改过")
    expect(page.locator("#told")).to_have_text("第 5 行改好了，现在一共 4 项。")
    expect(row(page, 5).get_by_role("link", name="改第 5 行的读法")).to_be_focused()
    expect(page.get_by_text("没有拿不准的行")).to_be_visible()

    row(page, 12).get_by_role("button", name="9月", exact=True).click()
    expect(page.get_by_role("button", name="建成计划，5 项")).to_be_visible()

    row(page, 8).get_by_role("link", name="改第 8 行的读法").click()
    row(page, 8).get_by_role("button", name="按句拆开").click()
    expect(page.get_by_role("button", name="建成计划，6 项")).to_be_visible()

    page.reload()
    expect(row(page, 5)).to_contain_text("改过")
    page.get_by_role("button", name="建成计划，6 项").click()
    expect(page.get_by_role("heading", name="2026年工会工作计划")).to_be_visible()
    items = Plan.objects.get().items.values_list("first_month__month", "text")
    assert sorted(items) == [
        (3, "三八节活动"),
        (4, "春游"),
        (4, "植树"),
        (5, "为五月教代会做准备"),
        (5, "体检"),
        (9, "探望病人"),
    ]


def test_a_line_goes_into_several_months(review):
    page = review
    row(page, 10).get_by_role("link", name="改第 10 行的读法").click()
    row(page, 10).get_by_text("放到几个月，或者写明哪天、第几周").click()
    row(page, 10).get_by_label("到哪个月").select_option("6")
    row(page, 10).get_by_label("第几周").fill("12")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("第 10 行改好了，现在一共 4 项。")
    expect(row(page, 10)).to_contain_text("5、6月")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.get_by_role("button", name="建成计划，4 项").click()
    expect(page.get_by_role("heading", name="2026年工会工作计划")).to_be_visible()
    item = Plan.objects.get().items.get(text="体检")
    assert (item.first_month.month, item.last_month.month, item.week) == (5, 6, 12)


def test_the_buttons_work_by_keyboard(review):
    page = review
    row(page, 5).get_by_role("button", name="4月", exact=True).focus()
    page.keyboard.press("Enter")
    expect(row(page, 5)).to_contain_text("改过")
    assert PlanImport.objects.get().choices == {"4": {"as": "item", "months": [4]}}
