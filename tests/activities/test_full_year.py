"""The full year that other tests count queries with is as full as it says."""

import pytest

from activities.choices import ActivityKind
from activities.models import Activity, Check, Participation, Photo, Study
from tests.factories.full_year import make_full_year

pytestmark = pytest.mark.django_db


def test_a_full_year_has_every_kind_and_as_many_people_and_photos_as_asked():
    made = make_full_year(activities=48, participations=480, photos=96, people=40)

    assert set(Activity.objects.values_list("kind", flat=True)) == set(ActivityKind.values)
    assert Activity.objects.standing().count() == 48
    assert Activity.objects.filter(plan_item__isnull=False).count() == 12
    assert Participation.objects.count() == 480
    assert Photo.objects.filter(is_cover=True).count() == 48
    assert Study.objects.count() == 6
    assert Check.objects.count() == 18
    assert made.activities[-1].day.year == 2026


def test_the_year_of_the_issue_is_made_in_one_go():
    make_full_year()

    assert Activity.objects.count() == 2_000
    assert Participation.objects.count() == 40_000
    assert Photo.objects.count() == 10_000
