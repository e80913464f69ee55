"""Plan texts that wait to be confirmed, and the plans made from them."""

from django.db import transaction

from activities import importers
from activities.actions.plans import add_plan
from activities.choices import ImportState
from activities.models import Plan, PlanImport
from activities.plan_reader import read_plan
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period


@transaction.atomic
def keep_text(*, text: str, file_name: str, by) -> PlanImport:
    """Keep a plan's text for its preview. Raises FileRefused when it is too long."""
    importers.check_length(text)
    kept = PlanImport.objects.create(text=text, file_name=file_name[-120:], read_by=by)
    record(by, "activities.read_plan_text", kept, characters=len(text))
    return kept


@transaction.atomic
def land_import(*, kept: PlanImport, title: str, period: Period, by) -> Plan:
    """Make the plan from the kept text: all of it or, with the reason, nothing."""
    kept = PlanImport.objects.select_for_update().get(pk=kept.pk)
    if kept.state == ImportState.LANDED:
        raise RuleBroken("这份文字已经建成计划了，在年度计划里打开它。")
    plan = add_plan_from_text(text=kept.text, title=title, period=period, by=by)
    kept.state, kept.plan = ImportState.LANDED, plan
    kept.save(update_fields=["state", "plan"])
    return plan


def add_plan_from_text(*, text: str, title: str, period: Period, by) -> Plan:
    arranged = importers.arrange(read_plan(text), period)
    if not arranged.items and not arranged.sections:
        raise RuleBroken("这份文字里没有读到事项，也没有读到章节，建不成计划。")
    return add_plan(
        title=title,
        period=period,
        by=by,
        items=arranged.items,
        sections=arranged.sections,
        unread=arranged.unread,
        source_text=text,
    )
