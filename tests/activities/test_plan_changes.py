"""计划变动: what was changed in the plans of a period after they were passed."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from activities.models import PlanChange
from tests.factories.activities import make_item, make_plan
from tests.factories.members import make_user
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
URL = "/activities/plans/changes/"


def keep(item, kind="adjusted", *, by=None, day=(2026, 4, 8), **values) -> PlanChange:
    values = {"before": {"月份": "4月"}, "after": {"月份": "5月"}} | values
    change = PlanChange.objects.create(
        plan=item.plan, item=item, item_text=item.text, kind=kind, made_by=by or _chair(), **values
    )
    PlanChange.objects.filter(pk=change.pk).update(made_at=datetime(*day, 4, tzinfo=UTC))
    return change


def _chair():
    return make_user(Role.CHAIR)


def texts(response) -> list[str]:
    return [change.item_text for change in response.context["changes"]]


def test_the_list_has_the_changes_of_the_plan_that_counts_in_the_period_newest_first(log_in):
    year, half = make_plan(), make_plan(Period.half(2026, 1))
    keep(make_item(half, text="写在旁边的计划里"), day=(2026, 4, 8))
    keep(make_item(year, text="登山"), day=(2026, 4, 8))
    keep(make_item(year, text="插花"), "cancelled", day=(2026, 5, 9), reason="下雨")
    keep(make_item(year, text="上一年的"), day=(2025, 12, 8))
    client = log_in(Role.MEMBER)
    assert texts(client.get(f"{URL}?period=2026")) == ["插花", "登山"]
    assert texts(client.get(f"{URL}?period=2026&kind=cancelled")) == ["插花"]
    assert texts(client.get(f"{URL}?period=2026&q=下雨")) == ["插花"]


def test_changes_of_a_plan_that_is_not_published_are_for_the_committee(log_in):
    keep(make_item(make_plan(state="passed"), text="登山"))
    assert texts(log_in(Role.CHAIR).get(f"{URL}?period=2026")) == ["登山"]
    assert texts(log_in(Role.MEMBER).get(f"{URL}?period=2026")) == []


def test_what_is_no_filter_is_said_and_exported_by_nobody(log_in):
    client = log_in(Role.CHAIR)
    page = client.get(f"{URL}?period=2026&kind=zzz")
    assert (page.status_code, texts(page)) == (422, [])
    assert "没有“zzz”这个变化，从列表里选一个。" in page.content.decode()
    refused = client.get(f"{URL}export/?period=2026&kind=zzz")
    assert refused.status_code == 400
    assert "回到“计划变动”重新筛选再导出" in refused.content.decode()


def test_the_export_has_the_rows_of_the_list_with_their_plan(log_in):
    keep(make_item(make_plan(), text="登山"), reason="下雨")
    response = log_in(Role.CHAIR).get(f"{URL}export/?period=2026&format=xlsx")
    rows = list(load_workbook(BytesIO(response.getvalue())).active.values)
    assert rows[0][-2:] == ("谁改的", "计划")
    assert rows[1][1:7] == ("调整", "登山", "月份", "4月", "5月", "下雨")
    assert rows[1][-1] == "2026年计划"


@pytest.mark.parametrize("rows", [1, 3])
def test_change_list_query_count_is_flat(log_in, rows, django_assert_num_queries):
    plan = make_plan()
    for _ in range(rows):
        keep(make_item(plan))
    client = log_in(Role.CHAIR)
    with django_assert_num_queries(6):
        client.get(f"{URL}?period=2026")
