"""A line of a plan's text put into several months, on a day or in a week, by hand."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from activities import actions
from activities.models import PlanImport, PlanItem
from activities.plan_review import read_posted
from tests.factories.members import make_user
from unionoffice.errors import RuleBroken
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
TEXT = (
    "2025—2026学年度工会工作计划\n十月：\n1、10月20日拔河\n2、第8周登山，双周五活动\n"
    "十一月：\n1、征文\n2、评比\n三月：\n1、庆祝三八节\n四月：\n1、春游\n"
)
OCTOBER, TUG, CLIMB, NOVEMBER, ESSAYS, CONTEST = range(1, 7)


@pytest.fixture
def chair(client):
    client.force_login(make_user(Role.CHAIR))
    return client


@pytest.fixture
def kept() -> PlanImport:
    return actions.keep_text(text=TEXT, file_name="", by=make_user(Role.CULTURE))


def put(client, kept: PlanImport, line: int, **data):
    address = reverse("activities:plan_import_choose", args=[kept.pk, line])
    response = client.post(address, {"choice": "span:item"} | data)
    kept.refresh_from_db()
    return response


def landed(client, kept: PlanImport) -> dict:
    address = reverse("activities:plan_import_detail", args=[kept.pk])
    client.post(address, {"period": "2025-2026", "title": "计划", "seen": kept.fingerprint})
    return {item.text: item for item in PlanItem.objects.all()}


def test_a_line_is_put_into_months_from_one_to_another(chair, kept):
    put(chair, kept, ESSAYS, from_month=11, to_month=1, day="", week="")
    assert kept.choices == {
        str(ESSAYS): {
            "as": "item", "months": [11, 12, 1], "by_hand": True, "day": None, "week": None
        }
    }  # fmt: skip
    item = landed(chair, kept)["征文"]
    assert (item.first_month, item.last_month) == (date(2025, 11, 1), date(2026, 1, 1))


def test_a_whole_month_is_put_into_two(chair, kept):
    put(chair, kept, NOVEMBER, choice="span:month", from_month=11, to_month=12)
    assert kept.choices == {str(NOVEMBER): {"as": "month", "months": [11, 12]}}
    items = landed(chair, kept)
    assert {items[text].last_month for text in ("征文", "评比")} == {date(2025, 12, 1)}


def test_a_day_and_a_week_are_set(chair, kept):
    put(chair, kept, ESSAYS, from_month=11, to_month=11, day=28)
    put(chair, kept, CONTEST, from_month=11, to_month=12, week=13)
    items = landed(chair, kept)
    assert items["征文"].day == date(2025, 11, 28)
    assert (items["评比"].day, items["评比"].week) == (None, 13)


def test_a_day_that_the_words_name_is_changed_and_taken_out(chair, kept):
    put(chair, kept, TUG, from_month=11, to_month=11, day=20)
    put(chair, kept, CLIMB, from_month=10, to_month=10, day="", week="")
    items = landed(chair, kept)
    assert items["10月20日拔河"].day == date(2025, 11, 20)
    climb = items["第8周登山，双周五活动"]
    assert (climb.week, climb.rhythm) == (None, "even_weeks")


def test_the_form_shows_what_was_read(chair, kept):
    address = reverse("activities:plan_import_detail", args=[kept.pk])
    page = chair.get(address, {"line": TUG + 1})
    row = page.context["rows"][TUG]
    assert (row.open, row.day, row.week) == (True, 20, None)
    assert b'name="day" min="1" max="31" inputmode="numeric" value="20"' in page.content


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"from_month": "5", "to_month": "3"}, "从5月到3月倒过来了，对调一下。"),
        ({"from_month": "13", "to_month": "3"}, "没有认出要改成什么，刷新再看。"),
        ({"to_month": ""}, "没有认出要改成什么，刷新再看。"),
        ({"day": "40"}, "几号写 1 到 31，第几周写 1 到 30，不知道就空着。"),
        ({"day": "²"}, "几号写 1 到 31，第几周写 1 到 30，不知道就空着。"),
        ({"week": "九"}, "几号写 1 到 31，第几周写 1 到 30，不知道就空着。"),
        ({"day": "3", "week": "2"}, "写了几号就不用写第几周，留一个。"),
        ({"from_month": "2", "to_month": "2", "day": "30"}, "2月没有30号，改一下。"),
    ],
)
def test_what_cannot_be_is_refused(data, said):
    with pytest.raises(RuleBroken) as refusal:
        read_posted({"choice": "span:item", "from_month": "3", "to_month": "3"} | data)
    assert str(refusal.value) == said


def test_a_refusal_is_said_on_the_page(chair, kept):
    response = put(chair, kept, ESSAYS, from_month=11, to_month=11, day=31)
    assert [str(m) for m in get_messages(response.wsgi_request)] == ["11月没有31号，改一下。"]
    assert kept.choices == {}


def test_a_long_span_is_said_in_short(chair, kept):
    put(chair, kept, ESSAYS, from_month=11, to_month=3, day="", week="")
    put(chair, kept, CONTEST, from_month=11, to_month=12, day="", week="")
    page = chair.get(reverse("activities:plan_import_detail", args=[kept.pk]))
    rows = page.context["rows"]
    assert (rows[ESSAYS].months, rows[CONTEST].months) == ("11月至3月", "11、12月")
