"""Every write to sign-ups. Each locks the activity, then its sign-up: whoever comes second counts
whom the first one put on the list."""

import secrets
from collections.abc import Collection, Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from activities.choices import ActivityState, SignupState
from activities.models import Activity, Participation, Signup, SignupQuota
from activities.queries.signups import enrolled_at, room_of, signup_of
from activities.rules import signups as signup_rules
from members.actions import tell
from members.models import Member
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.queries import log_of
from unionoffice.undo import UNDO_WITHIN

SIGNUP_FIELDS = ("notice", "opens_at", "deadline", "limit", "with_waiting")


def new_secret() -> str:
    return secrets.token_hex(32)


@transaction.atomic
def open_signup(*, signup: Signup, quotas: Mapping[int, int], by) -> Signup:
    """Ask for sign-up to an announced activity; one that only signs in gets the rest."""
    activity = Activity.objects.select_for_update().get(pk=signup.activity_id)
    _check_announced(activity)
    _check_when(signup, activity)
    signup_rules.check_deadline_ahead(signup.deadline, timezone.now())
    kept = Signup.objects.filter(activity=activity).first()
    if kept and kept.open_to_signup:
        raise RuleBroken(f"“{activity}”已经可以报名了，要改就改那一份。")
    signup.pk = kept.pk if kept else None
    signup.secret = kept.secret if kept else new_secret()
    signup.sign_in_open = bool(kept and kept.sign_in_open)
    signup.open_to_signup = True
    signup.save()
    _keep_quotas(signup, quotas)
    _check_held_by(signup, {"limit", *quotas})
    told = {"limit": signup.limit, "deadline": signup.deadline, "quotas": dict(quotas)}
    record(by, "activities.open_signup", activity, **told)
    return signup


@transaction.atomic
def update_signup(
    *, signup: Signup, quotas: Mapping[int, int], by, untouched: Collection[str] = ()
) -> list[Participation]:
    """Save what the form changed; gives those who moved up as there is more room now."""
    old = _locked(signup)
    changes = changed_fields(signup, old, set(SIGNUP_FIELDS).difference(untouched))
    if changes.keys() & {"opens_at", "deadline"}:
        _check_when(signup, old.activity)
    if "deadline" in changes:
        signup_rules.check_deadline_ahead(signup.deadline, timezone.now())
    before = dict(old.quotas.values_list("group", "limit"))
    if "quotas" not in untouched and before != dict(quotas):
        changes["quotas"] = [before, dict(quotas)]
        _keep_quotas(signup, quotas)
    if not changes:
        return []
    signup.save(update_fields=[name for name in changes if name != "quotas"])
    _check_held_by(signup, _lowered(changes))
    raised = move_up(old.activity)
    record(by, "activities.update_signup", old.activity, **changes)
    return raised


@transaction.atomic
def close_signup(*, signup: Signup, by, closed: bool = True) -> Signup:
    """Nobody signs up by oneself any more; or again."""
    signup = _locked(signup)
    if bool(signup.closed_at) == closed:
        return signup
    signup.closed_at = timezone.now() if closed else None
    signup.save(update_fields=["closed_at"])
    record(by, f"activities.{'close' if closed else 'reopen'}_signup", signup.activity)
    return signup


@transaction.atomic
def drop_signup(*, signup: Signup, by) -> None:
    """There is nothing to sign up to after all. Raises RuleBroken once somebody did."""
    signup = _locked(signup)
    if signup.activity.participations.exclude(signup="").exists():
        raise RuleBroken("已经有人报过名，不能去掉；不再收人就停止报名。")
    record(by, "activities.drop_signup", signup.activity, signup=signup.pk)
    signup.delete()


@transaction.atomic
def sign_up(*, signup: Signup, by) -> Participation:
    """`by` signs up by oneself: on the list, or on the waiting list."""
    signup = _locked(signup)
    _check_announced(signup.activity)
    now = timezone.now()
    closed = signup.closed_at is not None or not signup.open_to_signup
    signup_rules.check_open(signup.opens_at, signup.deadline, closed=closed, now=now)
    member = _enrolled([by.member_id], signup.activity).first()
    if member is None:
        raise RuleBroken("活动那天您不是会员，不能自己报名，要参加找组织活动的人。")
    row = _put_on_list(signup, [member], by)[0]
    record(by, "activities.sign_up", signup.activity, state=row.signup)
    return row


