"""职称: who came to which, recorded and taken back."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from members.models import Member, TitleGrant
from members.rules import titles as rules
from unionoffice.audit import record
from unionoffice.errors import RuleBroken


@transaction.atomic
def grant_titles(*, grant: TitleGrant, members: Collection[Member], by) -> list[TitleGrant]:
    """One for each of them, like `grant`; whose latest it is has it in the roster from now on.
    Raises RuleBroken for a day that can't be, and when one of them has it already."""
    rules.check_day(grant.day, timezone.localdate())
    keys = [member.pk for member in members]
    people = list(Member.objects.select_for_update().filter(pk__in=keys).order_by("pinyin", "pk"))
    had = TitleGrant.objects.filter(member__in=keys, title=grant.title).select_related("member")
    rules.check_new([str(one.member) for one in had], grant.title)
    return [_grant(person, grant, by) for person in people]


def _grant(member: Member, like: TitleGrant, by) -> TitleGrant:
    told = {"title": like.title, "day": like.day, "precision": like.precision}
    row = TitleGrant(member=member, document_number=like.document_number, recorded_by=by, **told)
    later = TitleGrant.objects.filter(member=member, day__gt=row.day).exists()
    if not later and member.title != row.title:
        row.before, member.title = member.title, row.title
        member.save(update_fields=["title"])
    row.save()
    changes = {} if row.before is None else {"in_roster": [row.before, row.title]}
    record(by, "members.grant_title", member, title=row.title, day=row.day, **changes)
    return row


@transaction.atomic
def drop_title(*, grant: TitleGrant, by) -> None:
    """Take away what was recorded by mistake; the roster has again what it had, unless it was
    changed since."""
    grant = (
        TitleGrant.objects.select_for_update().select_related("member").filter(pk=grant.pk).first()
    )
    if grant is None:
        raise RuleBroken("这一条已经去掉了。")
    member, changes = grant.member, {}
    if grant.before is not None and member.title == grant.title:
        changes = {"in_roster": [member.title, grant.before]}
        member.title = grant.before
        member.save(update_fields=["title"])
    record(by, "members.drop_title", member, title=grant.title, day=grant.day, **changes)
    grant.delete()


@transaction.atomic
def undo_titles(*, grants: Collection[TitleGrant], by) -> None:
    """Take away what `by` recorded a moment ago, all of it or nothing. Raises RuleBroken."""
    rows = TitleGrant.objects.filter(pk__in=[one.pk for one in grants]).order_by("pk")
    for grant in list(rows.select_for_update()):  # all of them, before the first is told of
        rules.check_undo(
            own=grant.recorded_by_id == by.pk, since=timezone.now() - grant.recorded_at
        )
        drop_title(grant=grant, by=by)


@transaction.atomic
def note_titles_export(*, rows: int, office, by) -> None:
    record(by, "members.export_titles", office, rows=rows)
