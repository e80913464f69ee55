"""What the summary brings along: the competitions, the marked sentences, the parts of honours."""

import pytest

from activities import facts
from activities.facts import annex
from activities.models import Activity
from tests.factories.activities import make_activity
from tests.factories.honours import make_honour
from tests.factories.members import make_member
from unionoffice.periods import Period

pytestmark = pytest.mark.django_db
YEAR = Period.year(2026)


def contest(day: str, title: str, *won: tuple[str, str]) -> Activity:
    """With a stage that was won for each of `won`."""
    activity = make_activity(day, title, kind="contest")
    for level, result in won:
        activity.stages.create(level=level, result=result, awarded=True)
    return activity


def test_each_competition_stands_once_with_the_highest_level_that_was_won():
    contest(
        "2026-06-02", "气排球赛", ("town", "第一名"), ("city", "二等奖"), ("district", "一等奖")
    )
    contest("2026-03-02", "乒乓球赛", ("district", "三等奖"), ("town", "第二名"))
    contest("2026-04-02", "没得奖的").stages.create(level="nation", result="参加", awarded=False)
    contest("2025-04-02", "去年的", ("city", "一等奖"))
    assert annex.contest_rows(YEAR) == [
        annex.ContestRow("3月2日", "乒乓球赛", "区县级三等奖"),
        annex.ContestRow("6月2日", "气排球赛", "市级二等奖"),
    ]


def test_what_is_no_competition_any_more_is_in_neither_the_figure_nor_the_text():
    activity = contest("2026-06-02", "气排球赛", ("town", "第一名"))
    Activity.objects.filter(pk=activity.pk).update(kind="event")
    found = {fact.key: fact.value for fact in facts.facts(YEAR)}
    assert (found["activities.contests"], found["activities.awards"]) == (None, None)
    assert annex.contest_rows(YEAR) == []


def test_marked_sentences_come_in_the_order_of_the_days():
    for day, text in (("2026-09-10", "庆祝。"), ("2026-03-06", "插花。"), ("2026-06-01", "联欢。")):
        make_activity(day, highlight=text, is_highlight=True)
    assert facts.highlights(YEAR) == ["插花。", "联欢。", "庆祝。"]


@pytest.mark.parametrize(
    ("name", "count", "holders"),
    [
        ("honours", 4, (("个人", 2), ("校工会", 1), ("学校", 1))),
        ("own_honours", 2, (("个人", 2),)),
        ("team_honours", 2, (("校工会", 1), ("学校", 1))),
        ("won", 1, (("学校", 1),)),
    ],
)
def test_the_parts_of_honours_add_up_to_their_figure(name, count, holders):
    for _ in range(2):
        make_honour(make_member())
    make_honour(holder="union")
    make_honour(holder="school", is_contest=True)
    fact = next(fact for fact in facts.facts(YEAR) if fact.key == f"activities.{name}")
    by_month, by_level, by_holder = facts.breakdowns(fact.key, YEAR)
    assert (fact.value, by_holder.rows) == (count, holders)
    for part in (by_month, by_level):
        assert sum(value for _, value in part.rows) == count
