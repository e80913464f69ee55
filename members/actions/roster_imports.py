"""Roster files: kept when read, landed whole or not at all, taken back as a whole."""

from django.db import transaction

from members.actions.landing import land_plan
from members.actions.undoing import refuse_if_used, take_back
from members.choices import ImportState, RowFate
from members.importers import (
    KnownRoster,
    RosterPlan,
    known_roster,
    plan_roster,
    reading_from_json,
    reading_to_json,
)
from members.models import RosterImport, User
from members.roster_reader import RosterReading
from unionoffice.audit import record
from unionoffice.errors import RuleBroken


@transaction.atomic
def keep_reading(*, file_name: str, reading: RosterReading, by: User | None) -> RosterImport:
    """Keep what was read, so that it can be looked at and confirmed. The roster stays as it is."""
    return RosterImport.objects.create(
        file_name=file_name[-120:], reading=reading_to_json(reading), read_by=by
    )


@transaction.atomic
def land_roster(*, roster_import: RosterImport, fingerprint: str, by: User | None) -> RosterImport:
    """Carry out a previewed import whose plan had this `fingerprint`.

    Raises RuleBroken when it landed already, would change nothing, or would now do something
    else than what was looked at.
    """
    roster_import = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    if roster_import.state != ImportState.PREVIEWED:
        raise RuleBroken(
            f"“{roster_import.file_name}”{roster_import.get_state_display()}，不能再导一次。"
            "要再导入，重新选文件。"
        )
    known = known_roster()
    plan = plan_roster(reading_from_json(roster_import.reading), known)
    if plan.fingerprint != fingerprint:
        raise RuleBroken("您看过预览以后名册又有改动，结果会不一样。看看下面新的预览，再点导入。")
    return _land(roster_import, plan, known, by)


@transaction.atomic
def import_roster(
    *, file_name: str, reading: RosterReading, by: User | None
) -> tuple[RosterImport, RosterPlan]:
    """Keep and land in one go, for whoever has seen the reading already."""
    known = known_roster()
    plan = plan_roster(reading, known)
    roster_import = keep_reading(file_name=file_name, reading=reading, by=by)
    return _land(roster_import, plan, known, by), plan


def _land(
    roster_import: RosterImport, plan: RosterPlan, known: KnownRoster, by: User | None
) -> RosterImport:
    if not plan.landing:
        raise RuleBroken("表里的内容和名册一样，没有要导入的。")
    landing = land_plan(plan, known)
    counts = {fate.value: plan.counts[fate] for fate in RowFate}
    entry = record(by, "members.land_roster", roster_import, **counts)
    roster_import.state = ImportState.LANDED
    roster_import.landed = {
        "on": known.today,
        "audit": entry.number,
        "counts": counts,
        "held": [[p.row.sheet, p.row.row, p.row.name, p.reason] for p in plan.of(RowFate.HELD)],
        **landing.as_json(),
    }
    roster_import.save(update_fields=["state", "landed"])
    return roster_import


@transaction.atomic
def undo_import(*, roster_import: RosterImport, by: User) -> RosterImport:
    """Take a landed import back: the roster has the same rows as before it.

    Raises RuleBroken when another landed after it, or when one of its people was changed or used
    elsewhere since.
    """
    roster_import = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    if roster_import.state != ImportState.LANDED:
        raise RuleBroken(f"“{roster_import.file_name}”没有导入，不用撤回。")
    _refuse_if_not_last(roster_import)
    refuse_if_used(roster_import.landed)
    take_back(roster_import.landed)
    roster_import.state = ImportState.UNDONE
    roster_import.save(update_fields=["state"])
    record(by, "members.undo_import", roster_import)
    return roster_import


def _refuse_if_not_last(roster_import: RosterImport) -> None:
    landed = RosterImport.objects.filter(state=ImportState.LANDED).defer("reading")
    number = roster_import.landed["audit"]
    later = [each.file_name for each in landed if each.landed["audit"] > number]
    if later:
        raise RuleBroken(f"这之后又导入过“{later[-1]}”，先撤回那一份。")
