"""What apps put beside a record, of an app below them as well. The apps answer, by name."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Model
from django.utils.module_loading import import_string

# kind of record -> what takes (record, user, day) and gives a Beside, or None
SOURCES = {
    "members.uniongroup": ("funds.beside.group_money",),
    "members.member": (
        "members.beside.member_assessments",
        "activities.beside.member_series",
        "activities.beside.member_honours",
        "activities.beside.member_attendance",
    ),
}


@dataclass(frozen=True)
class Beside:
    """A panel: sums of money with what each is, lines of a day and what was then; and where more of
    it stands."""

    title: str
    sums: tuple[tuple[str, Decimal], ...]
    url: str
    label: str
    note: str = ""
    lines: tuple[tuple[str, str], ...] = ()


def beside(record: Model, user, day: date) -> list[Beside]:
    """Only what `user` may see."""
    sources = SOURCES[record._meta.label_lower]
    found = (import_string(source)(record, user, day) for source in sources)
    return [panel for panel in found if panel]
