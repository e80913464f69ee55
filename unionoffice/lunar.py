"""The lunar calendar: how a day is called there, and the festivals that follow it."""

from datetime import date
from functools import lru_cache

from lunar_python import Solar

FESTIVALS_OF_NOTE = {
    "元旦节": "元旦", "春节": "春节", "元宵节": "元宵", "妇女节": "妇女节", "植树节": "植树节",
    "劳动节": "劳动节", "青年节": "青年节", "护士节": "护士节", "儿童节": "儿童节",
    "端午节": "端午", "建党节": "建党节", "建军节": "建军节", "七夕节": "七夕", "教师节": "教师节",
    "中秋节": "中秋", "国庆节": "国庆", "重阳节": "重阳", "记者节": "记者节", "腊八节": "腊八",
    "除夕": "除夕",
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
