"""What the union's money puts on the home page."""

from datetime import date

from funds.facts import money_facts
from funds.queries import money_of_led
from members.models import User
from unionoffice.home import HomeFigure, HomePart
from unionoffice.periods import Period


def home_part(user: User, today: date, period: Period) -> HomePart:
    """For someone who leads a group: what it has left."""
    if not user.has_perm("funds.view_allotments"):
        return HomePart()
    figures = []
    for money in money_of_led(user, period):
        left, allotted = money_facts(money)
        figures.append(HomeFigure(f"{money.group}经费{left.label}", left, allotted))
    return HomePart(figures=tuple(figures))
