"""Honours and selections for tests: small functions with the field's own defaults."""

from datetime import date
from itertools import count

from activities.actions.honours import record_honours
from activities.actions.selections import (
    choose_nominees,
    conclude_selection,
    move_selection,
    nominate,
    publish_selection,
    start_selection,
    submit_selection,
)
from activities.choices import HolderKind, Level
from activities.models import Honour, Nominee, Selection
from members.models import Member, UnionGroup
from tests.factories.members import make_member, make_user
from unionoffice.roles import Role

numbers = count(1)
UNION = "示例市教育工会"


def make_honour(
    whose=None, day: str = "2026-09-10", title: str = "", *, by=None, **values
) -> Honour:
    """Of a person (a new one), a group, a team by its name, or `holder=` the union or the school."""
    values = {"level": Level.CITY, "awarding_body": UNION} | values
    if "holder" not in values:
        whose = whose or make_member()
        kinds = {Member: HolderKind.MEMBER, UnionGroup: HolderKind.GROUP, str: HolderKind.TEAM}
        values["holder"] = kinds[type(whose)]
        values[values["holder"].value] = whose
    honour = Honour(
        title=title or f"示例荣誉{next(numbers)}", day=date.fromisoformat(day), **values
    )
    return record_honours(honours=[honour], by=by or make_user(Role.CHAIR))[0]


def make_selection(title: str = "", *, by=None, quotas=(), **values) -> Selection:
    values = {
        "level": Level.CITY,
        "awarding_body": UNION,
        "started_on": date(2026, 6, 1),
    } | values
    selection = Selection(title=title or f"示例评选{next(numbers)}", **values)
    return start_selection(selection=selection, by=by or make_user(Role.CHAIR), quotas=quotas)


def make_nominee(selection: Selection, whose=None, *, by=None, chosen: bool = False) -> Nominee:
    whose = whose or make_member()
    values = {"member" if isinstance(whose, Member) else "group": whose}
    by = by or make_user(Role.CHAIR)
    nominee = nominate(nominee=Nominee(selection=selection, **values), by=by)
    if chosen:
        kept = selection.nominees.filter(state="chosen").values_list("pk", flat=True)
        choose_nominees(selection=selection, chosen=[*kept, nominee.pk], by=by)
    return nominee


def selection_at(state: str, chair) -> Selection:
    """A selection with one who is put forward and one who is not, in that state."""
    selection = make_selection(by=chair)
    make_nominee(selection, make_member("王芳"), by=chair, chosen=True)
    make_nominee(selection, make_member("李静"), by=chair)
    steps = {
        "public": lambda: publish_selection(
            selection=selection,
            public_from=date(2026, 6, 8),
            public_until=date(2026, 6, 12),
            by=chair,
        ),
        "submitted": lambda: submit_selection(
            selection=selection, submitted_on=date(2026, 6, 15), by=chair
        ),
        "concluded": lambda: conclude_selection(
            selection=selection,
            awarded=selection.nominees.filter(state="chosen").values_list("pk", flat=True),
            honour=Honour(day=date(2026, 9, 1), precision="month", document_number="7号"),
            by=chair,
        ),
    }
    if state == "dropped":
        move_selection(selection=selection, move="drop", reason="上级停评", by=chair)
    elif state != "open":
        for step in list(steps)[: list(steps).index(state) + 1]:
            steps[step]()
    selection.refresh_from_db()
    return selection


def states(selection: Selection) -> tuple:
    """Of the selection, and of each of its nominees."""
    selection.refresh_from_db()
    nominees = selection.nominees.order_by("pk").values_list("state", flat=True)
    return selection.state, list(nominees)
