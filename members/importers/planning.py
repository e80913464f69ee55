"""The rules of an import: what each row changes. An empty cell never clears anything."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from members.choices import Contract, EmploymentStatus, Gender, MembershipStatus, RowFate
from members.folding import number_key
from members.importers.choices import LEAVE, NEW, NONE, Choices
from members.importers.known import KnownRoster
from members.importers.likeness import meant
from members.importers.matching import Match, Matcher
from members.importers.plan import Change, NameQuestion, Offer, RosterPlan, RowPlan
from members.names import unread
from members.private import seals_the_same
from members.roster_reader import RosterReading, RosterRow
from members.rules import KNOWN_OF, compatible
from unionoffice.numerals import chinese_number
from unionoffice.periods import Precision, iso_date

GENDERS = {"男": Gender.MALE.value, "女": Gender.FEMALE.value, "": ""}
CONTRACTS = {label: value for value, label in Contract.choices} | {"": ""}
ANSWERS = {"是": True, "否": False, "": None}
PLAIN_FIELDS = (
    "staff_no",
    "phone",
    "ethnicity",
    "party",
    "title",
    "post",
    "campus",
    "education",
    "retirement_line",
    "card_no",
    "hobbies",
    "area",
    "note",
)
NAMED = ("group", "department")
DATE_FIELDS = ("birth", "work_began", "arrived")
# What the file says of someone's work → 在岗情况, and the 会籍 that goes with it.
STATUSES = {
    "在职": (EmploymentStatus.WORKING, MembershipStatus.ACTIVE),
    "内退": (EmploymentStatus.EARLY_RETIRED, MembershipStatus.ACTIVE),
    "退休": (EmploymentStatus.RETIRED, MembershipStatus.RETAINED),
    "离休": (EmploymentStatus.RETIRED_CADRE, MembershipStatus.RETAINED),
    "调出": (EmploymentStatus.LEFT, None),
    "": (None, MembershipStatus.ACTIVE),
}
# … of someone new: where nobody says otherwise, who stands in a roster works here
NEW_AS = STATUSES | {"": STATUSES["在职"]}
NUMBERED = re.compile(r"第([一二三四五六七八九十]+|\d+)")
LAST = 100
NUMBERS = {word: n for n in range(1, LAST) for word in (chinese_number(n), str(n))}
BEGINS_TOO_LATE = (
    "入会时间写的是今天，会籍又从今天起变，两样对不上。把入会时间改对或者空着，就能导入。"
)


def plan_roster(reading: RosterReading, known: KnownRoster, choices: Choices = NONE) -> RosterPlan:
    """What importing `reading` into `known` would do, as the office chose. The same for the preview
    and the landing."""
    planner = _Planner(reading, known, choices)
    rows = [planner.plan(place, row) for place, row in enumerate(reading.accepted)]
    landing = [plan for plan in rows if plan.fate in (RowFate.NEW, RowFate.CHANGED)]
    new = [plan.row for plan in landing if plan.fate == RowFate.NEW]
    return RosterPlan(
        rows=rows,
        rejected=reading.rejected,
        new_groups=_numbered(_missing((plan.row.group for plan in landing), known.groups)),
        new_departments=_missing((plan.row.department for plan in landing), known.departments),
        absent=_absent(rows, known),
        active_gain=sum(map(_active_gain, landing)),
        begin=known.begin,
        undated=sum(not row.joined and bool(NEW_AS[row.status][1]) for row in new),
        unsaid=sum(not row.status for row in new),
        questions=planner.questions(),
        choices=choices,
    )


class _Planner:
    def __init__(self, reading: RosterReading, known: KnownRoster, choices: Choices):
        self.known, self.choices = known, choices
        self.matcher = Matcher(known, reading.accepted)
        self.said = {f: Counter(getattr(row, f) for row in reading.accepted) for f in NAMED}
        existing = {"group": known.groups, "department": known.departments}
        self.likes = {f: meant(f, self.said[f], existing[f]) for f in NAMED}

    def plan(self, place: int, row: RosterRow) -> RowPlan:
        choice = self.choices.rows.get(place, "")
        match = self.matcher.match(row, choice)
        plan = self._plan(row, match, choice)
        plan.place, plan.choice = place, choice
        plan.offers = _offers(match, plan, self.known)
        return plan

    def _plan(self, row: RosterRow, match: Match, choice: str) -> RowPlan:
        warnings = (*row.warnings, match.warning) if match.warning else row.warnings
        if choice == LEAVE:
            return RowPlan(row, RowFate.SKIPPED, match.person and match.person["pk"])
        if match.doubt:
            return RowPlan(row, RowFate.HELD, reason=match.doubt, warnings=row.warnings)
        doubt = "".join(self._doubt(row, field) for field in NAMED)
        if doubt:
            return RowPlan(row, RowFate.HELD, reason=doubt, warnings=warnings)
        row = self._as_meant(row)
        if match.owner and match.person is not match.owner:
            warnings = (*warnings, f"工号 {row.staff_no} 是{match.owner['name']}的，没有导入。")
            row = replace(row, staff_no="")
        if match.person is None:
            if rare := unread(row.name):
                warnings = (*warnings, f"“{rare}”查不到读音，导入后在这个人的资料里写上拼音。")
            return RowPlan(row, RowFate.NEW, warnings=warnings)
        return self._changing(row, match.person, warnings)

    def _changing(self, row: RosterRow, person: dict, warnings: tuple[str, ...]) -> RowPlan:
        wanted = tuple(_changes(row, person, self.known))
        changes = tuple(change for change in wanted if change.kind not in self.choices.kept)
        kept = tuple(change for change in wanted if change.kind in self.choices.kept)
        if _contradict(changes, self.known.today):
            return RowPlan(row, RowFate.HELD, reason=BEGINS_TOO_LATE, warnings=row.warnings)
        fate = RowFate.CHANGED if changes else RowFate.SKIPPED if kept else RowFate.SAME
        return RowPlan(row, fate, person["pk"], changes, warnings=warnings, kept=kept)

    def _doubt(self, row: RosterRow, field: str) -> str:
        """Whether the row's group or department is one that is spelt otherwise, while nobody said."""
        name = getattr(row, field)
        like = self.likes[field].get(name)
        if not like or self.choices.meant(field).get(name) in (like, NEW):
            return ""
        return f"没有“{name}”，是不是“{like}”？在上面选。"

    def _as_meant(self, row: RosterRow) -> RosterRow:
        """The row with the group and department that it means."""
        for field in NAMED:
            name = getattr(row, field)
            like = self.likes[field].get(name)
            if like and self.choices.meant(field).get(name) == like:
                row = replace(row, **{field: like})
        return row

    def questions(self) -> tuple[NameQuestion, ...]:
        return tuple(
            NameQuestion(
                field, name, like, self.said[field][name], self.choices.meant(field).get(name, "")
            )
            for field in NAMED
            for name, like in sorted(self.likes[field].items())
        )


