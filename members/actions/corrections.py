"""The own entry: what someone changes at once, and what the office is asked to correct."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from members.actions.batches import PLACED, put_places_back
from members.actions.people import update_member
from members.choices import RequestState
from members.corrections import OWN_FIELDS, PLACES, as_text, in_words, label_of, put
from members.models import Correction, Member, User
from members.queries.corrections import place_named, placed_today, same_number
from unionoffice.actions import Files, attach_files
from unionoffice.audit import chain_end, record
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.queries import log_of

ONE_WAITS = "上一份更正办公室还没有办，先撤回它，再送新的。"


@transaction.atomic
def change_own(*, member: Member, by: User) -> Member:
    """Save what `by` wrote into the own entry: phone, hobbies, area. Raises RuleBroken for the
    entry of somebody else."""
    if member.pk != by.member_id:
        raise RuleBroken("只能改自己的资料。")
    return update_member(member=member, by=by, fields=OWN_FIELDS)


@transaction.atomic
def send_correction(
    *, by: User, changes: Mapping[str, Collection[str]], note: str = "", files: Files = ()
) -> Correction:
    """Ask the office to correct the own entry. `changes`: {field: [shown, right]}.

    Raises RuleBroken when there is nothing to correct, or another request waits.
    """
    if not changes and not note:
        raise RuleBroken("还没有改什么。改一处，或者在说明里写上哪里不对。")
    correction = Correction(member=by.member, changes=changes, note=note, sent_by=by)
    try:
        with transaction.atomic():
            correction.save()
    except IntegrityError:
        raise RuleBroken(ONE_WAITS) from None
    attach_files(owner=correction, files=files, by=by)
    record(by, "members.send_correction", by.member, fields=list(changes))
    return correction


@transaction.atomic
def withdraw_correction(*, correction: Correction, by: User) -> Correction:
    """Raises RuleBroken for the request of somebody else, or when it is decided already."""
    correction = _waiting(correction)
    if correction.member_id != by.member_id:
        raise RuleBroken("只能撤回自己送的更正。")
    return _decide(correction, RequestState.WITHDRAWN, by, "members.withdraw_correction")


@transaction.atomic
def accept_correction(
    *,
    correction: Correction,
    by: User,
    seen: Mapping[str, str] | None = None,
    since: date | None = None,
) -> Correction:
    """Write what was asked for into the entry, department and group from `since` on (today).
    `seen`: what the entry said on the page of whoever decides; raises RuleBroken when it says
    something else by now, when all is decided already, or as update_member does."""
    correction = _waiting(correction)
    member = _locked(correction)
    columns: list[str] = []
    places = {}
    for field, (_, right) in correction.changes.items():
        _refuse_unseen(member, field, seen or {})
        if field in PLACES:
            places[field] = _place(field, right)
        else:
            columns += put(member, field, right)
    if "staff_no" in correction.changes:
        _refuse_taken(member)
    before, since = chain_end().count, since or timezone.localdate()
    update_member(member=member, by=by, fields=columns, places=places, since=since)
    moves = log_of(member).filter(number__gt=before, act__in=PLACED).order_by("number")
    placed = list(moves.values_list("number", flat=True))
    return _decide(
        correction, RequestState.ACCEPTED, by, "members.accept_correction", placed=placed
    )


def _locked(correction: Correction) -> Member:
    """Whom it is about, with the places of today."""
    Member.objects.select_for_update().get(pk=correction.member_id)
    return placed_today([correction.member_id])[correction.member_id]


def _refuse_unseen(member: Member, field: str, seen: Mapping[str, str]) -> None:
    now = as_text(member, field)
    if seen.get(field, now) != now:
        raise RuleBroken(
            f"{member}的{label_of(field)}刚才被改成了“{in_words(field, now)}”，看一眼再决定。"
        )


def _place(field: str, name: str):
    place = place_named(field, name) if name else None
    if name and place is None:
        raise RuleBroken(f"“{name}”这个{label_of(field)}现在没有了，不能照改，问一下本人。")
    return place


def _refuse_taken(member: Member) -> None:
    if other := same_number(member):
        raise RuleBroken(f"工号 {member.staff_no} 已经是{other}的，核对一下是谁的。")


@transaction.atomic
def decline_correction(*, correction: Correction, by: User, reason: str) -> Correction:
    """Raises RuleBroken without a reason, or when it is decided already."""
    correction = _waiting(correction)
    if not reason.strip():
        raise RuleBroken("不改要写原因，本人看得到，例如：以身份证上的为准。")
    correction.answer = reason.strip()
    return _decide(correction, RequestState.DECLINED, by, "members.decline_correction")


@transaction.atomic
def reopen_correction(*, correction: Correction, by: User) -> Correction:
    """Take a decision back: the request waits again, and what was accepted says what it said
    before, unless it was changed since. Raises RuleBroken when another request waits."""
    correction = Correction.objects.select_for_update().get(pk=correction.pk)
    if correction.state not in (RequestState.ACCEPTED, RequestState.DECLINED):
        raise RuleBroken("这份更正没有办过，不用拿回。")
    waits = Correction.objects.filter(member=correction.member_id, state=RequestState.WAITING)
    if waits.exists():
        raise RuleBroken(f"{correction.member}又送了一份新的，办那一份就行。")
    if correction.state == RequestState.ACCEPTED:
        _put_back(correction, by)
        put_places_back(_moves_with(correction), by)
    correction.answer = ""
    return _decide(correction, RequestState.WAITING, by, "members.reopen_correction")


@transaction.atomic
def note_own_data(*, by: User, sections: int) -> None:
    """Leave the trace that `by` took away a copy of what is stored about him or her."""
    record(by, "members.export_own_data", by.member, sections=sections)


def _put_back(correction: Correction, by: User) -> None:
    member = _locked(correction)
    columns: list[str] = []
    for field, (shown, right) in correction.changes.items():
        if field not in PLACES and as_text(member, field) == right:
            columns += put(member, field, shown)
    update_member(member=member, by=by, fields=columns)


def _moves_with(correction: Correction) -> Iterable[AuditEntry]:
    """To which department and group accepting it led, the last first."""
    accepted = log_of(correction.member).filter(act="members.accept_correction").first()
    placed = accepted.changes.get("placed", []) if accepted else []
    return log_of(correction.member).filter(number__in=placed)


def _waiting(correction: Correction) -> Correction:
    rows = Correction.objects.select_for_update(of=("self",)).select_related("member")
    correction = rows.get(pk=correction.pk)
    if correction.state != RequestState.WAITING:
        raise RuleBroken(f"这份更正{correction.get_state_display()}，刷新页面看最新的。")
    return correction


def _decide(correction: Correction, state: str, by: User, act: str, **told) -> Correction:
    correction.state = state
    waits = state == RequestState.WAITING
    correction.decided_by, correction.decided_at = (None, None) if waits else (by, timezone.now())
    correction.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    told |= {"reason": correction.answer} if correction.answer else {}
    record(by, act, correction.member, **{name: value for name, value in told.items() if value})
    return correction
