"""Every write of the congress app."""

from collections.abc import Collection

from django.db import models, transaction
from django.utils import timezone

from congress import rules
from congress.choices import MotionState
from congress.models import Congress, Motion, Notice, Seconding, SecondingRule, Session
from congress.queries import is_active, seconders_needed
from members.models import User
from unionoffice.actions import Files, attach_files
from unionoffice.audit import changed_fields, record
from unionoffice.models import Office
from unionoffice.workflow import check

MOTION_TEXT = ("title", "category", "cause", "reason", "suggestion")
MOTION_FIELDS = ("session", *MOTION_TEXT)
NOTICE_FIELDS = (
    "title",
    "category",
    "body",
    "way",
    "timing",
    "department",
    "published_on",
    "objection_until",
)


@transaction.atomic
def add_motion(*, motion: Motion, by: User, files: Files = (), hand_in: bool = False) -> Motion:
    """Save a motion that `by` proposes: as a draft, or with `hand_in` already before the colleagues.

    Raises RuleBroken when something is missing.
    """
    motion.proposer = by.member
    motion.save()
    record(by, "congress.add_motion", motion)
    if hand_in:
        motion = move_motion(motion=motion, move="submit", by=by)
    attach_files(owner=motion, files=files, by=by)  # last: the disk does not roll back
    return motion


@transaction.atomic
def update_motion(
    *,
    motion: Motion,
    by: User,
    untouched: Collection[str] = (),
    files: Files = (),
    hand_in: bool = False,
) -> Motion:
    """Save what a form changed, not the `untouched` fields that another form may have changed.
    Who seconded another text is asked again. Own motions only."""
    old = _locked(motion)
    rules.check_own(old, by)
    rules.check_editable(old)
    changes = changed_fields(motion, old, [f for f in MOTION_FIELDS if f not in untouched])
    if changes:
        motion.save(update_fields=list(changes))
        record(by, "congress.update_motion", motion, **changes)
    if changes.keys() & set(MOTION_TEXT):
        _drop_secondings(motion, by)
    if hand_in:
        motion = move_motion(motion=motion, move="submit", by=by)
    attach_files(owner=motion, files=files, by=by)  # last: the disk does not roll back
    return motion


def _drop_secondings(motion: Motion, by: User) -> None:
    names = [str(row.member) for row in motion.secondings.select_related("member")]
    if names:
        motion.secondings.all().delete()
        record(by, "congress.drop_secondings", motion, seconders=names)


@transaction.atomic
def move_motion(*, motion: Motion, move: str, by: User, reason: str = "") -> Motion:
    """Make one step of rules.MOVES. Filing gives the next number of the year.

    A motion that has its seconders already goes on to the committee by itself.
    """
    motion = _locked(motion)
    step = check(
        rules.MOVES, move, state=motion.state, state_label=motion.get_state_display(), user=by
    )
    if move in rules.PROPOSERS_OWN:
        rules.check_own(motion, by)
    rules.check_reason(step, reason)
    if move == "submit":
        rules.check_complete(motion)
    _enter(motion, step.target, reason)
    motion.save()
    record(by, f"congress.{move}_motion", motion, state=step.target, reason=reason)
    _hand_in_if_seconded(motion, by)
    return motion


def _enter(motion: Motion, state: str, reason: str) -> None:
    today = timezone.localdate()
    motion.state = state
    motion.decision_reason = reason
    if state == MotionState.SECONDING:
        motion.opened_on = motion.opened_on or today
        motion.decided_on = None
    elif state in rules.DECIDED:
        motion.decided_on = today
    if state == MotionState.FILED:
        motion.year, motion.number = today.year, _next_number(today.year)


