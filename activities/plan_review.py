"""The review of a plan's text: each line of the source beside what it was read as."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from activities.importers import Arranged
from activities.models import PlanItem
from activities.plan_reader import LineReading, PlanReading, Role
from activities.plan_reader.corrections import SENTENCE, correct
from activities.plan_reader.labels import months_between
from activities.rules import item_when
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period, last_day

MOST_OPEN = 60  # lines whose buttons stand open; the others open at a click
ITEMS = (Role.ITEM, Role.MONTH, Role.JOINED)
PLAIN_CHOICES = ("heading", "text", "out", "join", "split")
WRONG_CHOICE = "没有认出要改成什么，刷新再看。"
MOST_ACROSS = 6  # months of an item that goes on into the next year
LEAP_YEAR = 2028
OUTSIDE = "月份不在这一期里，不会排进去"


@dataclass(frozen=True)
class ReviewItem:
    text: str
    field: str
    when: str
    beside: str  # who is in charge, whom it is for


@dataclass(frozen=True)
class ReviewRow:
    at: int
    line: LineReading
    items: list[ReviewItem]
    doubt: str
    left: bool  # it, or a part of it, has no place in the plan
    chosen: bool  # corrected by hand
    open: bool  # its buttons show
    joins: bool
    splits: bool
    day: int | None = None  # of the first item, as it is read now
    week: int | None = None
    said: Sequence[tuple[int, str]] = ()  # lines that speak of the item, by their numbers

    @property
    def number(self) -> int:
        return self.at + 1

    @property
    def aside(self) -> bool:
        return self.line.role is Role.ASIDE

    @property
    def months(self) -> str:
        months = list(self.line.months)
        if len(months) > 2 and months[1:-1] == months_between(months[0], months[-1]):
            return f"{months[0]}月至{months[-1]}月"
        return "、".join(map(str, months)) + "月"


def review_rows(arranged: Arranged, choices: Mapping, opened: Collection[int]) -> list[ReviewRow]:
    items: dict[int, list[PlanItem]] = {}
    for item in arranged.items:
        items.setdefault(item.line, []).append(item)
    rows, before, asked = [], None, 0
    owners = _owners(arranged, {*map(int, choices), *opened, *arranged.left})
    for at, line in enumerate(arranged.lines):
        if at in owners:
            before = line.role
            continue
        made, chosen = items.get(at, []), str(at) in choices
        doubt = OUTSIDE if line.items and not made else "" if chosen else line.doubt
        asks = asked < MOST_OPEN and not chosen and bool(doubt or line.role is Role.ASIDE)
        first = made[0] if made else None
        row = ReviewRow(
            at=at,
            day=first.day.day if first and first.day else None,
            week=first.week if first else None,
            line=line,
            items=[_item(item) for item in made],
            doubt=doubt,
            left=at in arranged.left,
            chosen=chosen,
            open=asks or at in opened,
            joins=before in ITEMS and line.role is not Role.JOINED,
            said=[(of + 1, arranged.lines[of].text) for of in owners if owners[of] == at],
            splits=any(len(SENTENCE.split(item.text.rstrip("。；;"))) > 1 for item in line.items),
        )
        rows.append(row)
        before, asked = line.role, asked + asks
    return rows


def _owners(arranged: Arranged, alone: Collection[int]) -> dict[int, int]:
    """For 责任人：张三 the line of the item that it stands with; not for lines to be shown `alone`."""
    owners: dict[int, int] = {}
    for line in arranged.lines:
        for item in line.items:
            for said in item.said:
                own = arranged.lines[said.line].role is Role.SAID and said.line not in alone
                if own and (said.line not in owners or item.line < said.line):
                    owners[said.line] = item.line
    return owners


def _item(item: PlanItem) -> ReviewItem:
    when = item_when(item) if item.day or item.week or item.rhythm else ""
    beside = [item.responsible.name] if item.responsible else []
    beside += [words for words in (item.audience, item.co_organiser) if words]
    beside += [f"{item.budget:f}元".replace(".00元", "元")] if item.budget is not None else []
    return ReviewItem(item.text, item.field_label, when, "、".join(beside))


class OtherYear(RuleBroken):
    """The text is of another year than the plan: asked once, for the period `asked`."""

    def __init__(self, found: Period, period: Period):
        super().__init__(
            f"文字里写的是{found.label}，选的是{period.label}。"
            f"选错了就改回来；真要建成{period.label}的计划，再点一次。"
        )
        self.asked = period.code


def check_year(found: Period | None, period: Period, asked: str) -> None:
    """Raises OtherYear where the text names a period that has no day in common with the plan's."""
    apart = found and (found.end < period.start or period.end < found.start)
    if apart and asked != period.code:
        raise OtherYear(found, period)


def check_looked_at(reading: PlanReading, choices: Mapping, period: Period, looked: str) -> None:
    """Raises RuleBroken where months fall outside of a period that was not the one looked at."""
    if looked in ("", period.code):
        return
    months = set(months_offered(period))
    items = correct(reading, choices).items
    outside = sum(not months.issuperset(item.months) for item in items)
    if outside:
        raise RuleBroken(f"{period.label}里没有其中 {outside} 项的月份，标在下面了，看一遍再建。")


def months_offered(period: Period) -> list[int]:
    return list(dict.fromkeys(month for _, month in period.months()))


def read_posted(data: Mapping) -> dict | None:
    """The choice that was posted: one click, or the months, day and week filled in."""
    words = data.get("choice", "")
    if words not in ("span:item", "span:month"):
        return read_choice(words)
    kind = words.partition(":")[2]
    choice = {"as": kind, "months": _months_posted(data)}
    return choice | (_exactly_posted(data, choice["months"][0]) if kind == "item" else {})


def _months_posted(data: Mapping) -> list[int]:
    first, last = (_number(data.get(name, ""), 12) for name in ("from_month", "to_month"))
    if not first or not last:
        raise RuleBroken(WRONG_CHOICE)
    months = list(dict.fromkeys([first, *months_between(first, last), last]))
    if last < first and len(months) > MOST_ACROSS:
        raise RuleBroken(f"从{first}月到{last}月倒过来了，对调一下。")
    return months


def _exactly_posted(data: Mapping, month: int) -> dict:
    day, week = (_number(data.get(name, ""), most) for name, most in (("day", 31), ("week", 30)))
    if day is None or week is None:
        raise RuleBroken("几号写 1 到 31，第几周写 1 到 30，不知道就空着。")
    if day and week:
        raise RuleBroken("写了几号就不用写第几周，留一个。")
    if day > last_day(LEAP_YEAR, month).day:
        raise RuleBroken(f"{month}月没有{day}号，改一下。")
    return {"by_hand": True, "day": day or None, "week": week or None}


def _number(words: str, most: int) -> int | None:
    """0 for nothing, None for what is no number from 1 to `most`."""
    if not words.strip():
        return 0
    number = int(words) if words.strip().isdecimal() and len(words) < 5 else 0
    return number if 1 <= number <= most else None


def read_choice(words: str) -> dict | None:
    """{"as": "item", "months": [3]} for "item:3"; None for "reset". Raises RuleBroken for others."""
    kind, _, month = words.partition(":")
    if words == "reset":
        return None
    if kind in PLAIN_CHOICES and not month:
        return {"as": kind}
    if kind in ("item", "month") and month.isascii() and month.isdigit() and 1 <= int(month) <= 12:
        return {"as": kind, "months": [int(month)]}
    raise RuleBroken(WRONG_CHOICE)
