"""Every write to selections and to who is recommended in them."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from activities.actions.honours import record_honours, take_out
from activities.choices import HolderKind, NomineeState, SelectionState
from activities.models import Honour, Nominee, Selection, SelectionQuota
from activities.queries.honours import group_of_person, recommended_by_group
from activities.rules import honours as rules
from members.models import UnionGroup, User
from unionoffice.actions import Files
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.periods import latest_day
from unionoffice.repeats import refuse_repeat
from unionoffice.undo import taken_off
from unionoffice.workflow import check

SELECTION_FIELDS = (
    "title",
    "level",
    "awarding_body",
    "quota",
    "conditions",
    "recommend_until",
    "started_on",
    "share",
    "share_of",
    "public_days",
    "notice",
    "note",
)
NOMINEE_FIELDS = ("member", "group", "recommended_by", "deeds", "state", "added_by")
DROP, RESTORE = "activities.drop_nominee", "activities.restore_nominee"
NO_DAYS = dict.fromkeys(("public_from", "public_until", "submitted_on"))
Quotas = Collection[tuple[UnionGroup, int]]


@transaction.atomic
def start_selection(*, selection: Selection, by, quotas: Quotas = ()) -> Selection:
    """The groups can recommend from now on. Raises RuleBroken for the same form sent twice."""
    same = ("title", "level", "awarding_body", "started_on")
    refuse_repeat(selection, act="activities.start_selection", by=by, same=same, what="一次评选")
    selection.started_by = by
    selection.save()
    record(by, "activities.start_selection", selection, level=selection.level)
    _set_quotas(selection, quotas)
    return selection


@transaction.atomic
def update_selection(
    *, selection: Selection, by, quotas: Quotas | None = None, untouched: Collection[str] = ()
) -> Selection:
    """Save what a form changed; the quotas of the groups, unless they are None."""
    old = Selection.objects.select_for_update().get(pk=selection.pk)
    changes = changed_fields(selection, old, set(SELECTION_FIELDS).difference(untouched))
    if changes:
        selection.save(update_fields=list(changes))
    if quotas is not None and (told := _set_quotas(selection, quotas)):
        changes["quotas"] = told
    if changes:
        record(by, "activities.update_selection", selection, **changes)
    return selection


def _set_quotas(selection: Selection, quotas: Quotas) -> list[str]:
    """What changed, in words."""
    before = {row.group_id: row for row in selection.quotas.select_related("group")}
    wanted = {group.pk: (group, limit) for group, limit in quotas}
    told = []
    for key, row in before.items():
        if key not in wanted:
            told.append(f"{row.group} 不限")
            row.delete()
    for key, (group, limit) in wanted.items():
        if key not in before or before[key].limit != limit:
            told.append(f"{group} {limit} 名")
            SelectionQuota.objects.update_or_create(
                selection=selection, group=group, defaults={"limit": limit}
            )
    return told


@transaction.atomic
def nominate(*, nominee: Nominee, by) -> Nominee:
    """Raises RuleBroken once recommending is over, for who is on the list already, and when the
    group's share is used up; two at once wait for each other."""
    selection = _open(nominee.selection_id)
    group = _check_new(nominee, selection)
    nominee.added_by = by
    nominee.recommended_by = nominee.recommended_by or (str(group) if group else "")
    nominee.save()
    record(by, "activities.nominate", selection, told=str(nominee))
    return nominee


def _check_new(nominee: Nominee, selection: Selection) -> UnionGroup | None:
    """Gives the group that the one is recommended by, out of whose share."""
    same = {"member": nominee.member} if nominee.member_id else {"group": nominee.group}
    if selection.nominees.filter(**same).exists():
        raise RuleBroken(f"{nominee}已经推荐过了。")
    group = nominee.group or group_of_person(nominee.member, selection.started_on)
    limit = selection.quotas.filter(group=group).values_list("limit", flat=True).first()
    taken = recommended_by_group(selection, group) if limit is not None else 0
    rules.check_group_quota(str(group), limit, taken)
    return group


