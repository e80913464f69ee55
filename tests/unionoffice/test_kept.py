"""A kept statement gives what the ORM gives, and asks the database each time."""

from datetime import date
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connections
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from activities.models import Activity
from tests.factories.activities import make_activity
from unionoffice.kept import kept

pytestmark = pytest.mark.django_db
BUILT = []


@kept
def titles(until: date, keys: tuple[int, ...] | None = None):
    BUILT.append(until)
    found = Activity.objects.filter(day__lte=until).order_by("day")
    if keys is not None:
        found = found.filter(pk__in=keys)
    return found.values_list("title", "day", "spent", "recorded_at")


@kept
def months():
    rows = Activity.objects.order_by().values(month=TruncMonth("day"))
    return rows.annotate(held=Count("pk"), spent=Sum("spent")).values_list("spent", "month", "held")


@kept
def one_after_the_other():
    first = Activity.objects.order_by().values_list("title", "day")
    return first.union(Activity.objects.order_by().values_list("place", "day"), all=True)


def test_the_values_are_those_of_the_orm():
    made = make_activity(title="气排球赛", day="2026-03-08", spent=Decimal("1800.50"))
    assert titles(date(2026, 3, 31)) == [
        ("气排球赛", date(2026, 3, 8), Decimal("1800.50"), made.recorded_at)
    ]
    assert months() == [(Decimal("1800.50"), date(2026, 3, 1), 1)]
    assert sorted(one_after_the_other()) == sorted(
        [("气排球赛", date(2026, 3, 8)), (made.place, date(2026, 3, 8))]
    )


def test_the_statement_is_built_once_and_asked_each_time(django_assert_num_queries):
    last = date(2031, 1, 1)
    BUILT.clear()
    assert titles(last) == []
    make_activity(title="晚到的", day="2026-01-05")
    with django_assert_num_queries(1):
        assert [title for title, *_ in titles(last)] == ["晚到的"]
    assert [last] == BUILT


def test_each_value_has_its_own_statement():
    make_activity(title="三月的", day="2026-03-08")
    make_activity(title="五月的", day="2026-05-04")
    found = [[title for title, *_ in titles(date(2026, month, 30))] for month in (1, 4, 6)]
    assert found == [[], ["三月的"], ["三月的", "五月的"]]


def test_what_can_never_be_true_gives_nothing(django_assert_num_queries):
    make_activity(day="2026-03-08")
    with django_assert_num_queries(0):
        assert titles(date(2026, 3, 31), ()) == []


@pytest.mark.django_db(transaction=True)
def test_another_thread_runs_it_over_its_own_connection():
    make_activity(title="气排球赛", day="2026-03-08")
    here, there = titles(date(2026, 3, 31)), []

    def ask():
        there.extend(titles(date(2026, 3, 31)))
        connections.close_all()

    thread = Thread(target=ask)
    thread.start()
    thread.join(10)
    assert there == here != []
