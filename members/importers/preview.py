"""The plan of an import as the rows of a page: what needs a look comes first."""

from dataclasses import dataclass

from members.choices import RowFate
from members.importers.choices import LEAVE
from members.importers.plan import LABELS, Change, Offer, RosterPlan, RowPlan
from members.roster_reader import Rejection

WARNED = "warned"
KIND_LABELS = {"employment": "在岗情况和会籍"}
ORDER = tuple(RowFate(fate) for fate in ("held", "rejected", "changed", "new", "skipped", "same"))


@dataclass(frozen=True)
class PreviewRow:
    """`text` is the reason of a row that stays out, or a new person in one line."""

    sheet: str
    row: int
    name: str
    fate: RowFate
    text: str = ""
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()
    place: int | None = None  # among the accepted
    choice: str = ""
    offers: tuple[Offer, ...] = ()
    kept: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Kind:
    """The changes of one field, which can be left out for everyone."""

    field: str
    label: str
    count: int
    is_taken: bool


@dataclass(frozen=True)
class Pill:
    """One choice of what the preview shows. `show` is its value in the address."""

    show: str
    label: str
    count: int


@dataclass(frozen=True)
class Every:
    """A button for all rows of one fate."""

    value: str
    label: str


def everies(plan: RosterPlan, show: str) -> list[Every]:
    """What can be said of all rows that are shown, where they are of one fate."""
    number = plan.counts[show]
    if not number:
        return []
    if show in (RowFate.CHANGED, RowFate.NEW, RowFate.HELD):
        return [Every(f"{show}:{LEAVE}", f"这 {number:,} 行都不导")]
    if show == RowFate.SKIPPED and any(each.choice for each in plan.of(RowFate.SKIPPED)):
        return [Every(f"{show}:", f"这 {number:,} 行还是照表导")]
    return []


def preview_rows(plan: RosterPlan, show: str = "") -> list[PreviewRow]:
    """All rows, or those of one fate, or those with something to heed (WARNED)."""
    rows = [*map(_of_plan, plan.rows), *map(_of_rejection, plan.rejected)]
    if show == WARNED:
        rows = [row for row in rows if row.warnings]
    elif show:
        rows = [row for row in rows if row.fate == show]
    return sorted(rows, key=lambda row: ORDER.index(row.fate))


def pills(plan: RosterPlan) -> list[Pill]:
    """Only those that have rows."""
    counts = plan.counts
    found = [
        Pill("", "全部", sum(counts.values())),
        *(Pill(fate.value, fate.label, counts[fate]) for fate in ORDER),
        Pill(WARNED, "有提醒", sum(bool(each.warnings) for each in plan.rows)),
    ]
    return [pill for pill in found if pill.count]


def _of_plan(plan: RowPlan) -> PreviewRow:
    row = plan.row
    text = plan.reason or (plan.summary if plan.fate == RowFate.NEW else "")
    return PreviewRow(
        sheet=row.sheet,
        row=row.row,
        name=row.name,
        fate=plan.fate,
        text=text,
        changes=plan.changes,
        warnings=plan.warnings,
        place=plan.place,
        choice=plan.choice,
        offers=plan.offers,
        kept=plan.kept,
    )


def kinds(plan: RosterPlan) -> list[Kind]:
    """The fields that the file changes, in the office's words."""
    return [
        Kind(field, KIND_LABELS.get(field, LABELS[field]), count, field not in plan.choices.kept)
        for field, count in plan.kinds.items()
    ]


def _of_rejection(rejection: Rejection) -> PreviewRow:
    return PreviewRow(
        rejection.sheet, rejection.row, rejection.name, RowFate.REJECTED, rejection.reason
    )
