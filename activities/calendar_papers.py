"""The calendar on paper: 工作要点 by month, 工作月历 on one page, a month, a week."""

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil

from activities.calendar import Day, Page
from activities.choices import ItemState
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

SIZES = [size / 2 for size in range(24, 12, -1)]  # points, from 12 down to 6.5
LINE = 1.45  # of the size: the roomier of the two printers
HEAD_MM, BELOW_MM = 26, 4  # title and the line under it; what the last line needs
CELL_MM = 1.6  # above and below the text of a cell
COLUMNS = 4  # months beside each other in the 工作月历
WEEKDAYS = "一二三四五六日"
NOTHING = "　"


# ------------------------------------------------------------------ one page
def fitted(
    rows: Sequence[Sequence[str]], shares: Sequence[float], line_mm: float, room_mm: float
) -> tuple[float, list[list[str]]]:
    """The largest size at which the rows stand on one page, and their texts; where they don't at
    the smallest, the longest cells end with how many lines were left out."""
    for size in SIZES:
        if sum(_row_mm(row, shares, line_mm, size) for row in rows) <= room_mm:
            return size, [list(row) for row in rows]
    size, most = SIZES[-1], max(text.count("\n") + 1 for row in rows for text in row)
    while most > 2:
        most -= 1
        cut = [[_cut(text, most) for text in row] for row in rows]
        if sum(_row_mm(row, shares, line_mm, size) for row in cut) <= room_mm:
            return size, cut
    return size, cut if rows else []


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


def _room(paper_mm: float, heads_mm: float = 0) -> float:
    return paper_mm - MARGINS_MM[0] - MARGINS_MM[2] - HEAD_MM - BELOW_MM - heads_mm


# ------------------------------------------------------------------ the plan
def plan_words(item: PlanItem) -> str:
    """An item as one line: what, when (where more than the month is known), what became of it."""
    exact = item.day or item.week or item.rhythm or item.first_month != item.last_month
    when = f"（{item_when(item)}）" if exact else ""
    late = "（新增）" if item.added_late else ""
    return f"{item.text}{when}{late}{_became(item)}"


def _became(item: PlanItem) -> str:
    if item.state == ItemState.CANCELLED:
        return "（已取消）"
    return f"（原 {item.moved_from.month}月）" if item.moved_from else ""


def _by_month(plan: Plan, items: Iterable[PlanItem]) -> dict[tuple[int, int], list[str]]:
    months: dict[tuple[int, int], list[str]] = {month: [] for month in plan.period.months()}
    for item in items:
        lines = months.setdefault((item.first_month.year, item.first_month.month), [])
        lines.append(f"{len(lines) + 1}. {plan_words(item)}")
    return dict(sorted(months.items()))


def plan_list_paper(plan: Plan, items: Iterable[PlanItem], office: Office, day: date) -> Paper:
    """工作要点: a row a month, on as many pages as it takes."""
    head = Row((Box("月份", label=True), Box("工作要点", label=True)), 9)
    rows = [
        Row((Box(f"{month}月", label=True), Box("\n".join(lines) or NOTHING, side="left")), 9)
        for (_, month), lines in _by_month(plan, items).items()
    ]
    grid = Grid((12, 88), (head, *rows), heads=1, size=12)
    title = f"{plan.title.removesuffix('计划')}要点"
    sheet = Sheet(grid, title=title, left=office.union_name, right=plan.period.label)
    return Paper(title, (sheet,), office.union_name, day, numbered=True)


def plan_year_paper(plan: Plan, items: Iterable[PlanItem], office: Office, day: date) -> Paper:
    """工作月历: the months beside each other, on one page."""
    months = list(_by_month(plan, items).items())
    columns = min(COLUMNS, len(months))
    shares = (1 / columns,) * columns
    bands = [months[start : start + columns] for start in range(0, len(months), columns)]
    texts = [_padded(["\n".join(lines) or NOTHING for _, lines in band], columns) for band in bands]
    heads = [_padded([_month_head(*month) for month, _ in band], columns) for band in bands]
    line, room = 297 - MARGINS_MM[1] - MARGINS_MM[3], _room(210, 7 * len(bands))
    size, texts = fitted(texts, shares, line, room)
    share = room / len(bands) if size == SIZES[0] else 0
    rows = []
    for head, band in zip(heads, texts, strict=True):
        rows.append(Row(tuple(Box(text, label=True) for text in head), 7))
        rows.append(
            Row(tuple(Box(text, side="left", top=True) for text in band), max(share * 0.8, 6))
        )
    grid = Grid(shares, tuple(rows), size=size)
    title = f"{plan.period.label}工会工作月历"
    sheet = Sheet(grid, title=title, left=office.union_name, right=_printed(day))
    return Paper(title, (sheet,), office.union_name, day, landscape=True)


def _padded(texts: list[str], columns: int) -> list[str]:
    return texts + [NOTHING] * (columns - len(texts))


def _month_head(year: int, month: int) -> str:
    days = "　".join(f"{name} {number}" for number, name in chief_festivals(year, month, 2))
    return f"{month}月　{days}" if days else f"{month}月"


def _printed(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日印"


# ------------------------------------------------------------------ a month, a week
def month_paper(page: Page, office: Office, day: date) -> Paper:
    """One page across: a row a week."""
    shares = (0.044, *((1 - 0.044) / 7,) * 7)
    texts = [[str(week.number or ""), *(_cell(each) for each in week.days)] for week in page.weeks]
    line, room = 297 - MARGINS_MM[1] - MARGINS_MM[3], _room(210, 8)
    size, texts = fitted(texts, shares, line, room)
    head = Row(tuple(Box(text, label=True) for text in ("周", *WEEKDAYS)), 8)
    least = room / len(texts) * 0.8 if size == SIZES[0] else 6
    rows = [
        Row((Box(number), *(Box(text, side="left", top=True) for text in days)), least)
        for number, *days in texts
    ]
    title = f"{page.start.year}年{page.start.month}月工会工作安排"
    sheet = Sheet(
        Grid(shares, (head, *rows), heads=1, size=size),
        title=title,
        left=f"{office.union_name}　{page.weeks_text}".strip(),
        right=f"农历{page.lunar}",
    )
    return Paper(title, (sheet,), office.union_name, day, landscape=True)


def _cell(day: Day) -> str:
    marks = " ".join(filter(None, (day.number, day.words.text, day.mark)))
    return "\n".join([marks, *(_line(p.entry) for p in day.pieces)]) if day.inside else marks


def _line(entry: Entry) -> str:
    what = f"{entry.times} {entry.text}".strip()
    return f"{what}（{entry.off}停）" if entry.off else what


def week_paper(page: Page, office: Office, day: date) -> Paper:
    """One page: a row a day."""
    shares = (0.2, 0.18, 0.62)
    texts = [[_date(each), _about(each), _plans(each)] for each in page.days]
    room = _room(297, 9)
    size, texts = fitted(texts, shares, 210 - MARGINS_MM[1] - MARGINS_MM[3], room)
    head = Row(tuple(Box(text, label=True) for text in ("日期", "农历、节日", "安排")), 9)
    least = min(24, room / 7 * 0.8) if size == SIZES[0] else 8
    rows = [
        Row((Box(when), Box(about), Box(plans, side="left")), least) for when, about, plans in texts
    ]
    title = f"工会工作周表（{page.weeks_text or _span(page)}）"
    sheet = Sheet(
        Grid(shares, (head, *rows), heads=1, size=size),
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