@transaction.atomic
def update_nominee(*, nominee: Nominee, by, untouched: Collection[str] = ()) -> Nominee:
    """The deeds and who recommends; whom it is about stays."""
    selection = Selection.objects.select_for_update().get(pk=nominee.selection_id)
    old = selection.nominees.get(pk=nominee.pk)
    if selection.state in (SelectionState.CONCLUDED, SelectionState.DROPPED):
        raise RuleBroken(f"这次评选{selection.get_state_display()}，不再改。")
    fields = {"recommended_by", "deeds"}.difference(untouched)
    if changes := changed_fields(nominee, old, fields):
        nominee.save(update_fields=list(changes))
        record(by, "activities.update_nominee", selection, told=str(nominee), **changes)
    return nominee


@transaction.atomic
def drop_nominee(*, nominee: Nominee, by) -> AuditEntry:
    """Take off the list, with the deeds; gives the entry from which restore_nominee puts it back.
    Raises RuleBroken once recommending is over."""
    selection = _open(nominee.selection_id)
    nominee = selection.nominees.select_related("member", "group").get(pk=nominee.pk)
    values = {name: nominee.serializable_value(name) for name in NOMINEE_FIELDS}
    gone = {"told": str(nominee), "nominee": nominee.pk, "values": values}
    entry = record(by, DROP, selection, **gone)
    nominee.delete()
    return entry


@transaction.atomic
def restore_nominee(*, selection: Selection, entry: int, by) -> Nominee:
    """Put back whom `by` took off a moment ago. Raises RuleBroken."""
    selection = _open(selection.pk)
    dropped = taken_off(entry, about=selection, drop=DROP, restore=RESTORE, by=by)
    values = dropped.changes["values"]
    columns = {Nominee._meta.get_field(name).attname: value for name, value in values.items()}
    nominee = Nominee(pk=dropped.changes["nominee"], selection=selection, **columns)
    _check_new(nominee, selection)
    nominee.save(force_insert=True)
    record(by, RESTORE, selection, told=str(nominee), entry=entry)
    return nominee


@transaction.atomic
def choose_nominees(*, selection: Selection, chosen: Collection[int], by) -> Selection:
    """Exactly these are put forward. Raises RuleBroken when they are more than the places."""
    selection = _open(selection.pk)
    rows = list(
        selection.nominees.select_for_update(of=("self",)).select_related("member", "group")
    )
    picked = [row for row in rows if row.pk in set(chosen)]
    if selection.quota is not None and len(picked) > selection.quota:
        rules.check_chosen(len(picked), selection.quota)
    if _mark(rows, picked, NomineeState.CHOSEN, NomineeState.RECOMMENDED):
        names = "、".join(map(str, picked))
        record(by, "activities.choose_nominees", selection, told=names or "没有人")
    return selection


def _mark(rows: list[Nominee], picked: list[Nominee], state: str, others: str) -> bool:
    """Whether one of them has another state than before."""
    changed = False
    for row in rows:
        wanted = state if row in picked else others
        if row.state != wanted:
            row.state, changed = wanted, True
            row.save(update_fields=["state"])
    return changed


@transaction.atomic
def publish_selection(*, selection: Selection, public_from: date, public_until: date, by):
    """Put the chosen ones on show."""
    selection = _moving(selection, "publish", by)
    if public_until < public_from:
        raise RuleBroken("公示的最后一天早于第一天，对调一下。")
    _check_chosen(selection)
    return _moved(selection, "publish", by, public_from=public_from, public_until=public_until)


@transaction.atomic
def submit_selection(*, selection: Selection, submitted_on: date, by) -> Selection:
    """Report the chosen ones. Raises RuleBroken while they are still on show."""
    selection = _moving(selection, "submit", by)
    _check_chosen(selection)
    rules.check_public_over(selection.state, selection.public_until, submitted_on, "上报")
    rules.check_concluded_on(submitted_on, selection.started_on, timezone.localdate())
    return _moved(selection, "submit", by, submitted_on=submitted_on)


