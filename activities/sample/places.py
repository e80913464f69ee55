"""The sample school's rooms and halls, what stands there, and who used them beside activities."""

from datetime import date, timedelta
from decimal import Decimal

from activities.actions import places as actions
from activities.actions.stocktakes import record_stocktake
from activities.choices import PlaceKind
from activities.models import Asset, Place, PlaceUse, StockCount, Stocktake
from activities.queries.stocktakes import assets_to_count
from unionoffice.roles import Role
from unionoffice.sample import Sample

PLACES = (
    ("教工之家", PlaceKind.HOME, "办公楼一楼", "周一至周五 12:00–18:00", 60, None),
    ("职工书屋", PlaceKind.LIBRARY, "图书馆二楼东侧", "周一至周五 12:00–17:30", 24, 1260),
    ("羽毛球馆", PlaceKind.SPORT, "体育馆二楼", "周二、周四 16:20–18:30", 40, None),
    ("乒乓室", PlaceKind.ROOM, "体育馆一楼", "每天 16:20–18:00", 16, None),
)
ASSETS = (  # place, name, quantity, unit, 元, bought so many years ago
    ("教工之家", "组合沙发", 2, "套", 6800, 3),
    ("教工之家", "音响", 1, "套", 4200, 2),
    ("教工之家", "按摩椅", 4, "台", 11200, 1),
    ("职工书屋", "书架", 8, "个", 5600, 4),
    ("职工书屋", "阅览桌椅", 6, "套", 7200, 4),
    ("羽毛球馆", "羽毛球网架", 4, "副", 1600, 2),
    ("羽毛球馆", "羽毛球拍", 24, "支", None, 1),
    ("乒乓室", "乒乓球台", 4, "张", 10400, 3),
    ("乒乓室", "发球机", 1, "台", 2980, 5),
)
BROKEN = "发球机"
USES = (  # place, what, people, who
    ("乒乓室", "打乒乓球", 6, "第二工会小组"),
    ("职工书屋", "借书、看书", 9, ""),
    ("羽毛球馆", "打羽毛球", 8, "羽毛球社"),
)
COUNTED = ("乒乓室", "羽毛球馆", "教工之家")
LOST = {"羽毛球拍": ("missing", 22, "少 2 支，借出未还"), "音响": ("broken", 1, "右声道不响，报修")}
USED_EVERY = timedelta(days=17)


def fill(sample: Sample) -> None:
    chair, keeper = sample.people[Role.CHAIR], sample.people[Role.CULTURE].member
    opened = date(sample.first_year - 5, 9, 1)
    for name, kind, location, hours, seats, books in PLACES:
        place = Place(name=name, kind=kind, location=location, hours=hours, seats=seats)
        place.books, place.keeper, place.opened_on = books, keeper, opened
        actions.add_place(place=place, by=chair)
    places = {place.name: place for place in Place.objects.all()}
    for number, (where, name, quantity, unit, price, years) in enumerate(ASSETS, start=1):
        bought = date(sample.today.year - years, 4 + number % 5, 2 + number)
        asset = Asset(place=places[where], name=name, quantity=quantity, unit=unit, keeper=keeper)
        asset.number, asset.bought_on = f"GH{bought.year}{number:03}", bought
        asset.price = price and Decimal(price)
        actions.add_asset(asset=asset, by=chair)
        if name == BROKEN:
            day = sample.today - timedelta(days=40)
            reason = "电机烧坏，修不好"
            actions.write_off_asset(asset=asset, day=day, reason=reason, by=chair)
    _use(sample, places, keeper, chair)
    for number, name in enumerate(COUNTED):
        _count(places[name], sample.today - timedelta(days=30 + number), keeper, chair)


def _count(place: Place, day: date, keeper, chair) -> None:
    """The things of one place looked for; one is missing, one is broken."""
    counts = []
    for asset in assets_to_count(place):
        result, counted, note = LOST.get(asset.name, ("found", None, ""))
        counts.append(StockCount(asset=asset, result=result, counted=counted, note=note))
    stocktake = Stocktake(place=place, day=day, counted_by=str(keeper))
    record_stocktake(stocktake=stocktake, counts=counts, by=chair)


def _use(sample: Sample, places: dict[str, Place], keeper, chair) -> None:
    day, number = date(sample.first_year, 3, 4), 0
    while day <= sample.today:
        where, what, people, who = USES[number % len(USES)]
        people = people + number % 4 if number % 5 else None
        use = PlaceUse(place=places[where], day=day, people=people, what=what, who=who)
        actions.record_place_use(use=use, by=chair)
        day, number = day + USED_EVERY, number + 1
