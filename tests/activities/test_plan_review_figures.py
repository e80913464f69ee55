"""What the review of a plan's text counts, asks and keeps while it is corrected."""

import pytest
from django.urls import reverse

from activities import actions
from activities.models import Plan, PlanImport
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
TABLE = "2026年工会工作计划\n月份\t工作内容\t预算\t责任人\n3月\t拔河\t3000\t王红\n4月\t春游\t500\t李强\n12月\t总结\t\t王红\n某校工会\n"


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


@pytest.fixture
def kept(chair) -> PlanImport:
    return actions.keep_text(text=TABLE, file_name="", by=chair.user)


def detail(kept, query: str = "") -> str:
    return reverse("activities:plan_import_detail", args=[kept.pk]) + query


def test_the_cells_of_a_row_stand_together_and_one_can_be_read_alone(chair, kept):
    page = chair.get(detail(kept))
    shown = {row.number: row for row in page.context["rows"]}
    assert list(shown[4].said) == [(5, "预算：3000"), (6, "责任人：王红")]
    assert "<small>责任人：王红</small>" in page.content.decode()
    assert 6 not in shown
    opened = {row.number: row for row in chair.get(detail(kept, "?line=6")).context["rows"]}
    assert list(opened[4].said) == [(5, "预算：3000")]
    assert (opened[6].open, opened[6].line.text) == (True, "责任人：王红")


def test_a_cell_read_otherwise_stands_alone(chair, kept):
    actions.choose_line(kept=kept, line=5, choice={"as": "item", "months": [4]}, by=chair.user)
    shown = {row.number: row for row in chair.get(detail(kept)).context["rows"]}
    assert [item.text for item in shown[6].items] == ["责任人：王红"]
    assert [item.text for item in shown[4].items] == ["拔河"]


def test_a_cell_that_is_not_wanted_goes_off_its_item_and_is_counted(chair, kept):
    actions.choose_line(kept=kept, line=4, choice={"as": "out"}, by=chair.user)
    page = chair.get(detail(kept))
    shown = {row.number: row for row in page.context["rows"]}
    assert shown[4].items[0].beside == ""
    assert [row.number for row in page.context["left"]] == [5, 14]


@pytest.mark.parametrize(("period", "left"), [("2026", [14]), ("2026H1", [12, 13, 14])])
def test_both_figures_of_what_is_left_are_the_lines_that_have_no_place(chair, kept, period, left):
    page = chair.get(detail(kept, f"?period={period}"))
    assert [row.number for row in page.context["left"]] == left
    body = page.content.decode()
    assert f"没有放进去的 {len(left)} 行" in body
    assert f"，{len(left)} 行没有放进去。" in body


def test_a_correction_leads_back_to_the_period_that_was_chosen_and_leaves_its_form(chair, kept):
    address = reverse("activities:plan_import_choose", args=[kept.pk, 3])
    back = chair.post(address, {"choice": "text", "period": "2026H1"})
    assert back.url == detail(kept, "?done=4&period=2026H1#line-4")
    page = chair.get(back.url)
    assert page.context["looked"] == "2026H1"
    swapped = 'hx-select-oob="#land-seen,#land-sum,#land-go,#told,#jumps"'
    assert swapped in chair.get(detail(kept, "?line=3")).content.decode()


def test_a_period_that_is_none_is_not_shown(chair, kept):
    assert chair.get(detail(kept, "?period=x")).context["looked"] == "2026"


def test_a_text_of_another_year_than_the_plan_is_asked_about_once(chair, kept):
    data = {"period": "2025", "title": "计划", "seen": ""}
    page = chair.post(detail(kept), data)
    assert page.status_code == 422
    assert page.context["form"].errors["__all__"] == [
        "文字里写的是2026年，选的是2025年。选错了就改回来；真要建成2025年的计划，再点一次。"
    ]
    assert '<input type="hidden" name="asked" value="2025">' in page.content.decode()
    assert not Plan.objects.exists()
    chair.post(detail(kept), data | {"asked": "2025"})
    assert Plan.objects.get().period.code == "2025"


def test_a_period_that_shares_days_with_the_texts_year_is_not_asked_about(chair, kept):
    page = chair.post(detail(kept), {"period": "2025-2026", "title": "计划", "seen": ""})
    assert page.status_code == 302