def _offers(match: Match, plan: RowPlan, known: KnownRoster) -> tuple[Offer, ...]:
    """What the office can choose for a row: nothing where nothing happens anyway."""
    if match.candidates or match.doubt or (plan.choice and plan.choice != LEAVE):
        first = "先放着" if match.doubt or plan.fate == RowFate.HELD else _usual(match)
        people = (Offer(str(p["pk"]), f"是{_told(p, known)}") for p in match.candidates)
        other = "是新的人，工号不导" if match.owner else "是另外一位，新增"
        new = (Offer(NEW, other),) if match.may_be_new else ()
        return (Offer("", first), *people, *new, Offer(LEAVE, "不导这一行"))
    if plan.fate == RowFate.SAME or (plan.fate == RowFate.SKIPPED and not plan.choice):
        return ()
    first = "先放着" if plan.fate == RowFate.HELD else _usual(match)
    return (Offer("", first), Offer(LEAVE, "不导这一行"))


def _usual(match: Match) -> str:
    return "照表更新" if match.person else "新增"


def _told(person: dict, known: KnownRoster) -> str:
    """Enough to tell one from another: 李文静（语文组，1986-04 出生，工号 1001）."""
    unit = known.departments_of.get(person["pk"])
    parts = (
        unit and unit["department__name"],
        person["birth"] and f"{iso_date(person['birth'], person['birth_precision'])} 出生",
        person["staff_no"] and f"工号 {person['staff_no']}",
        person["phone"] and f"手机尾号 {person['phone'][-4:]}",
    )
    told = "，".join(part for part in parts if part)
    return f"{person['name']}（{told}）" if told else person["name"]


def _contradict(changes: tuple[Change, ...], today: date) -> bool:
    """A 会籍 that is to begin and to change on one day would have held on none."""
    fields = {change.field: change for change in changes}
    return "status" in fields and "joined" in fields and fields["joined"].new[0] >= today


