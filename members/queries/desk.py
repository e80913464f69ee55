"""Saved views and messages: whose they are decides who sees them."""

from collections.abc import Collection

from django.db.models import Count, F, QuerySet

from members.models import Delivery, Member, Message, SavedView, User
from unionoffice.kept import kept

UNREAD_AT_ONCE = 5  # messages that stand on the home page; when they are read the next come


def saved_views(user: User) -> QuerySet[SavedView]:
    return SavedView.objects.filter(user=user)


def messages_of(user: User) -> QuerySet[Message]:
    """What the user sent, each with to how many (`sent`), how many have read it (`read`) and how
    many have not (`unread`)."""
    counted = Message.objects.filter(sent_by=user).annotate(
        sent=Count("deliveries"),
        read=Count("deliveries__read_at"),
        unread=F("sent") - F("read"),
    )
    return counted.order_by("-sent_at", "-pk")


def deliveries_of(message: Message) -> QuerySet[Delivery]:
    """To whom it went: first who has not read it."""
    unread_first = F("read_at").asc(nulls_first=True)
    people = message.deliveries.select_related("member")
    return people.order_by(unread_first, "member__pinyin", "member")


def deliveries_to(user: User) -> QuerySet[Delivery]:
    """What was written to the user, the newest first."""
    rows = Delivery.objects.filter(member=user.member_id)
    return rows.select_related("message__sent_by__member").order_by("-message__sent_at", "-pk")


@kept
def unread_by(member: int | None) -> QuerySet[tuple]:
    """(key of the delivery, text, who sent it, when) of the newest that this person has not read,
    the newest first."""
    unread = Delivery.objects.filter(member=member, read_at=None)
    columns = ("pk", "message__text", "message__sent_by__member__name", "message__sent_at")
    return unread.order_by("-message__sent_at", "-pk").values_list(*columns)[:UNREAD_AT_ONCE]


def without_account(members: Collection[Member]) -> int:
    """How many of them have no account to log in with, and so do not see a message yet."""
    keys = [member.pk for member in members]
    return len(keys) - User.objects.filter(member__in=keys, is_active=True).count()
