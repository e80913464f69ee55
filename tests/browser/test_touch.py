"""On a phone, whatever the shared style sheets draw to be touched is 44 pixels high."""

from datetime import date

import pytest

from unionoffice import sample
from welfare.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/",
    "/more/",
    "/find/?q=提案",
    "/settings/",
    "/audit/",
    "/welfare/",
    "/welfare/new/",
    "/activities/",
    "/congress/motions/",
    "/congress/notices/",
    "/members/",
    "/reports/",
)
SHARED = ".topbar, .tabbar, .filters, .tabs, .pager, .seg, .menu, .all-menu, .todo, .near, .stack"
# a link that covers its row counts as high as the row
TOO_LOW = """(shared) => {
  const area = (e) => {
    const after = getComputedStyle(e, "::after");
    if (after.content !== "none" && after.position === "absolute") {
      while (getComputedStyle(e).position === "static") e = e.parentElement;
    }
    return e.getBoundingClientRect();
  };
  document.querySelectorAll("details").forEach((each) => (each.open = true));
  return [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")]
    .filter((e) => e.closest(shared) || e.matches(".btn"))
    .map((e) => [e.textContent.trim() || e.name, area(e.closest("label") ?? e)])
    .filter(([, { width, height }]) => width && height && height < 44)
    .map(([name, { height }]) => `${name}: ${height}`);
}"""


def test_what_is_touched_is_high_enough(open_page, log_in_chair):
    sample.load(today=date(2026, 3, 11), members=30, years=0)
    page = log_in_chair(open_page(width=390))
    low = {}
    for address in (*PAGES, Visit.objects.first().get_absolute_url()):
        assert page.goto(address).status == 200
        if found := page.evaluate(TOO_LOW, SHARED):
            low[address] = found
    assert low == {}
