"""The calendar as phones fetch it: iCalendar (RFC 5545). The events are written out here: a year has
thousands of them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneStandard

from activities.calendar import DAY
from activities.queries.calendar import Entry

ZONE = "Asia/Shanghai"
SHANGHAI = ZoneInfo(ZONE)
BACK, AHEAD = timedelta(days=92), timedelta(days=400)
USUAL = timedelta(hours=1)  # how long something takes whose end nobody wrote down
REFRESH = timedelta(hours=6)
LONGEST_LINE = 75  # octets
SIGNS = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
LAST_LINE = b"END:VCALENDAR\r\n"
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
    events = []
    for entry in sorted(entries, key=lambda each: (each.first, each.uid)):
        if not entry.off:
            events += _event(entry, office, changed.get(entry.source, LONG_AGO))
    frame = calendar.to_ical().removesuffix(LAST_LINE)
    return frame + b"".join(map(_folded, events)) + LAST_LINE


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


def _event(entry: Entry, office: str, changed: datetime) -> Iterator[str]:
    """Its lines, not folded yet."""
    stamp = f"{changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    more = f"，{entry.times}" if entry.long and entry.start else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}@{office}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SUMMARY:{entry.text.translate(SIGNS)}"
    yield from _when(entry)
    if entry.place:
        yield f"LOCATION:{entry.place.translate(SIGNS)}"
    yield f"DESCRIPTION:{(entry.word + more).translate(SIGNS)}"
    yield f"STATUS:{'CANCELLED' if entry.struck else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _when(entry: Entry) -> Iterator[str]:
    if entry.start is None or entry.long:
        yield f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.last + DAY:%Y%m%d}"
        return
    begins = datetime.combine(entry.first, entry.start, SHANGHAI)
    ends = datetime.combine(entry.first, entry.end, SHANGHAI) if entry.end else begins + USUAL
    ends = ends if ends > begins else begins + USUAL
    for name, moment in (("DTSTART", begins), ("DTEND", ends)):
        yield f"{name};TZID={ZONE}:{moment:%Y%m%dT%H%M%S}"


def _folded(line: str) -> bytes:
    """With its end; what is too long goes on in the next line, after a space."""
    left = line.encode()
    lines, room = [], LONGEST_LINE
    while len(left) > room:
        cut = room
        while left[cut] & 0xC0 == 0x80:  # never inside a sign
            cut -= 1
        lines.append(left[:cut])
        left, room = left[cut:], LONGEST_LINE - 1
    return b"\r\n ".join([*lines, left]) + b"\r\n"
