"""What the office decided about the rows of an import, kept with it between two looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LEAVE = "leave"  # the row changes nothing
NEW = "new"  # someone whom the roster does not have; a group that it does not have


@dataclass(frozen=True)
class Choices:
    """`rows`: place among the accepted → LEAVE, NEW or the key of the person that it is.
    `groups`: a group in the file → the one in the roster that it means, or NEW.
    `kept`: the fields that stay as they are for everyone."""

    rows: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()

    def as_json(self) -> dict:
        rows = {str(place): choice for place, choice in sorted(self.rows.items())}
        return {"rows": rows, "groups": dict(self.groups), "kept": sorted(self.kept)}


NONE = Choices()


def choices_from_json(stored: dict) -> Choices:
    return Choices(
        rows={int(place): choice for place, choice in stored.get("rows", {}).items()},
        groups=stored.get("groups", {}),
        kept=frozenset(stored.get("kept", ())),
    )


@dataclass(frozen=True)
class Posted:
    """What came back from the page: "" takes a choice back. `every`: (fate, choice) for all rows
    of one fate, where a button said so."""

    rows: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()  # the fields that had a box
    taken: frozenset[str] = frozenset()  # … and those whose box was ticked
    every: tuple[str, str] | None = None


def merged(old: Choices, new: Posted) -> Choices:
    return Choices(
        rows={place: said for place, said in {**old.rows, **new.rows}.items() if said},
        groups={name: said for name, said in {**old.groups, **new.groups}.items() if said},
        kept=(old.kept - new.shown) | (new.shown - new.taken),
    )
