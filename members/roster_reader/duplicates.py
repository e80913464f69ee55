"""Is a row the same person as one further up? Two people may well share a name."""

from collections.abc import Iterable
from dataclasses import replace

from members.folding import number_key
from members.roster_reader.reading import Rejection, RosterRow
from unionoffice.periods import Precision, iso_date


class Seen:
    """The people accepted so far in a file, by what tells them apart."""

    def __init__(self, several_sheets: bool):
        self.several_sheets = several_sheets
        self.by_name: dict[str, list[RosterRow]] = {}
        self.by_number: dict[str, RosterRow] = {}

    def admit(self, row: RosterRow) -> RosterRow | Rejection:
        """The row, with a warning when somebody has the same name; or its rejection."""
        namesakes = self.by_name.setdefault(row.name, [])
        reason = self._reason(row, namesakes)
        if reason:
            return Rejection(row.sheet, row.row, row.name, reason)
        unsure = [other for other in namesakes if _certainly_another(row, other) is False]
        if unsure:
            warning = f"与{self._place(row, unsure[0])}同名，核对是不是两个人"
            row = replace(row, warnings=(*row.warnings, warning))
        namesakes.append(row)
        if row.staff_no:
            self.by_number[number_key(row.staff_no)] = row
        return row

    def _reason(self, row: RosterRow, namesakes: Iterable[RosterRow]) -> str:
        owner = self.by_number.get(number_key(row.staff_no))
        if owner and owner.name != row.name:
            return f"工号{row.staff_no}与{self._place(row, owner)}的{owner.name}相同"
        for other in namesakes:
            if same := what_makes_them_one(row, other):
                return f"与{self._place(row, other)}重复：{same}"
        return ""

    def _place(self, row: RosterRow, other: RosterRow) -> str:
        sheet = f"工作表“{other.sheet}”" if self.several_sheets and other.sheet != row.sheet else ""
        return f"{sheet}第{other.row}行"


def what_makes_them_one(row: RosterRow, other: RosterRow) -> str:
    """Why two rows of one name are one person; "" when they are two."""
    if row.staff_no and other.staff_no:
        return "姓名、工号相同" if _same_number(row, other) else ""
    if row.phone and row.phone == other.phone:
        return "姓名、手机相同"
    if _differ(row, other, "gender") or not _births_agree(row, other):
        return ""
    if _exact_birth(row) and _exact_birth(other):
        return "姓名、出生日期相同"
    if _differ(row, other, "phone") or _differ(row, other, "department"):
        return ""
    return "姓名相同，又没有别的能区分"


def _certainly_another(row: RosterRow, other: RosterRow) -> bool:
    """Different 工号, gender or birth; a different phone or department alone may be a change."""
    return (
        (row.staff_no and other.staff_no and not _same_number(row, other))
        or _differ(row, other, "gender")
        or not _births_agree(row, other)
    )


def _same_number(row: RosterRow, other: RosterRow) -> bool:
    return number_key(row.staff_no) == number_key(other.staff_no)


def _differ(row: RosterRow, other: RosterRow, field: str) -> bool:
    mine, theirs = getattr(row, field), getattr(other, field)
    return bool(mine and theirs and mine != theirs)


def _births_agree(row: RosterRow, other: RosterRow) -> bool:
    """As far as both are known: 1985-03 agrees with 1985-03-12, and an unknown one with any."""
    mine = iso_date(row.birth, row.birth_precision)
    theirs = iso_date(other.birth, other.birth_precision)
    return mine.startswith(theirs) or theirs.startswith(mine)


def _exact_birth(row: RosterRow) -> bool:
    return row.birth is not None and row.birth_precision == Precision.DAY
