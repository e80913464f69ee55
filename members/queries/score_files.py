"""What a table of scores means here: whose each line is. Writes nothing."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from members.assessment_reader import ScoreRow
from members.choices import AssessmentOf
from members.models import Assessment, Member, User
from members.queries.assessments import recorded_of
from members.queries.called import who_is_meant
from members.queries.visibility import members_visible_to
from members.rules.assessments import Item, number_in, one_score, rows_of, total_score


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
    people, refusals = who_is_meant(members_visible_to(user), [row.word for row in rows])
    had = recorded_of([one.pk for one in people.values()], head.topic, head.period_code)
    times = Counter(people[row.word].pk for row in rows if row.word in people)
    plan = ScorePlan([], [])
    for row in rows:
        member = people.get(row.word)
        if why := _why_not(row, member, times, had) if member else refusals[row.word]:
            plan.refused.append((row.row, why))
        else:
            plan.assessments.append(_assessment(row, member, head))
    return plan


def _why_not(row: ScoreRow, member: Member, times: Counter, had: Collection[int]) -> str:
    if row.number and row.name and member.name != row.name:
        return f"工号 {row.number} 在名册里是{member.name}，文件里写的是{row.name}。"
    if times[member.pk] > 1:
        return f"{member}在文件里有 {times[member.pk]} 行，留一行。"
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
        result=row.result or (_in_words(row.score) if row.score else _summed(items)),
        assessed_on=head.assessed_on,
        assessed_by=head.assessed_by,
    )


def _in_words(score: str) -> str:
    """95分; 优秀 and 92.5分 as they stand."""
    return score if number_in(score) is None else f"{score}分"


def _summed(items: Collection[Item]) -> str:
    """Where the file has no grade, the sum says how it went."""
    total = total_score(items)
    return "已考核" if total is None else f"{total}分"
