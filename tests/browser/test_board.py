"""The board of a plan: an item moved by keyboard, by drag and by finger."""

from datetime import date

import pytest

from activities.models import PlanChange, PlanItem
from tests.factories.activities import make_item, make_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def today(monkeypatch):
    day = date(2026, 11, 18)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day)


def test_the_keys_of_a_list_go_from_line_to_line(open_page, log_in_chair, office):
    plan = make_plan()
    for month in ("2026-03", "2026-11"):
        make_item(plan, month=month, text=f"{month}的事")
    page = log_in_chair(open_page())
    page.goto(plan.get_absolute_url())
    focused = []
    for key in "jjk":
        page.keyboard.press(key)
        focused.append(page.evaluate("document.activeElement.textContent"))
    assert focused == ["2026-03的事", "2026-11的事", "2026-03的事"]


def test_an_item_moves_by_keyboard_and_keeps_the_reason(open_page, log_in_chair, office):
    item = make_item(make_plan(), month="2026-11", text="教职工摄影展")
    page = log_in_chair(open_page())
    page.goto(item.plan.get_absolute_url())
    page.focus(f"#item-{item.pk}")
    page.keyboard.press("m")
    dialog = page.locator("#move-item")
    assert dialog.is_visible()
    assert page.evaluate("document.activeElement.id") == "move-month"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("场地没空")
    page.keyboard.press("Enter")
    page.wait_for_url("**#item-*")
    line = page.locator("[data-month='2026-12'] li", has_text="教职工摄影展")
    assert line.count() == 1
    assert page.evaluate("document.activeElement.textContent") == "教职工摄影展"
    assert page.text_content("#board-said") == "“教职工摄影展”现在在2026年12月"
    assert PlanItem.objects.get().first_month == date(2026, 12, 1)
    assert PlanChange.objects.get().reason == "场地没空"


def test_escape_leaves_everything_and_gives_the_focus_back(open_page, log_in_chair, office):
    item = make_item(make_plan(), month="2026-11", text="教职工摄影展")
    page = log_in_chair(open_page())
    page.goto(item.plan.get_absolute_url())
    page.focus(f"#item-{item.pk}")
    page.keyboard.press("m")
    page.keyboard.press("Escape")
    assert not page.locator("#move-item").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "教职工摄影展"


def test_in_a_draft_a_drag_is_enough(open_page, log_in_chair, office):
    item = make_item(make_plan(state="draft"), month="2026-11", text="教职工摄影展")
    page = log_in_chair(open_page())
    page.goto(item.plan.get_absolute_url())
    with page.expect_navigation():
        page.drag_and_drop(f"#item-{item.pk}", "[data-month='2026-05']")
    assert PlanItem.objects.get().first_month == date(2026, 5, 1)
    assert PlanChange.objects.count() == 0


def test_after_passing_a_drag_asks_why(open_page, log_in_chair, office):
    item = make_item(make_plan(), month="2026-11", text="教职工摄影展")
    page = log_in_chair(open_page())
    page.goto(item.plan.get_absolute_url())
    page.drag_and_drop(f"#item-{item.pk}", "[data-month='2026-12']")
    assert page.input_value("#move-month") == "2026-12"
    assert page.evaluate("document.activeElement.id") == "move-reason"
    page.keyboard.type("场地没空")
    page.keyboard.press("Enter")
    page.wait_for_url("**#item-*")
    assert PlanItem.objects.get().moved_from == date(2026, 11, 1)


def test_after_passing_only_later_months_are_offered(open_page, log_in_chair, office):
    item = make_item(make_plan(), month="2026-11", text="教职工摄影展")
    page = log_in_chair(open_page())
    page.goto(item.plan.get_absolute_url())
    page.focus(f"#item-{item.pk}")
    page.keyboard.press("m")
    offered = page.eval_on_selector_all(
        "#move-month option:not([disabled])", "all => all.map(each => each.value)"
    )
    assert (page.input_value("#move-month"), offered[:3], len(offered)) == (
        "",
        ["", "2026-12", "2027-01"],
        26,
    )
    assert page.locator("[data-too-early]").is_hidden()
    page.keyboard.press("Escape")
    page.drag_and_drop(f"#item-{item.pk}", "[data-month='2026-05']")
    assert page.input_value("#move-month") == ""
    assert page.locator("[data-too-early]").is_visible()
    assert PlanItem.objects.get().first_month == date(2026, 11, 1)


def test_on_a_phone_there_is_a_button_a_finger_can_hit(open_page, log_in_chair, office):
    item = make_item(make_plan(), month="2026-11", text="教职工摄影展")
    page = log_in_chair(open_page(390))
    page.goto(item.plan.get_absolute_url())
    button = page.locator(f"li:has(#item-{item.pk}) .mv")
    box = button.bounding_box()
    assert min(box["width"], box["height"]) >= 44
    button.click()
    assert page.locator("#move-item").is_visible()
    page.click("[data-close-move]")
    assert not page.locator("#move-item").is_visible()
