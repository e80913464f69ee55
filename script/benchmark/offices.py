"""Sample offices of two sizes, each in its own SQLite file, and which of them is open."""

import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from activities.models import Plan
from members.models import User
from tests.factories.full_year import make_full_year
from unionoffice import sample
from unionoffice.roles import Role


@dataclass(frozen=True)
class Sizes:
    """Numbers of members."""

    small: int
    large: int


@dataclass(frozen=True)
class Year:
    """How many of each a full year has."""

    activities: int
    participations: int
    photos: int


def chair_account() -> User:
    return User.objects.filter(member__offices__office=Role.CHAIR.value).first()


def open_office(room: Path, members: int) -> None:
    """Point Django at the office with that many members; it is made the first time."""
    made = _open(room / f"{members}.sqlite3")
    if not made:
        call_command("migrate", verbosity=0)
        if members:
            sample.load(today=timezone.localdate(), members=members)


def open_full_year(room: Path, members: int, year: Year) -> None:
    """The same office with a full year in its plan of this year."""
    open_office(room, members)
    connection.close()
    path = room / f"{members}-year.sqlite3"
    if not path.exists():
        shutil.copyfile(room / f"{members}.sqlite3", path)
        _open(path)
        this_year = timezone.localdate().year
        plan = Plan.objects.get(start=f"{this_year}-01-01")
        make_full_year(year=this_year, plan=plan, by=chair_account(), **asdict(year))
    _open(path)


def _open(path: Path) -> bool:
    """Whether it was there already."""
    made = path.exists()
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    return made
