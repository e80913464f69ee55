"""The calendar as phones fetch it: iCalendar (RFC 5545)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from activities.calendar import DAY
from activities.queries.calendar import Entry

ZONE = "Asia/Shanghai"
SHANGHAI = ZoneInfo(ZONE)
BACK, AHEAD = timedelta(days=92), timedelta(days=400)
USUAL = timedelta(hours=1)  # how long something takes whose end nobody wrote down
REFRESH = timedelta(hours=6)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)  # of what nobody noted a change


def feed_span(today: date) -> tuple[date, date]:
    """Which days a feed holds."""
    return today - BACK, today + AHEAD


def feed_of(
    entries: list[Entry], *, name: str, office: str, changed: Mapping[tuple[str, str], datetime]
) -> bytes:
    """The same bytes for the same entries. What a holiday takes away is left out. `office` parts
    its names from those of another office; `changed`: when what an entry is made from was last
    changed."""
    calendar = Calendar()
    calendar.add("prodid", "-//Union Office//工会办公室//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add_component(_zone())
    for entry in sorted(entries, key=lambda each: (each.first, each.uid)):
        if not entry.off:
            calendar.add_component(_event(entry, office, changed.get(entry.source, LONG_AGO)))
    return calendar.to_ical()


def _zone() -> Timezone:
    """China keeps one time and no summer time."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - local by its definition
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _event(entry: Entry, office: str, changed: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@{office}")
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("summary", entry.text)
    if entry.start and not entry.long:
        begins = datetime.combine(entry.first, entry.start, SHANGHAI)
        ends = datetime.combine(entry.first, entry.end, SHANGHAI) if entry.end else begins + USUAL
        event.add("dtstart", begins)
        event.add("dtend", ends if ends > begins else begins + USUAL)
    else:
        event.add("dtstart", entry.first)
        event.add("dtend", entry.last + DAY)
    if entry.place:
        event.add("location", entry.place)
    event.add(
        "description", entry.word + (f"，{entry.times}" if entry.long and entry.start else "")
    )
    event.add("status", "CANCELLED" if entry.struck else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
