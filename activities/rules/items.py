"""Which moves a plan item allows, what it looks like today, in which field it belongs. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from activities.choices import Field, ItemState, Mark, PlanState, Rhythm, Weekday
from activities.rules.weeks import BY_WEEK, Term, week_in, week_span, weeks_in
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period, PeriodKind, Precision, chinese_date, last_day
from unionoffice.workflow import Move

MANAGE = "activities.manage_plans"

STILL_AHEAD = frozenset({ItemState.PLANNED, ItemState.POSTPONED})

ITEM_MOVES: Mapping[str, Move] = {
    "postpone": Move(
        "改期",
        STILL_AHEAD,
        ItemState.POSTPONED,
        MANAGE,
        hint="改到后面的月份，原来的月份留个记号",
        needs_reason=True,
    ),
    "cancel": Move(
        "取消",
        STILL_AHEAD,
        ItemState.CANCELLED,
        MANAGE,
        hint="今年不办了，总结里列为取消",
        needs_reason=True,
    ),
    "resume": Move(
        "恢复",
        frozenset({ItemState.POSTPONED, ItemState.CANCELLED}),
        ItemState.PLANNED,
        MANAGE,
        hint="回到原来的月份，照计划办",
    ),
}

# While a plan is being drafted its items are edited, moved and deleted; nothing is put off or given
# up that nobody has decided yet. What was, before it was turned back, can be taken up again.
DRAFT_MOVES: Mapping[str, Move] = {"resume": ITEM_MOVES["resume"]}

# The first field that has one of its words in the text is the one; checked from top to bottom.
FIELD_WORDS: Mapping[Field, tuple[str, ...]] = {
    Field.WOMEN: ("三八", "三、八", "三·八", "妇女", "女工", "女教", "女职", "女性", "巾帼", "母亲节"),
    Field.RETIRED: ("退休", "离休", "重阳", "老干部", "退教"),
    Field.DEMOCRACY: (
        "教代会", "职代会", "代表大会", "双代会", "提案", "校务公开", "园务公开", "民主",
        "评议", "合理化建议", "公示",
    ),
    Field.TRAINING: ("培训", "基本功", "讲座", "技能", "赛课", "教研", "素质"),
    Field.STUDY: ("师德", "师风", "学习", "宣讲", "征文", "演讲", "读书", "政治"),
    Field.WARMTH: (
        "慰问", "困难", "温暖", "帮扶", "走访", "探望", "看望", "捐", "互助", "补助", "特困",
        "送清凉", "体检", "福利", "保险",
    ),
    Field.CULTURE: (
        "比赛", "竞赛", "运动", "联欢", "联谊", "文艺", "球", "拔河", "健身", "健步", "登山", "摄影",
        "书画", "歌", "舞", "棋", "扑克", "趣味", "旅游", "春游", "踏青", "晚会", "汇演", "庆祝",
        "才艺",
    ),
    Field.BUILDING: (
        "委员", "换届", "会员", "干部", "经费", "财务", "档案", "计划", "总结", "考核", "建家",
        "会议", "例会",
    ),
}  # fmt: skip

MOST_MONTHS_LATE = 24  # an item is put off to at most so long after its plan's end


def item_mark(
    state: str,
    first_month: date,
    last_month: date,
    recorded: bool,
    today: date,
    rhythm: str = "",
    *,
    passed: bool = True,
) -> Mark:
    """A cancelled item stays cancelled, a recorded one is done; the rest is told by the calendar,
    once its plan was `passed`.

    A recurring item is done once its last month is over, if it was held at all; until then each
    record only carries it on. A postponed item shows as such until the month it was put off to is
    over.
    """
    if state == ItemState.CANCELLED:
        return Mark.OFF
    over = today > last_day_of(last_month)
    if recorded:
        return Mark.DOING if rhythm and not over else Mark.DONE
    if not passed:
        return Mark.PLAN
    if over:
        return Mark.LATE
    if state == ItemState.POSTPONED:
        return Mark.MOVED
    return Mark.DOING if first_month <= today else Mark.PLAN


def field_of(text: str) -> Field:
    """The field that the words of an item point to."""
    return next(
        (field for field, words in FIELD_WORDS.items() if any(word in text for word in words)),
        Field.OTHER,
    )


def shifted(month: date, by: int) -> date:
    """The first of the month that comes `by` months later."""
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def months_between(first: date, second: date) -> int:
    return (second.year - first.year) * 12 + second.month - first.month


def check_month(text: str, month: date, period: Period) -> None:
    if not period.contains(month):
        raise RuleBroken(
            f"“{text}”排在{chinese_date(month, Precision.MONTH)}，不在{period.label}里，改成期间内的月份。"
        )


def item_moves(plan_state: str) -> Mapping[str, Move]:
    return DRAFT_MOVES if plan_state == PlanState.DRAFT else ITEM_MOVES


def check_item_move(move: str, plan_state: str) -> None:
    if move in ITEM_MOVES and move not in item_moves(plan_state):
        raise RuleBroken(
            f"计划还在起草，不用{ITEM_MOVES[move].label}：换个月办，直接改月份；不办了，删掉这一项。"
        )


def check_item_week(item, terms: Sequence[Term]) -> None:
    """That week of a term touches the item's months, as far as the terms are known. `item` has the
    columns of a PlanItem."""
    start, end = item.first_month, last_day_of(item.last_month)
    if not item.week or week_in(terms, item.week, start, end):
        return
    months, week = months_text(item.first_month, item.last_month), f"第 {item.week} 周"
    term = next((t for t in terms if t.first <= end and t.last >= start), None)
    if term is None:
        between = any(t.last < start for t in terms) and any(t.first > end for t in terms)
        if between:
            raise RuleBroken(f"{months}不在学期里，没有{week}，第几周空着，或者改月份。")
        return
    if item.week > weeks_in(term):
        raise RuleBroken(f"{months}那个学期只有 {weeks_in(term)} 周，没有{week}，改第几周。")
    first, last = week_span(term, item.week)
    span = f"{first.month}月{first.day}日至{last.month}月{last.day}日"
    raise RuleBroken(f"{week}是{span}，不在{months}里，改第几周，或者改月份。")


def check_item_rhythm(item) -> None:
    """Weekly items name their weekday; a weekday belongs to a rhythm or a week."""
    if item.rhythm in BY_WEEK and item.weekday is None:
        raise RuleBroken(f"选了“{Rhythm(item.rhythm).label}”，也选上星期几，月历上才排得到那一天。")
    if item.weekday is not None and not (item.rhythm or item.week):
        also = "写了哪天就不用选星期几" if item.day else "也选上多久一次，或者写上第几周"
        raise RuleBroken(f"选了{Weekday(item.weekday).label}，{also}。")


def check_item_when(item) -> None:
    """The days of an item lie in its months. `item` has the columns of a PlanItem."""
    months = Period(PeriodKind.FREE, item.first_month, last_day_of(item.last_month))
    for day in (item.day, item.last_day):
        if day and not months.contains(day):
            raise RuleBroken(
                f"{chinese_date(day)}不在{months_text(item.first_month, item.last_month)}里，"
                "改月份，或者改日子。"
            )


def last_day_of(month: date) -> date:
    return last_day(month.year, month.month)


def check_postponed_to(to_month: date, first_month: date, plan_end: date) -> None:
    if to_month <= first_month:
        raise RuleBroken(
            f"这一项现在排在{chinese_date(first_month, Precision.MONTH)}，改期要改到它后面的月份；"
            "提前办了，直接记活动就行。"
        )
    latest = shifted(plan_end, MOST_MONTHS_LATE)
    if to_month > latest:
        raise RuleBroken(
            f"改期最晚改到{chinese_date(latest, Precision.MONTH)}；"
            "更晚才办的，取消这一项，写进那一年的计划。"
        )


def check_not_recorded(text: str, recorded: bool, act: str) -> None:
    if recorded:
        raise RuleBroken(f"“{text}”已有活动记录，不能再{act}；记错了的话，先作废那条活动。")


def check_item_open(text: str, state: str) -> None:
    if state == ItemState.CANCELLED:
        raise RuleBroken(f"“{text}”在计划里已取消，先在计划里恢复它，再记活动。")


def months_text(first_month: date, last_month: date) -> str:
    """2026年3月, 2026年7月至8月, 2026年12月至2027年1月."""
    first = chinese_date(first_month, Precision.MONTH)
    if first_month == last_month:
        return first
    if first_month.year == last_month.year:
        return f"{first}至{last_month.month}月"
    return f"{first}至{chinese_date(last_month, Precision.MONTH)}"
