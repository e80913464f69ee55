"""The numbers, and that each leads to exactly the rows that make it."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.members import make_member
from tests.factories.welfare import make_visit
from unionoffice.periods import Period
from unionoffice.roles import Role
from welfare.facts import by_kind, by_month, facts
from welfare.models import Visit

pytestmark = pytest.mark.django_db
YEAR = Period.year(2026)


@pytest.fixture
def visits(office):
    wang = make_member("王桂芬")
    return {
        "both": make_visit(wang, goods="水果", goods_value=Decimal("120.50")),
        "again": make_visit(wang, kind="festival", day=date(2026, 2, 6), money=Decimal(300)),
        "outsider": make_visit(person_name="临聘张师傅", kind="hardship", money=Decimal(500)),
        "bare": make_visit(make_member("许知行"), money=Decimal(0)),
        "voided": make_visit(wang, money=Decimal(9000), voided="记重了"),
        "last_year": make_visit(wang, day=date(2025, 12, 31)),
    }


def values(period) -> dict:
    return {fact.key: fact.value for fact in facts(period)}


def test_facts_count_what_was_recorded_in_the_period(visits):
    assert values(YEAR) == {
        "welfare.visits": 4,
        "welfare.people": 3,
        "welfare.money": Decimal(1400),
        "welfare.goods_value": Decimal("120.50"),
    }


def test_facts_are_unknown_where_nothing_was_recorded(office):
    assert set(values(YEAR).values()) == {None}


def test_money_is_unknown_where_only_goods_were_given(office):
    make_visit(money=Decimal(0), goods="水果")
    assert values(YEAR)["welfare.money"] is None


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("welfare.visits", {"both", "again", "outsider", "bare"}),
        ("welfare.people", {"both", "again", "outsider", "bare"}),
        ("welfare.money", {"both", "again", "outsider"}),
        ("welfare.goods_value", {"both"}),
    ],
)
def test_each_source_opens_the_rows_that_make_the_number(visits, log_in, key, names):
    source = {fact.key: fact.source for fact in facts(YEAR)}[key]
    page = log_in(Role.CHAIR).get(source).context["page"]
    assert {visit.pk for visit in page} == {visits[name].pk for name in names}


@pytest.mark.parametrize("period", [YEAR, Period.half(2026, 1), Period.year(2024)])
def test_the_figures_by_month_are_the_facts(visits, period):
    months = by_month(period, Visit.objects.all())
    by_key = {fact.key: fact for fact in facts(period)}
    assert months.visits == by_key["welfare.visits"]
    assert months.money == by_key["welfare.money"]


def test_each_month_has_its_visits(visits):
    assert by_month(Period.half(2026, 1), Visit.objects.all()).counts == (0, 1, 3, 0, 0, 0)


def test_by_kind_gives_one_row_for_each_kind_that_occurred(visits):
    rows = by_kind(YEAR)
    assert [(row.label, row.visits.value, row.money.value) for row in rows] == [
        ("生病住院", 2, Decimal(600)),
        ("生活困难", 1, Decimal(500)),
        ("两节慰问", 1, Decimal(300)),
    ]


def test_each_kind_row_opens_the_rows_that_make_it(visits, log_in):
    client = log_in(Role.CHAIR)
    for row in by_kind(YEAR):
        page = client.get(row.visits.source).context["page"]
        assert page.paginator.count == row.visits.value
