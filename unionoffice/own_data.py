"""Everything that is stored about one person, as one file; and who looked at it. The apps answer,
by name (PIPL §44-45: 知情, 查阅, 复制)."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from openpyxl import Workbook
from openpyxl.styles import Font

from unionoffice.acts import LOOKS
from unionoffice.exports import harmless
from unionoffice.held import holds
from unionoffice.models import Attachment, AuditEntry

# each: own_data(member) -> Sections; traces(member) -> Traces
PARTS = ("members.own_data", "activities.own_data", "welfare.own_data", "congress.own_data")
WHOLE_LIST, IN_LIST = "一批人的，可能有您", "一批人的，有您"
HELD = "held"  # in the changes of an entry: whom the list held
CHUNK = 100


@dataclass(frozen=True)
class Section:
    """A table of what is stored: dates as dates, everything else as words. `of_members`: only who
    is a 会员 can have it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple, ...]
    of_members: bool = False


@dataclass(frozen=True)
class Traces:
    """Which records are about the person: {kind: primary keys}, and which looks at a whole list
    showed the person among others."""

    records: dict[str, list[int]]
    lists: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Look:
    at: datetime
    who: str
    what: str


def sections_about(member) -> list[Section]:
    """Only those that hold something."""
    found = [s for part in PARTS for s in import_string(f"{part}.own_data")(member)]
    return [section for section in found if section.rows]


def looks_at(member, user) -> Iterator[AuditEntry]:
    """Who opened or took away what is about the person, the newest first; the own looks of `user`,
    who is this person, are left out, and so are lists that are known not to have held the person."""
    about = Q(pk__in=())
    for part in PARTS:
        traces = import_string(f"{part}.traces")(member)
        for kind, keys in traces.records.items():
            about |= Q(target_type=kind, target_id__in=list(map(str, keys)))
        about |= Q(act__in=traces.lists, target_type="unionoffice.office")
    found = AuditEntry.objects.filter(about, act__in=LOOKS).exclude(actor=user)
    for entry in found.iterator(chunk_size=CHUNK):
        if HELD not in entry.changes or holds(entry.changes[HELD], member.pk):
            yield entry


def files_of(member, user) -> list[tuple[str, bytes]]:
    """(name, content) of the files that `user`, who is this person, handed in with these records."""
    about = Q(pk__in=())
    for part in PARTS:
        for kind, keys in import_string(f"{part}.traces")(member).records.items():
            about |= Q(owner_type=kind, owner_id__in=keys)
    found = []
    for number, file in enumerate(Attachment.objects.filter(about, added_by=user), 1):
        with file.file.open() as content:
            found.append((f"附件/{number} {file.name}", content.read()))
    return found


def told(entry: AuditEntry) -> Look:
    whole = entry.target_type == "unionoffice.office"
    of_many = IN_LIST if HELD in entry.changes else WHOLE_LIST
    words = f"{entry.act_words}（{of_many}）" if whole else entry.act_words
    return Look(entry.at, entry.actor_name, words)


def archive(
    sections: Iterable[Section], about: str, files: Iterable[tuple[str, bytes]] = ()
) -> bytes:
    """A zip with the sections as a workbook to read and as JSON to use, with the files, and with
    `about`, a few lines on what it is."""
    sections = list(sections)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("说明.txt", about)
        file.writestr("我的资料.xlsx", _workbook(sections))
        file.writestr("我的资料.json", _json(sections))
        for name, content in files:
            file.writestr(name, content)
    return out.getvalue()


def _workbook(sections: list[Section]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for section in sections:
        sheet = book.create_sheet(section.title[:31])
        sheet.append(section.columns)
        for head in sheet[1]:
            head.font = Font(bold=True)
            sheet.column_dimensions[head.column_letter].width = 20
        for row in section.rows:
            sheet.append([harmless(_plain(value)) for value in row])
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _json(sections: list[Section]) -> str:
    content = {
        section.title: [
            dict(zip(section.columns, map(_text, row), strict=True)) for row in section.rows
        ]
        for section in sections
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _plain(value):
    """What a cell can hold: a time without its zone."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return value


def _text(value):
    return value.isoformat() if type(value) is date else "" if value is None else _number(value)


def _number(value):
    plain = _plain(value)
    return plain if isinstance(plain, str | int | bool) else str(plain)
