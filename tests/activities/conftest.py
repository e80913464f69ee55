"""All tests of this app happen on one day, so that 2026's plan is the running one."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

AROUND_NOW = timedelta(days=1)  # a moment that a test took from the clock


@pytest.fixture(autouse=True)
def today(monkeypatch) -> date:
    day, of_moment = date(2026, 11, 18), timezone.localdate

    def localdate(value=None, zone=None) -> date:
        """That day; of a moment that a test wrote itself, the moment's own."""
        if value is None or abs(value - timezone.now()) < AROUND_NOW:
            return day
        return of_moment(value, zone)

    monkeypatch.setattr("django.utils.timezone.localdate", localdate)
    return day
