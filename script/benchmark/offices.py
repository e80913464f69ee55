"""Sample offices of two sizes, each in its own SQLite file, and which of them is open."""

from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from unionoffice import sample


@dataclass(frozen=True)
class Sizes:
    """Numbers of members."""

    small: int
    large: int


def open_office(room: Path, members: int) -> None:
    """Point Django at the office with that many members; it is made the first time."""
    path = room / f"{members}.sqlite3"
    made = path.exists()
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    if not made:
        call_command("migrate", verbosity=0)
        if members:
            sample.load(today=timezone.localdate(), members=members)
