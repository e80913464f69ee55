"""The roster's desk: views that users keep, messages, and taking back a move of many people."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from members.actions.membership import move_member, undo_move
from members.models import (
    Delivery,
    DepartmentAssignment,
    GroupAssignment,
    Member,
    Message,
    SavedView,
    User,
)
from members.queries.membership import last_move
from unionoffice.audit import chain_end, record
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry, AuditHead, Office
from unionoffice.undo import UNDO_WITHIN

BATCH = 500
MOST_VIEWS = 20  # a user
# a move in the audit chain -> the rows it changed, and their column
PLACED = {
    f"members.{verb}_{model._meta.model_name}": (model, column)
    for model, column in ((GroupAssignment, "group"), (DepartmentAssignment, "department"))
    for verb in ("change", "end")
}
STANDING, STANDING_ACTS = "standing", {"members.retain_member", "members.restore_member"}
ACTS_OF = {
    model: [act for act, (placed, _) in PLACED.items() if placed is model]
    for model in (GroupAssignment, DepartmentAssignment)
}


@transaction.atomic
def save_view(*, user: User, name: str, query: str) -> SavedView:
    """Keep a filter of the roster under a name of the user's own."""
    others = SavedView.objects.filter(user=user)
    if others.filter(name=name).exists():
        raise RuleBroken(f"已经有一个叫“{name}”的，换一个名称。")
    if others.count() >= MOST_VIEWS:
        raise RuleBroken(f"已经存了 {MOST_VIEWS} 个，删掉不用的再存。")
    view = SavedView.objects.create(user=user, name=name, query=query)
    record(user, "members.save_view", view, query=query)
    return view


@transaction.atomic
def rename_view(*, view: SavedView, name: str, by: User) -> SavedView:
    if SavedView.objects.filter(user=view.user, name=name).exclude(pk=view.pk).exists():
        raise RuleBroken(f"已经有一个叫“{name}”的，换一个名称。")
    if name != view.name:
        old, view.name = view.name, name
        view.save(update_fields=["name"])
        record(by, "members.rename_view", view, name=[old, name])
    return view


@transaction.atomic
def drop_view(*, view: SavedView, by: User) -> None:
    record(by, "members.drop_view", view, query=view.query)
    view.delete()


@transaction.atomic
def keep_columns(*, user: User, columns: Collection[str]) -> None:
    """Remember which columns the user takes along, for the next export."""
    user.export_columns = list(columns)
    user.save(update_fields=["export_columns"])


@transaction.atomic
def note_export(*, office: Office, by: User, columns: Collection[str], rows: int) -> None:
    """Leave the trace that `by` took `rows` people away."""
    record(by, "members.export_members", office, columns=list(columns), rows=rows)


@transaction.atomic
def send_message(*, text: str, members: Iterable[Member], by: User) -> Message:
    """Put the text on the home page of each of these people until they have read it."""
    members = list(members)
    message = Message.objects.create(text=text, sent_by=by)
    Delivery.objects.bulk_create(
        [Delivery(message=message, member=member) for member in members], batch_size=BATCH
    )
    record(by, "members.send_message", message, text=text, members=[m.pk for m in members])
    return message


@transaction.atomic
def withdraw_message(*, message: Message, by: User) -> int:
    """Take the message from everyone who has not read it; gives how many that were. Where nobody
    has read it, it goes altogether.

    Raises RuleBroken for a message of someone else.
    """
    if message.sent_by_id != by.pk:
        raise RuleBroken("只有发的人自己能收回。")
    count, _ = message.deliveries.filter(read_at=None).delete()
    record(by, "members.withdraw_message", message, text=message.text, unread=count)
    if not message.deliveries.exists():
        message.delete()
    return count


@transaction.atomic
def read_message(*, delivery: Delivery) -> None:
    """Whose it is has read it: it leaves the home page. The first time counts."""
    Delivery.objects.filter(pk=delivery.pk, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def move_at_once(*, move: Callable, by: User, **values) -> tuple[list[Member], tuple[int, int]]:
    """What `move` (move_to_group, move_to_department, move_all) gives, and the entries of the audit chain
    from the first to the last by which undo_moves takes it back.

    Raises RuleBroken as `move` does, and when nobody would be moved.
    """
    _hold_chain()
    before = chain_end().count
    moved = move(by=by, **values)
    if not moved:
        raise RuleBroken("这些人都已经在那里了，没有要调的。")
    return moved, (before + 1, chain_end().count)


@transaction.atomic
def move_all(*, members: Iterable[Member], step: str, since: date, note: str, by: User) -> list:
    """The same step of the 会籍 for each of these people, or for none.

    Raises RuleBroken when one of them can't take it.
    """
    done = []
    for member in members:
        try:
            done.append(move_member(member=member, move=step, since=since, note=note, by=by))
        except RuleBroken as refusal:
            raise RuleBroken(f"一个人都没有动。{member}办不了：{refusal}") from None
    return done


@transaction.atomic
def undo_moves(*, first: int, last: int, by: User) -> int:
    """Take back the move of many people that stands in the audit chain from `first` to `last`;
    gives how many people are where they were.

    Raises RuleBroken, and takes nothing back, when it was someone else's, is too long ago, or when
    one of them was moved again since.
    """
    _hold_chain()
    entries = _own_entries(first, last, by)
    if timezone.now() - entries[0].at > UNDO_WITHIN:
        raise RuleBroken("办过超过 30 分钟，不能整批撤销了。办错的人，一个一个改回去。")
    if entries[0].act in STANDING_ACTS:
        for entry in entries:
            _undo_standing(entry, by)
        return len(entries)
    _refuse_if_moved_again(entries)
    for entry in entries:
        _put_back(entry, by)
    return len(entries)


def _hold_chain() -> None:
    """No other entry comes in between, until the transaction is over."""
    AuditHead.objects.select_for_update().filter(pk=1).first()


def _own_entries(first: int, last: int, by: User) -> list[AuditEntry]:
    """The entries from `first` to `last`: all of one kind of move, all made by `by`."""
    if 0 < first <= last <= chain_end().count:
        entries = AuditEntry.objects.filter(number__range=(first, last)).order_by("number")
        told = set(entries.order_by().values_list("act", "actor").distinct())
        kinds = {_kind_of(act) for act, _ in told}
        if len(kinds) == 1 and None not in kinds and {actor for _, actor in told} == {by.pk}:
            return list(entries)
    raise RuleBroken("这不是您刚才办的，不能撤销。")


def _kind_of(act: str):
    if act in STANDING_ACTS:
        return STANDING
    return PLACED.get(act, (None, ""))[0]


def _undo_standing(entry: AuditEntry, by: User) -> None:
    member = Member.objects.get(pk=entry.target_id)
    latest = last_move(member)
    if latest is None or latest.number != entry.number:
        raise RuleBroken(f"{member}的会籍后来又变过，不能整批撤销。办错的人，一个一个改回去。")
    undo_move(member=member, by=by)


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
