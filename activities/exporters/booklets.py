"""资料册: what was recorded of one activity, or of a period, bound together: a cover, what happened,
the photos with their captions, the list of the documents. Says what there is; shows nothing itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from activities.exporters.briefs import sentences_of
from activities.exporters.pictured import photo_bytes
from activities.models import Activity, Photo, Prize
from activities.queries.booklets import photos_by_activity
from activities.queries.chronicle import Event, Month, by_month
from activities.queries.kinds import prizes_of
from unionoffice.attachments import attachments_of_all
from unionoffice.models import Attachment, Office
from unionoffice.periods import Period, chinese_date

WIDEST = 1100  # pixels of a photo: two stand side by side on a page
MOST_PHOTOS, MOST_EACH = 120, 4  # of a period; of one activity in it


@dataclass(frozen=True)
class Picture:
    content: bytes
    size: tuple[int, int]
    caption: str


@dataclass(frozen=True)
class Entry:
    """What happened, with the photos of it."""

    text: str
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Chapter:
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Booklet:
    """`papers`: (of what, the document, what it is). `note`: what was left out."""

    title: str
    about: str
    issuer: str
    date: date
    chapters: tuple[Chapter, ...]
    papers: tuple[tuple[str, str, str], ...]
    note: str = ""

    @property
    def name(self) -> str:
        return f"资料册_{self.title}"

    @property
    def pictures(self) -> int:
        return sum(len(entry.pictures) for one in self.chapters for entry in one.entries)


# ------------------------------------------------------------------ of one activity
def booklet_of(activity: Activity, *, office: Office, today: date) -> Booklet:
    photos, left = photos_by_activity([activity.pk], each=MOST_PHOTOS, most=MOST_PHOTOS)
    told = [Entry(sentence) for sentence in sentences_of(activity, office)]
    shown = Entry("", tuple(map(_picture, photos.get(activity.pk, ()))))
    chapters = [Chapter("活动经过", tuple(told))]
    if prizes := tuple(map(_prize, prizes_of(activity))):
        chapters.append(Chapter("获奖", prizes))
    if shown.pictures:
        chapters.append(Chapter("照片", (shown,)))
    return Booklet(
        title=activity.title,
        about=chinese_date(activity.day, activity.precision),
        issuer=office.union_name,
        date=today,
        chapters=tuple(chapters),
        papers=tuple(_papers([activity], attachments_of_all([activity]))),
        note=_note(left),
    )


def _prize(prize: Prize) -> Entry:
    return Entry(f"{prize} {prize.winner_text}".strip())


# ------------------------------------------------------------------ of a period
def booklet_of_period(
    events: Iterable[Event], period: Period, *, office: Office, today: date
) -> Booklet:
    """The lines of the chronicle with the photos of the activities among them."""
    events = list(events)
    keys = [event.activity for event in events if event.activity]
    photos, left = photos_by_activity(keys, each=MOST_EACH, most=MOST_PHOTOS)
    activities = list(Activity.objects.filter(pk__in=keys).order_by("day", "pk"))
    return Booklet(
        title=f"{period.label}工会活动资料",
        about=period.label,
        issuer=office.union_name,
        date=today,
        chapters=tuple(_chapter(month, photos) for month in by_month(events)),
        papers=tuple(_papers(activities, attachments_of_all(activities))),
        note=_note(left),
    )


def _chapter(month: Month, photos: Mapping[int, list[Photo]]) -> Chapter:
    entries = (
        Entry(f"{event.when}，{event.text}", tuple(map(_picture, photos.get(event.activity, ()))))
        for event in month.events
    )
    return Chapter(month.label, tuple(entries))


# ------------------------------------------------------------------ both
def _picture(photo: Photo) -> Picture:
    return Picture(photo_bytes(photo, WIDEST), (photo.width, photo.height), photo.caption)


def _papers(
    activities: Iterable[Activity], files: Mapping[int, list[Attachment]]
) -> Iterator[tuple[str, str, str]]:
    for activity in activities:
        for file in files.get(activity.pk, ()):
            yield activity.title, file.name, file.label


def _note(left: int) -> str:
    return f"照片只收了一部分，另有 {left} 张在工会办公室的活动照片里。" if left else ""
