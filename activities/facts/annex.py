"""The rows of the tables that a summary brings along: what was studied, what was won."""

from dataclasses import dataclass

from activities.choices import ActivityKind, Level, StudyForm
from activities.facts.held import activities_of
from activities.models import Activity, Honour
from activities.queries.honours import honours_by_level
from activities.queries.kinds import studies
from activities.rules import when_text
from unionoffice.facts import number_text
from unionoffice.periods import Period, Precision, chinese_date


@dataclass(frozen=True)
class StudyRow:
    """ "" where nobody wrote it down."""

    when: str
    title: str
    form: str
    teacher: str
    people: str
    hours: str


@dataclass(frozen=True)
class HonourRow:
    level: str
    title: str
    whose: str
    body: str
    when: str


@dataclass(frozen=True)
class ContestRow:
    """One competition with the best that was reached in it."""

    when: str
    title: str
    reached: str


def study_rows(period: Period) -> list[StudyRow]:
    """In the order of the days; one query."""
    found = studies(Activity.objects.all(), period=period).order_by("day", "pk")
    return [_study_row(activity, period) for activity in found]


def _study_row(activity: Activity, period: Period) -> StudyRow:
    study = getattr(activity, "study", None)
    hours = study.hours if study else None
    return StudyRow(
        when=_short(activity, period),
        title=(study.topic if study else "") or activity.title,
        form=StudyForm(study.form).label if study else "",
        teacher=study.teacher if study else "",
        people="" if activity.headcount is None else str(activity.headcount),
        hours="" if hours is None else number_text(hours),
    )


def _short(activity: Activity, period: Period) -> str:
    """Without the year where the period has only one."""
    text = when_text(activity.day, activity.precision, None, activity.last_day)
    return text.removeprefix(f"{activity.day.year}年") if _one_year(period) else text


def _one_year(period: Period) -> bool:
    return period.start.year == period.end.year


def honour_rows(period: Period) -> list[HonourRow]:
    """From the nation down; one query."""
    return [
        HonourRow(
            level=one.get_level_display(),
            title=one.title,
            whose=one.whose,
            body=one.awarding_body,
            when=_day_of(one, period),
        )
        for one in honours_by_level(Honour.objects.standing().in_period(period))
    ]


def _day_of(honour: Honour, period: Period) -> str:
    text = chinese_date(honour.day, honour.precision)
    short = _one_year(period) and honour.precision != Precision.YEAR
    return text.removeprefix(f"{honour.day.year}年") if short else text


def contest_rows(period: Period) -> list[ContestRow]:
    """Those outside the school in which something was won, with the highest level of it; two
    queries."""
    contests = activities_of(period).filter(kind=ActivityKind.CONTEST)
    found = contests.filter(stages__awarded=True).distinct()
    found = found.prefetch_related("stages").order_by("day", "pk")
    return [
        ContestRow(_short(activity, period), activity.title, _reached(activity))
        for activity in found
    ]


def _reached(activity: Activity) -> str:
    won = [stage for stage in activity.stages.all() if stage.awarded]
    best = max(won, key=lambda stage: Level.values.index(stage.level))
    return f"{best.get_level_display()}{best.result}"
