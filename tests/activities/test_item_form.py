"""What the form of a plan item takes, refuses in words, and finds by itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from activities.models import PlanItem
from tests.factories.activities import make_item, make_plan
from tests.factories.forms import posted_back
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
ITEM = {"text": "教职工拔河", "first_month": "2026-03"}


def added(client, plan=None, **values):
    address = reverse("activities:plan_item_create", args=[(plan or make_plan()).pk])
    return client.post(address, ITEM | values, follow=True)


def edited(client, item: PlanItem, **values):
    address = reverse("activities:plan_item_update", args=[item.pk])
    return client.post(address, posted_back(client.get(address)) | values)


def said(page) -> list[str]:
    return [str(one) for errors in page.context["form"].errors.values() for one in errors]


def test_no_field_is_chosen_before_and_the_text_tells_it(log_in):
    client, plan = log_in(Role.CHAIR), make_plan()
    blank = client.get(reverse("activities:plan_item_create", args=[plan.pk]))
    assert blank.context["form"]["field"].value() is None
    page = added(client, plan, text="三八节女教职工插花")
    assert PlanItem.objects.get().field == "women"
    assert "板块按写的字定成了“女工”，不对就改" in page.text


def test_a_text_that_tells_no_field_is_put_aside_and_that_is_said(log_in):
    page = added(log_in(Role.CHAIR), text="每周训练")
    assert PlanItem.objects.get().field == "other"
    assert "看不出是哪个板块，先放在“其他”，不对就改" in page.text


def test_a_field_that_was_chosen_stays_and_nothing_is_said(log_in):
    page = added(log_in(Role.CHAIR), text="三八节女教职工插花", field="culture")
    assert PlanItem.objects.get().field == "culture"
    assert "板块按写的字" not in page.text


def test_a_field_that_was_never_offered_is_still_refused(log_in):
    assert added(log_in(Role.CHAIR), field="zzz").status_code == 422


def test_an_item_that_is_there_asks_for_its_field(log_in):
    item, client = make_item(), log_in(Role.CHAIR)
    assert said(edited(client, item, field="")) == ["选一个板块。"]


def test_a_long_text_is_refused_and_one_that_was_read_stays(log_in):
    client = log_in(Role.CHAIR)
    page = added(client, text="长" * 301)
    assert said(page) == [
        "一项最多 300 字，现在有 301 字，删短一点，或者拆成几项；成段的话写进章节。"
    ]
    assert "长" * 301 in page.text
    read = make_item(text="长" * 500)
    assert edited(client, read, audience="全体会员").status_code == 302
    assert edited(client, read, text="短" * 501).status_code == 422
    assert edited(client, read, text="短" * 400).status_code == 302


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"rhythm": "weekly"}, "选了“每周”，也选上星期几，月历上才排得到那一天。"),
        ({"rhythm": "odd_weeks"}, "选了“单周”，也选上星期几，月历上才排得到那一天。"),
        ({"weekday": "3"}, "选了周四，也选上多久一次，或者写上第几周。"),
        ({"weekday": "3", "day": "2026-03-06"}, "选了周四，写了哪天就不用选星期几。"),
    ],
)
def test_rhythm_and_weekday_belong_together(log_in, values, sentence):
    assert said(added(log_in(Role.CHAIR), **values)) == [sentence]
    assert not PlanItem.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"rhythm": "weekly", "weekday": "3"},
        {"rhythm": "monthly"},
        {"week": "2", "weekday": "3"},
    ],
)
def test_what_belongs_together_is_taken(log_in, values):
    added(log_in(Role.CHAIR), **values)
    assert PlanItem.objects.exists()


def test_what_stood_there_before_does_not_keep_other_words_from_being_changed(log_in):
    item = make_item(rhythm="weekly")
    assert edited(log_in(Role.CHAIR), item, text="新的写法").status_code == 302


@pytest.mark.parametrize(
    ("typed", "sum_of"),
    [
        ("1,200", "1200"),
        ("１２００元", "1200"),
        ("1，200.5 元", "1200.50"),
        ("￥12,000", "12000"),
        ("800.", "800"),
    ],
)
def test_money_is_read_as_people_write_it(log_in, typed, sum_of):
    added(log_in(Role.CHAIR), budget=typed)
    assert PlanItem.objects.get().budget == Decimal(sum_of)


@pytest.mark.parametrize("typed", ["1,20", "12,00,0", "一千", "1200块", "1.2.3"])
def test_what_is_no_sum_is_refused(log_in, typed):
    assert said(added(log_in(Role.CHAIR), budget=typed)) == ["预算只写数字，例如 1200。"]


@pytest.mark.parametrize("typed", ["十月", "10月", "十月份", "10", "2026年10月"])
def test_a_month_without_its_year_is_that_of_the_plan(log_in, typed):
    added(log_in(Role.CHAIR), first_month=typed)
    assert PlanItem.objects.get().first_month == date(2026, 10, 1)


@pytest.mark.parametrize(("typed", "month"), [("九月", "2026年9月"), ("元月", "2027年1月")])
def test_in_a_school_year_the_month_has_its_year(log_in, typed, month):
    added(log_in(Role.CHAIR), make_plan(Period.school_year(2026)), first_month=typed)
    assert PlanItem.objects.get().months_text == month


def test_what_is_no_month_is_answered_with_how_to_write_one(log_in):
    page = added(log_in(Role.CHAIR), first_month="十三月")
    assert said(page) == ["没有“十三月”这个月，写成 2026-03 这样。"]
