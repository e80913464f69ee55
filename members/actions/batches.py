"""Moves of many people at once, all of them or nobody, and taking such a move back as a whole."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from members.actions.applications import tell_taken_back
from members.actions.membership import move_member, undo_move
from members.choices import RequestState
from members.models import (
    Application,
    DepartmentAssignment,
    GroupAssignment,
    Member,
    User,
)
from members.queries.membership import last_move
from members.rules.moves import ACTS
from unionoffice.audit import chain_end, record
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry, AuditHead
from unionoffice.undo import UNDO_WITHIN

# a move in the audit chain -> the rows it changed, and their column
PLACED = {
    f"members.{verb}_{model._meta.model_name}": (model, column)
    for model, column in ((GroupAssignment, "group"), (DepartmentAssignment, "department"))
    for verb in ("change", "end")
}
STANDING = "standing"
# what stands in the chain beside a move of the 会籍, and goes back with it
BESIDE = {"members.end_office", "members.lock_account", "members.unlock_account"}
BESIDE |= {"members.send_message"}
ACTS_OF = {
    model: [act for act, (placed, _) in PLACED.items() if placed is model]
    for model in (GroupAssignment, DepartmentAssignment)
}


@transaction.atomic
def move_at_once(
    *, move: Callable, people: Collection[Member], by: User
) -> tuple[list, tuple[int, int]]:
    """What `move` (move_to_group, move_to_department, move_all, approve_applications, with all they
    take but `by`) gives, and the entries of the audit chain from the first to the last by which
    undo_moves takes it back. `people`: whom it is about.

    Raises RuleBroken as `move` does, and when nobody would be moved.
    """
    _hold(member.pk for member in people)
    before = chain_end().count
    moved = move(by=by)
    if not moved:
        raise RuleBroken("这些人都已经在那里了，没有要调的。")
    return moved, (before + 1, chain_end().count)


@transaction.atomic
def move_all(*, members: Iterable[Member], move: str, since: date, by: User, **how) -> list[Member]:
    """The same move of the 会籍, answered the same, for each of these people or for none.

    Raises RuleBroken with what stands in the way of the first who can't.
    """
    try:
        return [move_member(member=m, move=move, since=since, by=by, **how) for m in members]
    except RuleBroken as refusal:
        raise RuleBroken(f"一个人都没有动。{refusal}") from None


@transaction.atomic
def undo_moves(*, first: int, last: int, by: User) -> int:
    """Take back the move of many people that stands in the audit chain from `first` to `last`;
    gives how many people are where they were.

    Raises RuleBroken, and takes nothing back, when it was someone else's, is too long ago, or when
    one of them was moved again since.
    """
    entries = _own_entries(first, last, by)
    _hold(int(entry.target_id) for entry in entries)
    if timezone.now() - entries[0].at > UNDO_WITHIN:
        raise RuleBroken("办过超过 30 分钟，不能整批撤销了。办错的人，一个一个改回去。")
    if entries[0].act in ACTS:
        for entry in reversed(entries):
            _undo_move(entry, by)
        return len(entries)
    _refuse_if_moved_again(entries)
    for entry in entries:
        _put_back(entry, by)
    return len(entries)


def _hold(keys: Iterable[int]) -> None:
    """Until the transaction is over nobody else changes these people, and no other entry comes in
    between: the people first, as everyone does who changes one."""
    people = Member.objects.select_for_update().filter(pk__in=list(keys))
    list(people.order_by("pk").values_list("pk"))
    AuditHead.objects.select_for_update().filter(pk=1).first()


def _own_entries(first: int, last: int, by: User) -> list[AuditEntry]:
    """The entries from `first` to `last`: all of one kind of move, all made by `by`."""
    if 0 < first <= last <= chain_end().count:
        entries = AuditEntry.objects.filter(number__range=(first, last)).order_by("number")
        told = set(entries.order_by().values_list("act", "actor").distinct())
        kinds = {_kind_of(act) for act, _ in told if act not in BESIDE}
        beside = {act for act, _ in told} & BESIDE and kinds != {STANDING}
        whole = len(kinds) == 1 and None not in kinds and not beside
        if whole and {actor for _, actor in told} == {by.pk}:
            return list(entries.exclude(act__in=BESIDE))
    raise RuleBroken("这不是您刚才办的，不能撤销。")


def _kind_of(act: str):
    return STANDING if act in ACTS else PLACED.get(act, (None, ""))[0]


def _undo_move(entry: AuditEntry, by: User) -> None:
    member = Member.objects.get(pk=entry.target_id)
    latest = last_move(member)
    if latest is None or latest.number != entry.number:
        raise RuleBroken(f"{member}的会籍后来又变过，不能整批撤销。办错的人，一个一个改回去。")
    undo_move(member=member, by=by)
    for row in entry.changes["rows"].get("application", [[]])[0]:
        application = Application.objects.select_related("member").get(pk=row["id"])
        if application.state == RequestState.WAITING:
            tell_taken_back(application, by)


def put_places_back(entries: Iterable[AuditEntry], by: User) -> None:
    """Each move to a group or department as it was before; raises RuleBroken when the person was
    moved again since."""
    for entry in entries:
        _refuse_if_moved_again([entry])
        _put_back(entry, by)


def _refuse_if_moved_again(entries: list[AuditEntry]) -> None:
    model, _ = PLACED[entries[0].act]
    acts = [*ACTS_OF[model], UNDONE[model]]
    since = AuditEntry.objects.filter(number__gt=entries[-1].number, act__in=acts)
    moved = set(since.values_list("target_id", flat=True)) & {e.target_id for e in entries}
    if moved:
        names = "、".join(sorted(e.target_name for e in entries if e.target_id in moved)[:3])
        raise RuleBroken(f"{names}后来又调过，不能整批撤销。调错的人，再调回去。")


UNDONE = {
    GroupAssignment: "members.undo_groupassignment",
    DepartmentAssignment: "members.undo_departmentassignment",
}


def _put_back(entry: AuditEntry, by: User) -> None:
    """Each row as it was before, the newest change first."""
    model, column = PLACED[entry.act]
    rows = model.objects.select_for_update().filter(member=entry.target_id)
    for old, new in reversed(entry.changes["rows"]):
        if new is None:
            rows.create(member_id=int(entry.target_id), **_values(model, column, old))
            continue
        row = rows.filter(**_values(model, column, new)).first()
        if row is None:
            raise RuleBroken(f"{entry.target_name}后来又改过，不能整批撤销。调错的人，再调回去。")
        if old is None:
            row.delete()
        else:
            rows.filter(pk=row.pk).update(**_values(model, column, old))
    member = Member.objects.get(pk=entry.target_id)
    record(by, UNDONE[model], member, rows=[[new, old] for old, new in entry.changes["rows"]])


def _values(model, column: str, told: dict) -> dict:
    """What the chain tells of a row, as the row holds it."""
    places = model._meta.get_field(column).related_model.objects
    place = places.filter(name=told["what"]).first()
    if place is None:
        raise RuleBroken(f"“{told['what']}”改过名称，不能整批撤销。调错的人，再调回去。")
    return {column: place, "start": told["start"], "end": told["end"]}
