"""Clubs and what comes again and again: the days on which there should have been a meeting. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from activities.choices import Rhythm, SeriesKind
from activities.rules.weeks import Term, monday, occurrences
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date, last_day

JOINED_FREELY = frozenset({SeriesKind.CLUB, SeriesKind.PRACTICE})  # who likes to comes


@dataclass(frozen=True)
class Slot:
    """One meeting that is due: on `day`; one held anywhere from `first` to `last` is it."""

    day: date
    first: date
    last: date
    by_month: bool = False
    off: str = ""  # the holiday on that day

    @property
    def text(self) -> str:
        if self.by_month:
            return f"{self.day.year}年{self.day.month}月"
        return chinese_date(self.day)

    def over(self, today: date) -> bool:
        return (self.last if self.by_month else self.day) < today


@dataclass(frozen=True)
class Round:
    """What was due up to a day: `held` of the `due` slots have a meeting, these are `missed`."""

    due: int
    held: int
    missed: tuple[Slot, ...]
    skipped: int = 0  # days off


def slots_between(
    rhythm: str,
    weekday: int | None,
    start: date,
    until: date,
    terms: Sequence[Term],
    holidays: Mapping[date, str],
) -> list[Slot]:
    """The meetings due from `start` to `until`, by the weeks of the school terms; monthly ones in
    the months that a term touches, in all of them where no term is known."""
    if until < start:
        return []
    if rhythm == Rhythm.MONTHLY:
        return [slot for slot in _months(start, until) if not terms or _touched(slot, terms)]
    return [
        Slot(one.day, monday(one.day), monday(one.day) + timedelta(days=6), off=one.off)
        for one in occurrences(rhythm, weekday, start, until, terms, holidays)
    ]


def _months(start: date, until: date) -> Iterator[Slot]:
    first = start.replace(day=1)
    while first <= until:
        end = last_day(first.year, first.month)
        yield Slot(first, first, end, by_month=True)
        first = end + timedelta(days=1)


def _touched(slot: Slot, terms: Sequence[Term]) -> bool:
    return any(term.first <= slot.last and slot.first <= term.last for term in terms)


def compared(slots: Iterable[Slot], days: Iterable[date], today: date) -> Round:
    """The due slots against the `days` of the meetings. A slot on a holiday is not due unless it
    was held all the same; one that is still ahead is not missed yet."""
    days = sorted(days)
    due = held = skipped = 0
    missed = []
    for slot in slots:
        if any(slot.first <= day <= slot.last for day in days):
            due, held = due + 1, held + 1
        elif slot.off:
            skipped += 1
        elif slot.over(today):
            due += 1
            missed.append(slot)
    return Round(due, held, tuple(missed), skipped)


def check_rhythm(rhythm: str, weekday: int | None) -> None:
    if rhythm and rhythm != Rhythm.MONTHLY and weekday is None:
        raise RuleBroken("写了多久一次，也选上星期几，才算得出哪些次没有记。")
    if weekday is not None and not rhythm:
        raise RuleBroken("选了星期几，也选上多久一次。")


def check_open(name: str, end: date | None) -> None:
    if end:
        raise RuleBroken(f"{name}到{chinese_date(end)}已经停办了，要接着办，先恢复它。")


def check_joined_freely(name: str, kind: str) -> None:
    if kind not in JOINED_FREELY:
        raise RuleBroken(f"{name}不用自己报名，谁参加由办公室排。")


def check_end(name: str, start: date, end: date, today: date, last_meeting: date | None) -> None:
    if end > today:
        raise RuleBroken("停办的日子写到今天为止。")
    if end < start:
        raise RuleBroken(f"{name}从{chinese_date(start)}才开始，停办的日子不能更早。")
    if last_meeting and end < last_meeting:
        raise RuleBroken(
            f"{name}在{chinese_date(last_meeting)}还记着一次，停办的日子写那天或以后。"
        )


def check_day_within(name: str, day: date, start: date, end: date | None) -> None:
    if day < start:
        raise RuleBroken(f"{name}从{chinese_date(start)}才开始，{chinese_date(day)}还没有它。")
    if end and day > end:
        raise RuleBroken(f"{name}到{chinese_date(end)}就停办了，{chinese_date(day)}不会有它。")
