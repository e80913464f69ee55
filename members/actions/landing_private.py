"""The private values of an import: already sealed, stored beside the people it made or changed."""

from collections import Counter
from collections.abc import Iterator

from members.actions.bulk import BATCH, Steps
from members.actions.landing import Landing
from members.choices import PrivateField, RowFate
from members.importers import RosterPlan
from members.importers.plan import PRIVATE
from members.models import PrivateValue, User
from unionoffice.errors import RuleBroken


def private_of(plan: RosterPlan) -> Counter:
    """Private field → of how many people the import stores it."""
    new = Counter(field for each in plan.of(RowFate.NEW) for field, _ in each.row.private)
    return new + Counter(field for _, field, _ in _changed(plan))


def refuse_unless_trusted(plan: RosterPlan, by: User | None) -> None:
    """Raises RuleBroken where `by` may not store what the file holds of private fields."""
    fields = private_of(plan)
    if fields and by and not by.has_perm("members.change_private"):
        labels = "、".join(PrivateField(field).label for field in fields)
        raise RuleBroken(f"表里有{labels}，这几样由主席或组织委员记，请他们来点导入。")


def land_private(plan: RosterPlan, landing: Landing) -> Steps[None]:
    """After the people themselves: who is new has a key by then."""
    made = zip(landing.made["member"], plan.of(RowFate.NEW), strict=True)
    wanted = {(pk, f): sealed for pk, each in made for f, sealed in each.row.private}
    changed = {(pk, field): sealed for pk, field, sealed in _changed(plan)}
    rows = [row for row in _stored({pk for pk, _ in changed}) if _key(row) in changed]
    yield from landing.change(rows, [{"sealed": changed[_key(row)]} for row in rows])
    there = {_key(row) for row in rows}
    wanted |= {key: sealed for key, sealed in changed.items() if key not in there}
    if wanted:
        landing.make(
            PrivateValue,
            [PrivateValue(member_id=pk, field=f, sealed=s) for (pk, f), s in wanted.items()],
        )
        yield len(wanted)


def _changed(plan: RosterPlan) -> Iterator[tuple[int, str, str]]:
    for each in plan.of(RowFate.CHANGED):
        for change in each.changes:
            if change.field in PRIVATE:
                yield each.member, change.field, change.new


def _stored(people: set[int]) -> Iterator[PrivateValue]:
    keys = sorted(people)
    for first in range(0, len(keys), BATCH):
        yield from PrivateValue.objects.filter(member__in=keys[first : first + BATCH])


def _key(row: PrivateValue) -> tuple[int, str]:
    return row.member_id, row.field
