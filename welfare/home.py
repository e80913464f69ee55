"""What the visits put on the home page."""

from datetime import date

from members.models import User
from unionoffice.home import HomeFigure, HomePart
from unionoffice.periods import Period
from welfare.facts import by_month
from welfare.queries import visits_visible_to


def home_part(user: User, today: date, period: Period) -> HomePart:
    """慰问 so far, with its money and its months; a group leader sees those of the own group."""
    if not user.has_perm("welfare.view_visits"):
        return HomePart()
    months = by_month(period, visits_visible_to(user))
    bars = tuple(
        None if month > (today.year, today.month) else count
        for month, count in zip(period.months(), months.counts, strict=True)
    )
    return HomePart(figures=(HomeFigure("慰问", months.visits, months.money, bars),))
