"""As whom an administrator looks at the pages: a role, and where it is one of a place, which. Kept
in the session, until a time that the audit chain knows: a browser that is closed writes no end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from unionoffice.roles import Role

KEY = "see_as"  # in the session
LONGEST = timedelta(hours=1)


@dataclass(frozen=True)
class SeenAs:
    """`place` is the primary key of the group or department whose role it is."""

    role: Role
    until: datetime
    place: int | None = None
    place_name: str = ""

    @property
    def label(self) -> str:
        """工会主席; 第三工会小组的工会小组长."""
        return f"{self.place_name}的{self.role.label}" if self.place_name else self.role.label

    @property
    def over(self) -> bool:
        return timezone.now() >= self.until

    @property
    def stored(self) -> dict:
        """For the session."""
        return {
            "role": self.role.value,
            "until": self.until.isoformat(),
            "place": self.place,
            "place_name": self.place_name,
        }


def seen_as(role: Role, place: int | None = None, place_name: str = "") -> SeenAs:
    """From now on, for as long as one may."""
    return SeenAs(role, timezone.now() + LONGEST, place, place_name)


def read_seen_as(session: Mapping) -> SeenAs | None:
    """What the session holds; None when nothing is kept there that can be read."""
    kept = session.get(KEY)
    try:
        role, until = Role(kept["role"]), datetime.fromisoformat(kept["until"])
        return SeenAs(role, until, kept["place"], kept["place_name"])
    except (TypeError, KeyError, ValueError):
        return None
