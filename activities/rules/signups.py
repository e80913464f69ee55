"""Who may still be put on a list, who moves up from the waiting list, and the code on the big
screen that changes every half minute. Pure."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils import timezone

from activities.choices import ActivityState
from unionoffice.errors import RuleBroken

CODE_SECONDS = 30  # a code stands on the screen for so long
CODE_LENGTH = 16  # hexadecimal digits
LATE_WINDOWS = 20  # a code up to ten minutes old is late, not a guess
GUESSES, GUESSED_WITHIN = 5, timedelta(minutes=10)


class WrongCode(RuleBroken):
    """No code that the screen ever showed: a guess."""


# ------------------------------------------------------------------ sign-up
@dataclass
class Room:
    """How many are on the list, and how many may be. `taken`: by primary key of the group; None
    for those who are in none."""

    limit: int | None
    quotas: dict[int, int] = field(default_factory=dict)
    taken: Counter = field(default_factory=Counter)

    @property
    def heads(self) -> int:
        return self.taken.total()

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.heads)

    def whole_is_full(self) -> bool:
        return self.left == 0

    def group_is_full(self, group: int | None) -> bool:
        return group in self.quotas and self.taken[group] >= self.quotas[group]

    def takes(self, group: int | None) -> bool:
        return not self.whole_is_full() and not self.group_is_full(group)

    def add(self, group: int | None) -> None:
        self.taken[group] += 1


def moving_up(waiting: Iterable[tuple[int, int | None]], room: Room) -> list[int]:
    """Of those who wait, (key, group) in their order, the keys of those for whom there is room
    now. The room is taken by them."""
    found = []
    for key, group in waiting:
        if room.takes(group):
            room.add(group)
            found.append(key)
    return found


def check_announced(title: str, state: str, *, voided: bool, over: bool) -> None:
    """`over`: its last day is past, though nobody recorded that it was held."""
    if voided:
        raise RuleBroken(f"“{title}”作废了，不能报名。")
    if state == ActivityState.CALLED_OFF:
        raise RuleBroken(f"“{title}”不办了，不用报名。")
    if state != ActivityState.ANNOUNCED:
        raise RuleBroken(f"“{title}”已经办完了，谁来了在签到里补记。")
    if over:
        raise RuleBroken(f"“{title}”的日子过了，不能再报名；谁来了在签到里补记。")


def is_open_at(opens_at: datetime | None, deadline: datetime | None, now: datetime) -> bool:
    return (opens_at is None or opens_at <= now) and (deadline is None or now <= deadline)


def check_open(opens_at: datetime | None, deadline: datetime | None, *, closed: bool, now) -> None:
    """Whether one may sign up by oneself."""
    if closed:
        raise RuleBroken("报名已经停了，要参加找组织活动的人。")
    if opens_at and now < opens_at:
        raise RuleBroken(f"报名{at_words(opens_at)}开始，到时候再来。")
    check_deadline(deadline, now, "报名")


def check_deadline(deadline: datetime | None, now: datetime, what: str) -> None:
    if deadline and now > deadline:
        raise RuleBroken(f"报名{at_words(deadline)}截止了，要{what}找组织活动的人。")


def check_room(room: Room, group: int | None, group_name: str, *, with_waiting: bool) -> None:
    """Whether someone for whom there is no room may wait."""
    if with_waiting or room.takes(group):
        return
    if room.whole_is_full():
        raise RuleBroken(f"{room.limit} 个名额已经报满了，这次没有报上。")
    raise RuleBroken(f"{group_name}的 {room.quotas[group]} 个名额已经报满了，这次没有报上。")


def check_times(opens_at: datetime | None, deadline: datetime | None) -> None:
    if opens_at and deadline and deadline <= opens_at:
        raise RuleBroken("报名截止早于开始，对调一下。")


def check_times_fit(
    opens_at: datetime | None, deadline: datetime | None, ends_at: datetime
) -> None:
    """One signs up before the activity is over."""
    until = at_words(ends_at)
    if opens_at and opens_at >= ends_at:
        raise RuleBroken(f"活动到{until}就结束了，报名开始写早一点。")
    if deadline and deadline > ends_at:
        raise RuleBroken(f"活动到{until}就结束了，报名截止写早一点。")


def ends_at(activity) -> datetime:
    """The moment until which one can still sign up to an activity, or withdraw."""
    return timezone.make_aware(datetime.combine(activity.final_day, activity.to_time or time.max))


def check_deadline_ahead(deadline: datetime | None, now: datetime) -> None:
    if deadline and deadline <= now:
        raise RuleBroken(f"报名截止写的是{at_words(deadline)}，已经过了；不收人了就停止报名。")


def check_quota_fits(quota: int | None, limit: int | None) -> None:
    if quota is not None and limit is not None and quota > limit:
        raise RuleBroken(f"一共才 {limit} 个名额，这个小组最多写 {limit}。")


def check_limit(room: Room) -> None:
    """A limit that was lowered still holds those on the list."""
    if room.limit is not None and room.heads > room.limit:
        raise RuleBroken(f"名单上已经有 {room.heads} 人，名额不能少于 {room.heads}。")


def check_quota(room: Room, group: int, name: str) -> None:
    taken = room.taken[group]
    if group in room.quotas and taken > room.quotas[group]:
        raise RuleBroken(f"{name}已经有 {taken} 人在名单上，这个小组的名额不能少于 {taken}。")


def check_added(names: list[str]) -> None:
    """`names`: those for whom there is no room on the list any more."""
    if names:
        who = "、".join(names[:3]) + (f"等 {len(names)} 人" if len(names) > 3 else "")
        raise RuleBroken(f"名额不够，{who}加不进去。名额满了还要加，找组织活动的人。")


def at_words(moment: datetime) -> str:
    """3月8日16:30."""
    moment = timezone.localtime(moment)
    year = f"{moment.year}年" if moment.year != timezone.localdate().year else ""
    return f"{year}{moment.month}月{moment.day}日{moment:%H:%M}"


# ------------------------------------------------------------------ sign-in
def code_at(secret: str, moment: datetime, back: int = 0) -> str:
    """The code of the half minute of `moment`, or `back` half minutes earlier."""
    window = int(moment.timestamp()) // CODE_SECONDS - back
    return hmac.new(secret.encode(), str(window).encode(), hashlib.sha256).hexdigest()[:CODE_LENGTH]


def seconds_left(moment: datetime) -> int:
    """Until the next code."""
    return CODE_SECONDS - int(moment.timestamp()) % CODE_SECONDS


def check_code(secret: str, code: str, now: datetime) -> None:
    """The code of this half minute or of the one before it. Raises RuleBroken for one that is too
    old, WrongCode for one that never was."""
    same = (
        back
        for back in range(LATE_WINDOWS)
        if hmac.compare_digest(code_at(secret, now, back).encode(), code.encode())
    )
    back = next(same, None)
    if back is None:
        raise WrongCode("这不是这场活动的签到码，扫一下屏幕上现在的二维码。")
    if back > 1:
        raise RuleBroken("二维码半分钟换一次，这个已经过时了，再扫一下屏幕上现在的。")


def check_guesses(wrong: int) -> None:
    if wrong >= GUESSES:
        raise RuleBroken("签到码错了几次，过十分钟再试，或者找组织活动的人在名单上记。")


def check_sign_in_open(*, is_open: bool) -> None:
    if not is_open:
        raise RuleBroken("现在不能扫码签到，找组织活动的人在名单上记。")
