"""Every write to the chapters of a plan: added, written, put in order, taken out and put back."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from activities.actions.changes import check_not_passed_since, keep_section_change
from activities.choices import ChangeKind
from activities.models import Plan, PlanSection
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.queries import log_of
from unionoffice.undo import UNDO_WITHIN

SECTION_NAMES = {"title": "标题", "body": "内容"}


@transaction.atomic
def add_section(*, plan: Plan, by, title: str = "", body: str = "") -> PlanSection:
    """At the end of the plan."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    last = plan.sections.aggregate(last=Max("order"))["last"]
    order = 0 if last is None else last + 1
    section = PlanSection.objects.create(plan=plan, order=order, title=title, body=body)
    record(by, "activities.add_section", plan, title=title)
    _keep(section, ChangeKind.ADDED, by, {"title": ["", title], "body": ["", body]})
    return section


@transaction.atomic
def update_section(*, section: PlanSection, by, untouched: Collection[str] = ()) -> PlanSection:
    """Save what a form changed, not the `untouched` fields that another form may have changed."""
    plan = Plan.objects.select_for_update().get(pk=section.plan_id)  # who passes it waits
    old = PlanSection.objects.select_for_update().get(pk=section.pk)
    section.plan = old.plan = plan
    changes = changed_fields(section, old, SECTION_NAMES.keys() - set(untouched))
    if changes:
        section.save(update_fields=list(changes))
        record(by, "activities.update_section", section.plan, section=section.pk, **changes)
        _keep(old, ChangeKind.ADJUSTED, by, changes)
    return section


def _keep(section: PlanSection, kind: ChangeKind, by, changes: dict) -> None:
    told = {SECTION_NAMES[name]: pair for name, pair in changes.items() if pair[0] or pair[1]}
    keep_section_change(
        section=section,
        kind=kind,
        by=by,
        before={name: pair[0] for name, pair in told.items()},
        after={name: pair[1] for name, pair in told.items()},
    )


@transaction.atomic
def shift_section(*, plan: Plan, section: int, by, up: bool) -> None:
    """One place up or down; nothing at either end."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    order = list(plan.sections.values_list("pk", flat=True))
    if section not in order:
        raise RuleBroken("这一章刚被删掉了，刷新再看。")
    here = order.index(section)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        _put_in_order(plan, order)
        record(by, "activities.order_sections", plan, order=order)


def _put_in_order(plan: Plan, order: list[int]) -> None:
    """No two may have the same place, not for a moment: first all go behind the last."""
    behind = (plan.sections.aggregate(last=Max("order"))["last"] or 0) + 1
    for start in (behind, 0):
        for place, pk in enumerate(order):
            PlanSection.objects.filter(pk=pk).update(order=start + place)


@transaction.atomic
def drop_section(*, plan: Plan, section: int, by) -> AuditEntry:
    """Take a chapter out. The entry in the audit chain keeps it for restore_section."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    gone = plan.sections.filter(pk=section).first()
    if gone is None:
        raise RuleBroken("这一章已经删掉了。")
    place = plan.sections.filter(order__lt=gone.order).count()
    _keep(gone, ChangeKind.CANCELLED, by, {"title": [gone.title, ""], "body": [gone.body, ""]})
    gone.delete()
    return record(
        by, "activities.drop_section", plan, title=gone.title, body=gone.body, place=place
    )


@transaction.atomic
def restore_section(*, plan: Plan, entry: int, by) -> PlanSection:
    """Put back what the audit entry of that number says was taken out, by the same user and a
    moment ago. Raises RuleBroken."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    dropped = log_of(plan).filter(act="activities.drop_section", number=entry, actor=by).first()
    restored = (
        log_of(plan).filter(act="activities.restore_section").values_list("changes", flat=True)
    )
    if dropped is None or any(each.get("entry") == entry for each in restored):
        raise RuleBroken("这一章已经放回来了，或者不是您删的。")
    if timezone.now() - dropped.at > UNDO_WITHIN:
        raise RuleBroken("删掉太久了，不能撤销。原来的文字操作记录里还有，找管理员。")
    check_not_passed_since(plan, dropped, "重新写这一章，改动会留下来。")
    kept = dropped.changes
    section = PlanSection.objects.create(
        plan=plan,
        order=(plan.sections.aggregate(last=Max("order"))["last"] or 0) + 1,
        title=kept["title"],
        body=kept["body"],
    )
    order = [pk for pk in plan.sections.values_list("pk", flat=True) if pk != section.pk]
    _put_in_order(plan, [*order[: kept["place"]], section.pk, *order[kept["place"] :]])
    record(by, "activities.restore_section", plan, entry=entry, title=section.title)
    _forget_change(plan, kept, by)
    return section


def _forget_change(plan: Plan, kept: dict, by) -> None:
    """What was kept of the taking out goes with it."""
    since = timezone.now() - UNDO_WITHIN
    lost = {SECTION_NAMES[name]: kept[name] for name in SECTION_NAMES if kept[name]}
    same = plan.changes.filter(kind=ChangeKind.CANCELLED, item=None, made_by=by)
    for change in same.filter(made_at__gte=since):
        if change.before == lost:
            change.delete()
            return
