"""The home page gathers what the apps give, and sorts it by when it is due."""

from datetime import date

import pytest

from unionoffice import home
from unionoffice.facts import Fact
from unionoffice.home import DateAhead, HomeFigure, HomePart, Todo, grouped, home_of
from unionoffice.periods import Period

WEDNESDAY = date(2026, 3, 11)
PARTS = {}


def activities_part(user, today, period):
    return PARTS["activities"]


def welfare_part(user, today, period):
    return PARTS["welfare"]


def todo(title: str, due: date) -> Todo:
    return Todo("慰问", title, "", "/", due, "去办", "/")


@pytest.fixture
def parts(monkeypatch):
    """Two apps whose parts a test sets."""
    names = ("activities_part", "welfare_part")
    monkeypatch.setattr(home, "PARTS", tuple(f"{__name__}.{name}" for name in names))
    monkeypatch.setattr(home, "import_string", lambda path: globals()[path.rsplit(".")[-1]])
    PARTS.update(activities=HomePart(), welfare=HomePart())
    return PARTS


def test_todos_stand_under_when_they_are_due():
    due = {
        "逾期": date(2026, 3, 1),
        "今天": date(2026, 3, 11),
        "周日": date(2026, 3, 15),
        "下周一": date(2026, 3, 16),
        "月底": date(2026, 3, 31),
        "四月": date(2026, 4, 1),
    }
    groups = grouped([todo(title, day) for title, day in due.items()], WEDNESDAY)
    assert [(g.heading, [t.title for t in g.todos]) for g in groups] == [
        ("今天", ["逾期", "今天"]),
        ("这一周", ["周日"]),
        ("这个月", ["下周一", "月底"]),
        ("以后", ["四月"]),
    ]


def test_a_group_with_nothing_in_it_is_not_shown():
    assert [g.heading for g in grouped([todo("四月", date(2026, 4, 1))], WEDNESDAY)] == ["以后"]
    assert grouped([], WEDNESDAY) == []


def test_home_sorts_the_todos_of_all_apps_by_due_date_and_counts_those_for_today(parts):
    parts["activities"] = HomePart(todos=(todo("丙", date(2026, 3, 20)), todo("乙", WEDNESDAY)))
    parts["welfare"] = HomePart(todos=(todo("甲", date(2026, 3, 2)),))
    found = home_of(None, WEDNESDAY, Period.year(2026))
    assert [t.title for g in found.todo_groups for t in g.todos] == ["甲", "乙", "丙"]
    assert found.due_today == 2


def test_home_keeps_the_order_of_the_apps_for_figures_and_sorts_the_dates_ahead(parts):
    fact = Fact("welfare.visits", "慰问", 3, "人次", "/")
    figures = [HomeFigure("活动", fact), HomeFigure("慰问", fact)]
    dates = [
        DateAhead(date(2026, 5, 1), "劳动节", "/"),
        DateAhead(date(2026, 3, 12), "植树节", "/"),
    ]
    parts["activities"] = HomePart(figures=(figures[0],), dates=(dates[0],))
    parts["welfare"] = HomePart(figures=(figures[1],), dates=(dates[1],))
    found = home_of(None, WEDNESDAY, Period.year(2026))
    assert found.figures == figures
    assert [ahead.text for ahead in found.dates] == ["植树节", "劳动节"]
