"""Plans, items and activities for tests: small functions with the field's own defaults."""

from collections.abc import Collection
from datetime import date
from itertools import count

from django.utils import timezone

from activities import actions
from activities.actions import places as place_actions
from activities.actions import series as series_actions
from activities.actions.stocktakes import record_stocktake
from activities.choices import Field, PlaceKind, PlanState, SeriesKind
from activities.models import (
    Activity,
    Asset,
    Place,
    Plan,
    PlanItem,
    Prize,
    Series,
    StockCount,
    Stocktake,
)
from activities.queries.stocktakes import assets_to_count
from tests.factories.members import LONG_AGO, make_user
from unionoffice.periods import Period
from unionoffice.roles import Role

numbers = count(1)
PLAN_TEXT = """2026年工会工作计划
一、指导思想
围绕学校中心工作，做好服务。
二、月份安排
一月份：走访慰问退休教师。
三月份：开展三八妇女节庆祝活动。
七至八月份：组织教职工疗休养。
"""


def make_plan(
    period: Period | None = None, *, title: str = "", by=None, state: str = "published", **parts
) -> Plan:
    """A plan of 2026 without items unless `items=` gives some; published, so that all see it."""
    period = period or Period.year(2026)
    plan = actions.add_plan(title=title or f"{period.label}计划", period=period, by=by, **parts)
    if state != PlanState.DRAFT:
        plan.state, plan.passed_on, plan.passed_by = state, period.start, "工会委员会议"
        plan.published_at = timezone.now() if state == PlanState.PUBLISHED else None
        plan.save()
    return plan


def make_item(plan: Plan | None = None, month: str = "2026-03", text: str = "", **values):
    """An item of `plan` (of a new plan of 2026) in `month`; to `until` when that is given."""
    plan = plan or Plan.objects.first() or make_plan()
    until = values.pop("until", month)
    return PlanItem.objects.create(
        plan=plan,
        text=text or f"示例事项{next(numbers)}",
        first_month=date.fromisoformat(f"{month}-01"),
        last_month=date.fromisoformat(f"{until}-01"),
        **{"field": Field.CULTURE} | values,
    )


def make_activity(day: str = "2026-03-06", title: str = "", *, by=None, **values) -> Activity:
    """A standing record of `day`, unplanned unless `plan_item=` is given."""
    fields = {"field": Field.CULTURE, "day": date.fromisoformat(day)}
    return actions.record_activity(
        activity=Activity(title=title or f"示例活动{next(numbers)}", **fields | values),
        by=by or make_user(Role.CHAIR),
        twice=True,
    )


def make_series(name: str = "", *, by=None, **values) -> Series:
    """A club since long ago, without a rhythm of its own."""
    fields = {"kind": SeriesKind.CLUB, "start": LONG_AGO} | values
    series = Series(name=name or f"示例社团{next(numbers)}", **fields)
    return series_actions.add_series(series=series, by=by)


def make_place(name: str = "", **values) -> Place:
    place = Place(name=name or f"示例阵地{next(numbers)}", **{"kind": PlaceKind.ROOM} | values)
    return place_actions.add_place(place=place, by=None)


def make_asset(name: str = "示例球台", *, place: Place | None = None, **values) -> Asset:
    asset = Asset(name=name, place=place or make_place(), **values)
    return place_actions.add_asset(asset=asset, by=None)


def make_stocktake(
    place: Place, day: str = "2026-03-02", *, missing: Collection[str] = (), by=None
) -> Stocktake:
    """Everything that stands there was found, but what is named as missing."""
    counts = [
        StockCount(asset=asset, result="missing" if asset.name in missing else "found")
        for asset in assets_to_count(place)
    ]
    stocktake = Stocktake(place=place, day=date.fromisoformat(day), counted_by="王芳")
    by = by or make_user(Role.CHAIR)
    return record_stocktake(stocktake=stocktake, counts=counts, by=by)


def make_prize(
    award: str = "一等奖", *, activity: Activity | None = None, by=None, **values
) -> Prize:
    """Of a new activity unless one is given; 1 名 and nobody named."""
    by = by or make_user(Role.CHAIR)
    activity = activity or make_activity(by=by)
    prize = Prize(activity=activity, award=award, **values)
    return actions.add_prizes(prize=prize, winners=(), by=by)[0]
