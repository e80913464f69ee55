"""Every write to who came: by the code on the screen, by the organiser's list, by group."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from activities.actions.signups import move_up, new_secret
from activities.choices import ActivityState, Attendance, SignupState
from activities.models import Activity, Participation, Signup
from activities.queries.signups import (
    ON_LIST,
    counted_heads,
    names_recorded,
    room_of,
    unmarked,
    with_group,
    wrong_codes,
)
from activities.rules import MOST_PEOPLE, check_guests, check_standing
from activities.rules import signups as rules
from members.models import Member
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.held import held
from unionoffice.models import AuditEntry, Office
from unionoffice.undo import UNDO_WITHIN


# ------------------------------------------------------------------ by the code
@transaction.atomic
def open_sign_in(*, activity: Activity, by, is_open: bool = True) -> Signup:
    """The codes of the screen are taken from now on, or no more."""
    activity = _locked(activity)
    if is_open:
        _check_begun(activity)
    signup, _ = Signup.objects.get_or_create(
        activity=activity, defaults={"open_to_signup": False, "secret": new_secret()}
    )
    if signup.sign_in_open != is_open:
        signup.sign_in_open = is_open
        signup.save(update_fields=["sign_in_open"])
        record(by, f"activities.{'open' if is_open else 'close'}_sign_in", activity)
    return signup


def sign_in(*, signup: Signup, code: str, by, joins: bool = False) -> Participation:
    """`by` is here. `joins`: also when not on the list. Raises RuleBroken; a code that never was
    counts against `by`, who has to wait after some of them."""
    try:
        return _sign_in(signup, code, by, joins)
    except rules.WrongCode:
        _note_wrong_code(signup, by)
        raise


@transaction.atomic
def _sign_in(signup: Signup, code: str, by, joins: bool) -> Participation:
    activity, now = _locked(signup.activity), timezone.now()
    signup = Signup.objects.get(pk=signup.pk)
    rules.check_guesses(wrong_codes(by, now - rules.GUESSED_WITHIN))
    rules.check_sign_in_open(is_open=signup.sign_in_open)
    rules.check_code(signup.secret, code, now)
    row = activity.participations.filter(member=by.member_id).first()
    if row and row.attendance == Attendance.PRESENT:
        return row
    if row and row.signup == SignupState.WITHDRAWN:
        raise RuleBroken("您退出了报名。还是来了的话，找组织活动的人把您加进名单，再签到。")
    if not row and not joins:
        raise RuleBroken("名单上没有您，要参加就点“临时参加，签到”。")
    row = row or _on_the_list(activity, [by.member], by)[0]
    row.attendance, row.signed_in_at = Attendance.PRESENT, now
    row.save()
    told = _count_heads(activity)
    record(by, "activities.sign_in", activity, joined=not row.signup, **told)
    return row


@transaction.atomic
def _note_wrong_code(signup: Signup, by) -> None:
    record(by, "activities.refuse_sign_in", signup.activity)


# ------------------------------------------------------------------ by the list
@transaction.atomic
def put_on_roll(
    *,
    activity: Activity,
    members: Collection[Member],
    by,
    duty: str = "",
    past_limit: bool = False,
) -> list[Participation]:
    """These people are to come (应到), or came, without having signed up; with what they do there.
    Those who are on the list already get the duty, if one is named. Before the day they take the
    places of the sign-up: Raises RuleBroken where there is none, unless `past_limit`."""
    activity = _locked(activity)
    there = {row.member_id: row for row in activity.participations.select_related("member")}
    new = [person for person in members if person.pk not in there]
    rows = _on_the_list(activity, new, by, duty=duty)
    known = [there[m.pk] for m in members if m.pk in there]
    back = [row for row in known if row.signup in (SignupState.WITHDRAWN, SignupState.WAITING)]
    if not rows and not back and not (known and duty):
        raise RuleBroken("选的人都已经在名单上。" if known else "没有选人，选几个人或一个小组。")
    if not past_limit:
        _check_room(activity, [*rows, *back])
    was = {row.member_id: row.signup for row in back}
    for row in known:
        row.duty = duty or row.duty
    for row in back:
        row.signup = ""
    Participation.objects.bulk_create(rows)
    Participation.objects.bulk_update(known, ["duty", "signup"])
    told = {"members": [row.member_id for row in (*rows, *known)]}
    told |= {"duty": duty} if duty else {}
    told |= {"was": was} if was else {}
    record(by, "activities.put_on_roll", activity, new=[row.member_id for row in rows], **told)
    return [*rows, *back]


def _check_room(activity: Activity, rows: Collection[Participation]) -> None:
    """Whether each of them finds a place where one signs up for them. On the day itself who came
    came."""
    signup = Signup.objects.select_for_update().filter(activity=activity).first()
    ahead = activity.state == ActivityState.ANNOUNCED and activity.day > timezone.localdate()
    if not (signup and signup.open_to_signup and ahead):
        return
    now = timezone.now()
    rules.check_open(signup.opens_at, None, closed=signup.closed_at is not None, now=now)
    rules.check_deadline(signup.deadline, now, "加人")
    room, without = room_of(signup), []
    for row in rows:
        if room.takes(row.group_id):
            room.add(row.group_id)
        else:
            without.append(row.member.name)
    rules.check_added(without)


@transaction.atomic
def undo_put_on_roll(*, activity: Activity, entry: AuditEntry, by) -> int:
    """Take back one step of put_on_roll, told in `entry`; gives how many come off the list. Who
    was marked since, or does something there, stays. Raises RuleBroken when nobody comes off."""
    activity = _locked(activity)
    if entry.actor_id != by.pk or timezone.now() - entry.at > UNDO_WITHIN:
        raise RuleBroken("只有加的人自己、半个小时里能一下撤掉；要去掉谁，点他的名字。")
    was = {int(key): state for key, state in entry.changes.get("was", {}).items()}
    members = [*entry.changes.get("new", ()), *was]
    rows = list(activity.participations.filter(member__in=members, signup="", attendance=""))
    if not rows:
        raise RuleBroken("这些人已经记了到没到，或者不在名单上了，没有能撤的。")
    for row in rows:
        row.signup = was.get(row.member_id, "")
    back = [row for row in rows if row.signup]
    Participation.objects.bulk_update(back, ["signup"])
    Participation.objects.filter(pk__in=[row.pk for row in rows if not row.signup]).delete()
    told = [row.member_id for row in rows]
    record(by, "activities.undo_put_on_roll", activity, members=told)
    move_up(activity)
    return len(rows)


@transaction.atomic
def mark_attendance(
    *,
    activity: Activity,
    marks: Mapping[int, str],
    seen: Mapping[int, str],
    by,
    guests: int | None = None,
    seen_guests: int | None = None,
    in_charge: bool = True,
) -> int:
    """Keep who came: {participation: mark}, only what differs from what the page had `seen`. Gives
    how many were changed. Raises RuleBroken when somebody else just marked one of them otherwise.
    Who is not `in_charge` keeps some of the people: the headcount waits until all are marked."""
    activity = _locked(activity)
    _check_begun(activity)
    rows = {row.pk: row for row in activity.participations.select_related("member")}
    changed = [
        rows[key] for key, mark in marks.items() if key in rows and mark != seen.get(key, "")
    ]
    over = [r for r in changed if r.attendance not in (seen.get(r.pk, ""), marks[r.pk])]
    if over:
        names = "、".join(f"{r.member}（{r.get_attendance_display() or '没记'}）" for r in over)
        raise RuleBroken(f"刚才别人已经记了：{names}。下面已换成别人记的，要改就再点一次。")
    told, was = {}, {}  # of each member: was, is; how one had signed up and in
    for row in changed:
        told[str(row.member_id)] = [row.attendance, marks[row.pk]]
        was[str(row.member_id)] = [row.signup, str(row.signed_in_at or "")]
        row.attendance = marks[row.pk]
        row.signup = "" if row.signup == SignupState.WITHDRAWN and row.attendance else row.signup
        row.signed_in_at = row.signed_in_at if row.attendance == Attendance.PRESENT else None
    Participation.objects.bulk_update(changed, ["attendance", "signup", "signed_in_at"])
    with_guests = guests != seen_guests and guests != activity.guests
    if with_guests:
        _keep_guests(activity, guests, seen_guests)
    counted = _count_heads(activity, begins=in_charge or not unmarked(activity))
    if changed or with_guests:
        counted |= {"guests": activity.guests, "was": was}
        counted |= {"guests_before": seen_guests} if with_guests else {}
        record(by, "activities.mark_attendance", activity, marks=told, **counted)
    return len(changed) + with_guests


@transaction.atomic
def undo_marks(*, activity: Activity, entry: AuditEntry, by) -> int:
    """Take back one step of mark_attendance, told in `entry`; gives how much. What was marked
    otherwise since stays. Raises RuleBroken when nothing is left of it."""
    activity, told = _locked(activity), entry.changes
    if entry.actor_id != by.pk or timezone.now() - entry.at > UNDO_WITHIN:
        raise RuleBroken("只有记的人自己、半个小时里能一下撤掉；要改谁，在名单上改。")
    marks = {int(key): mark for key, mark in told["marks"].items() if mark[0] != mark[1]}
    rows = activity.participations.filter(member__in=marks)
    rows = [row for row in rows if row.attendance == marks[row.member_id][1]]
    for row in rows:
        row.attendance = marks[row.member_id][0]
        signup, signed_in_at = told["was"][str(row.member_id)]
        row.signup = signup if signup == SignupState.WITHDRAWN and row.signed_up_at else row.signup
        row.signed_in_at = parse_datetime(signed_in_at) if signed_in_at else None
    Participation.objects.bulk_update(rows, ["attendance", "signup", "signed_in_at"])
    with_guests = "guests_before" in told and activity.guests == told["guests"]
    if with_guests:
        activity.guests = told["guests_before"]
        activity.save(update_fields=["guests"])
    if not rows and not with_guests:
        raise RuleBroken("这些后来又改记过，没有能撤的。")
    counted = _count_heads(activity)
    members = [row.member_id for row in rows]
    record(by, "activities.undo_marks", activity, members=members, **counted)
    return len(rows) + with_guests


@transaction.atomic
def count_by_names(*, activity: Activity, by) -> Activity:
    """The number that was typed gives way to those present and the guests; it is kept beside."""
    activity = _locked(activity)
    if activity.counted:
        raise RuleBroken("人数已经是按名单数的了。")
    if not names_recorded(activity):
        raise RuleBroken("还没有记谁来了，没有名单可数。")
    typed = activity.headcount
    activity.counted, activity.typed_headcount = True, typed
    activity.headcount = counted_heads(activity)
    activity.save(update_fields=["counted", "typed_headcount", "headcount"])
    record(by, "activities.count_by_names", activity, headcount=[typed, activity.headcount])
    return activity


@transaction.atomic
def keep_typed_headcount(*, activity: Activity, by) -> Activity:
    """The number that was typed before the names were counted stands again."""
    activity = _locked(activity)
    if activity.typed_headcount is None:
        raise RuleBroken("没有原来写的人数，人数还是按名单数的。")
    counted = activity.headcount
    _keep_typed(activity)
    told = {"headcount": [counted, activity.headcount]}
    record(by, "activities.keep_typed_headcount", activity, **told)
    return activity


@transaction.atomic
def update_participation(
    *, participation: Participation, by, untouched: Collection[str] = ()
) -> Participation:
    """What somebody does there, and a remark."""
    _locked(participation.activity)
    old = Participation.objects.select_for_update().get(pk=participation.pk)
    changes = {
        name: [getattr(old, name), getattr(participation, name)]
        for name in ("duty", "note")
        if name not in untouched and getattr(old, name) != getattr(participation, name)
    }
    if changes:
        participation.save(update_fields=list(changes))
        told = {"member": participation.member_id} | changes
        record(by, "activities.update_participation", participation.activity, **told)
    return participation


@transaction.atomic
def drop_participation(*, participation: Participation, by) -> None:
    """Take someone off who was put on the list by mistake; who signed up is withdrawn instead."""
    activity = _locked(participation.activity)
    row = activity.participations.filter(pk=participation.pk).first()
    if row is None:
        raise RuleBroken("这个人已经不在名单上了。")
    if row.signup:
        raise RuleBroken("这个人是报名的，要去掉就替他退出报名。")
    told = {"member": row.member_id, "attendance": row.attendance, "duty": row.duty}
    row.delete()
    told |= _count_heads(activity, begins=not unmarked(activity))
    record(by, "activities.drop_participation", activity, **told)
    move_up(activity)


@transaction.atomic
def note_export(*, activity: Activity, people: Collection[Participation], by) -> None:
    """Leave the trace that `by` took the names away."""
    record(by, "activities.export_people", activity, held=held(row.member_id for row in people))


@transaction.atomic
def note_list_export(*, keys: Collection[int], period: str, by) -> None:
    office = Office.objects.get()
    record(by, "activities.export_attendance", office, period=period, held=held(keys))


# ------------------------------------------------------------------ within a transaction
def list_meeting(
    *, activity: Activity, asked: Collection[Member], came: Collection[Member], by
) -> None:
    """Of a meeting that is recorded as it was: everyone who was asked, and who came without being
    asked, is on the list; those who came are counted. Told in the entry of the series."""
    present = {member.pk for member in came}
    rows = _on_the_list(activity, {*asked, *came}, by)
    for row in rows:
        row.attendance = Attendance.PRESENT if row.member_id in present else Attendance.ABSENT
    Participation.objects.bulk_create(rows)
    _count_heads(activity)


def mend_meeting(*, activity: Activity, came: Collection[Member], by) -> None:
    """The same of one that has its list: these came, and no one else who was to come did."""
    there = set(activity.participations.values_list("member", flat=True))
    if new := [member for member in came if member.pk not in there]:
        put_on_roll(activity=activity, members=new, by=by, past_limit=True)
    present = {member.pk for member in came}
    rows = list(activity.participations.all())
    marks = {row.pk: _mended(row, here=row.member_id in present) for row in rows}
    seen = {row.pk: row.attendance for row in rows}
    mark_attendance(activity=activity, marks=marks, seen=seen, by=by)


def _mended(row: Participation, *, here: bool) -> str:
    if here:
        return Attendance.PRESENT
    asked = row.attendance == Attendance.PRESENT or (not row.attendance and row.signup in ON_LIST)
    return Attendance.ABSENT if asked else row.attendance


def _on_the_list(
    activity: Activity, members: Collection[Member], by, *, duty: str = ""
) -> list[Participation]:
    """A row for each of them, not saved yet, in the group of that day."""
    people = with_group(Member.objects.filter(pk__in=[m.pk for m in members]), activity.final_day)
    return [
        Participation(
            activity=activity, member=person, group_id=person.day_group, duty=duty, added_by=by
        )
        for person in people
    ]


def _locked(activity: Activity) -> Activity:
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    check_standing(activity.title, voided=activity.voided_at is not None)
    if activity.state == ActivityState.CALLED_OFF:
        raise RuleBroken(f"“{activity}”不办了，不用签到。")
    return activity


def _check_begun(activity: Activity) -> None:
    if activity.day > timezone.localdate():
        raise RuleBroken("活动那天还没到，到了再记谁来了。")


def _keep_guests(activity: Activity, guests: int | None, seen: int | None) -> None:
    if guests and guests > MOST_PEOPLE:
        raise RuleBroken(f"名册以外的人写了 {guests}，看看是不是多按了几个零。")
    if activity.guests != seen:
        now = "清空" if activity.guests is None else f"改成 {activity.guests}"
        raise RuleBroken(f"名册以外的人刚被{now}了，还要按这里写的改，就再保存一次。")
    if not activity.counted:
        check_guests(guests, activity.headcount)
    activity.guests = guests
    activity.save(update_fields=["guests"])


def _count_heads(activity: Activity, *, begins: bool = True) -> dict:
    """Where names are recorded, those who came are counted: those present and the guests. A number
    that somebody typed stays until count_by_names; it comes back once no name is left. `begins`:
    whether these names are enough to begin with. Gives what the audit keeps of it."""
    names, before = names_recorded(activity), activity.headcount
    if activity.counted and not names:
        _keep_typed(activity)
    elif activity.counted or (begins and names and activity.headcount is None):
        activity.counted, activity.headcount = True, counted_heads(activity)
        activity.save(update_fields=["counted", "headcount"])
    now = activity.headcount
    return {} if now == before else {"headcount": [before, now]}


def _keep_typed(activity: Activity) -> None:
    activity.counted, activity.headcount = False, activity.typed_headcount
    activity.typed_headcount = None
    activity.save(update_fields=["counted", "headcount", "typed_headcount"])