@transaction.atomic
def sign_up_people(
    *, signup: Signup, members: Collection[Member], by, past_limit: bool = False
) -> list[Participation]:
    """Sign several people up in one act. `past_limit`: also those for whom there is no room; else
    they wait, or, where nobody can wait, nobody is signed up. Raises RuleBroken."""
    signup = _locked(signup)
    _check_announced(signup.activity)
    if not members:
        raise RuleBroken("没有选人，勾上要报名的人。")
    people = list(_enrolled([member.pk for member in members], signup.activity))
    missing = {member.pk: member.name for member in members}
    for person in people:
        missing.pop(person.pk, None)
    if missing:
        raise RuleBroken(f"{'、'.join(missing.values())}活动那天不是会员，不能报名。")
    rows = _put_on_list(signup, people, by, past_limit=past_limit)
    told = {"members": [person.pk for person in people]}
    told |= {"past_limit": True} if past_limit else {}
    record(by, "activities.sign_up_people", signup.activity, **told)
    return rows


@transaction.atomic
def withdraw(*, signup: Signup, by) -> list[Participation]:
    """`by` does not come after all; gives those who moved up."""
    signup = _locked(signup)
    _check_announced(signup.activity)
    signup_rules.check_deadline(signup.deadline, timezone.now(), "退出")
    row = signup.activity.participations.filter(member=by.member_id).first()
    was = row.signup if row else ""
    raised = _take_off(signup, [row] if row else [])
    record(by, "activities.withdraw", signup.activity, was=was)
    return raised


@transaction.atomic
def undo_withdraw(*, signup: Signup, by) -> Participation:
    """`by` comes after all: has the own place again, or the own turn among those who wait. Raises
    RuleBroken once somebody else has the place."""
    signup = _locked(signup)
    _check_announced(signup.activity)
    row = signup.activity.participations.filter(
        member=by.member_id, signup=SignupState.WITHDRAWN
    ).first()
    own = ("activities.sign_up", "activities.withdraw", "activities.undo_withdraw")
    step = log_of(signup.activity).filter(actor=by, act__in=own).order_by("-pk").first()
    if row is None or step is None or step.act != "activities.withdraw":
        raise RuleBroken("没有能撤销的退出，要来就再报名。")
    if timezone.now() - step.at > UNDO_WITHIN:
        raise RuleBroken("退出已经过了一会儿，不能撤销了，要来就再报名。")
    row.signup = step.changes.get("was") or SignupState.LISTED
    if row.signup == SignupState.LISTED and not room_of(signup).takes(row.group_id):
        raise RuleBroken("您的名额已经有人补上了，要来就再报名。")
    row.save(update_fields=["signup"])
    record(by, "activities.undo_withdraw", signup.activity, state=row.signup)
    move_up(signup.activity)
    return row


@transaction.atomic
def withdraw_people(*, signup: Signup, members: Collection[int], by) -> list[Participation]:
    """Take others off the list, also after the deadline."""
    signup = _locked(signup)
    rows = list(signup.activity.participations.filter(member__in=members))
    raised = _take_off(signup, rows)
    record(by, "activities.withdraw_people", signup.activity, members=[r.member_id for r in rows])
    return raised


def tell_called_off(*, activity: Activity) -> None:
    """Those on the list and on the waiting list read that it will not take place."""
    _tell_coming(activity, f"“{activity}”（{activity.when_text}）不办了：{activity.off_reason}")


def tell_voided(*, activity: Activity) -> None:
    """The same of an announcement that was made by mistake."""
    if activity.state == ActivityState.ANNOUNCED:
        text = f"“{activity}”（{activity.when_text}）的通知作废了：{activity.void_reason}"
        _tell_coming(activity, text)


def tell_resumed(*, activity: Activity) -> None:
    _tell_coming(activity, f"“{activity}”还是要办：{when_where(activity)}。原来的报名还算数。")


def tell_moved(*, activity: Activity, before: str) -> None:
    """`before`: when and where it was announced for. Nothing where that is the same, or where it
    was held."""
    now = when_where(activity)
    if activity.state == ActivityState.ANNOUNCED and now != before:
        _tell_coming(activity, f"“{activity}”改了：原来{before}，现在{now}。来不了就退出报名。")


def when_where(activity: Activity) -> str:
    """2026年3月8日16:30，操场."""
    return "，".join(filter(None, (activity.when_text, activity.place)))


# ------------------------------------------------------------------ within a transaction
def _tell_coming(activity: Activity, text: str) -> None:
    coming = activity.participations.exclude(signup=SignupState.WITHDRAWN)
    _tell(activity, text, [row.member for row in coming.select_related("member")])


def _tell(activity: Activity, text: str, people: Collection[Member]) -> None:
    """In the place of what they were told of it before and have not read."""
    if people:
        about = f"activities.activity:{activity.pk}"
        tell(text=text, members=people, by=activity.recorded_by, about=about)


