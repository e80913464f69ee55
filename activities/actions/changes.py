"""What is kept of a plan's changes after it was passed, and the undoing of the last one."""

from django.db import transaction
from django.utils import timezone

from activities import rules
from activities.choices import ChangeKind
from activities.models import Plan, PlanChange, PlanItem, PlanSection
from activities.queries.changes import CHAPTER, passed_since
from unionoffice.acts import LOOKS
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.queries import log_of
from unionoffice.undo import UNDO_WITHIN

UNDOABLE = frozenset(
    f"activities.{act}_item" for act in ("add", "update", "postpone", "cancel", "resume")
)
PLACED = frozenset({"state", "first_month", "last_month"})  # what a record leans on


@transaction.atomic
def keep_change(
    *, item: PlanItem, kind: ChangeKind, by, old: PlanItem | None = None, reason: str = ""
) -> PlanChange | None:
    """Nothing before the plan was passed, nor where no word differs."""
    if not rules.is_kept(item.plan.state):
        return None
    before, after = rules.differing_words(old, item)
    if not after and not before:
        return None
    return PlanChange.objects.create(
        plan=item.plan,
        item=item,
        item_text=old.text if old else item.text,
        kind=kind,
        reason=reason,
        before=before,
        after=after,
        made_by=by,
    )


@transaction.atomic
def keep_dropped(*, item: PlanItem, by, reason: str) -> PlanChange:
    """That an item is gone from a plan that was passed once and is a draft again."""
    words = rules.words_of(item)
    return PlanChange.objects.create(
        plan=item.plan,
        item_text=item.text,
        kind=ChangeKind.DROPPED,
        reason=reason,
        before={name: words[name] for name in ("月份", "板块")},
        made_by=by,
    )


@transaction.atomic
def forget_dropped(*, item: PlanItem, entry: AuditEntry) -> None:
    """The item is back: that it was dropped goes, what was kept of it before is its own again."""
    gone = PlanChange.objects.filter(plan=item.plan, item=None, kind=ChangeKind.DROPPED)
    gone.filter(item_text=item.text, made_at__gte=entry.at, made_by=entry.actor).delete()
    of_item = PlanChange.objects.filter(pk__in=entry.changes.get("changes", []), plan=item.plan)
    of_item.update(item=item)


@transaction.atomic
def keep_section_change(
    *, section: PlanSection, by, kind: ChangeKind, before: dict, after: dict
) -> PlanChange | None:
    if not rules.is_kept(section.plan.state):
        return None
    return PlanChange.objects.create(
        plan=section.plan,
        item_text=f"{CHAPTER}{section.title or '没有标题'}”",
        kind=kind,
        before=before,
        after=after,
        made_by=by,
    )


@transaction.atomic
def undo_item_change(*, item: PlanItem, by) -> PlanItem | None:
    """Take back the last thing that was done with the item, if `by` did it a moment ago: what was
    kept of it goes, too. None when the item itself went, which was just added. Raises RuleBroken,
    also when the plan was passed in between: what changes from then on is kept."""
    plan = Plan.objects.select_for_update().get(pk=item.plan_id)
    item = PlanItem.objects.select_for_update(of=("self",)).select_related("plan").get(pk=item.pk)
    entry = log_of(item).exclude(act__in=LOOKS).order_by("-number").first()
    _check_undo(entry, by)
    check_not_passed_since(plan, entry, "直接改这一项，改动会留下来。")
    if entry.act == "activities.add_item":
        return _drop(item, by)
    restored = {name: pair[0] for name, pair in entry.changes.items()}
    if PLACED & restored.keys():
        rules.check_not_recorded(item.text, item.activities.standing().exists(), "撤销")
    set_kept(item, restored)
    item.save(update_fields=list(restored))
    PlanChange.objects.filter(item=item, made_at__gte=entry.at, made_by=by).delete()
    record(by, "activities.undo_item", item, undone=entry.act)
    return item


def _check_undo(entry: AuditEntry | None, by) -> None:
    if entry is None or entry.act not in UNDOABLE or entry.actor_id != by.pk:
        raise RuleBroken("后来又改过，或者不是您改的，不能撤销了，直接改这一项。")
    if timezone.now() - entry.at > UNDO_WITHIN:
        minutes = int(UNDO_WITHIN.total_seconds() // 60)
        raise RuleBroken(f"超过 {minutes} 分钟，不能撤销了，直接改这一项。")


def check_not_passed_since(plan: Plan, entry: AuditEntry, instead: str) -> None:
    """What was done in a draft isn't taken back unseen once the plan was passed with it. `plan` is
    locked, so that nobody passes it meanwhile."""
    if passed_since(plan, entry):
        raise RuleBroken(f"计划在这以后通过了，不能撤销；{instead}")


def _drop(item: PlanItem, by) -> None:
    if item.activities.exists():
        raise RuleBroken(f"“{item}”已有活动记录，不能撤销；不办了就取消它。")
    record(by, "activities.undo_item", item, undone="activities.add_item")
    item.changes.all().delete()
    item.delete()


def set_kept(item: PlanItem, values: dict) -> None:
    """Values as the audit chain keeps them, back into the item."""
    for name, value in values.items():
        field = PlanItem._meta.get_field(name)
        kind = field.target_field if field.is_relation else field
        setattr(item, field.attname, kind.to_python(value))
