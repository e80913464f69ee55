"""Plan texts that wait to be confirmed, and the plans made from them."""

from django.db import transaction

from activities import importers
from activities.actions.plans import add_plan
from activities.choices import ImportState
from activities.models import Plan, PlanImport
from activities.plan_reader import read_plan
from activities.plan_reader.corrections import Choices
from activities.queries.imports import people_named
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period

LANDED = "这份文字已经建成计划了，在年度计划里打开它。"
OVERTAKEN = "刚才有人改了这份文字的读法，先看一遍再建。"


@transaction.atomic
def keep_text(*, text: str, file_name: str, by) -> PlanImport:
    """Keep a plan's text for its preview. Raises FileRefused when it is too long."""
    importers.check_length(text)
    kept = PlanImport.objects.create(text=text, file_name=file_name[-120:], read_by=by)
    record(by, "activities.read_plan_text", kept, characters=len(text))
    return kept


@transaction.atomic
def choose_line(*, kept: PlanImport, line: int, choice: dict | None, by) -> PlanImport:
    """Read one line as `choice` says, None as at first; what others chose for other lines stays."""
    kept = _waiting(kept)
    lines = read_plan(kept.text).lines
    if not 0 <= line < len(lines):
        raise RuleBroken(f"原文没有第 {line + 1} 行，刷新再看。")
    rest = {key: value for key, value in kept.choices.items() if key != str(line)}
    kept.choices = rest | ({str(line): choice} if choice else {})
    kept.save(update_fields=["choices"])
    record(by, "activities.correct_plan_text", kept, line=line + 1, choice=choice or "")
    return kept


@transaction.atomic
def land_import(*, kept: PlanImport, title: str, period: Period, by, seen: str = "") -> Plan:
    """Make the plan from the kept text: all of it or, with the reason, nothing.

    `seen`: the fingerprint of the corrections that were looked at; Raises RuleBroken for others.
    """
    kept = _waiting(kept)
    if seen != kept.fingerprint:
        raise RuleBroken(OVERTAKEN)
    plan = add_plan_from_text(
        text=kept.text, title=title, period=period, by=by, choices=kept.choices
    )
    kept.state, kept.plan = ImportState.LANDED, plan
    kept.save(update_fields=["state", "plan"])
    return plan


def _waiting(kept: PlanImport) -> PlanImport:
    kept = PlanImport.objects.select_for_update().get(pk=kept.pk)
    if kept.state == ImportState.LANDED:
        raise RuleBroken(LANDED)
    return kept


def add_plan_from_text(
    *, text: str, title: str, period: Period, by, choices: Choices | None = None
) -> Plan:
    reading = read_plan(text)
    people = people_named(importers.names_said(reading))
    arranged = importers.arrange(reading, period, choices, people)
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
