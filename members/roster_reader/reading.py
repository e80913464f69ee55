"""What came out of a roster: the people, the rows that are none, and how the columns were understood."""

from dataclasses import dataclass, field
from datetime import date

from unionoffice.periods import Precision, iso_date

TEXT_FIELDS = (
    "gender",
    "staff_no",
    "phone",
    "ethnicity",
    "party",
    "department",
    "group",
    "title",
    "post",
    "status",
    "campus",
    "is_teacher",
    "contract",
    "education",
    "retirement_line",
    "card_no",
    "hobbies",
    "area",
    "note",
)
DATE_FIELDS = ("birth", "joined", "work_began", "arrived")


@dataclass(frozen=True)
class RosterRow:
    """`row` counts as the spreadsheet shows it; "" and None mean that the file does not say.
    `private`: (private field, its value sealed), which no contract tells."""

    sheet: str
    row: int
    name: str
    gender: str = ""
    birth: date | None = None
    birth_precision: Precision = Precision.DAY
    staff_no: str = ""
    phone: str = ""
    ethnicity: str = ""
    party: str = ""
    department: str = ""
    group: str = ""
    title: str = ""
    post: str = ""
    status: str = ""
    joined: date | None = None
    joined_precision: Precision = Precision.DAY
    campus: str = ""
    is_teacher: str = ""
    contract: str = ""
    education: str = ""
    work_began: date | None = None
    work_began_precision: Precision = Precision.DAY
    arrived: date | None = None
    arrived_precision: Precision = Precision.DAY
    retirement_line: str = ""
    card_no: str = ""
    hobbies: str = ""
    area: str = ""
    note: str = ""
    private: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()

    def as_json(self, with_sheet: bool = False) -> dict:
        known = {name: getattr(self, name) for name in TEXT_FIELDS}
        for name in DATE_FIELDS:
            known[name] = iso_date(getattr(self, name), getattr(self, f"{name}_precision"))
        return {
            **({"sheet": self.sheet} if with_sheet else {}),
            "row": self.row,
            "name": self.name,
            **{name: value for name, value in known.items() if value},
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True)
class Rejection:
    sheet: str
    row: int
    name: str
    reason: str

    def as_json(self, with_sheet: bool = False) -> dict:
        place = {"sheet": self.sheet} if with_sheet else {}
        return {**place, "row": self.row, "reason": self.reason}


@dataclass(frozen=True)
class RosterReading:
    """`columns`: sheet → header text → field of RosterRow. A text file is a sheet named "".
    `reread`: what stands in the file → the usual word that it was taken for."""

    accepted: tuple[RosterRow, ...]
    rejected: tuple[Rejection, ...]
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    ignored_columns: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    reread: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict:
        """`sheet` is named only when more than one sheet holds people."""
        several = len({row.sheet for row in self.accepted}) > 1
        return {
            "accepted": [row.as_json(several) for row in self.accepted],
            "rejected": [rejection.as_json(several) for rejection in self.rejected],
            "columns": self.columns,
            "ignored_columns": list(self.ignored_columns),
            "warnings": list(self.warnings),
        }
