"""On paper stands what there is to read: no button, no field, no panel of things to do."""

from datetime import date

import pytest

from members.models import Application, Election, Member, Regulation, Term, UnionGroup
from unionoffice import sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

A4 = 669  # CSS pixels between the margins
PAGES = (
    "/members/",
    "/members/figures/",
    "/members/moves/",
    "/members/retirements/",
    "/members/birthdays/",
    "/members/milestones/",
    "/members/accounts/",
    "/members/private/",
    "/organisation/offices/",
    "/organisation/terms/",
    "/organisation/assessments/1/",
    "/me/",
)
TO_DO = """() => [...document.querySelectorAll("button, .btn, input, select, textarea, summary, .panel")]
  .filter((e) => e.checkVisibility() && !(e.matches(".panel") && e.querySelector(".kv, p, svg, li")))
  .map((e) => e.textContent.trim() || e.name)"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TITLES = """() => [...document.querySelectorAll(".panel h2")]
  .filter((e) => e.checkVisibility()).map((e) => e.textContent)"""


def addresses() -> list[str]:
    rows = (
        Member.objects.filter(employments__status="working").first(),
        Member.objects.filter(employments__status="retired").first(),
        Application.objects.first(),
        Election.objects.first(),
        Regulation.objects.first(),
        Term.objects.last(),
        UnionGroup.objects.first(),
    )
    return [*PAGES, *(row.get_absolute_url() for row in rows)]


def test_a_page_prints_without_what_one_does_with_it(open_page, log_in_chair):
    sample.load(today=date(2026, 3, 11), members=30, years=1)
    page = log_in_chair(open_page(width=A4))
    page.emulate_media(media="print")
    wrong = {}
    for address in addresses():
        assert page.goto(address).status == 200
        if found := page.evaluate(TO_DO):
            wrong[address] = found
        assert page.evaluate(SIDEWAYS) == 0, address
    assert wrong == {}
    asked = Application.objects.exclude(reason="").get()
    page.goto(asked.get_absolute_url())
    assert page.evaluate(TITLES) == []
    assert page.get_by_text(asked.reason).is_visible()


def test_the_figures_fit_a_narrow_phone(open_page, log_in_chair):
    sample.load(today=date(2026, 3, 11), members=30, years=0)
    page = log_in_chair(open_page(width=340))
    page.goto("/members/figures/")
    assert page.evaluate(SIDEWAYS) == 0
