"""A reading as JSON, whole, so that a preview can be confirmed later."""

from collections.abc import Collection
from datetime import date

from members.roster_reader import Rejection, RosterReading, RosterRow
from members.roster_reader.reading import DATE_FIELDS
from unionoffice.periods import Precision

PRECISION_BY_LENGTH = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
FIRST_DAY = "-01-01"


def reading_to_json(reading: RosterReading) -> dict:
    """The contract's JSON, with the sheet always named, the names of rejected rows and the words
    that were read as others."""
    return {
        **reading.as_json(),
        "accepted": [_stored(row) for row in reading.accepted],
        "rejected": [
            rejection.as_json(with_sheet=True) | {"name": rejection.name}
            for rejection in reading.rejected
        ],
        "reread": reading.reread,
    }


def _stored(row: RosterRow) -> dict:
    """With the private values, which are sealed."""
    private = {"private": dict(row.private)} if row.private else {}
    return row.as_json(with_sheet=True) | private


def without_private(stored: dict, fields: Collection[str]) -> dict:
    """A stored reading that holds nothing of these private fields any more."""
    rows = [
        row | {"private": {f: v for f, v in row.get("private", {}).items() if f not in fields}}
        for row in stored["accepted"]
    ]
    return stored | {"accepted": rows}


def without_people(stored: dict) -> dict:
    """A stored reading once it has landed: only the rows that were not taken, with their reasons."""
    return stored | {"accepted": []}


def reading_from_json(stored: dict) -> RosterReading:
    return RosterReading(
        accepted=tuple(_row(values) for values in stored["accepted"]),
        rejected=tuple(Rejection(**values) for values in stored["rejected"]),
        columns=stored["columns"],
        ignored_columns=tuple(stored["ignored_columns"]),
        warnings=tuple(stored["warnings"]),
        reread=stored.get("reread", {}),
    )


def _row(values: dict) -> RosterRow:
    values = values | {
        "warnings": tuple(values["warnings"]),
        "private": tuple(values.get("private", {}).items()),
    }
    for field in DATE_FIELDS:
        if text := values.get(field):
            values[field] = date.fromisoformat(text + FIRST_DAY[len(text) - 4 :])
            values[f"{field}_precision"] = PRECISION_BY_LENGTH[len(text)]
    return RosterRow(**values)
