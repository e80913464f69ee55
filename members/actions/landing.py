"""Carrying out the plan of an import, in as few statements as the tables allow."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from members.actions.bulk import BATCH, Steps, insert_rows
from members.choices import RowFate
from members.importers import KnownRoster, RosterPlan, RowPlan
from members.importers.plan import PRIVATE
from members.importers.planning import ANSWERS, CONTRACTS, DATE_FIELDS, GENDERS, NEW_AS
from members.models import (
    Department,
    DepartmentAssignment,
    Employment,
    GroupAssignment,
    Member,
    Membership,
    UnionGroup,
)
from members.models.people import OWN_COLUMNS, SEARCH_KEYS
from members.names import search_keys
from members.roster_reader import RosterRow
from members.rules.ages import YOUNGEST_WORKER, age_on
from members.rules.starts import starts

MEMBER_COLUMNS = ("name", *SEARCH_KEYS, *OWN_COLUMNS)
NAME_COLUMNS = ("name", *SEARCH_KEYS)
# what a plan calls a value -> (the dated rows that hold it, their column)
DATED = {
    "status": (Membership, "status"),
    "employment": (Employment, "status"),
    "group": (GroupAssignment, "group_id"),
    "department": (DepartmentAssignment, "department_id"),
}

ELSEWHERE = {*DATED, "joined", *PRIVATE}  # what stands in other rows than the person's own


class Landing:
    """Writes and remembers what it wrote: `made` primary keys, `changed` old values, `removed`
    whole rows, each by model. The dated rows of people it made are theirs and not listed."""

    def __init__(self):
        self.made: dict[str, list[int]] = defaultdict(list)
        self.changed: dict[str, dict[int, dict]] = defaultdict(dict)
        self.removed: dict[str, list[dict]] = defaultdict(list)

    def make(self, model: type[models.Model], rows: Iterable[models.Model]) -> list:
        rows = model.objects.bulk_create(rows)
        self.made[model._meta.model_name] += [row.pk for row in rows]
        return rows

    def change(self, rows: list[models.Model], values: list[dict]) -> Steps[None]:
        """Give each row its new values; all rows are of one model."""
        if not rows:
            return
        model = type(rows[0])
        old = self.changed[model._meta.model_name]
        for row, new in zip(rows, values, strict=True):
            before = old.setdefault(row.pk, {})
            for field, value in new.items():
                before.setdefault(field, getattr(row, field))
                setattr(row, field, value)
        fields = sorted({field for new in values for field in new})
        for first in range(0, len(rows), BATCH):
            batch = rows[first : first + BATCH]
            model.objects.bulk_update(batch, fields)
            yield len(batch)

    def remove(self, rows: list[models.Model]) -> None:
        for row in rows:
            columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
            self.removed[row._meta.model_name].append(columns)
            row.delete()

    def as_json(self) -> dict:
        return {
            "made": dict(self.made),
            "changed": {name: list(rows.items()) for name, rows in self.changed.items()},
            "removed": dict(self.removed),
        }


@dataclass(frozen=True)
class Ground:
    """What new rows stand on: name → primary key, of those that were there and those just made;
    the day of the change; from when on what is new holds (KnownRoster.begin)."""

    groups: dict[str, int]
    departments: dict[str, int]
    today: date
    begin: date | None

    def begin_of(self, birth: date | None) -> date | None:
        """Of a child, which is a slip in the file, nothing begins in the future."""
        young = birth and age_on(self.today, birth) < YOUNGEST_WORKER
        return self.today if young else self.begin


def land_plan(plan: RosterPlan, known: KnownRoster) -> Steps[Landing]:
    """Write everything that `plan` says. What changes does so from today on."""
    landing = Landing()
    ground = Ground(
        known.groups | _make_named(UnionGroup, plan.new_groups, landing),
        known.departments | _make_named(Department, plan.new_departments, landing),
        known.today,
        plan.begin,
    )
    yield from _land_new([each.row for each in plan.of(RowFate.NEW)], ground, landing)
    changed = plan.of(RowFate.CHANGED)
    if changed:
        yield from _land_own_fields(changed, landing)
        # first: whether a row is split depends on its start
        yield from _land_joined(changed, landing)
        for field in DATED:
            yield from _land_dated(field, changed, ground, landing)
    return landing


def rows_to_write(plan: RosterPlan) -> int:
    """How many rows the landing will write, nearly: where one row ends and the next begins on a
    day, it writes two."""
    new = (each.row for each in plan.of(RowFate.NEW))
    made = sum(
        2 + bool(NEW_AS[row.status][1]) + bool(row.group) + bool(row.department) + len(row.private)
        for row in new
    )
    return made + sum(_rows_changed(each) for each in plan.of(RowFate.CHANGED))


def _rows_changed(plan: RowPlan) -> int:
    fields = {change.field for change in plan.changes}
    dated = fields & DATED.keys()
    private = len(fields & PRIVATE)
    return bool(fields - ELSEWHERE) + ("joined" in fields) + private + 2 * len(dated)


def _make_named(
    model: type[models.Model], names: tuple[str, ...], landing: Landing
) -> dict[str, int]:
    made = landing.make(model, [model(name=name) for name in names]) if names else []
    return {row.name: row.pk for row in made}


def _land_new(rows: list[RosterRow], ground: Ground, landing: Landing) -> Steps[None]:
    keys = yield from insert_rows(Member, MEMBER_COLUMNS, [_member(row) for row in rows])
    landing.made["member"] += keys
    placed = [
        (pk, row, *_begun(row, ground.begin_of(row.birth)))
        for pk, row in zip(keys, rows, strict=True)
    ]
    yield from insert_rows(
        Membership,
        ("member_id", "status", "start", "start_precision"),
        [
            (pk, status.value, since.membership, str(since.precision))
            for pk, _, _, status, since in placed
            if status
        ],
    )
    yield from insert_rows(
        Employment,
        ("member_id", "status", "start"),
        [(pk, work.value, since.employment) for pk, _, work, _, since in placed],
    )
    yield from insert_rows(
        GroupAssignment,
        ("member_id", "group_id", "start"),
        [(pk, ground.groups[row.group], since.group) for pk, row, *_, since in placed if row.group],
    )
    yield from insert_rows(
        DepartmentAssignment,
        ("member_id", "department_id", "start"),
        [
            (pk, ground.departments[row.department], since.department)
            for pk, row, *_, since in placed
            if row.department
        ],
    )


def _begun(row: RosterRow, begin: date | None) -> tuple:
    """Work and 会籍 of someone new, and since when."""
    work, status = NEW_AS[row.status]
    return work, status, starts(row, row.joined, row.joined_precision, work=work, begin=begin)


def _member(row: RosterRow) -> tuple:
    """Values for MEMBER_COLUMNS."""
    return (
        row.name,
        *search_keys(row.name),
        GENDERS[row.gender],
        row.birth,
        row.birth_precision.value,
        row.staff_no or None,
        row.phone,
        row.ethnicity,
        row.party,
        row.title,
        row.post,
        row.campus,
        ANSWERS[row.is_teacher],
        CONTRACTS[row.contract],
        row.education,
        row.work_began,
        row.work_began_precision.value,
        row.arrived,
        row.arrived_precision.value,
        row.retirement_line,
        row.card_no,
        row.hobbies,
        row.area,
        row.note,
    )


def _land_own_fields(plans: list[RowPlan], landing: Landing) -> Steps[None]:
    values = {plan.member: _own_values(plan) for plan in plans}
    values = {pk: new for pk, new in values.items() if new}
    people = _in_bulk(Member, values)
    yield from landing.change(people, [values[person.pk] for person in people])


def _own_values(plan: RowPlan) -> dict:
    values = {}
    for change in plan.changes:
        if change.field in DATE_FIELDS:
            values[change.field], values[f"{change.field}_precision"] = change.new
        elif change.field == "name":
            values |= dict(zip(NAME_COLUMNS, (change.new, *search_keys(change.new)), strict=True))
        elif change.field not in ELSEWHERE:
            values[change.field] = change.new
    return values


def _land_dated(field: str, plans: list[RowPlan], ground: Ground, landing: Landing) -> Steps[None]:
    """Ends the open rows yesterday and opens new ones today; a row that began today or later is
    changed in place, or removed when nothing follows it. A first row begins where `ground` says,
    a first 会籍 where the file does."""
    model, column = DATED[field]
    wanted = {
        plan.member: (_stored(field, change.new, ground), plan.row)
        for plan in plans
        for change in plan.changes
        if change.field == field
    }
    done = yield from _end_open(model, column, wanted, ground.today, landing)
    new = {pk: pair for pk, pair in wanted.items() if pair[0] is not None and pk not in done}
    rows = model.objects.filter(member__in=new).order_by()
    known = set(rows.values_list("member", flat=True)) if new else set()
    people = {person.pk: person for person in _in_bulk(Member, new.keys() - known)}
    made = landing.make(
        model,
        [
            model(
                member_id=pk,
                **{column: value},
                **(
                    _first(model, people[pk], row, ground.begin_of(people[pk].birth))
                    if pk in people
                    else {"start": ground.today}
                ),
            )
            for pk, (value, row) in new.items()
        ],
    )
    yield len(made)


def _end_open(
    model: type[models.Model], column: str, wanted: dict, today: date, landing: Landing
) -> Steps[set[int]]:
    """The open rows of everyone in `wanted`; gives those whose row was changed in place."""
    rows = _in_bulk(model, wanted, "member_id", end=None)
    fresh = [row for row in rows if row.start is not None and row.start >= today]
    landing.remove([row for row in fresh if wanted[row.member_id][0] is None])
    kept = [row for row in fresh if wanted[row.member_id][0] is not None]
    yield from landing.change(kept, [{column: wanted[row.member_id][0]} for row in kept])
    over = [row for row in rows if row.start is None or row.start < today]
    yield from landing.change(over, [{"end": today - timedelta(days=1)}] * len(over))
    return {row.member_id for row in kept}


def _first(
    model: type[models.Model], person: Member, row: RosterRow, begin: date | None
) -> dict[str, date | str | None]:
    """Of someone who was there: only the 会籍 goes back to the day that the file knows."""
    joined = row.joined if model is Membership else None
    since = starts(person, joined, row.joined_precision, work="", begin=begin)
    if model is Membership:
        return {"start": since.membership, "start_precision": str(since.precision)}
    return {"start": since.group}


def _stored(field: str, value: str | None, ground: Ground) -> str | int | None:
    if field == "group":
        return ground.groups[value]
    if field == "department":
        return ground.departments[value]
    return value


def _land_joined(plans: list[RowPlan], landing: Landing) -> Steps[None]:
    """The day of the first 会籍, where the file knows it or knows it better."""
    days = {p.member: c.new for p in plans for c in p.changes if c.field == "joined"}
    first = {}
    found = _in_bulk(Membership, days, "member_id")
    for row in sorted(found, key=lambda row: (row.start or date.min, row.pk)):
        first.setdefault(row.member_id, row)
    rows = list(first.values())
    new = [days[row.member_id] for row in rows]
    yield from landing.change(
        rows, [{"start": day, "start_precision": precision} for day, precision in new]
    )


def _in_bulk(
    model: type[models.Model], keys: Iterable[int], column: str = "pk", **conditions
) -> list:
    keys = list(keys)
    return [
        row
        for first in range(0, len(keys), BATCH)
        for row in model.objects.filter(
            **{f"{column}__in": keys[first : first + BATCH]}, **conditions
        )
    ]
