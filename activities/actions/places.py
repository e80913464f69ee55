"""Every write to the union's places, to what stands there and when they are used."""

from collections.abc import Collection, Iterable
from datetime import date

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from activities.models import Asset, Place, PlaceUse, StockCount
from activities.queries.places import labelled, last_used
from activities.rules import places as rules
from unionoffice.actions import Files, attach_files, drop_files
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry, Office
from unionoffice.repeats import refuse_repeat
from unionoffice.undo import UNDO_WITHIN, taken_off

PLACE_FIELDS = (
    "name",
    "kind",
    "location",
    "keeper",
    "hours",
    "seats",
    "books",
    "opened_on",
    "closed_on",
    "note",
)
ASSET_FIELDS = (
    "place",
    "name",
    "number",
    "quantity",
    "unit",
    "bought_on",
    "price",
    "keeper",
    "note",
)
USE_FIELDS = ("place", "day", "people", "what", "who", "recorded_by")
IMPORT = "activities.import_assets"
DROP_USE, RESTORE_USE = "activities.drop_place_use", "activities.restore_place_use"


# ------------------------------------------------------------------ places
@transaction.atomic
def add_place(*, place: Place, by, files: Files = ()) -> Place:
    _check_place(place)
    place.save()
    record(by, "activities.add_place", place, kind=place.kind)
    attach_files(owner=place, files=files, by=by)
    return place


@transaction.atomic
def update_place(*, place: Place, by, untouched: Collection[str] = (), files: Files = ()) -> Place:
    """Save what a form changed, and more files. Raises RuleBroken for a last day before its last
    use."""
    old = Place.objects.select_for_update().get(pk=place.pk)
    _check_place(place)
    changes = changed_fields(place, old, set(PLACE_FIELDS).difference(untouched))
    if place.closed_on and "closed_on" in changes:
        rules.check_closed(str(place), place.closed_on, last_used(place))
    if changes:
        place.save(update_fields=list(changes))
        record(by, "activities.update_place", place, **changes)
    attach_files(owner=place, files=files, by=by)
    return place


def _check_place(place: Place) -> None:
    rules.check_number(place.books, "藏书")


@transaction.atomic
def drop_place(*, place: Place, by) -> None:
    """Take away what was added by mistake. Raises RuleBroken once something hangs on it."""
    place = Place.objects.select_for_update().get(pk=place.pk)
    if place.uses.exists():
        raise RuleBroken(f"{place}有使用登记，不能去掉；不用了就写上哪天停用。")
    record(by, "activities.drop_place", place, files=drop_files(owner=place))
    try:
        place.delete()
    except ProtectedError:
        raise RuleBroken(
            f"{place}有设备、活动或盘点记着，不能去掉；不用了就写上哪天停用。"
        ) from None


# ------------------------------------------------------------------ use
@transaction.atomic
def record_place_use(*, use: PlaceUse, by) -> PlaceUse:
    """Raises RuleBroken for a day ahead, or after the place was closed."""
    place = Place.objects.select_for_update().get(pk=use.place_id)
    rules.check_use_day(use.day, timezone.localdate(), str(place), place.closed_on)
    rules.check_number(use.people, "人数")
    same = ("place", "day", "people", "what", "who")
    refuse_repeat(use, act="activities.record_place_use", by=by, same=same, what="一次使用")
    use.recorded_by = by
    use.save()
    record(by, "activities.record_place_use", use, place=str(use.place), day=use.day)
    return use


@transaction.atomic
def drop_place_use(*, use: PlaceUse, by) -> AuditEntry:
    """Take a line out; gives the entry from which restore_place_use puts it back."""
    use = PlaceUse.objects.select_for_update(of=("self",)).select_related("place").get(pk=use.pk)
    values = {name: use.serializable_value(name) for name in USE_FIELDS}
    entry = record(by, DROP_USE, use, place=str(use.place), values=values)
    use.delete()
    return entry


@transaction.atomic
def restore_place_use(*, key: int, entry: int, by) -> PlaceUse:
    """Put back the use with this primary key that `by` took out a moment ago. Raises RuleBroken, as
    for a new one, when the place was closed since."""
    get_user_model().objects.select_for_update().get(pk=by.pk)
    about = PlaceUse(pk=key)
    dropped = taken_off(entry, about=about, drop=DROP_USE, restore=RESTORE_USE, by=by)
    columns = {
        PlaceUse._meta.get_field(name).attname: value
        for name, value in dropped.changes["values"].items()
    }
    use = PlaceUse(pk=key, **columns)
    use.day = date.fromisoformat(columns["day"])
    place = Place.objects.select_for_update().get(pk=use.place_id)
    rules.check_use_day(use.day, timezone.localdate(), str(place), place.closed_on)
    use.save(force_insert=True)
    record(by, RESTORE_USE, use, entry=entry)
    return use


# ------------------------------------------------------------------ assets
@transaction.atomic
def add_asset(*, asset: Asset, by) -> Asset:
    """Raises RuleBroken for a number that another thing has, and for the same form sent twice."""
    _check_asset(asset)
    _check_label(asset)
    same = ("place", "name", "number", "quantity", "bought_on", "price")
    refuse_repeat(asset, act="activities.add_asset", by=by, same=same, what="一件设备")
    asset.save()
    record(by, "activities.add_asset", asset, place=str(asset.place), quantity=asset.quantity)
    return asset


