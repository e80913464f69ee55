"""The lunar calendar: how a day is called there, and the festivals that follow it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lunar_python import Solar

FESTIVALS_OF_NOTE = {
    "元旦节": "元旦", "春节": "春节", "元宵节": "元宵", "妇女节": "妇女节", "植树节": "植树节",
    "劳动节": "劳动节", "青年节": "青年节", "护士节": "护士节", "儿童节": "儿童节",
    "端午节": "端午", "建党节": "建党节", "建军节": "建军节", "七夕节": "七夕", "教师节": "教师节",
    "中秋节": "中秋", "国庆节": "国庆", "重阳节": "重阳", "记者节": "记者节", "腊八节": "腊八",
    "除夕": "除夕", "父亲节": "父亲节",
}  # fmt: skip
TERMS_OF_NOTE = {"清明", "冬至"}
# what a month with little room shows first: the days off, then the days that a union keeps
FIRST_OF_ALL = (
    "春节", "元旦", "清明", "劳动节", "端午", "中秋", "国庆", "教师节", "妇女节", "重阳", "元宵",
    "除夕", "儿童节", "腊八",
)  # fmt: skip


@lru_cache(maxsize=400)
def lunar_day(day: date) -> str:
    """十月初十."""
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return f"{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"


@lru_cache(maxsize=24)
def festivals(year: int) -> dict[int, list[tuple[int, str]]]:
    """month -> [(day, name)]: the festivals that a school union keeps, lunar ones placed."""
    found: dict[int, list[tuple[int, str]]] = {month: [] for month in range(1, 13)}
    solar = Solar.fromYmd(year, 1, 1)
    while solar.getYear() == year:
        lunar = solar.getLunar()
        names = [
            *solar.getFestivals(),
            *solar.getOtherFestivals(),
            *lunar.getFestivals(),
            lunar.getJieQi(),
        ]
        for name in names:
            short = FESTIVALS_OF_NOTE.get(name) or (name if name in TERMS_OF_NOTE else None)
            if short:
                found[solar.getMonth()].append((solar.getDay(), short))
        solar = solar.next(1)
    return found


def chief_festivals(year: int, month: int, most: int) -> list[tuple[int, str]]:
    """The `most` (day, name) that matter most in a month, in the order of the days."""
    rank = {name: place for place, name in enumerate(FIRST_OF_ALL)}
    found = festivals(year)[month]
    return sorted(sorted(found, key=lambda each: rank.get(each[1], len(rank)))[:most])


@dataclass(frozen=True)
class Almanac:
    """What a calendar says of a day: 初十 (十月 on its first), its festival and its 节气."""

    lunar: str
    festival: str
    term: str

    @property
    def text(self) -> str:
        """The one word that stands beside the day's number."""
        return self.festival or self.term or self.lunar


@lru_cache(maxsize=24)
def almanac(year: int, month: int) -> dict[date, Almanac]:
    """Every day of a month."""
    names: dict[int, list[str]] = {}
    for number, name in festivals(year)[month]:
        names.setdefault(number, []).append(name)
    found = {}
    solar = Solar.fromYmd(year, month, 1)
    while solar.getMonth() == month:
        lunar, number = solar.getLunar(), solar.getDay()
        first = lunar.getDay() == 1
        found[date(year, month, number)] = Almanac(
            lunar=f"{lunar.getMonthInChinese()}月" if first else lunar.getDayInChinese(),
            festival="、".join(name for name in names.get(number, ()) if name not in TERMS_OF_NOTE),
            term=lunar.getJieQi(),
        )
        solar = solar.next(1)
    return found


FOUR_DAYS_SINCE = 2025  # 春节 from the eve on, 劳动节 with its second day: 2024-11-10 修订


@lru_cache(maxsize=24)
def statutory_days(year: int) -> dict[date, str]:
    """法定节假日 of all citizens, as the law itself gives them. What is moved (调休) can't be
    reckoned."""
    found = {date(year, 1, 1): "元旦", date(year, 5, 1): "劳动节"}
    found |= {date(year, 10, number): "国庆节" for number in (1, 2, 3)}
    if year >= FOUR_DAYS_SINCE:
        found[date(year, 5, 2)] = "劳动节"
    for month, days in festivals(year).items():
        for number, name in days:
            day = date(year, month, number)
            if name == "春节":
                first = -1 if year >= FOUR_DAYS_SINCE else 0
                found |= {day + timedelta(days=n): "春节" for n in range(first, 3)}
            elif name in ("清明", "端午", "中秋"):
                found.setdefault(day, f"{name}节")
    return dict(sorted(found.items()))
