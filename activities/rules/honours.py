"""Which honours may be recorded, and which steps a selection allows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from activities.choices import Level, SelectionState, ShareOf
from activities.rules.activities import EARLIEST, Twin
from unionoffice.errors import RuleBroken
from unionoffice.periods import Precision, chinese_date, latest_day
from unionoffice.workflow import Move

MANAGE_SELECTIONS = "activities.manage_selections"
HONOUR_VOIDED = "“{title}”已经作废了，不能再改；要补就重新记一条。"
USUAL_PUBLIC_DAYS = 5  # working days; where a selection's own notice asks for others, it says so
PUBLIC_SOURCE = "公示多为 5 个工作日，也有 7 个工作日的，以上级通知为准"
STILL_OPEN = frozenset({SelectionState.OPEN, SelectionState.PUBLIC, SelectionState.SUBMITTED})

SELECTION_MOVES: Mapping[str, Move] = {
    "publish": Move(
        "公示",
        frozenset({SelectionState.OPEN}),
        SelectionState.PUBLIC,
        MANAGE_SELECTIONS,
        hint="推荐停下来，拟上报的名单大家看得到",
    ),
    "submit": Move(
        "上报",
        frozenset({SelectionState.OPEN, SelectionState.PUBLIC}),
        SelectionState.SUBMITTED,
        MANAGE_SELECTIONS,
        hint="名单报出去了，等结果",
    ),
    "conclude": Move(
        "记结果",
        frozenset({SelectionState.PUBLIC, SelectionState.SUBMITTED}),
        SelectionState.CONCLUDED,
        MANAGE_SELECTIONS,
        hint="评上的同时记进荣誉",
    ),
    "reopen": Move(
        "撤回结果",
        frozenset({SelectionState.CONCLUDED}),
        SelectionState.SUBMITTED,
        MANAGE_SELECTIONS,
        hint="一起记进荣誉的也作废，回到上报以后",
        needs_reason=True,
    ),
    "back": Move(
        "退回推荐",
        frozenset({SelectionState.PUBLIC, SelectionState.SUBMITTED}),
        SelectionState.OPEN,
        MANAGE_SELECTIONS,
        hint="可以再推荐、再定名单，公示和上报的日子去掉",
        needs_reason=True,
    ),
    "drop": Move(
        "不评了",
        STILL_OPEN,
        SelectionState.DROPPED,
        MANAGE_SELECTIONS,
        needs_reason=True,
    ),
    "resume": Move(
        "接着评",
        frozenset({SelectionState.DROPPED}),
        SelectionState.OPEN,
        MANAGE_SELECTIONS,
    ),
}


@dataclass(frozen=True)
class Share:
    """How large a share the places are at most, and of whom (`of`: ShareOf)."""

    percent: Decimal
    of: str
    source: str

    @property
    def text(self) -> str:
        of = ShareOf(self.of).label
        return f"名额最多占{of}的 {self.percent.normalize():f}%（{self.source}）"

    def most(self, heads: int) -> int:
        """Of so many people; a share of few is one place."""
        return max(1, int(heads * self.percent / 100)) if heads else 0


# 评优项目: a word of the title -> what is usual. The notice of the selection itself decides: its own
# share and days on show stand with it.
USUAL_SHARES = (
    (
        "优秀工会工作者",
        Share(Decimal(30), ShareOf.OFFICERS, "常见的规定，各地不同，以上级通知为准"),
    ),
    ("工会积极分子", Share(Decimal(10), ShareOf.MEMBERS, "常见的规定，也有 5% 的，以上级通知为准")),
)


def share_of(title: str, percent: Decimal | None, of: str, notice: str) -> Share | None:
    """What its own notice says, else what is usual for such a title; None where nothing is known."""
    if percent is not None:
        return Share(percent, of, f"依据{notice}" if notice else "这次评选定的")
    return next((share for word, share in USUAL_SHARES if word in title), None)


def share_advice(share: Share, heads: int, quota: int | None) -> str:
    """A reminder where there are more places than the share; it never blocks."""
    most = share.most(heads)
    if not heads or quota is None or quota <= most:
        return ""
    of = ShareOf(share.of).label
    return f"{share.text}，现在{of} {heads} 人，最多 {most} 名；这次定了 {quota} 名。"


def check_honour_day(day: date, precision: str, today: date) -> None:
    if day > today:
        raise RuleBroken(f"{chinese_date(day, precision)}还没到，发了证书或文件再记。")
    if day < EARLIEST:
        raise RuleBroken(f"{chinese_date(day, precision)}太早了，看看年份是不是写全了四位。")


def check_new_honour(whose: str, title: str, *, known: bool) -> None:
    if known:
        raise RuleBroken(f"{whose}这一天的“{title}”已经记过，没有再记一次。")


def check_no_like_honour(whose: str, title: str, when: str) -> None:
    """Of one whose day, as far as it is known, may be the same. Raises Twin."""
    raise Twin(f"{whose}的“{title}”记过一条，写的是{when}，看看是不是同一个。")


def check_honour_standing(title: str, *, voided: bool) -> None:
    if voided:
        raise RuleBroken(HONOUR_VOIDED.format(title=title))


def check_recommending(state: str, label: str) -> None:
    if state != SelectionState.OPEN:
        raise RuleBroken(f"这次评选{label}，推荐停了；要再推荐，由主席或组织委员退回推荐。")


def check_group_quota(group: str, limit: int | None, taken: int) -> None:
    """`taken`: how many the group has recommended, without the new one."""
    if limit is not None and taken >= limit:
        raise RuleBroken(f"{group}的推荐名额是 {limit} 名，已经推荐了 {taken} 名，先去掉一名。")


def check_chosen(chosen: int, quota: int | None) -> None:
    if not chosen:
        raise RuleBroken("还没有定下拟上报的人，先在推荐名单里勾上，再往下办。")
    if quota is not None and chosen > quota:
        raise RuleBroken(f"名额是 {quota} 名，拟上报的有 {chosen} 名，去掉 {chosen - quota} 名。")


def still_on_show(state: str, until: date | None, day: date) -> bool:
    return state == SelectionState.PUBLIC and until is not None and day <= until


def check_public_over(state: str, until: date | None, day: date, what: str) -> None:
    """`what` comes only once the last day on show is over."""
    if still_on_show(state, until, day):
        raise RuleBroken(f"公示到{chinese_date(until)}为止，过了这一天再{what}。")


def check_concluded_on(
    day: date,
    started: date,
    today: date,
    precision: str = Precision.DAY,
    submitted: date | None = None,
) -> None:
    if day > today:
        raise RuleBroken(f"{chinese_date(day, precision)}还没到，有了结果再记。")
    if latest_day(day, precision) < started:
        raise RuleBroken(f"{chinese_date(day, precision)}早于这次评选开始的日子，看看年份。")
    if submitted and latest_day(day, precision) < submitted:
        said = f"{chinese_date(submitted)}才上报"
        raise RuleBroken(f"{chinese_date(day, precision)}还没有上报（{said}），看看日期。")


def working_days(first: date, last: date, off: frozenset[date], worked: frozenset[date]) -> int:
    """How many days of work from `first` to `last`: without weekends and the days `off`, with those
    `worked` instead."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(day in worked or (day.weekday() < 5 and day not in off) for day in days)


def public_advice(days: int, wanted: int = USUAL_PUBLIC_DAYS, notice: str = "") -> str:
    """A reminder where names stand on show for less than is asked for."""
    if days >= wanted:
        return ""
    if wanted == USUAL_PUBLIC_DAYS and not notice:
        return f"公示只有 {days} 个工作日。{PUBLIC_SOURCE}。"
    source = f"（依据{notice}）" if notice else ""
    return f"公示只有 {days} 个工作日，这次评选要公示 {wanted} 个{source}。"


def what_waits(
    state: str, until: date | None, shown_until: date | None, today: date, *, manages: bool
) -> tuple[str, date | None]:
    """(what is to be done with a selection, by when); nothing: "". `until`: of recommending."""
    if state == SelectionState.OPEN:
        if until is None or until >= today:
            return "推荐", until
        return ("定名单，公示", until) if manages else ("", None)
    if state == SelectionState.PUBLIC and manages and shown_until and shown_until < today:
        return "公示满了，上报", shown_until
    return "", None


LEVEL_ORDER: Mapping[str, int] = {level.value: place for place, level in enumerate(Level)}


def by_level(level: str) -> int:
    """To sort from the nation down to the school."""
    return -LEVEL_ORDER[level]
