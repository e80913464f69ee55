"""What the roster puts on the home page."""

from datetime import date

from members.facts import active_fact, roster_totals, status_day
from members.models import User
from members.queries import with_whole_roster
from unionoffice.home import HomeFigure, HomePart
from unionoffice.periods import Period


def home_part(user: User, today: date, period: Period) -> HomePart:
    """How many 会员 there are, for those who may see the whole roster."""
    if not with_whole_roster(user):
        return HomePart()
    day = status_day(period, today)
    fact = active_fact(roster_totals(day), day)
    return HomePart(figures=(HomeFigure(fact.label, fact),))
