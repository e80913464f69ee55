"""What the office decided about the rows of an import, kept with it between two looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LEAVE = "leave"  # the row changes nothing
NEW = "new"  # someone whom the roster does not have; a group that it does not have


@dataclass(frozen=True)
class Choices:
    """`rows`: place among the accepted → LEAVE, NEW or the key of the person that it is.
    `groups`, `departments`: a name in the file → the one that it means, or NEW.
    `kept`: the fields that stay as they are for everyone."""

    rows: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()

    def as_json(self) -> dict:
        rows = {str(place): choice for place, choice in sorted(self.rows.items())}
        return {
            "rows": rows,
            "groups": dict(self.groups),
            "departments": dict(self.departments),
            "kept": sorted(self.kept),
        }

    def meant(self, field: str) -> Mapping[str, str]:
        return self.groups if field == "group" else self.departments


NONE = Choices()


def choices_from_json(stored: dict) -> Choices:
    return Choices(
        rows={int(place): choice for place, choice in stored.get("rows", {}).items()},
        groups=stored.get("groups", {}),
        departments=stored.get("departments", {}),
        kept=frozenset(stored.get("kept", ())),
    )


@dataclass(frozen=True)
class Posted:
    """What came back from the page: "" takes a choice back. `every`: (fate, choice) for all rows
    of one fate, where a button said so."""

    rows: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()  # the fields that had a box
    taken: frozenset[str] = frozenset()  # … and those whose box was ticked
    every: tuple[str, str] | None = None


def merged(old: Choices, new: Posted) -> Choices:
    return Choices(
        rows=_said({**old.rows, **new.rows}),
        groups=_said({**old.groups, **new.groups}),
        departments=_said({**old.departments, **new.departments}),
        kept=(old.kept - new.shown) | (new.shown - new.taken),
    )


def _said(choices: dict) -> dict:
    return {about: said for about, said in choices.items() if said}
