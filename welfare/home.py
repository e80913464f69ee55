"""What the visits put on the home page."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from members.models import User
from unionoffice.home import DateAhead, HomeFigure, HomePart
from unionoffice.periods import Period
from welfare.facts import Months, by_month
from welfare.queries import sees_everyone, visits_visible_to


def home_part(user: User, today: date, period: Period) -> HomePart:
    """慰问 so far, with its money and its months; a group leader sees those of the own group."""
    if not user.has_perm("welfare.view_visits"):
        return HomePart()
    months = by_month(period, None if sees_everyone(user) else visits_visible_to(user))
    bars = tuple(
        None if month > (today.year, today.month) else count
        for month, count in zip(period.months(), months.counts, strict=True)
    )
    figure = HomeFigure("慰问", months.visits, months.money, bars)
    return HomePart(figures=(figure,), dates=tuple(_joys(months, user, today)))


def _joys(months: Months, user: User, today: date) -> Iterator[DateAhead]:
    """How many married or had a child this month, without their names: who wants those opens the
    list, which leaves its trace."""
    this = (today.year, today.month)
    counts = {"新婚": months.weddings.get(this), "生育": months.births.get(this)}
    told = "，".join(f"{count} 人{word}" for word, count in counts.items() if count)
    if told and user.has_perm("members.view_forecasts"):
        month = Period.month(*this)
        query = urlencode({"tab": "joys", "period": month.code})
        yield DateAhead(today, f"这个月 {told}", f"{reverse('members:milestone_list')}?{query}")
