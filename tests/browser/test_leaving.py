"""Words that were typed and not saved are not left without a question."""

import pytest

from activities.models import PlanSection
from tests.factories.activities import make_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(open_page, log_in_chair, office):
    """The chapters of a plan, and what the browser asked before it left them."""
    plan = make_plan(sections=[PlanSection(order=0, title="指导思想", body="团结。")])
    page = log_in_chair(open_page())
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(plan.get_absolute_url() + "sections/")
    return page, asked


def test_who_goes_elsewhere_with_words_typed_is_asked(editor):
    page, asked = editor
    page.locator("textarea").first.press_sequentially("维权。")
    page.locator(".crumbs a, nav a").first.click()
    page.wait_for_url(lambda address: "sections" not in address)
    assert asked == ["beforeunload"]


def test_who_typed_nothing_or_saves_is_not_asked(editor):
    page, asked = editor
    page.reload()
    page.locator("textarea").first.press_sequentially("维权。")
    page.locator("button[value=save]").last.click()
    page.wait_for_load_state("networkidle")
    page.locator(".crumbs a, nav a").first.click()
    page.wait_for_url(lambda address: "sections" not in address)
    assert asked == []
    assert PlanSection.objects.get().body == "维权。团结。"
