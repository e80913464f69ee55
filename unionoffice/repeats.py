"""A form that was sent twice arrives twice: the second one within a minute is refused."""

from collections.abc import Collection
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet
from django.utils import timezone

from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry

REPEAT_WITHIN = timedelta(minutes=1)


def refuse_repeat(row: Model, *, act: str, by, same: Collection[str], what: str) -> None:
    """Raises RuleBroken when `by` made one just now whose fields `same` say the same."""
    values = {name: getattr(row, name) for name in same}
    if by and made_just_now(type(row), act, by).filter(**values).exists():
        raise repeated(what)


def made_just_now(model: type[Model], act: str, by) -> QuerySet:
    """The rows that `by` made with `act` and did not take back. The lock of the user's own row makes the second of two
    that arrive at once wait."""
    get_user_model().objects.select_for_update().get(pk=by.pk)
    entries = AuditEntry.objects.filter(
        target_type=model._meta.label_lower,
        act=act,
        actor=by,
        at__gte=timezone.now() - REPEAT_WITHIN,
    )
    standing = {"voided_at": None} if hasattr(model, "voided_at") else {}
    keys = [int(key) for key in entries.values_list("target_id", flat=True)]
    return model.objects.filter(pk__in=keys, **standing)


def repeated(what: str) -> RuleBroken:
    """`what`: 这一项, 这一条."""
    return RuleBroken(f"刚才已经有了同样的{what}，没有再存一次。真要两个一样的，过一分钟再存。")
