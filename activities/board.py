"""The plan as months: what stands in each, how it is marked, how far it has come. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, islice

from activities.choices import Mark
from activities.queries import ItemRow, activity_url, marks_counted
from activities.rules import rhythm_text
from unionoffice.facts import list_url
from unionoffice.lunar import chief_festivals
from unionoffice.periods import Period, Precision, last_day

BAR_WIDTH = 400  # SVG units of the progress bar
BAR_GAP = 2
BAR_ORDER = (Mark.DONE, Mark.DOING, Mark.LATE, Mark.MOVED, Mark.PLAN, Mark.OFF)
FESTIVALS_SHOWN = 3
EXTRAS_SHOWN = 8  # unplanned activities of a month; their list has all of them
SETTLED = (Mark.DONE, Mark.OFF)  # what stays in its month
ADDED = "added"  # asked for like a mark: what came after the plan was passed


@dataclass(frozen=True)
class Look:
    """How a mark is drawn: its glyph and its word."""

    glyph: str
    word: str


NOT_RECORDED = Look(Mark.PLAN.value, "未记录")  # once the period is over, nothing is overdue


def look_of(mark: Mark, *, over: bool) -> Look:
    """`over`: whether the plan's period has ended."""
    return NOT_RECORDED if over and mark == Mark.LATE else Look(mark.value, mark.label)


@dataclass(frozen=True)
class Line:
    """One line of a month. `note` stands at its right; `tone`: "" is loud, late is red, quiet."""

    mark: Mark
    look: "Look"
    text: str
    url: str
    field: str
    note: str = ""
    tone: str = ""
    css: str = ""
    added: bool = False  # after the plan was passed
    item: int | None = None  # of an item that can be moved to another month


@dataclass
class Month:
    """`done` of `planned` counts the items that were planned for this month at first. `rest`:
    unplanned activities for which there is no line."""

    year: int
    number: int
    now: bool
    ahead: bool
    fest: list[str]
    lines: list[Line] = field(default_factory=list)
    draft: bool = False  # of a plan that nobody passed yet
    done: int = 0
    planned: int = 0
    field: str = ""  # that the board is narrowed to
    rest: int = 0

    @property
    def rest_url(self) -> str:
        beside = {"field": self.field} if self.field else {}
        period = Period.month(self.year, self.number)
        return list_url("activities:activity_list", period, planned="no", **beside)

    @property
    def url(self) -> str:
        beside = {"draft": "yes"} if self.draft else {}
        return list_url("activities:plan_item_list", Period.month(self.year, self.number), **beside)

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number:02}"


@dataclass(frozen=True)
class Bar:
    """A piece of the progress bar."""

    glyph: str
    x: float
    width: float


@dataclass(frozen=True)
class Pill:
    """A filter: a mark (None for all) with how many lines have it."""

    mark: str | None
    look: Look | None
    count: int
    on: bool


@dataclass(frozen=True)
class Board:
    months: list[Month]
    pills: list[Pill]
    bars: list[Bar]
    planned: int
    done: int
    unrecorded: int | None  # how many items have no record; None while the period is running
    summary: str  # the bar in words


def build(
    period: Period,
    items: Iterable[ItemRow],
    extras: Iterable[dict],
    today: date,
    *,
    mark: str = "",
    field: str = "",
) -> Board:
    """`extras` are unplanned activities by day: pk, title, field, day, precision. Counts follow
    `field`; `mark` only hides lines."""
    items = [row for row in items if not field or row.field == field]
    extras = [row for row in extras if not field or row["field"] == field]
    beside = {"draft": any(not row.counted for row in items), "field": field}
    months = {(y, m): _month(y, m, today, **beside) for y, m in period.months()}
    over = period.end < today
    for row in items:
        _count(months, row)
        _put(months, _lines_of(row, over), mark)
    if mark in ("", Mark.EXTRA):
        _put_extras(months, extras)
    counts = marks_counted(items) | {Mark.EXTRA: len(extras)}
    return Board(
        months=list(months.values()),
        pills=_pills(counts, items, mark, over),
        bars=list(_bars(counts, len(items), over)),
        planned=len(items),
        done=counts[Mark.DONE],
        unrecorded=counts[Mark.LATE] if over else None,
        summary=_summary(counts, len(items), over),
    )


def _month(year: int, number: int, today: date, **beside) -> Month:
    days = chief_festivals(year, number, FESTIVALS_SHOWN)
    return Month(
        year=year,
        number=number,
        now=(year, number) == (today.year, today.month),
        ahead=date(year, number, 1) > today,
        fest=[f"{name} {day}" for day, name in days],
        **beside,
    )


def _count(months: dict, row: ItemRow) -> None:
    month = months.get((row.origin.year, row.origin.month))
    if month:
        month.planned += 1
        month.done += row.mark == Mark.DONE


