"""What the visits put on the home page."""

from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth

from members.models import User
from unionoffice.home import HomeFigure, HomePart
from unionoffice.periods import Period
from welfare.facts import facts
from welfare.queries import visits_visible_to


def home_part(user: User, today: date, period: Period) -> HomePart:
    """慰问 so far, with its money and its months; a group leader sees those of the own group."""
    if not user.has_perm("welfare.view_visits"):
        return HomePart()
    visits = visits_visible_to(user)
    numbers = {fact.key: fact for fact in facts(period, visits)}
    figure = HomeFigure(
        "慰问",
        numbers["welfare.visits"],
        numbers["welfare.money"],
        _months(visits, today, period),
    )
    return HomePart(figures=(figure,))


def _months(visits, today: date, period: Period) -> tuple[int | None, ...]:
    """The visits of each month of the period; None for months to come."""
    rows = visits.done().in_period(period).order_by().values(month=TruncMonth("day"))
    counts = {
        (row["month"].year, row["month"].month): row["n"] for row in rows.annotate(n=Count("pk"))
    }
    return tuple(
        None if month > (today.year, today.month) else counts.get(month, 0)
        for month in period.months()
    )
