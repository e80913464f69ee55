"""Roster files: kept when read, landed whole or not at all, taken back as a whole."""

from collections import deque
from collections.abc import Generator, Iterator
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from members.actions.bulk import Steps
from members.actions.landing import Landing, land_plan, rows_to_write
from members.actions.landing_private import land_private, private_of, refuse_unless_trusted
from members.actions.undoing import refuse_if_used, take_back
from members.choices import ImportState, RowFate
from members.importers import (
    Choices,
    KnownRoster,
    Posted,
    RosterPlan,
    choices_from_json,
    known_roster,
    merged,
    plan_roster,
    reading_from_json,
    reading_to_json,
    without_people,
)
from members.models import RosterImport, User
from members.roster_reader import RosterReading
from unionoffice.audit import record
from unionoffice.errors import RuleBroken

KEPT_DAYS = 30  # how long a preview that nobody confirms is kept


class Progress(NamedTuple):
    """Rows written so far, of how many."""

    done: int
    whole: int


@transaction.atomic
def keep_reading(*, file_name: str, reading: RosterReading, by: User | None) -> RosterImport:
    """Keep what was read, so that it can be looked at and confirmed. The roster stays as it is.
    Previews that nobody confirmed for long go."""
    kept = _keep(file_name, reading, by)
    counts = {"rows": len(reading.accepted), "refused": len(reading.rejected)}
    record(by, "members.keep_reading", kept, **counts)
    old = timezone.now() - timedelta(days=KEPT_DAYS)
    for preview in RosterImport.objects.filter(state=ImportState.PREVIEWED, read_at__lt=old):
        _drop(preview, by)
    return kept


@transaction.atomic
def drop_import(*, roster_import: RosterImport, by: User) -> None:
    """Throw away a preview with all that was read. Raises RuleBroken when it has landed."""
    roster_import = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    _refuse_unless_previewed(roster_import)
    _drop(roster_import, by)


def _drop(roster_import: RosterImport, by: User | None) -> None:
    rows = len(roster_import.reading.get("accepted", ()))
    record(by, "members.drop_import", roster_import, rows=rows)
    roster_import.delete()


def _keep(file_name: str, reading: RosterReading, by: User | None) -> RosterImport:
    return RosterImport.objects.create(
        file_name=file_name[-120:], reading=reading_to_json(reading), read_by=by
    )


@transaction.atomic
def choose_for_import(
    *, roster_import: RosterImport, posted: Posted, by: User | None
) -> RosterImport:
    """Keep what the office decided about rows, groups and fields. The roster stays as it is.

    Raises RuleBroken when the import is no longer a preview.
    """
    roster_import = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    _refuse_unless_previewed(roster_import)
    before = choices_from_json(roster_import.choices)
    choices = merged(before, posted)
    if posted.every:
        choices = merged(choices, _for_every(roster_import, choices, *posted.every))
    roster_import.choices = choices.as_json()
    roster_import.save(update_fields=["choices"])
    if choices != before:
        record(by, "members.choose_for_import", roster_import, **_chosen(before, choices))
    return roster_import


def _chosen(before: Choices, after: Choices) -> dict:
    """What was decided now: how many rows, which names mean others, which fields stay."""
    rows = before.rows.keys() | after.rows.keys()
    return {
        "rows": sum(before.rows.get(place) != after.rows.get(place) for place in rows),
        "groups": dict(after.groups),
        "departments": dict(after.departments),
        "kept": sorted(after.kept),
    }


def _for_every(roster_import: RosterImport, choices: Choices, fate: str, choice: str) -> Posted:
    """`choice` for each row that has `fate` now."""
    plan = plan_roster(reading_from_json(roster_import.reading), known_roster(), choices)
    return Posted(rows={each.place: choice for each in plan.of(RowFate(fate)) if each.offers})


def land_roster(*, roster_import: RosterImport, fingerprint: str, by: User | None) -> RosterImport:
    """Carry out a previewed import whose plan had this `fingerprint`.

    Raises RuleBroken when it landed already, would change nothing, or would now do something
    else than what was looked at.
    """
    deque(landing_steps(roster_import=roster_import, fingerprint=fingerprint, by=by), maxlen=0)
    roster_import.refresh_from_db()
    return roster_import