def _missing(names, existing: dict[str, int]) -> tuple[str, ...]:
    """In the order in which the file names them."""
    return tuple(name for name in dict.fromkeys(names) if name and name not in existing)


def _numbered(groups: tuple[str, ...]) -> tuple[str, ...]:
    """第一小组 before 第二小组; those without a number keep their order, at the end."""
    matches = {name: NUMBERED.match(name) for name in groups}
    return tuple(
        sorted(groups, key=lambda name: NUMBERS.get(matches[name] and matches[name][1], LAST))
    )


def _absent(rows: list[RowPlan], known: KnownRoster) -> tuple[str, ...]:
    named = {plan.row.name for plan in rows if plan.fate == RowFate.HELD}
    found = {plan.member for plan in rows}
    names = (known.people[pk]["name"] for pk in known.memberships if pk not in found)
    return tuple(name for name in names if name not in named)


def _active_gain(plan: RowPlan) -> int:
    if plan.fate == RowFate.NEW:
        return NEW_AS[plan.row.status][1] == MembershipStatus.ACTIVE
    return sum(
        (c.new == MembershipStatus.ACTIVE) - (c.old == MembershipStatus.ACTIVE)
        for c in plan.changes
        if c.field == "status"
    )


def _changes(row: RosterRow, person: dict, known: KnownRoster) -> Iterator[Change]:
    """In the order in which the preview tells them: what weighs most comes first."""
    pk = person["pk"]
    yield from _plain_change("name", row.name, person["name"])
    yield from _status_changes(row, pk, known)
    yield from _place_change("group", row.group, known.groups_of.get(pk))
    yield from _place_change("department", row.department, known.departments_of.get(pk))
    yield from _plain_change("gender", GENDERS[row.gender], person["gender"])
    yield from _plain_change("contract", CONTRACTS[row.contract], person["contract"])
    if row.is_teacher and ANSWERS[row.is_teacher] != person["is_teacher"]:
        yield Change("is_teacher", person["is_teacher"], ANSWERS[row.is_teacher])
    for name in DATE_FIELDS:
        new = getattr(row, name), getattr(row, f"{name}_precision")
        if new[0]:
            yield from _date_change(name, new, (person[name], person[f"{name}_precision"]))
    for name in PLAIN_FIELDS:
        if name == "staff_no" and number_key(row.staff_no) == number_key(person[name] or ""):
            continue
        yield from _plain_change(name, getattr(row, name), person[name])
    for name, sealed in row.private:
        old = known.private.get(pk, {}).get(name)
        if old is None or not seals_the_same(sealed, old):
            yield Change(name, old, sealed)
    first = known.first_memberships.get(pk)
    if row.joined and first and (first["end"] is None or row.joined <= first["end"]):
        reckoned = first["start_precision"] == Precision.UNKNOWN
        old = (None if reckoned else first["start"], first["start_precision"])
        yield from _date_change("joined", (row.joined, row.joined_precision), old)


def _plain_change(name: str, new: str, old: str | None) -> Iterator[Change]:
    if new and new != old:
        yield Change(name, old, new)


def _place_change(name: str, new: str, row: dict | None) -> Iterator[Change]:
    yield from _plain_change(name, new, row and row[f"{name}__name"])


def _date_change(name: str, new: tuple, old: tuple) -> Iterator[Change]:
    """A date that says less than the known one, but nothing else, changes nothing."""
    if old[0] is None:
        yield Change(name, None, new)
    elif not compatible(*new, *old) or _length(new) > _length(old):
        yield Change(name, old, new)


def _length(partial: tuple) -> int:
    return KNOWN_OF.get(Precision(partial[1]), 10)


def _status_changes(row: RosterRow, pk: int, known: KnownRoster) -> Iterator[Change]:
    """The 会籍 follows the work only where the work changes: who keeps or lost it otherwise was
    decided by the committee, not by a file."""
    employment, status = STATUSES[row.status]
    now = known.employments.get(pk)
    worked_as = now and now["status"]
    changed = bool(employment) and employment != worked_as
    if changed:
        yield Change("employment", worked_as, employment.value)
    enrolled = known.memberships.get(pk)
    is_member = enrolled["status"] if enrolled else None
    never = pk not in known.first_memberships
    back = worked_as == EmploymentStatus.LEFT
    applies = never or (changed and (enrolled is not None or back))
    if applies and status != is_member:
        yield Change("status", is_member, status and status.value)
