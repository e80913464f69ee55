"""All tests of this app happen on one day, so that 2026's plan is the running one."""

from datetime import date

import pytest


@pytest.fixture(autouse=True)
def today(monkeypatch) -> date:
    day = date(2026, 11, 18)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day)
    return day
