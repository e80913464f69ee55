"""The calendar on paper: 工作要点 by month, 工作月历 on one page, a month, a week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, inf, isinf

from activities.calendar import Day, Page
from activities.choices import ItemState, Mark, PlanState
from activities.models import Plan, PlanItem
from activities.queries.calendar import Entry
from activities.rules.when import item_when
from unionoffice.documents.sheets import (
    MARGINS_MM,
    PADDING_MM,
    POINT_MM,
    Box,
    Grid,
    Paper,
    Row,
    Sheet,
)
from unionoffice.lunar import chief_festivals
from unionoffice.models import Office
from unionoffice.periods import Period, PeriodKind

SIZES = [size / 2 for size in range(36, 12, -1)]  # points, from 18 down to 6.5
A_DAY = 14  # in a month: its number and what day it is stand in one line
LIST_SIZE = 12  # of what may take several pages
LINE = 1.45  # of the size: the roomier of the two printers
HEAD_MM, BELOW_MM = 26, 4  # title and the line under it; what the last line needs
CELL_MM = 1.6  # above and below the text of a cell
COLUMNS = 4  # months beside each other in the 工作月历
UNDATED_SHOWN = 12  # under a month, of what has no day in it
WEEKDAYS = "一二三四五六日"
NOTHING = "　"
Texts = Sequence[Sequence[str]]


# ------------------------------------------------------------------ one page
@dataclass(frozen=True)
class Fitted:
    """Texts at the largest `size` at which they stand on one page, and how high their rows are when
    they fill it. `beside`: the heights of the rows that were not to be cut."""

    size: float
    texts: list[list[str]]
    heights: list[float]
    beside: list[float]


def fitted(
    rows: Texts,
    shares: Sequence[float],
    line_mm: float,
    room_mm: float,
    beside: Sequence[tuple[Sequence[str], Sequence[float]]] = (),
    most: float = SIZES[0],
) -> Fitted:
    """In letters of `most` points at most. `beside`: rows with the shares of their own that take room too. Where the rows don't stand on
    the page at the smallest size, the longest cells end with how many lines were left out."""
    texts = [list(row) for row in rows]
    for size in (size for size in SIZES if size <= most):
        if (found := _at(size, texts, shares, line_mm, room_mm, beside)) is not None:
            return found
    lines = max(text.count("\n") + 1 for row in rows for text in row)
    while True:
        lines -= 1
        cut = [[_cut(text, lines) for text in row] for row in texts]
        room = inf if lines <= 2 else room_mm
        if (found := _at(SIZES[-1], cut, shares, line_mm, room, beside)) is not None:
            return found


def _at(size, texts, shares, line_mm, room_mm, beside) -> Fitted | None:
    others = [_row_mm(row, widths, line_mm, size) for row, widths in beside]
    needed = [_row_mm(row, shares, line_mm, size) for row in texts]
    if sum(others) + sum(needed) > room_mm:
        return None
    heights = needed if isinf(room_mm) else _levelled(needed, room_mm - sum(others))
    return Fitted(size, texts, heights, others)


def _levelled(needed: list[float], room_mm: float) -> list[float]:
    """The rows as high as each other, as far as the room goes; a fuller one takes what it needs."""
    level = left = room_mm
    for count, height in zip(range(len(needed), 0, -1), sorted(needed, reverse=True), strict=True):
        level = left / count
        if height <= level:
            break
        left -= height
    return [round(max(height, level), 1) for height in needed]


def _row_mm(row: Sequence[str], shares: Sequence[float], line_mm: float, size: float) -> float:
    return (
        max(
            _lines(text, share * line_mm - 2 * PADDING_MM - 0.5, size) * size * LINE * POINT_MM
            for text, share in zip(row, shares, strict=True)
        )
        + CELL_MM
    )


def _lines(text: str, room_mm: float, size: float) -> int:
    """How many lines it takes, with one sign kept for the breaks that must not be there."""
    a_line = max(1, room_mm / POINT_MM / size - 1)
    return sum(max(1, ceil(_width(line) / a_line)) for line in text.split("\n"))


def _width(line: str) -> float:
    return sum(0.56 if sign.isascii() else 1 for sign in line)


def _cut(text: str, most: int) -> str:
    lines = text.split("\n")
    left = len(lines) - most + 1
    return text if len(lines) <= most else "\n".join([*lines[: most - 1], f"……还有 {left} 项"])


def _room(paper_mm: float) -> float:
    return paper_mm - MARGINS_MM[0] - MARGINS_MM[2] - HEAD_MM - BELOW_MM


def _line_mm(paper_mm: float) -> float:
    return paper_mm - MARGINS_MM[1] - MARGINS_MM[3]


# ------------------------------------------------------------------ the plan
def plan_words(item: PlanItem) -> str:
    """An item as one line in its month: what, when (where more than the month is known), what
    became of it."""
    exact = item.day or item.week or item.rhythm or item.first_month != item.last_month
    own_month = f"{item.first_month.month}月" if item.day else ""
    when = f"（{item_when(item).removeprefix(own_month)}）" if exact else ""
    late = "（新增）" if item.added_late else ""
    return f"{item.text}{when}{late}{_became(item)}"


def _became(item: PlanItem) -> str:
    if item.state == ItemState.CANCELLED:
        return "（已取消）"
    return f"（原 {item.moved_from.month}月）" if item.moved_from else ""


def _by_month(plan: Plan, items: Iterable[PlanItem]) -> dict[tuple[int, int], list[str]]:
    """In the order of the days, what has none last. What recurs stands in every month that it runs
    through."""
    months: dict[tuple[int, int], list[str]] = {month: [] for month in plan.period.months()}
    for item in sorted(items, key=lambda item: item.day or date.max):
        until = item.last_month if item.rhythm else item.first_month
        for month in Period(PeriodKind.FREE, item.first_month, until).months():
            lines = months.setdefault(month, [])
            lines.append(f"{len(lines) + 1}. {plan_words(item)}")
    return dict(sorted(months.items()))


def _month_names(months: Iterable[tuple[int, int]]) -> list[str]:
    """1月; where a new year begins, in a plan that runs through two, 2027年1月."""
    months = list(months)
    several = len({year for year, _ in months}) > 1
    before = [None, *(year for year, _ in months)]
    return [
        f"{year}年{month}月" if several and year != last else f"{month}月"
        for (year, month), last in zip(months, before, strict=False)
    ]


def _head(plan: Plan, title: str, office: Office) -> dict[str, str]:
    """The title and the words over the sheet; a draft says that it is one."""
    if plan.state == PlanState.DRAFT:
        draft = f"{office.union_name}　{plan.get_state_display()}"
        return {"title": f"{title}（征求意见稿）", "left": draft}
    return {"title": title, "left": office.union_name}


def plan_list_paper(plan: Plan, items: Iterable[PlanItem], office: Office, day: date) -> Paper:
    """工作要点: a row a month, on as many pages as it takes."""
    head = Row((Box("月份", label=True), Box("工作要点", label=True)), 9)
    months = _by_month(plan, items)
    rows = [
        Row((Box(name, label=True), Box("\n".join(lines) or NOTHING, side="left")), 9)
        for name, lines in zip(_month_names(months), months.values(), strict=True)
    ]
    grid = Grid((12, 88), (head, *rows), heads=1, size=LIST_SIZE)
    over = _head(plan, f"{plan.title.removesuffix('计划')}要点", office)
    sheet = Sheet(grid, **over, right=plan.period.label)
    return Paper(over["title"], (sheet,), office.union_name, day, numbered=True)


def plan_year_paper(plan: Plan, items: Iterable[PlanItem], office: Office, day: date) -> Paper:
    """工作月历: the months beside each other, on one page."""
    months = _by_month(plan, items)
    columns = min(COLUMNS, len(months))
    shares = (1 / columns,) * columns
    heads = [
        _month_head(name, *month) for name, month in zip(_month_names(months), months, strict=True)
    ]
    heads = _banded(heads, columns)
    texts = _banded(["\n".join(lines) or NOTHING for lines in months.values()], columns)
    fit = fitted(texts, shares, _line_mm(297), _room(210), [(head, shares) for head in heads])
    rows = []
    for at, head in enumerate(heads):
        rows.append(Row(tuple(Box(text, label=True) for text in head), fit.beside[at]))
        boxes = tuple(Box(text, side="left", top=True) for text in fit.texts[at])
        rows.append(Row(boxes, fit.heights[at]))
    over = _head(plan, f"{plan.period.label}工会工作月历", office)
    sheet = Sheet(Grid(shares, tuple(rows), size=fit.size), **over, right=_printed(day))
    return Paper(over["title"], (sheet,), office.union_name, day, landscape=True)


def _banded(texts: list[str], columns: int) -> list[list[str]]:
    bands = [texts[start : start + columns] for start in range(0, len(texts), columns)]
    return [_padded(band, columns) for band in bands]


def _padded(texts: list[str], columns: int) -> list[str]:
    return texts + [NOTHING] * (columns - len(texts))


def _month_head(name: str, year: int, month: int) -> str:
    days = "　".join(f"{what} {number}" for number, what in chief_festivals(year, month, 2))
    return f"{name}　{days}" if days else name


def _printed(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日印"


# ------------------------------------------------------------------ a month, a week
def month_paper(page: Page, office: Office, day: date) -> Paper:
    """One page across: a row a week, and under them what has no day in it yet."""
    shares = (0.044, *((1 - 0.044) / 7,) * 7)
    texts = [[str(week.number or ""), *(_cell(each) for each in week.days)] for week in page.weeks]
    days = ("周", *WEEKDAYS)
    beside = [(days, shares)]
    undated = _undated(page)
    if undated:
        beside.append((("", undated), (shares[0], 1 - shares[0])))
    fit = fitted(texts, shares, _line_mm(297), _room(210), beside, most=A_DAY)
    rows = [Row(tuple(Box(text, label=True) for text in days), fit.beside[0])]
    for (number, *cells), height in zip(fit.texts, fit.heights, strict=True):
        boxes = (Box(number), *(Box(text, side="left", top=True) for text in cells))
        rows.append(Row(boxes, height))
    if undated:
        rows.append(Row((Box(""), Box(undated, across=7, side="left")), fit.beside[1]))
    title = f"{page.start.year}年{page.start.month}月工会工作安排"
    sheet = Sheet(
        Grid(shares, tuple(rows), heads=1, size=fit.size),
        title=title,
        left=f"{office.union_name}　{page.weeks_text}".strip(),
        right=f"农历{page.lunar}",
    )
    return Paper(title, (sheet,), office.union_name, day, landscape=True)


def _undated(page: Page) -> str:
    """What is to be done in the month on no day that is known."""
    gone = (Mark.DONE, Mark.OFF)
    found = [
        each
        for each in page.span.items
        if not each.dated
        and each.row.mark not in gone
        and each.row.first_month <= page.start <= each.row.last_month
    ]
    if not found:
        return ""
    words = [
        f"{each.row.text}（{each.when}）" if each.row.rhythm else each.row.text
        for each in found[:UNDATED_SHOWN]
    ]
    more = f"，共 {len(found)} 项" if len(found) > UNDATED_SHOWN else ""
    return f"没有定日子的：{'；'.join(words)}{more}"


def _cell(day: Day) -> str:
    marks = " ".join(filter(None, (day.number, day.words.text, day.mark)))
    return "\n".join([marks, *(_line(p.entry) for p in day.pieces)]) if day.inside else marks


def _line(entry: Entry) -> str:
    what = f"{entry.times} {entry.text}".strip()
    return f"{what}（{entry.off}停）" if entry.off else what


def week_paper(page: Page, office: Office, day: date) -> Paper:
    """One page: a row a day."""
    shares = (0.2, 0.2, 0.6)
    texts = [[_date(each), _about(each), _plans(each)] for each in page.days]
    heads = ("日期", "农历、节日", "安排")
    fit = fitted(texts, shares, _line_mm(210), _room(297), [(heads, shares)])
    head = Row(tuple(Box(text, label=True) for text in heads), fit.beside[0])
    rows = [
        Row((Box(when), Box(about), Box(plans, side="left")), height)
        for (when, about, plans), height in zip(fit.texts, fit.heights, strict=True)
    ]
    title = f"工会工作周表（{page.weeks_text or _span(page)}）"
    sheet = Sheet(
        Grid(shares, (head, *rows), heads=1, size=fit.size),
        title=title,
        left=office.union_name,
        right=_span(page),
    )
    return Paper(title, (sheet,), office.union_name, day)


def _span(page: Page) -> str:
    first, last = page.start, page.end
    return f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日"


def _date(day: Day) -> str:
    return f"{day.day.month}月{day.day.day}日\n周{WEEKDAYS[day.day.weekday()]}"


def _about(day: Day) -> str:
    off = {"休": f"{day.reason}放假", "班": f"{day.reason}调休上班"}.get(day.mark, "")
    words = [day.words.lunar, day.words.festival, day.words.term, off]
    return "\n".join(filter(None, words))


def _plans(day: Day) -> str:
    lines = [_line(p.entry) + f"（{p.entry.place}）" * bool(p.entry.place) for p in day.pieces]
    return "\n".join(lines) or NOTHING
