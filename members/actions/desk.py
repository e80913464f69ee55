"""The roster's desk: views that users keep, and messages."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from members.models import (
    Delivery,
    Member,
    Message,
    SavedView,
    User,
)
from members.rules.desk import refuse_one_more_view, refuse_same_name
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.held import held
from unionoffice.models import Office
from unionoffice.repeats import made_just_now, repeated

BATCH = 500


@transaction.atomic
def save_view(*, user: User, name: str, query: str) -> SavedView:
    """Keep a filter of the roster under a name of the user's own."""
    others = SavedView.objects.filter(user=user)
    refuse_one_more_view(name, others.values_list("name", flat=True))
    view = SavedView.objects.create(user=user, name=name, query=query)
    record(user, "members.save_view", view, query=query)
    return view


@transaction.atomic
def rename_view(*, view: SavedView, name: str, by: User) -> SavedView:
    others = SavedView.objects.filter(user=view.user).exclude(pk=view.pk)
    refuse_same_name(name, others.values_list("name", flat=True))
    if name != view.name:
        old, view.name = view.name, name
        view.save(update_fields=["name"])
        record(by, "members.rename_view", view, name=[old, name])
    return view


@transaction.atomic
def drop_view(*, view: SavedView, by: User) -> None:
    view = SavedView.objects.select_for_update().get(pk=view.pk)
    record(by, "members.drop_view", view, query=view.query)
    view.delete()


@transaction.atomic
def keep_columns(*, user: User, columns: Collection[str]) -> None:
    """Remember which columns the user takes along, for the next export."""
    user.export_columns = list(columns)
    user.save(update_fields=["export_columns"])


@transaction.atomic
def note_export(
    *, office: Office, by: User, columns: Collection[str], people: Collection[Member]
) -> None:
    """Leave the trace that `by` took these people away."""
    told = {"rows": len(people), "held": held(each.pk for each in people)}
    record(by, "members.export_members", office, columns=list(columns), **told)


@transaction.atomic
def send_message(*, text: str, members: Iterable[Member], by: User) -> Message:
    """Put the text on the home page of each of these people until they have read it. Raises
    RuleBroken for the same text sent twice to the same people."""
    members = list(members)
    _refuse_repeat(text, members, by)
    return _sent(text, members, by)


@transaction.atomic
def tell(*, text: str, members: Iterable[Member], by: User, about: str = "") -> Message:
    """As send_message, for what follows from an act of someone else: it may come twice. What these
    people have not read yet of an earlier message `about` the same goes: this one takes its
    place."""
    members = list(members)
    if about:
        earlier = Delivery.objects.filter(message__about=about, read_at=None)
        earlier.filter(member__in=members).delete()
        Message.objects.filter(about=about, deliveries=None).delete()
    return _sent(text[: Message._meta.get_field("text").max_length], members, by, about)


def _sent(text: str, members: list[Member], by: User, about: str = "") -> Message:
    message = Message.objects.create(text=text, sent_by=by, about=about)
    Delivery.objects.bulk_create(
        [Delivery(message=message, member=member) for member in members], batch_size=BATCH
    )
    record(by, "members.send_message", message, text=text, members=[m.pk for m in members])
    return message


def _refuse_repeat(text: str, members: Collection[Member], by: User) -> None:
    people = {member.pk for member in members}
    for twin in made_just_now(Message, "members.send_message", by).filter(text=text):
        if set(twin.deliveries.values_list("member", flat=True)) == people:
            raise repeated("一条通知")


@transaction.atomic
def withdraw_message(*, message: Message, by: User) -> int:
    """Take the message from everyone who has not read it; gives how many that were. Where nobody
    has read it, it goes altogether.

    Raises RuleBroken for a message of someone else, and when everyone has read it.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.sent_by_id != by.pk:
        raise RuleBroken("只有发的人自己能收回。")
    count, _ = message.deliveries.filter(read_at=None).delete()
    if not count and message.deliveries.exists():
        raise RuleBroken("收到的人都看过了，没有可以收回的。")
    record(by, "members.withdraw_message", message, text=message.text, unread=count)
    if not message.deliveries.exists():
        message.delete()
    return count


@transaction.atomic
def read_message(*, delivery: Delivery) -> None:
    """Whose it is has read it: it leaves the home page. The first time counts."""
    Delivery.objects.filter(pk=delivery.pk, read_at=None).update(read_at=timezone.now())