def landing_steps(
    *, roster_import: RosterImport, fingerprint: str, by: User | None
) -> Iterator[Progress]:
    """land_roster, telling how far it is. One transaction: whoever stops listening before the end
    leaves the roster as it was."""
    with transaction.atomic():
        kept = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
        _refuse_unless_previewed(kept)
        known = known_roster()
        plan = plan_roster(reading_from_json(kept.reading), known, choices_from_json(kept.choices))
        if plan.fingerprint != fingerprint:
            raise RuleBroken(
                "您看过预览以后名册又有改动，结果会不一样。看看下面新的预览，再点导入。"
            )
        yield from _land(kept, plan, known, by)


@transaction.atomic
def import_roster(
    *, file_name: str, reading: RosterReading, by: User | None
) -> tuple[RosterImport, RosterPlan]:
    """Keep and land in one go, for whoever has seen the reading already."""
    known = known_roster()
    plan = plan_roster(reading, known)
    roster_import = _keep(file_name, reading, by)
    deque(_land(roster_import, plan, known, by), maxlen=0)
    return roster_import, plan


def _land(
    roster_import: RosterImport, plan: RosterPlan, known: KnownRoster, by: User | None
) -> Iterator[Progress]:
    if not plan.landing:
        raise RuleBroken("表里的内容和名册一样，没有要导入的。")
    refuse_unless_trusted(plan, by)
    landing = yield from _told(_written(plan, known), rows_to_write(plan))
    counts = {fate.value: plan.counts[fate] for fate in RowFate}
    private = {"private": dict(private_of(plan))} if private_of(plan) else {}
    entry = record(by, "members.land_roster", roster_import, **counts, **private)
    roster_import.state = ImportState.LANDED
    roster_import.landed = {
        "on": known.today,
        "audit": entry.number,
        "counts": counts,
        "held": [[p.row.sheet, p.row.row, p.row.name, p.reason] for p in plan.of(RowFate.HELD)],
        **private,
        **landing.as_json(),
    }
    roster_import.reading = without_people(roster_import.reading)
    roster_import.save(update_fields=["state", "landed", "reading"])


def _written(plan: RosterPlan, known: KnownRoster) -> Steps[Landing]:
    landing = yield from land_plan(plan, known)
    yield from land_private(plan, landing)
    return landing


def _told(steps: Steps[Landing], whole: int) -> Generator[Progress, None, Landing]:
    """The steps as a share of the whole, which they never pass."""
    done = 0
    yield Progress(done, whole)
    while True:
        try:
            done += next(steps)
        except StopIteration as end:
            return end.value
        yield Progress(min(done, whole), whole)


def _refuse_unless_previewed(roster_import: RosterImport) -> None:
    if roster_import.state != ImportState.PREVIEWED:
        raise RuleBroken(
            f"“{roster_import.file_name}”{roster_import.get_state_display()}，不能再导一次。"
            "要再导入，重新选文件。"
        )


@transaction.atomic
def undo_import(*, roster_import: RosterImport, by: User) -> RosterImport:
    """Take a landed import back: the roster has the same rows as before it, and of the file only
    how many rows it had is kept.

    Raises RuleBroken when another landed after it, or when one of its people was changed or used
    elsewhere since.
    """
    roster_import = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    if roster_import.state != ImportState.LANDED:
        raise RuleBroken(f"“{roster_import.file_name}”没有导入，不用撤回。")
    _refuse_if_not_last(roster_import)
    refuse_if_used(roster_import.landed)
    take_back(roster_import.landed)
    private = {k: v for k, v in roster_import.landed.items() if k == "private"}
    roster_import.state = ImportState.UNDONE
    roster_import.landed = {"counts": roster_import.landed["counts"]}
    roster_import.reading = without_people(roster_import.reading) | {"rejected": []}
    roster_import.save(update_fields=["state", "landed", "reading"])
    record(by, "members.undo_import", roster_import, **private)
    return roster_import


def _refuse_if_not_last(roster_import: RosterImport) -> None:
    landed = RosterImport.objects.filter(state=ImportState.LANDED).defer("reading")
    number = roster_import.landed["audit"]
    later = [each.file_name for each in landed if each.landed["audit"] > number]
    if later:
        raise RuleBroken(f"这之后又导入过“{later[-1]}”，先撤回那一份。")
