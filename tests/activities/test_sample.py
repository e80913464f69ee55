"""The sample school shows every page of plans, activities, clubs, honours and places something."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Count

from activities.choices import (
    ActivityKind,
    ChangeKind,
    Level,
    SelectionState,
    SignupState,
)
from activities.models import (
    Activity,
    Asset,
    Check,
    ContestStage,
    Honour,
    Nominee,
    Participation,
    Photo,
    Place,
    PlaceUse,
    Plan,
    PlanChange,
    PlanItem,
    Prize,
    Selection,
    Semester,
    Series,
    Signup,
    Study,
)
from activities.queries.places import place_rows, place_totals
from activities.queries.series import series_rows
from unionoffice import sample
from unionoffice.periods import Period

pytestmark = pytest.mark.django_db


def test_every_room_of_the_sample_school_has_something_in_it(today):
    sample.load(today=today, members=60)
    year = Period.year(2026)

    assert set(Plan.objects.values_list("state", flat=True)) == {"published"}
    published = [(plan.published_at.date() - plan.passed_on).days for plan in Plan.objects.all()]
    assert published == [3, 3]
    assert {ChangeKind.ADDED, ChangeKind.POSTPONED, ChangeKind.CANCELLED} <= set(
        PlanChange.objects.values_list("kind", flat=True)
    )
    own = ("day", "week", "from_time", "responsible", "budget")
    assert all(PlanItem.objects.exclude(**{name: None}).exists() for name in own)
    assert PlanItem.objects.exclude(rhythm="").exists()
    assert Semester.objects.filter(first_day__lte=today, last_day__gte=today).count() == 1

    kinds = set(Activity.objects.standing().values_list("kind", flat=True))
    assert kinds >= set(ActivityKind.values) - {ActivityKind.MEETING}
    assert Study.objects.exists()
    assert ContestStage.objects.filter(awarded=True).exists()
    assert Check.objects.exclude(problems="").filter(mended_on=None).exists()
    assert Prize.objects.exclude(group=None).exists()
    assert set(Prize.objects.exclude(member=None).values_list("event", "member__gender")) == {
        ("男子单打", "male"),
        ("女子单打", "female"),
    }
    assert set(Activity.objects.filter(title="区教工乒乓球邀请赛").values_list("kind")) == {
        (ActivityKind.CONTEST,)
    }
    assert Photo.objects.values("activity").annotate(n=Count("pk")).count() == 4

    rows = series_rows(Series.objects.all(), year, today)
    assert [row.round.missed for row in rows if row.round.missed]
    assert Series.objects.exclude(end=None).count() == 1
    totals = place_totals(place_rows(Place.objects.all(), year))
    assert totals.value
    assert totals.used > PlaceUse.objects.filter(day__year=2026).count()
    assert Asset.objects.exclude(written_off_on=None).count() == 1

    assert set(Selection.objects.values_list("state", flat=True)) == set(SelectionState.values)
    assert set(Honour.objects.values_list("level", flat=True)) == set(Level.values)
    for_women = Honour.objects.filter(title="三八红旗手").values_list("member__gender", flat=True)
    assert set(for_women) == {"female"}
    nominated = Nominee.objects.filter(selection__title="女工建功标兵")
    assert list(nominated.values_list("member__gender", flat=True)) == ["female"] * 4


def test_what_is_announced_lies_ahead_one_is_full_and_some_wait(today):
    sample.load(today=today, members=60)
    ahead = Activity.objects.announced()
    assert ahead.count() == 4
    assert not ahead.filter(day__lte=today).exists()
    assert Signup.objects.count() == 3
    waiting = Participation.objects.filter(signup=SignupState.WAITING)
    assert set(waiting.values_list("activity__title", flat=True)) == {"亲子烘焙"}
    assert waiting.count() == 3


def test_a_school_on_the_second_day_of_the_year_has_no_meetings_and_no_honours_yet(monkeypatch):
    day, now = date(2026, 1, 2), datetime(2026, 1, 2, 9, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    sample.load(today=day, members=30, years=0)
    assert not Series.objects.exists()
    assert not Activity.objects.standing().filter(day__gt=day).exists()
