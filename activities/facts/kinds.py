"""What some kinds of activities come to: study, outside competitions, checks; and the honours."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from activities.choices import ActivityKind, HolderKind, Level
from activities.facts.held import activities_of
from activities.models import Activity, ContestStage, Honour
from activities.queries.kinds import (
    CheckTotals,
    StudyTotals,
    check_totals,
    checks,
    contests,
    studies,
    study_totals,
)
from unionoffice.facts import Fact, count_or_none, list_url
from unionoffice.periods import Period


@dataclass(frozen=True)
class LevelRow:
    """What the school's people got at one level: in competitions, and as honours."""

    label: str
    stages: Fact
    awards: Fact
    honours: Fact


def study_facts(period: Period) -> list[Fact]:
    totals: StudyTotals = study_totals(studies(Activity.objects.all(), period=period))
    held = count_or_none(totals.held)

    def fact(key: str, label: str, value, unit: str) -> Fact:
        source = list_url("activities:study_list", period)
        return Fact(f"activities.{key}", label, value, unit, source)

    return [
        fact("studies", "学习培训场次", held, "场"),
        fact("courses", "学习培训期数", held and totals.courses, "期"),
        fact("studied", "学习培训人次", totals.attendance, "人次"),
        fact("hours", "学习培训学时", totals.hours, "学时"),
        fact("papers", "收到的文章和答卷", totals.papers, "份"),
    ]


def check_facts(period: Period) -> list[Fact]:
    totals: CheckTotals = check_totals(checks(Activity.objects.all(), period=period))
    drills = count_or_none(totals.drills)
    known = totals.checks + totals.drills + totals.inspections

    def fact(key: str, label: str, value, unit: str = "次", **filters) -> Fact:
        source = list_url("activities:check_list", period, **filters)
        return Fact(f"activities.{key}", label, value, unit, source)

    return [
        fact("checks", "安全检查", count_or_none(totals.checks), kind=ActivityKind.CHECK),
        fact("drills", "演练", drills, kind=ActivityKind.DRILL),
        fact("drilled", "演练人次", totals.drilled, "人次", kind=ActivityKind.DRILL),
        fact(
            "inspections", "建家检查", count_or_none(totals.inspections),
            kind=ActivityKind.INSPECTION,
        ),
        fact("open_checks", "还没整改的检查", totals.open if known else None, open_only="yes"),
    ]  # fmt: skip


def stages_of(period: Period) -> QuerySet[ContestStage]:
    return contests(Activity.objects.all(), period=period).order_by()


def contest_facts(period: Period, stages: dict[str, tuple[int, int]]) -> list[Fact]:
    """`stages`: {level: (stages, awards)}."""
    held = count_or_none(activities_of(period).filter(kind=ActivityKind.CONTEST).count())
    awards = sum(won for _, won in stages.values())
    return [
        Fact(
            "activities.contests", "校外比赛", held, "场",
            list_url("activities:activity_list", period, kind=ActivityKind.CONTEST),
        ),
        Fact(
            "activities.awards", "校外比赛获奖", awards if stages else None, "项",
            list_url("activities:contest_list", period, awarded="yes"),
        ),
    ]  # fmt: skip


def stages_by_level(period: Period) -> dict[str, tuple[int, int]]:
    rows = stages_of(period).values_list("level")
    rows = rows.annotate(stages=Count("pk"), awards=Count("pk", filter=Q(awarded=True)))
    return {level: (stages, awards) for level, stages, awards in rows}


def honours_of(period: Period) -> QuerySet[Honour]:
    return Honour.objects.standing().in_period(period).order_by()


def honours_counted(period: Period) -> list[tuple[str, str, bool, int]]:
    """(level, holder, whether it was won in a competition, how many)."""
    rows = honours_of(period).values_list("level", "holder", "is_contest")
    return list(rows.annotate(count=Count("pk")))


def honour_facts(period: Period, rows: Iterable[tuple[str, str, bool, int]]) -> list[Fact]:
    rows = list(rows)
    own = sum(count for _, holder, _, count in rows if holder == HolderKind.MEMBER)
    won = sum(count for _, _, contest, count in rows if contest)
    total = count_or_none(sum(count for *_, count in rows))

    def fact(key: str, label: str, value, **filters) -> Fact:
        source = list_url("activities:honour_list", period, **filters)
        return Fact(f"activities.{key}", label, value, "项", source)

    return [
        fact("honours", "荣誉", total),
        fact("own_honours", "个人荣誉", total and own, holder="single"),
        fact("team_honours", "集体荣誉", total and total - own, holder="together"),
        fact("won", "比赛得的荣誉", total and won, contest="yes"),
    ]


def level_rows(
    period: Period,
    stages: dict[str, tuple[int, int]],
    honours: Iterable[tuple[str, str, bool, int]],
) -> list[LevelRow]:
    """From the nation down, the levels that there are."""
    counts: dict[str, int] = {}
    for level, _, _, count in honours:
        counts[level] = counts.get(level, 0) + count
    found = stages.keys() | counts.keys()
    return [
        _level_row(level, period, *stages.get(level, (0, 0)), counts.get(level, 0))
        for level in reversed(Level)
        if level in found
    ]


def _level_row(level: Level, period: Period, stages: int, awards: int, honours: int) -> LevelRow:
    def fact(key: str, label: str, value: int, list_name: str, **filters) -> Fact:
        source = list_url(f"activities:{list_name}", period, level=level.value, **filters)
        return Fact(f"activities.{key}.{level.value}", f"{level.label}{label}", value, "项", source)

    return LevelRow(
        label=level.label,
        stages=fact("stages", "比赛", stages, "contest_list"),
        awards=fact("awards", "比赛获奖", awards, "contest_list", awarded="yes"),
        honours=fact("honours", "荣誉", honours, "honour_list"),
    )
