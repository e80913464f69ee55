"""What a table of scores means here: whose each line is. Writes nothing."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from members.assessment_reader import ScoreRow
from members.choices import AssessmentOf
from members.models import Assessment, Member, User
from members.queries.assessments import recorded_of
from members.queries.called import MOST_WORDS, people_called
from members.queries.visibility import members_visible_to
from members.rules.assessments import Item, one_score, rows_of, total_score


@dataclass(frozen=True)
class ScoreHead:
    """What all lines of a file have alike."""

    topic: str
    period_code: str
    assessed_on: date
    assessed_by: str


@dataclass(frozen=True)
class ScorePlan:
    """`assessments` are not saved yet; `refused`: (row, why)."""

    assessments: list[Assessment]
    refused: list[tuple[int, str]]


def plan_scores(rows: Collection[ScoreRow], head: ScoreHead, user: User) -> ScorePlan:
    """A few queries, however many rows."""
    found, refusals = _called(members_visible_to(user), sorted({row.word for row in rows}))
    people = {word: one for one in found for word in (one.name, one.staff_no)}
    had = recorded_of([one.pk for one in found], head.topic, head.period_code)
    twice = {word for word, times in Counter(row.word for row in rows).items() if times > 1}
    plan = ScorePlan([], [])
    for row in rows:
        if why := _why_not(row, people.get(row.word), twice, had, refusals):
            plan.refused.append((row.row, why))
        else:
            plan.assessments.append(_assessment(row, people[row.word], head))
    return plan


def _called(people: QuerySet[Member], words: list[str]) -> tuple[list[Member], list[str]]:
    found, refusals = [], []
    for start in range(0, len(words), MOST_WORDS):
        some, said = people_called(people, words[start : start + MOST_WORDS])
        found, refusals = found + some, refusals + said
    return found, refusals


def _why_not(row: ScoreRow, member: Member | None, twice, had, refusals) -> str:
    if member is None:
        said = [sentence for sentence in refusals if f"“{row.word}”" in sentence]
        return said[0] if said else f"名册里没有“{row.word}”，写全名或工号。"
    if row.number and row.name and member.name != row.name:
        return f"工号 {row.number} 在名册里是{member.name}，文件里写的是{row.name}。"
    if row.word in twice:
        return f"“{row.word}”在文件里有两行，留一行。"
    return f"{member}这一期的这项考核已经记过了。" if member.pk in had else ""


def _assessment(row: ScoreRow, member: Member, head: ScoreHead) -> Assessment:
    items = [Item(goal, "", score) for goal, score in row.items]
    if not items and row.score:
        items = [one_score(row.score)]
    return Assessment(
        of=AssessmentOf.PERSON,
        member=member,
        topic=head.topic,
        period_code=head.period_code,
        items=rows_of(items),
        result=row.result or (f"{row.score}分" if row.score else _summed(items)),
        assessed_on=head.assessed_on,
        assessed_by=head.assessed_by,
    )


def _summed(items: Collection[Item]) -> str:
    """Where the file has no grade, the sum says how it went."""
    total = total_score(items)
    return "已考核" if total is None else f"{total}分"
