"""A reading as JSON, whole, so that a preview can be confirmed later."""

from datetime import date

from members.roster_reader import Rejection, RosterReading, RosterRow
from members.roster_reader.reading import DATE_FIELDS
from unionoffice.periods import Precision

PRECISION_BY_LENGTH = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
FIRST_DAY = "-01-01"


def reading_to_json(reading: RosterReading) -> dict:
    """The contract's JSON, with the sheet always named and the names of rejected rows."""
    return {
        **reading.as_json(),
        "accepted": [row.as_json(with_sheet=True) for row in reading.accepted],
        "rejected": [
            rejection.as_json(with_sheet=True) | {"name": rejection.name}
            for rejection in reading.rejected
        ],
    }


def reading_from_json(stored: dict) -> RosterReading:
    return RosterReading(
        accepted=tuple(_row(values) for values in stored["accepted"]),
        rejected=tuple(Rejection(**values) for values in stored["rejected"]),
        columns=stored["columns"],
        ignored_columns=tuple(stored["ignored_columns"]),
        warnings=tuple(stored["warnings"]),
    )


def _row(values: dict) -> RosterRow:
    values = values | {"warnings": tuple(values["warnings"])}
    for field in DATE_FIELDS:
        if text := values.get(field):
            values[field] = date.fromisoformat(text + FIRST_DAY[len(text) - 4 :])
            values[f"{field}_precision"] = PRECISION_BY_LENGTH[len(text)]
    return RosterRow(**values)
