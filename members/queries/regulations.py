"""制度: in force, abolished, to come."""

from datetime import date

from django.db.models import Q, QuerySet

from members.choices import RegulationTab
from members.models import Regulation, User
from members.models.history import on

FOUND_AT_ONCE = 8  # that the search box of the office offers


def regulations_visible_to(user: User) -> QuerySet[Regulation]:
    """Everyone who may open the page reads all of them, also the abolished ones."""
    return Regulation.objects.all()


def regulations_in(tab: str, day: date, text: str = "") -> QuerySet[Regulation]:
    """The rows of one tab, as it was on `day`, without their text; `text` is looked for in the
    name, the number and the text."""
    rows = Regulation.objects.filter(_standing(tab, day)).defer("text")
    if text:
        found = Q(title__icontains=text) | Q(document_number__icontains=text)
        rows = rows.filter(found | Q(text__icontains=text))
    return rows


def _standing(tab: str, day: date) -> Q:
    return {
        RegulationTab.IN_FORCE: on(day),
        RegulationTab.ABOLISHED: Q(end__lt=day),
        RegulationTab.TO_COME: Q(start__gt=day),
        RegulationTab.ALL: Q(),
    }[RegulationTab(tab)]


def find_regulations(user: User, text: str) -> QuerySet[Regulation]:
    return regulations_visible_to(user).filter(title__icontains=text).defer("text")[:FOUND_AT_ONCE]
