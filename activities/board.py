"""The plan as months: what stands in each, how it is marked, how far it has come. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from activities.choices import Mark
from activities.queries import ItemRow, activity_url, marks_counted
from activities.rules import rhythm_text
from activities.rules.weeks import Term, week_in
from unionoffice.facts import list_url
from unionoffice.lunar import chief_festivals
from unionoffice.periods import Period, Precision, last_day

BAR_WIDTH = 400  # SVG units of the progress bar
BAR_GAP = 2
BAR_ORDER = (Mark.DONE, Mark.DOING, Mark.LATE, Mark.MOVED, Mark.PLAN, Mark.OFF)
FESTIVALS_SHOWN = 3
EXTRAS_SHOWN = 8  # lines of unplanned activities in a month; their list has all of them
SETTLED = (Mark.DONE, Mark.OFF)  # what stays in its month
ADDED = "added"  # asked for like a mark: what came after the plan was passed


@dataclass(frozen=True)
class Look:
    """How a mark is drawn: its glyph and its word."""

    glyph: str
    word: str


NOT_RECORDED = Look(Mark.PLAN.value, "未记录")  # once the period is over, nothing is overdue
AMONG_THEM = Look("", "其中新增")  # counted by another pill already


def look_of(mark: Mark, *, over: bool) -> Look:
    """`over`: whether the plan's period has ended."""
    return NOT_RECORDED if over and mark == Mark.LATE else Look(mark.value, mark.label)


@dataclass(frozen=True)
class Line:
    """One line of a month. `day` is its place among the others, `when` stands before the text and
    `note` at its right; `tone`: "" is loud, late is red, quiet."""

    mark: Mark
    look: Look
    text: str
    url: str
    field: str
    day: date | None = None
    when: str = ""
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
    new_year: bool = False  # where another year begins, in a plan that runs through two

    @property
    def rest_url(self) -> str:
        return self.unplanned()

    def unplanned(self, **narrowed) -> str:
        """The list of its unplanned activities."""
        beside = {"field": self.field} if self.field else {}
        period = Period.month(self.year, self.number)
        return list_url("activities:activity_list", period, planned="no", **beside, **narrowed)

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

    @property
    def is_behind(self) -> bool:
        """Whether this month stands below others."""
        return any(month.now for month in self.months[1:])


def build(
    period: Period,
    items: Iterable[ItemRow],
    extras: Iterable[dict],
    today: date,
    *,
    mark: str = "",
    field: str = "",
    terms: Sequence[Term] = (),
) -> Board:
    """`extras` are unplanned activities by day: pk, title, field, day, precision. Counts follow
    `field`; `mark` only hides lines. `terms` say when 第3周 is."""
    items = [row for row in items if not field or row.field == field]
    extras = [row for row in extras if not field or row["field"] == field]
    beside = {"draft": any(not row.counted for row in items), "field": field}
    months = {(y, m): _month(y, m, today, **beside) for y, m in period.months()}
    _name_years(list(months.values()))
    over = period.end < today
    for row in items:
        _count(months, row)
        _put(months, _lines_of(row, over, terms), mark)
    if mark in ("", Mark.EXTRA):
        _put_extras(months, extras)
    for month in months.values():
        month.lines.sort(key=lambda line: line.day or date.max)
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


def _name_years(months: list[Month]) -> None:
    """A plan through two years says of which one its months are."""
    several = len({month.year for month in months}) > 1
    before = None
    for month in months:
        month.new_year = several and month.year != before
        before = month.year


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
    """A line for all of one title; the first of each month, the others are counted."""
    titles: dict[tuple[int, int], dict[str, list]] = defaultdict(lambda: defaultdict(list))
    for row in extras:
        titles[row["day"].year, row["day"].month][row["title"]].append(row)
    for key, found in titles.items():
        if month := months.get(key):
            alike = iter(found.values())
            month.lines += [_extra_line(rows, month) for rows in islice(alike, EXTRAS_SHOWN)]
            month.rest = sum(map(len, alike))


