"""What a list of things means here: which places and keepers it names. Writes nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from activities.asset_reader import AssetRow
from activities.choices import PlaceKind
from activities.models import Asset, Place
from activities.queries.places import labelled
from members.models import Member
from members.queries.called import people_called

NOWHERE = "没有写放在哪里的"
TAKEN = "编号“{number}”已经是{owner}的，这一行不导入；要导入，先改编号。"


@dataclass(frozen=True)
class AssetPlan:
    """`assets` are not saved yet; `new_places` are those that the office does not have. `notes`: what
    is worth knowing of a row; a row with the number of another thing is left out."""

    assets: list[Asset]
    new_places: list[Place]
    notes: list[tuple[int, str]]

    @property
    def value(self) -> Decimal | None:
        known = [asset.price for asset in self.assets if asset.price is not None]
        return sum(known) if known else None


def plan_assets(rows: Collection[AssetRow]) -> AssetPlan:
    """Five queries at most, however many rows."""
    places = {place.name: place for place in Place.objects.all()}
    new: dict[str, Place] = {}
    people, _ = people_called(Member.objects.all(), {row.keeper for row in rows if row.keeper})
    keepers = {word: one for one in people for word in (one.name, one.staff_no)}
    known = set(Asset.objects.values_list("place__name", "name", "number", "quantity"))
    owners = {asset.number: str(asset) for asset in labelled(row.number for row in rows)}
    assets, notes = [], []
    for row in rows:
        if row.number in owners:
            notes.append((row.row, TAKEN.format(number=row.number, owner=owners[row.number])))
            continue
        if row.number:
            owners[row.number] = row.name
        name = row.place or NOWHERE
        place = places.get(name) or new.setdefault(name, Place(name=name, kind=PlaceKind.OTHER))
        keeper = keepers.get(row.keeper)
        assets.append(_asset(row, place, keeper))
        notes += [(row.row, told) for told in _notes(row, name, keeper, known)]
    return AssetPlan(assets, list(new.values()), notes)


def _notes(row: AssetRow, place: str, keeper: Member | None, known: set):
    if row.keeper and keeper is None:
        yield f"保管人“{row.keeper}”在名册里没有对上一个人，保管人写进备注。"
    if (place, row.name, row.number, row.quantity) in known:
        yield f"{place}已经记着同样的“{row.name}”，再导入就有两份。"
    if row.bought_on and date.fromisoformat(row.bought_on) > timezone.localdate():
        yield "购置日期还没到，不写日期。"


def _asset(row: AssetRow, place: Place, keeper: Member | None) -> Asset:
    day = date.fromisoformat(row.bought_on) if row.bought_on else None
    note = row.note
    if row.keeper and keeper is None:
        note = "，".join(filter(None, (note, f"保管人{row.keeper}")))[:100]
    return Asset(
        place=place,
        name=row.name,
        number=row.number,
        quantity=row.quantity,
        unit=row.unit,
        price=Decimal(row.price) if row.price else None,
        bought_on=day if day and day <= timezone.localdate() else None,
        keeper=keeper,
        note=note,
    )
