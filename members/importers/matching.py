"""Who of the roster a row is about: by 工号, else by name with birth or phone, else by a name that
stands only once on both sides. In doubt the row is held back and says why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from members.folding import number_key
from members.importers.choices import LEAVE, NEW
from members.importers.known import KnownRoster
from members.roster_reader import RosterRow
from members.rules import compatible
from unionoffice.periods import Precision


@dataclass(frozen=True, slots=True)
class Match:
    """`person` is None for someone new; with a `doubt`, the row must wait until the office says
    which of `candidates` it is, or someone new, if it `may_be_new`. `owner`: whose 工号 the row has,
    which nobody else can have as well."""

    person: dict | None = None
    doubt: str = ""
    warning: str = ""
    candidates: tuple[dict, ...] = ()
    may_be_new: bool = True
    owner: dict | None = None


NOBODY = Match()


class Matcher:
    def __init__(self, known: KnownRoster, rows: tuple[RosterRow, ...]):
        self.known = known
        self.names = Counter(row.name for row in rows)
        self.numbers = {number_key(row.staff_no) for row in rows}
        self.seen: dict[int, RosterRow] = {}

    def match(self, row: RosterRow, choice: str = "") -> Match:
        """Rows must come in the file's order: a second row about the same person is in doubt.
        One that is left out is about nobody."""
        match = self._by_number(row) if row.staff_no else self._by_name(row)
        if choice == LEAVE:
            return match
        match = _decided(match, choice)
        if match.person is None:
            return match
        earlier = self.seen.setdefault(match.person["pk"], row)
        return match if earlier is row else self._again(row, earlier, match, choice)

    def _again(self, row: RosterRow, earlier: RosterRow, match: Match, choice: str) -> Match:
        number = number_key(row.staff_no) in self.known.by_number
        doubt = f"和第 {earlier.row} 行说的是同一个人，只留一行就能导入。"
        return _decided(Match(doubt=doubt, may_be_new=not number), choice)

    def _by_number(self, row: RosterRow) -> Match:
        person = self.known.by_number.get(number_key(row.staff_no))
        if person is None:
            return self._new_number(row)
        if person["name"] != row.name:
            return Match(
                doubt=f"工号 {row.staff_no} 在名册里是{person['name']}，名字对不上。"
                "核对工号；改了名的话，选这个人。",
                candidates=(person, *self.known.by_name.get(row.name, ())),
                owner=person,
            )
        return Match(person, may_be_new=False)

    def _new_number(self, row: RosterRow) -> Match:
        """A 工号 that nobody has: someone whose 工号 was not known yet, or someone new."""
        namesakes = self.known.by_name.get(row.name, ())
        without = [p for p in namesakes if not p["staff_no"]]
        if without:
            match = self._among(row, without)
            if match.person or match.doubt:
                return match
        for person in namesakes:
            if person["staff_no"] and _same_day(row, person):
                return Match(
                    doubt=f"名册里的{row.name}同一天出生，工号是 {person['staff_no']}。"
                    "选是不是同一个人。",
                    candidates=tuple(namesakes),
                )
        if self._put_down_by_hand(row, namesakes):
            number = namesakes[0]["staff_no"]
            return Match(
                namesakes[0], warning=f"名册里的{row.name}工号记的是 {number}，改成表里的。"
            )
        return _another(row, namesakes) if namesakes else NOBODY

    def _put_down_by_hand(self, row: RosterRow, namesakes: list[dict]) -> bool:
        """Until a roster has landed, the 工号 of the few who are there is what somebody typed; the
        first-run page takes any word to log in with."""
        only = self.known.is_first and len(namesakes) == 1 and self.names[row.name] == 1
        if not only or number_key(namesakes[0]["staff_no"] or "") in self.numbers:
            return False
        return _may_be(row, namesakes[0])

    def _by_name(self, row: RosterRow) -> Match:
        namesakes = self.known.by_name.get(row.name, ())
        return self._among(row, namesakes) if namesakes else NOBODY

    def _among(self, row: RosterRow, namesakes: list[dict]) -> Match:
        possible = [p for p in namesakes if _may_be(row, p)]
        sure = [p for p in possible if _agree(row, p)]
        if len(sure) == 1:
            return Match(sure[0])
        if not possible:
            return _another(row, namesakes)
        if len(possible) == 1 and self.names[row.name] == 1:
            return Match(possible[0])
        doubt = _several(row, len(possible), self.names[row.name])
        return Match(doubt=doubt, candidates=tuple(namesakes))


def _another(row: RosterRow, namesakes: Iterable[dict]) -> Match:
    warning = f"名册里已有同名的{row.name}，按另一个人新增。"
    return Match(warning=warning, candidates=tuple(namesakes))


def _decided(match: Match, choice: str) -> Match:
    """With what the office chose: one of the candidates, or someone new. What it may not choose
    leaves the match as it is."""
    if choice == NEW and match.may_be_new:
        return replace(match, person=None, doubt="")
    person = next((p for p in match.candidates if str(p["pk"]) == choice), None)
    return replace(match, person=person, doubt="", warning="") if person else match


def _several(row: RosterRow, in_roster: int, in_file: int) -> str:
    if in_roster > 1:
        return f"名册里有 {in_roster} 位{row.name}，分不清是哪一位，选一位，或者在表里写上工号。"
    return (
        f"表里有 {in_file} 行{row.name}，分不清哪一行是名册里的那一位，选一位，或者在表里写上工号。"
    )


def _same_birth(row: RosterRow, person: dict) -> bool | None:
    """None when one side does not know."""
    if row.birth is None or person["birth"] is None:
        return None
    return compatible(row.birth, row.birth_precision, person["birth"], person["birth_precision"])


def _same_day(row: RosterRow, person: dict) -> bool:
    precise = row.birth_precision == person["birth_precision"] == Precision.DAY
    return precise and bool(_same_birth(row, person))


def _may_be(row: RosterRow, person: dict) -> bool:
    return _same_birth(row, person) is not False


def _agree(row: RosterRow, person: dict) -> bool:
    same_phone = bool(row.phone) and row.phone == person["phone"]
    return same_phone or bool(_same_birth(row, person))