def _extra_line(rows: list[dict], month: Month) -> Line:
    first = rows[0]
    days = [row["day"] for row in rows if row["precision"] != Precision.MONTH]
    several = len(rows) > 1
    return Line(
        Mark.EXTRA,
        look_of(Mark.EXTRA, over=False),
        f"{first['title']} {len(rows)} 场" if several else first["title"],
        month.unplanned(q=first["title"]) if several else activity_url(first["pk"]),
        first["field"],
        day=min(days, default=None),
        when=_days(min(days), max(days), days[0]) if days else "",
    )


def _lines_of(row: ItemRow, over: bool, terms: Sequence[Term]) -> Iterable[tuple[date, Line]]:
    """The line in the month where the item stands; a postponed item also leaves one behind."""
    if row.moved_from and row.mark != Mark.OFF:
        yield row.moved_from, _left_behind(row, over)
    look = look_of(row.mark, over=over)
    note, tone = ("", "") if look is NOT_RECORDED else _note(row)
    day, when = _day_of(row, terms)
    line = Line(
        row.mark,
        look,
        row.text,
        row.url,
        row.field,
        day=day,
        when=when,
        note=note,
        tone=tone,
        css="is-off" if row.mark == Mark.OFF else "",
        added=row.added_late,
        item=None if row.mark in SETTLED or row.record else row.pk,
    )
    yield row.first_month, line


def _left_behind(row: ItemRow, over: bool) -> Line:
    look = look_of(Mark.MOVED, over=over)
    note = f"改 {_month_name(row.first_month, row.moved_from)}"
    return Line(Mark.MOVED, look, row.text, row.url, row.field, note=note, css="is-moved")


def _day_of(row: ItemRow, terms: Sequence[Term]) -> tuple[date | None, str]:
    """When it was done, else when it is planned for, as far as that is known beside the month."""
    if row.mark == Mark.DONE:
        known = row.record_precision != Precision.MONTH
        day = row.record_day
        return (day, _days(day, day, row.first_month)) if known else (None, "")
    if row.day:
        return row.day, _days(row.day, row.last_day or row.day, row.first_month)
    if row.week and not row.rhythm:
        end = last_day(row.last_month.year, row.last_month.month)
        week = week_in(terms, row.week, row.first_month, end)
        return week and max(week[0], row.first_month), f"第{row.week}周"
    return None, ""


def _days(first: date, last: date, month: date) -> str:
    """9, 5–9, 26–2/6 in that month; 4/6 in another."""
    until = "" if last == first else f"–{_number(last, first)}"
    return _number(first, month) + until


def _number(day: date, month: date) -> str:
    return str(day.day) if day.month == month.month else f"{day.month}/{day.day}"


def _note(row: ItemRow) -> tuple[str, str]:
    if row.mark == Mark.LATE:
        return "没有记录", "late"
    if row.mark == Mark.DONE:
        return _done_note(row), ""
    if row.moved_from:
        return f"原 {_month_name(row.moved_from, row.first_month)}", ""
    rhythm = rhythm_text(row.rhythm, row.weekday) if row.rhythm else ""
    if row.going_on:
        return f"{rhythm}，{row.record_text}", "quiet"
    longer = row.last_month != row.first_month and not row.day
    until = f"至 {_month_name(row.last_month, row.first_month)}" if longer else ""
    return "，".join(filter(None, (rhythm, until))), "quiet"


def _done_note(row: ItemRow) -> str:
    """The month in which it was done, where that was after the planned ones, or where it is all
    that is known of the day."""
    day, month = row.record_day, _month_name(row.record_day, row.first_month)
    if day > last_day(row.last_month.year, row.last_month.month):
        return f"{month}才办"
    same = (day.year, day.month) == (row.first_month.year, row.first_month.month)
    return month if row.record_precision == Precision.MONTH and not same else ""


def _month_name(month: date, beside: date) -> str:
    """12月, with the year when it is another than that of `beside`."""
    return f"{month.month}月" if month.year == beside.year else f"{month.year}年{month.month}月"


def _pills(counts: dict, items: list[ItemRow], chosen: str, over: bool) -> list[Pill]:
    pills = [Pill(None, None, len(items) + counts[Mark.EXTRA], not chosen)]
    pills += [Pill(mark, look_of(mark, over=over), counts[mark], chosen == mark) for mark in Mark]
    added = sum(row.added_late for row in items)
    pills.append(Pill(ADDED, AMONG_THEM, added, chosen == ADDED))
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
