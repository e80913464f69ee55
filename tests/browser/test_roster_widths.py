"""The roster on every width: the bar of ticked people in one line, nothing cut off at the side."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories.members import make_department, make_group, make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACTS = 9  # that the chair can do with ticked people
# of the columns that are shown, those that stand out of sight
CUT = """() => [...document.querySelectorAll("#roster thead th, .batch :is(b, button, summary, label)")]
  .filter((e) => e.getClientRects().length)
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5 || e.getBoundingClientRect().left < 0)
  .map((e) => e.textContent.trim())"""
LINES = """() => [...document.querySelectorAll(".batch :is(b, label, summary)")]
  .filter((e) => e.getClientRects().length)
  .map((e) => e.textContent.trim() + ": " + Math.round(e.getBoundingClientRect().height))
  .filter((text) => parseInt(text.split(": ").pop()) > 44)"""


@pytest.fixture
def people(office):
    places = {"group": make_group("第一工会小组"), "department": make_department("信息技术组")}
    for name in ("阿依努尔·买买提", "曾晓燕", "王小明"):
        own = {"phone": "13800001111", "title": "高级教师", "birth": date(1985, 3, 8)}
        member = make_member(name, **own, **places)
        member.offices.create(office="women_head", start=timezone.localdate())


@pytest.mark.parametrize("width", [1440, 1024, 800, 390])
def test_the_bar_is_one_line_and_every_act_can_be_reached(open_page, log_in_chair, people, width):
    page = log_in_chair(open_page(width))
    page.goto("/members/")
    for box in page.locator("input[name=pk]").all()[:2]:
        box.check()
    assert page.evaluate(CUT) == []
    assert page.evaluate(LINES) == []
    page.locator(".batch summary").click()
    assert page.evaluate(CUT) == []
    assert page.locator(".batch button[type=submit]:visible").count() == ACTS
    page.locator(".batch button:visible", has_text="签到表").click()
    assert page.url.split("?")[0].endswith("/members/selection/sheet/")


@pytest.mark.parametrize("width", [1440, 1024, 800, 390])
def test_ages_from_and_to_stand_beside_each_other(open_page, log_in_chair, people, width):
    page = log_in_chair(open_page(width))
    page.goto("/members/?more=yes")
    for pair in (("age_from", "age_to"), ("joined_from", "joined_to")):
        first, last = (page.locator(f"[name={name}]").bounding_box() for name in pair)
        assert (first["y"], last["x"] + last["width"] <= width) == (last["y"], True)


def test_a_search_counts_the_tabs_anew(open_page, log_in_chair, people):
    make_member("安宏图", status="retained")
    page = log_in_chair(open_page())
    page.goto("/members/")
    page.locator("#id_q").press_sequentially("安宏图")
    page.get_by_role("link", name="保留会籍里有 1 人").click()
    assert page.locator("#roster tbody th").all_inner_texts() == ["安宏图"]
