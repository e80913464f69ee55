"""The audit chain: who did or looked at what, when, with old and new values.

Append-only. Each entry's SHA-256 covers its own content and the hash of the entry before it.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC
from typing import NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from unionoffice.acts import ACTS
from unionoffice.models import AuditEntry, AuditHead


class ChainEnd(NamedTuple):
    """How many entries there are, and the hash of the last: who keeps it notices a chain that was
    written anew from the beginning."""

    count: int
    hash: str


@transaction.atomic
def record(by, act: str, target: models.Model, **changes) -> AuditEntry:
    """Append one entry: `by` (a user, or None for the system) did `act` to `target`.

    `changes` holds what is worth knowing: field=[old, new], or any plain values. Raises ValueError
    for an act that unionoffice.acts does not name.
    """
    if act not in ACTS:
        raise ValueError(f"{act} is not in unionoffice.acts.ACTS")
    head = AuditHead.objects.select_for_update().get_or_create(pk=1)[0]
    entry = AuditEntry(
        number=head.count + 1,
        at=timezone.now(),
        actor=by,
        actor_name=str(by) if by else "系统",
        act=act,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_name=str(target)[:200],
        changes=_kept_exactly(changes),
        previous_hash=head.hash,
    )
    entry.hash = hash_of(entry)
    entry.save()
    head.count, head.hash = entry.number, entry.hash
    head.save(update_fields=["count", "hash"])
    return entry


def record_daily(by, act: str, target: models.Model) -> None:
    """record, unless `by` did the same to `target` on the same day: for looks, of which a page
    leaves many."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    same = AuditEntry.objects.filter(
        target_type=target._meta.label_lower, target_id=str(target.pk), act=act, actor=by
    )
    if not same.filter(at__gte=midnight).exists():
        record(by, act, target)


def _kept_exactly(changes: dict) -> dict:
    """In the form that every database gives back as it was, or the hash would not fit any more:
    a float as text, and no sign that PostgreSQL does not take."""
    text = json.dumps(changes, cls=DjangoJSONEncoder)
    return _storable(json.loads(text, parse_float=str, parse_constant=str))


def _storable(value):
    match value:
        case dict():
            return {_storable(key): _storable(inner) for key, inner in value.items()}
        case list():
            return [_storable(inner) for inner in value]
        case str():
            return value.replace("\0", "").encode("utf-8", "replace").decode()
    return value


def changed_fields(instance: models.Model, old: models.Model, fields) -> dict[str, list]:
    """{field: [old, new]} for the fields that differ, in a form that JSON can hold."""
    pairs = {f: [old.serializable_value(f), instance.serializable_value(f)] for f in fields}
    return {f: pair for f, pair in pairs.items() if pair[0] != pair[1]}


def hash_of(entry: AuditEntry) -> str:
    content = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor_id,
        entry.actor_name,
        entry.act,
        entry.target_type,
        entry.target_id,
        entry.target_name,
        entry.changes,
        entry.previous_hash,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken() -> str | None:
    """A Chinese sentence on the first entry that does not fit the chain; None when all do."""
    previous, number = "", 0
    for entry in _in_order():
        number += 1
        if entry.number != number:
            return f"第 {number} 条操作记录不见了。"
        if entry.previous_hash != previous or entry.hash != hash_of(entry):
            return f"第 {number} 条操作记录（{entry.act}，{entry.target_name}）被改动过。"
        previous = entry.hash
    end = chain_end()
    if end.count < number:
        return f"操作记录有 {number} 条，记着总数的那一行却写着 {end.count} 条，它被改动或删除过。"
    if end != ChainEnd(number, previous):
        return f"第 {number} 条之后的操作记录不见了，应有 {end.count} 条。"
    return None


def chain_end() -> ChainEnd:
    return ChainEnd(*AuditHead.objects.filter(pk=1).values_list("count", "hash").first() or (0, ""))


def departed_from(end: ChainEnd) -> str | None:
    """A Chinese sentence when the chain does not run through what once was its end."""
    if end.count and not AuditEntry.objects.filter(number=end.count, hash=end.hash).exists():
        return f"第 {end.count} 条操作记录和备份时记下的不一样，操作记录被换过。"
    return None


def _in_order() -> Iterator[AuditEntry]:
    return AuditEntry.objects.order_by("number").iterator(chunk_size=2000)