def _next_number(year: int) -> int:
    """One filing at a time: the office's row is held until the number is stored."""
    Office.objects.select_for_update().first()
    last = Motion.objects.filter(year=year).aggregate(last=models.Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def second_motion(*, motion: Motion, by: User) -> Motion:
    """`by` seconds the motion; the one that makes up the number hands it in."""
    motion = _locked(motion)
    rules.check_may_second(
        motion,
        by.member,
        active=is_active(by.member_id, timezone.localdate()),
        already=_has_seconded(motion, by),
    )
    Seconding.objects.create(motion=motion, member=by.member)
    record(by, "congress.second_motion", motion)
    _hand_in_if_seconded(motion, by)
    return motion


@transaction.atomic
def unsecond_motion(*, motion: Motion, by: User) -> Motion:
    """`by` takes the own seconding back, as long as the motion wasn't handed in."""
    motion = _locked(motion)
    rules.check_may_unsecond(motion, already=_has_seconded(motion, by))
    motion.secondings.filter(member=by.member_id).delete()
    record(by, "congress.unsecond_motion", motion)
    return motion


def _has_seconded(motion: Motion, by: User) -> bool:
    return motion.secondings.filter(member=by.member_id).exists()


def _hand_in_if_seconded(motion: Motion, by: User) -> None:
    if motion.state != MotionState.SECONDING:
        return
    today = timezone.localdate()
    seconders = motion.secondings.count()
    if seconders < seconders_needed(today):
        return
    motion.state = MotionState.SUBMITTED
    motion.submitted_on = motion.submitted_on or today
    motion.save(update_fields=["state", "submitted_on"])
    record(by, "congress.hand_in_motion", motion, seconders=seconders)


def _locked(motion: Motion) -> Motion:
    return Motion.objects.select_for_update().get(pk=motion.pk)


@transaction.atomic
def add_notice(*, notice: Notice, by: User, files: Files = (), publish: bool = False) -> Notice:
    """Save a notice: as a draft, or with `publish` for everyone to see."""
    notice.save()
    record(by, "congress.add_notice", notice)
    if publish:
        notice = move_notice(notice=notice, move="publish", by=by)
    attach_files(owner=notice, files=files, by=by)  # last: the disk does not roll back
    return notice


@transaction.atomic
def update_notice(
    *,
    notice: Notice,
    by: User,
    untouched: Collection[str] = (),
    files: Files = (),
    publish: bool = False,
) -> Notice:
    """Save what a form changed, as update_motion does; drafts only."""
    old = Notice.objects.select_for_update().get(pk=notice.pk)
    rules.check_notice_editable(old)
    changes = changed_fields(notice, old, [f for f in NOTICE_FIELDS if f not in untouched])
    if changes:
        notice.save(update_fields=list(changes))
        record(by, "congress.update_notice", notice, **changes)
    if publish:
        notice = move_notice(notice=notice, move="publish", by=by)
    attach_files(owner=notice, files=files, by=by)  # last: the disk does not roll back
    return notice


@transaction.atomic
def move_notice(*, notice: Notice, move: str, by: User, reason: str = "") -> Notice:
    """Make one step of rules.NOTICE_MOVES."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    step = check(
        rules.NOTICE_MOVES,
        move,
        state=notice.state,
        state_label=notice.get_state_display(),
        user=by,
    )
    rules.check_reason(step, reason)
    if move == "publish":
        rules.check_day_has_come(notice.published_on, timezone.localdate())
    notice.state, notice.withdraw_reason = step.target, reason
    notice.save(update_fields=["state", "withdraw_reason"])
    record(by, f"congress.{move}_notice", notice, reason=reason)
    return notice


@transaction.atomic
def save_congress(*, congress: Congress, by: User, untouched: Collection[str] = ()) -> Congress:
    return _save(congress, by, "congress", untouched)


@transaction.atomic
def save_session(*, session: Session, by: User, untouched: Collection[str] = ()) -> Session:
    return _save(session, by, "session", untouched)


@transaction.atomic
def add_seconding_rule(*, rule: SecondingRule, by: User) -> SecondingRule:
    """Motions that have enough seconders by the rule of today go on to the committee."""
    _save(rule, by, "seconding_rule")
    for motion in Motion.objects.select_for_update().filter(state=MotionState.SECONDING):
        _hand_in_if_seconded(motion, by)
    return rule


def _save(row: models.Model, by: User, noun: str, untouched: Collection[str] = ()) -> models.Model:
    """Add the row, or save what changed in it, not the `untouched` fields."""
    names = [field.name for field in row._meta.fields if field.name != "id"]
    if row.pk is None:
        row.save()
        values = {name: row.serializable_value(name) for name in names}
        record(by, f"congress.add_{noun}", row, **values)
        return row
    old = type(row).objects.select_for_update().get(pk=row.pk)
    changes = changed_fields(row, old, [name for name in names if name not in untouched])
    if changes:
        row.save(update_fields=list(changes))
        record(by, f"congress.update_{noun}", row, **changes)
    return row
