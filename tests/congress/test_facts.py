"""The numbers, and that each leads to exactly the rows that make it."""

from datetime import date
from decimal import Decimal

import pytest

from congress.facts import facts, told
from tests.factories.congress import IN_JUNE, IN_MAY, make_motion, make_notice
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
YEAR = Period.year(2026)


@pytest.fixture
def records(office):
    make_motion("draft")
    make_motion("seconding")
    make_motion("submitted", category="teaching")
    make_motion("filed", category="teaching")
    make_motion("filed", submitted_on=date(2025, 12, 30))
    make_motion("to_suggestion")
    make_motion("rejected")
    make_motion("rejected")
    make_motion("withdrawn", opened_on=IN_MAY, submitted_on=IN_JUNE)
    make_motion("draft", opened_on=IN_MAY, submitted_on=IN_JUNE)
    make_motion("seconding", submitted_on=IN_JUNE)
    make_notice()
    make_notice("draft")
    make_notice("withdrawn")
    make_notice(published_on=date(2025, 12, 31))


def values(period) -> dict:
    return {fact.key: fact.value for fact in facts(period)}


def test_facts_count_what_was_handed_in_and_published_in_the_period(records):
    assert values(YEAR) == {
        "congress.motions": 6,
        "congress.filed": 1,
        "congress.to_suggestion": 1,
        "congress.rejected": 2,
        "congress.filing_rate": Decimal("16.7"),
        "congress.notices": 1,
    }


def test_facts_are_unknown_where_nothing_was_recorded(office):
    assert set(values(YEAR).values()) == {None}


def test_none_was_rejected_is_known_where_motions_were_received(office):
    make_motion("filed")
    assert values(YEAR)["congress.rejected"] == 0


@pytest.mark.parametrize(
    "key", ["congress.motions", "congress.filed", "congress.to_suggestion", "congress.rejected"]
)
def test_each_source_opens_the_motions_that_make_the_number(records, log_in, key):
    fact = {fact.key: fact for fact in facts(YEAR)}[key]
    page = log_in(Role.CHAIR).get(fact.source).context["page"]
    states = {motion.state for motion in page}
    assert page.paginator.count == fact.value
    if key != "congress.motions":
        assert states == {key.removeprefix("congress.")}


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MEMBER])
def test_the_source_of_notices_opens_those_that_are_public(records, log_in, role):
    fact = facts(YEAR)[-1]
    page = log_in(role).get(fact.source).context["page"]
    assert page.paginator.count == fact.value == 1


def test_by_category_gives_one_row_for_each_that_occurred(records):
    rows = told(YEAR).categories
    assert [(row.label, row.motions.value, row.filed.value) for row in rows] == [
        ("教学科研", 2, 1),
        ("校园建设", 4, 0),
    ]


@pytest.mark.parametrize("name", ["motions", "filed"])
def test_each_figure_of_a_category_opens_the_motions_that_make_it(records, log_in, name):
    client = log_in(Role.CHAIR)
    for fact in (getattr(row, name) for row in told(YEAR).categories):
        assert client.get(fact.source).context["page"].paginator.count == fact.value
