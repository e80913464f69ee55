"""The plan of an import as the rows of a page: what needs a look comes first."""

from dataclasses import dataclass

from members.choices import RowFate
from members.importers.plan import Change, RosterPlan, RowPlan
from members.roster_reader import Rejection

WARNED = "warned"
ORDER = (RowFate.HELD, RowFate.REJECTED, RowFate.CHANGED, RowFate.NEW, RowFate.SAME)


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


@dataclass(frozen=True)
class Pill:
    """One choice of what the preview shows. `show` is its value in the address."""

    show: str
    label: str
    count: int


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
    return PreviewRow(row.sheet, row.row, row.name, plan.fate, text, plan.changes, plan.warnings)


def _of_rejection(rejection: Rejection) -> PreviewRow:
    return PreviewRow(
        rejection.sheet, rejection.row, rejection.name, RowFate.REJECTED, rejection.reason
    )
