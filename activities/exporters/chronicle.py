"""大事记 as a paper."""

from collections.abc import Iterator, Sequence
from datetime import date

from activities.queries.chronicle import Event, by_month
from unionoffice.documents.outline import Block, Document, Heading, Missing, Paragraph
from unionoffice.models import Office
from unionoffice.periods import Period


def chronicle_document(
    events: Sequence[Event], period: Period, *, office: Office, today: date
) -> Document:
    return Document(
        title=(office.union_name, f"{period.label}大事记"),
        blocks=tuple(_months(list(events))),
        signature=office.union_name,
        date=today,
        subject=f"{period.label}大事记",
        author=office.union_name,
    )


def _months(events: list[Event]) -> Iterator[Block]:
    if not events:
        yield Paragraph((Missing("大事记"),))
    for month in by_month(events):
        yield Heading(1, month.label)
        yield from (Paragraph((f"{event.when}，{event.text}",)) for event in month.events)