def _locked(signup: Signup) -> Signup:
    """The stored row, with its activity: both stay as they are until this is saved."""
    activity = Activity.objects.select_for_update().get(pk=signup.activity_id)
    locked = Signup.objects.select_for_update().get(pk=signup.pk)
    locked.activity = activity
    return locked


def _check_announced(activity: Activity) -> None:
    voided, over = activity.voided_at is not None, activity.final_day < timezone.localdate()
    signup_rules.check_announced(activity.title, activity.state, voided=voided, over=over)


def _check_when(signup: Signup, activity: Activity) -> None:
    signup_rules.check_times(signup.opens_at, signup.deadline)
    ends_at = signup_rules.ends_at(activity)
    signup_rules.check_times_fit(signup.opens_at, signup.deadline, ends_at)


def _lowered(changes: dict) -> set:
    """Of what update_signup changes: "limit", and the groups whose quota is smaller now."""
    limits = changes.get("limit", [None, None])
    before, after = changes.get("quotas", [{}, {}])
    fewer = {key for key, limit in after.items() if _fewer(before.get(key), limit)}
    return fewer | {"limit"} if _fewer(*limits) else fewer


def _fewer(before: int | None, after: int | None) -> bool:
    return after is not None and (before is None or after < before)


def _check_held_by(signup: Signup, lowered: Collection) -> None:
    """Those on the list still find their places: in the whole ("limit"), in these groups."""
    room = room_of(signup)
    if "limit" in lowered:
        signup_rules.check_limit(room)
    for quota in signup.quotas.select_related("group"):
        if quota.group_id in lowered:
            signup_rules.check_quota(room, quota.group_id, str(quota.group))


def _enrolled(keys: Iterable[int | None], activity: Activity):
    return enrolled_at(Member.objects.filter(pk__in=list(keys)), activity)


def _keep_quotas(signup: Signup, quotas: Mapping[int, int]) -> None:
    signup.quotas.all().delete()
    SignupQuota.objects.bulk_create(
        [SignupQuota(signup=signup, group_id=group, limit=n) for group, n in quotas.items()]
    )


def _put_on_list(
    signup: Signup, people: Iterable[Member], by, *, past_limit: bool = False
) -> list[Participation]:
    """Those who are not on it yet, in their order."""
    people = list(people)
    there = {
        row.member_id: row
        for row in signup.activity.participations.filter(member__in=[p.pk for p in people])
    }
    again = [p for p in people if p.pk in there and there[p.pk].signup != SignupState.WITHDRAWN]
    if again:
        names = "、".join(person.name for person in again)
        raise RuleBroken(f"{names}已经在名单上。" if len(people) > 1 else "已经在名单上了。")
    room, now, rows = room_of(signup), timezone.now(), []
    for person in people:
        if not past_limit:
            waits = {"with_waiting": signup.with_waiting}
            signup_rules.check_room(room, person.day_group, person.day_group_name, **waits)
        listed = past_limit or room.takes(person.day_group)
        row = there.get(person.pk) or Participation(activity=signup.activity, member=person)
        row.group_id, row.signed_up_at, row.added_by = person.day_group, now, by
        row.signup = SignupState.LISTED if listed else SignupState.WAITING
        if listed:
            room.add(person.day_group)
        row.save()
        rows.append(row)
    return rows


def _take_off(signup: Signup, rows: Collection[Participation]) -> list[Participation]:
    on_list = [r for r in rows if r.signup in (SignupState.LISTED, SignupState.WAITING)]
    if not on_list:
        raise RuleBroken("不在报名的名单上，不用退出。")
    if any(row.attendance for row in on_list):
        raise RuleBroken("到没到已经记下了，不能再退出；记错了就改签到。")
    for row in on_list:
        row.signup = SignupState.WITHDRAWN
        row.save(update_fields=["signup"])
    return move_up(signup.activity)


def move_up(activity: Activity) -> list[Participation]:
    """Those who wait take the free places in their order, and are told; the activity is locked."""
    signup = signup_of(activity)
    over = activity.final_day < timezone.localdate()
    if signup is None or over or activity.voided_at or activity.state != ActivityState.ANNOUNCED:
        return []
    waiting = activity.participations.filter(signup=SignupState.WAITING, attendance="")
    waiting = list(waiting.select_related("member").order_by("signed_up_at", "pk"))
    raised = set(
        signup_rules.moving_up([(row.pk, row.group_id) for row in waiting], room_of(signup))
    )
    rows = [row for row in waiting if row.pk in raised]
    for row in rows:
        row.signup = SignupState.LISTED
        row.save(update_fields=["signup"])
    if rows:
        text = f"“{activity}”有了名额，您从候补转成已报名：{when_where(activity)}。"
        _tell(activity, text, [row.member for row in rows])
    return rows