@transaction.atomic
def update_asset(*, asset: Asset, by, untouched: Collection[str] = ()) -> Asset:
    old = Asset.objects.select_for_update().get(pk=asset.pk)
    if old.written_off_on:
        raise RuleBroken(f"{old}已经报废了，要改先撤销报废。")
    _check_asset(asset)
    changes = changed_fields(asset, old, set(ASSET_FIELDS).difference(untouched))
    if "number" in changes:
        _check_label(asset)
    if changes:
        asset.save(update_fields=list(changes))
        record(by, "activities.update_asset", asset, **changes)
    return asset


def _check_asset(asset: Asset) -> None:
    rules.check_number(asset.quantity, "数量")
    rules.check_bought(asset.bought_on, timezone.localdate())


def _check_label(asset: Asset) -> None:
    if asset.number:
        Office.objects.select_for_update().first()  # who labels another thing just now waits
        other = labelled([asset.number]).exclude(pk=asset.pk).first()
        rules.check_label(asset.number, f"{other}（{other.place}）" if other else "")


@transaction.atomic
def move_assets(*, assets: Iterable[Asset], place: Place, by) -> list[Asset]:
    """Put several into another place at once. Gives those that were elsewhere."""
    keys = [asset.pk for asset in assets]
    found = Asset.objects.select_for_update().filter(pk__in=keys).select_related("place")
    moved = [asset for asset in found if asset.place_id != place.pk and not asset.written_off_on]
    if not moved:
        raise RuleBroken(f"这些都已经在{place}，或者报废了，没有要搬的。")
    for asset in moved:
        record(by, "activities.move_assets", asset, place=[str(asset.place), str(place)])
    Asset.objects.filter(pk__in=[asset.pk for asset in moved]).update(place=place)
    return moved


@transaction.atomic
def write_off_asset(*, asset: Asset, day, reason: str, by) -> Asset:
    """It counts no more and stays in the register. Raises RuleBroken for what is written off
    already, without a reason, and for a day ahead or before it was bought."""
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    if asset.written_off_on:
        raise RuleBroken(f"{asset}已经报废了。")
    if not reason:
        raise RuleBroken("报废要写原因，例如：台面开裂，修不好。")
    rules.check_write_off(str(asset), day, asset.bought_on, timezone.localdate())
    asset.written_off_on, asset.write_off_reason = day, reason
    asset.save(update_fields=["written_off_on", "write_off_reason"])
    record(by, "activities.write_off_asset", asset, day=day, reason=reason)
    return asset


@transaction.atomic
def restore_asset(*, asset: Asset, by) -> Asset:
    """Not written off after all."""
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    if not asset.written_off_on:
        raise RuleBroken(f"{asset}没有报废。")
    _check_label(asset)
    record(by, "activities.restore_asset", asset, day=asset.written_off_on)
    asset.written_off_on, asset.write_off_reason = None, ""
    asset.save(update_fields=["written_off_on", "write_off_reason"])
    return asset


@transaction.atomic
def drop_asset(*, asset: Asset, by) -> None:
    """Take away what was entered by mistake; what broke is written off instead."""
    asset = Asset.objects.select_for_update().select_related("place").get(pk=asset.pk)
    told = {"place": str(asset.place), "quantity": asset.quantity, "price": asset.price}
    if asset.counts.exists():
        raise RuleBroken(f"{asset}盘点过，不能去掉；坏了、没了就报废。")
    record(by, "activities.drop_asset", asset, number=asset.number, **told)
    asset.delete()


# ------------------------------------------------------------------ from a file
@transaction.atomic
def import_assets(*, assets: Collection[Asset], new_places: Collection[Place], by) -> AuditEntry:
    """Land a file whole, with the places that it names and the office did not have yet. Gives the
    entry by which it is taken back."""
    if not assets:
        raise RuleBroken("这份文件里没有能导入的行。")
    Office.objects.select_for_update().first()
    if known := labelled(asset.number for asset in assets).first():
        rules.check_label(known.number, f"{known}（{known.place}）")
    for place in new_places:
        place.save()
    for asset in assets:
        asset.place = asset.place  # its key is known only now
    rows = Asset.objects.bulk_create(assets)
    told = {"assets": [row.pk for row in rows], "places": [place.pk for place in new_places]}
    return record(by, IMPORT, rows[0], rows=len(rows), **told)


@transaction.atomic
def undo_asset_import(*, entry: AuditEntry, by) -> int:
    """Take back a file that `by` landed a moment ago, as a whole. Gives how many rows it had."""
    keys, places = entry.changes["assets"], entry.changes["places"]
    assets = Asset.objects.select_for_update().filter(pk__in=keys)
    if entry.actor_id != by.pk or timezone.now() - entry.at > UNDO_WITHIN:
        minutes = UNDO_WITHIN.seconds // 60
        raise RuleBroken(f"只有导入的人自己在 {minutes} 分钟里能撤回；错的行一件件去掉。")
    touched = AuditEntry.objects.filter(
        target_type=Asset._meta.label_lower,
        target_id__in=[str(key) for key in keys],
        number__gt=entry.number,
    )
    counted = StockCount.objects.filter(asset__in=keys)
    if len(assets) != len(keys) or touched.exists() or counted.exists():
        raise RuleBroken("导入以后改过、盘点过里面的设备，不能整份撤回了；错的行一件件去掉。")
    record(by, "activities.undo_asset_import", assets[0], rows=len(keys), entry=entry.number)
    assets.delete()
    _drop_unused(places)
    return len(keys)


def _drop_unused(keys: Collection[int]) -> None:
    """The places that came with the file, where nothing was put into them since."""
    unused = Place.objects.filter(
        pk__in=keys, assets=None, activities=None, uses=None, stocktakes=None
    )
    Place.objects.filter(pk__in=list(unused.values_list("pk", flat=True))).delete()
