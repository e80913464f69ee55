"""Someone's years with the union and the school as a story: one line a day on which something
changed. Pure: made from the dated rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from members.choices import MembershipEntry, MembershipStatus
from members.models import Membership
from unionoffice.periods import Precision, chinese_date


@dataclass(frozen=True)
class Event:
    """Something that began or ended. `key`: it is about the 会籍 itself. `note`: what the office
    wrote down with it."""

    day: date | None  # None: before our records
    precision: str
    text: str
    key: bool = False
    note: str = ""


@dataclass(frozen=True)
class TimelineLine:
    day: str
    text: str
    key: bool
    notes: tuple[str, ...]


def timeline(
    *,
    memberships: Iterable[Membership],
    employments: Iterable,
    group_assignments: Iterable,
    department_assignments: Iterable,
    offices: Iterable,
    seats: Iterable = (),
    titles: Iterable = (),
    arrived: tuple[date | None, str] = (None, Precision.DAY),
) -> list[TimelineLine]:
    """The latest first; what was so before our records stands last. What began with the arrival or
    the 会籍 is known no better than that day."""
    memberships = list(memberships)
    exact = {row.start: row.start_precision for row in memberships} | dict([arrived])
    events = [
        *_employment_events(list(employments)),
        *_membership_events(memberships),
        *_place_events(list(department_assignments), "到{}", "离开{}"),
        *_place_events(list(group_assignments), "编入{}", "离开{}"),
        *_office_events(offices),
        *_place_events(list(seats), "任{}", "不再任{}"),
        *(Event(row.day, row.precision, f"评上{row.title}") for row in titles),
    ]
    days: dict[tuple, list[Event]] = {}
    for event in events:
        told = event.key or event.precision != Precision.DAY
        precision = event.precision if told else exact.get(event.day, Precision.DAY)
        days.setdefault((event.day or date.min, precision), []).append(event)
    return [_line(days[key], key[1]) for key in sorted(days, reverse=True)]


def _line(events: list[Event], precision: str) -> TimelineLine:
    first = events[0]
    return TimelineLine(
        chinese_date(first.day, precision) if first.day else "开始记录以前",
        "，".join(dict.fromkeys(event.text for event in events)),
        any(event.key for event in events),
        tuple(event.note for event in events if event.note),
    )


def _membership_events(rows: list[Membership]) -> Iterator[Event]:
    rows = _in_order(rows)
    for before, row, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        follows = before is not None and _next_day(before) == row.start and not before.exit
        yield Event(row.start, row.start_precision, _entry_text(row, follows), True, row.note)
        if row.end and (row.exit or not after or after.start != _next_day(row)):
            yield Event(_next_day(row), Precision.DAY, exit_text(row), True, row.exit_note)


def _entry_text(row: Membership, follows: bool) -> str:
    if follows and row.status == MembershipStatus.RETAINED:
        return "保留会籍"
    if follows:
        return "恢复会籍"
    if row.entry == MembershipEntry.TRANSFERRED and row.from_union:
        return f"从{row.from_union}转入"
    if row.start is None or row.start_precision == Precision.UNKNOWN:
        return "是会员" if row.status == MembershipStatus.ACTIVE else "保留会籍"
    word = row.get_entry_display() or "入会"
    return f"{word}，保留会籍" if row.status == MembershipStatus.RETAINED else word


def exit_text(row: Membership) -> str:
    if row.to_union:
        return f"转出到{row.to_union}"
    return row.get_exit_display() or "不再是会员"


def _employment_events(rows: list) -> Iterator[Event]:
    rows = _in_order(rows)
    for before, row in zip([None, *rows], rows, strict=False):
        back = before is not None and row.status == "working"
        yield Event(row.start, Precision.DAY, "回来上班" if back else row.word)


def _place_events(rows: list, begun: str, ended: str) -> Iterator[Event]:
    """Where someone goes on to another place, the going says it all."""
    rows = _in_order(rows)
    for row, after in zip(rows, [*rows[1:], None], strict=False):
        yield Event(row.start, Precision.DAY, begun.format(row.word))
        if row.end and (after is None or after.start != _next_day(row)):
            yield Event(_next_day(row), Precision.DAY, ended.format(row.word))


def _office_events(rows: Iterable) -> Iterator[Event]:
    """Who is elected again from the day after holds it on."""
    rows = list(rows)
    begun = {(_office_words(row), row.start) for row in rows}
    ended = {(_office_words(row), _next_day(row)) for row in rows if row.end}
    for row in rows:
        words = _office_words(row)
        verb = "连任" if row.start and (words, row.start) in ended else "任"
        yield Event(row.start, Precision.DAY, f"{verb}{words}")
        if row.end and (words, _next_day(row)) not in begun:
            yield Event(_next_day(row), Precision.DAY, f"不再任{words}")


def _office_words(row) -> str:
    place = row.group or row.department
    return f"{row.get_office_display()}{f'（{place}）' if place else ''}"


def _next_day(row) -> date | None:
    return row.end and row.end + timedelta(days=1)


def _in_order(rows: list) -> list:
    return sorted(rows, key=lambda row: (row.start or date.min, row.pk))
