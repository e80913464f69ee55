"""Every write to stocktakes: recorded as a whole, taken back, voided."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from activities.models import Asset, StockCount, Stocktake
from activities.rules import stocktakes as rules
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.repeats import refuse_repeat
from unionoffice.undo import UNDO_REASON, check_undo

RECORD = "activities.record_stocktake"


@transaction.atomic
def record_stocktake(*, stocktake: Stocktake, counts: Collection[StockCount], by) -> Stocktake:
    """With one count of each thing that stands there. Raises RuleBroken while one has none; the
    ledger's number is kept with it."""
    rules.check_day(stocktake.day, timezone.localdate(), stocktake.place.opened_on)
    standing = Asset.objects.filter(place=stocktake.place, written_off_on=None)
    assets = {asset.pk: asset for asset in standing.select_for_update()}
    if not assets:
        raise RuleBroken(f"{stocktake.place}没有登记设备，先登记再盘点。")
    given = {count.asset_id: count for count in counts}
    rules.check_all_counted([str(asset) for pk, asset in assets.items() if pk not in given])
    same = ("place", "day", "counted_by")
    refuse_repeat(stocktake, act=RECORD, by=by, same=same, what="一次盘点")
    stocktake.recorded_by = by
    stocktake.save()
    rows = [_settled(given[pk], stocktake, asset) for pk, asset in assets.items()]
    StockCount.objects.bulk_create(rows)
    record(by, RECORD, stocktake, day=stocktake.day, rows=len(rows), told=_told(rows))
    return stocktake


def _settled(count: StockCount, stocktake: Stocktake, asset: Asset) -> StockCount:
    count.stocktake, count.asset, count.expected = stocktake, asset, asset.quantity
    count.counted = rules.settled(str(asset), count.result, count.expected, count.counted)
    return count


def _told(rows: Collection[StockCount]) -> str:
    return "、".join(str(row) for row in rows if row.result != "found") or "都在"


@transaction.atomic
def void_stocktake(*, stocktake: Stocktake, reason: str, by) -> Stocktake:
    """It stays readable for those who keep the places and counts nowhere."""
    stocktake = _locked(stocktake)
    if not reason:
        raise RuleBroken("作废要写原因，例如：记到别处了。")
    return _taken_out(stocktake, reason, by, "activities.void_stocktake")


@transaction.atomic
def undo_stocktake(*, stocktake: Stocktake, by) -> Stocktake:
    """Take out what `by` recorded a moment ago."""
    stocktake = _locked(stocktake)
    check_undo(stocktake, act=RECORD, by=by)
    return _taken_out(stocktake, UNDO_REASON, by, "activities.undo_stocktake")


def _locked(stocktake: Stocktake) -> Stocktake:
    stocktake = Stocktake.objects.select_for_update().get(pk=stocktake.pk)
    rules.check_standing(str(stocktake), voided=stocktake.voided_at is not None)
    return stocktake


def _taken_out(stocktake: Stocktake, reason: str, by, act: str) -> Stocktake:
    stocktake.voided_at, stocktake.void_reason = timezone.now(), reason
    stocktake.save(update_fields=["voided_at", "void_reason"])
    record(by, act, stocktake, reason=reason)
    return stocktake