@transaction.atomic
def conclude_selection(
    *,
    selection: Selection,
    awarded: Collection[int],
    honour: Honour,
    by,
    files: Files = (),
    apart: bool = False,
) -> Selection:
    """Who got it: their honours are recorded along with it, like `honour`, which holds the day, its
    precision and the number of the document. Nobody: it is concluded without any. Raises
    RuleBroken while the names are on show, and as record_honours does; `apart` as there."""
    selection = _moving(selection, "conclude", by)
    today = timezone.localdate()
    day, precision = honour.day, honour.precision
    sent = selection.submitted_on
    rules.check_concluded_on(day, selection.started_on, today, precision, sent)
    known = min(latest_day(day, precision), today)
    rules.check_public_over(selection.state, selection.public_until, known, "记结果")
    chosen = _chosen(selection)
    picked = [row for row in chosen if row.pk in set(awarded)]
    _mark(chosen, picked, NomineeState.AWARDED, NomineeState.PASSED_OVER)
    rows = [_honour_of(row, selection, honour) for row in picked]
    record_honours(honours=rows, by=by, files=files, apart=apart)
    names = "、".join(map(str, picked))
    return _moved(selection, "conclude", by, concluded_on=known, told=names)


def _honour_of(nominee: Nominee, selection: Selection, like: Honour) -> Honour:
    return Honour(
        title=selection.title,
        level=selection.level,
        awarding_body=selection.awarding_body,
        day=like.day,
        precision=like.precision,
        document_number=like.document_number,
        holder=HolderKind.MEMBER if nominee.member_id else HolderKind.GROUP,
        member=nominee.member,
        group=nominee.group,
        selection=selection,
    )


@transaction.atomic
def reopen_selection(*, selection: Selection, reason: str, by) -> Selection:
    """Take the result back as a whole, with the honours that were recorded along with it; it goes
    back to where it came from."""
    selection = _moving(selection, "reopen", by, reason=reason, needs_reason=True)
    for row in Honour.objects.select_for_update().filter(selection=selection).standing():
        take_out(row, f"撤回评选结果：{reason}"[:200], by, "activities.void_honour")
    states = (NomineeState.AWARDED, NomineeState.PASSED_OVER)
    selection.nominees.filter(state__in=states).update(state=NomineeState.CHOSEN)
    back = {} if selection.submitted_on else {"state": SelectionState.PUBLIC}
    return _moved(selection, "reopen", by, reason=reason, concluded_on=None, **back)


@transaction.atomic
def move_selection(*, selection: Selection, move: str, by, reason: str = "") -> Selection:
    """The steps that need no more than a reason: back, drop, resume. Where it is recommended for
    again, the days of the steps before are forgotten."""
    needs_reason = move in rules.SELECTION_MOVES and rules.SELECTION_MOVES[move].needs_reason
    selection = _moving(selection, move, by, reason=reason, needs_reason=needs_reason)
    again = rules.SELECTION_MOVES[move].target == SelectionState.OPEN
    return _moved(selection, move, by, reason=reason, **(NO_DAYS if again else {}))


def _moving(selection: Selection, move: str, by, *, reason="", needs_reason=False) -> Selection:
    """The locked row, if `by` may make the move from its state."""
    selection = Selection.objects.select_for_update().get(pk=selection.pk)
    found = check(
        rules.SELECTION_MOVES,
        move,
        state=selection.state,
        state_label=selection.get_state_display(),
        user=by,
    )
    if needs_reason and not reason:
        raise RuleBroken(f"{found.label}要写原因。")
    return selection


def _moved(selection: Selection, move: str, by, *, reason="", told="", **values) -> Selection:
    values = {"state": rules.SELECTION_MOVES[move].target} | values
    for name, value in values.items():
        setattr(selection, name, value)
    selection.save(update_fields=list(values))
    said = {"told": told or reason} if told or reason else {}
    record(by, f"activities.{move}_selection", selection, **values | said)
    return selection


def _open(key: int) -> Selection:
    selection = Selection.objects.select_for_update().get(pk=key)
    rules.check_recommending(selection.state, selection.get_state_display())
    return selection


def _chosen(selection: Selection) -> list[Nominee]:
    rows = selection.nominees.filter(state=NomineeState.CHOSEN)
    return list(rows.select_related("member", "group"))


def _check_chosen(selection: Selection) -> None:
    rules.check_chosen(len(_chosen(selection)), selection.quota)


@transaction.atomic
def nominate_together(
    *, selection: Selection, nominees: Collection[Nominee], by: User
) -> list[Nominee]:
    """Several at once, all of them or none."""
    for nominee in nominees:
        nominee.selection = selection
        nominate(nominee=nominee, by=by)
    return list(nominees)