def _put(months: dict, lines: Iterable[tuple[date, Line]], mark: str) -> None:
    for day, line in lines:
        month = months.get((day.year, day.month))
        if month and (not mark or line.mark == mark or (mark == ADDED and line.added)):
            month.lines.append(line)


def _put_extras(months: dict, extras: Iterable[dict]) -> None:
    """The first of each month; the others are counted."""
    of_month = groupby(extras, key=lambda row: (row["day"].year, row["day"].month))
    for key, rows in of_month:
        if month := months.get(key):
            month.lines += map(_extra_line, islice(rows, EXTRAS_SHOWN))
            month.rest = sum(1 for _ in rows)


def _lines_of(row: ItemRow, over: bool) -> Iterable[tuple[date, Line]]:
    """The line in the month where the item stands; a postponed item also leaves one behind."""
    if row.moved_from and row.mark != Mark.OFF:
        note = f"改 {_month_name(row.first_month, row.moved_from)}"
        moved = look_of(Mark.MOVED, over=over)
        yield (
            row.moved_from,
            Line(Mark.MOVED, moved, row.text, row.url, row.field, note, "", "is-moved"),
        )
    look = look_of(row.mark, over=over)
    note, tone = ("", "") if look is NOT_RECORDED else _note(row)
    css = "is-off" if row.mark == Mark.OFF else ""
    item = None if row.mark in SETTLED else row.pk
    yield (
        row.first_month,
        Line(row.mark, look, row.text, row.url, row.field, note, tone, css, row.added_late, item),
    )


def _note(row: ItemRow) -> tuple[str, str]:
    if row.mark == Mark.LATE:
        return "没有记录", "late"
    if row.mark == Mark.DONE:
        return _done_note(row)
    if row.moved_from:
        return f"原 {_month_name(row.moved_from, row.first_month)}", ""
    if row.last_month != row.first_month and not row.day:
        return f"至 {_month_name(row.last_month, row.first_month)}", "quiet"
    return exactly(row), "quiet" if exactly(row) else ""


def exactly(row: ItemRow) -> str:
    """What is known beside the month: 双周五, 8日, 第3周."""
    if row.rhythm:
        return rhythm_text(row.rhythm, row.weekday)
    if row.day:
        until = f"至{row.last_day.day}" if row.last_day and row.last_day != row.day else ""
        return f"{row.day.day}{until}日"
    return f"第{row.week}周" if row.week else ""


def _done_note(row: ItemRow) -> tuple[str, str]:
    """When it was done; said aloud when that was after the planned months."""
    day = row.record_day
    late = day > last_day(row.last_month.year, row.last_month.month)
    month = _month_name(day, row.first_month)
    if row.record_precision == Precision.MONTH:
        known = (
            "" if (day.year, day.month) == (row.first_month.year, row.first_month.month) else month
        )
    else:
        known = f"{day.day}日" if day.month == row.first_month.month else f"{month}{day.day}日"
    return (f"{known}才办", "") if late else (known, "quiet")


def _month_name(month: date, beside: date) -> str:
    """12月, with the year when it is another than that of `beside`."""
    return f"{month.month}月" if month.year == beside.year else f"{month.year}年{month.month}月"


def _extra_line(row: dict) -> Line:
    note = "" if row["precision"] == Precision.MONTH else f"{row['day'].day}日"
    look = look_of(Mark.EXTRA, over=False)
    return Line(
        Mark.EXTRA, look, row["title"], activity_url(row["pk"]), row["field"], note, "quiet"
    )


def _pills(counts: dict, items: list[ItemRow], chosen: str, over: bool) -> list[Pill]:
    pills = [Pill(None, None, len(items) + counts[Mark.EXTRA], not chosen)]
    pills += [Pill(mark, look_of(mark, over=over), counts[mark], chosen == mark) for mark in Mark]
    added = sum(row.added_late for row in items)
    pills.append(Pill(ADDED, Look(Mark.EXTRA.value, "新增"), added, chosen == ADDED))
    return [pill for pill in pills if pill.count or pill.on or pill.mark is None]


def _bars(counts: dict, planned: int, over: bool) -> Iterable[Bar]:
    x = 0.0
    for mark in BAR_ORDER:
        if counts[mark]:
            width = BAR_WIDTH * counts[mark] / planned
            glyph = look_of(mark, over=over).glyph
            yield Bar(glyph, round(x, 1), round(max(width - BAR_GAP, 1), 1))
            x += width


def _summary(counts: dict, planned: int, over: bool) -> str:
    parts = [
        f"{look_of(mark, over=over).word} {counts[mark]}" for mark in BAR_ORDER if counts[mark]
    ]
    return f"{planned} 项：{'，'.join(parts)}" if parts else "还没有事项"
