"""What this app puts on the home page: the plan's year, what is due, how much was held."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone

from activities.choices import Mark, SignupState
from activities.facts import activity_facts
from activities.queries import ItemRow, Totals
from activities.queries.home import (
    Waiting,
    items_on_home,
    months_of,
    own_signups,
    records_waiting,
)
from activities.queries.honours import SelectionWaiting, selections_waiting
from activities.rules import months_text
from activities.rules.signups import at_words
from unionoffice.facts import Fact, list_url
from unionoffice.home import DateAhead, HomeFigure, HomePart, RibbonMonth, Todo
from unionoffice.lunar import festivals
from unionoffice.periods import Period, Precision, last_day

TODOS_AT_ONCE = 12
DAYS_AHEAD = timedelta(days=45)
DATES_AT_ONCE = 4
LONGEST_PROBLEM = 30  # characters of what a check found


def home_part(user, today: date, period: Period) -> HomePart:
    """Two queries: items planned for the period or due by now, and the activities by month. Of a
    draft nothing is due or counted yet: those who have it passed are told that it waits."""
    found = items_on_home(user, period, today)
    passed = [row for row in found.rows if row.counted]
    planned = [row for row in passed if row.pk in found.planned]
    months = months_of(period)
    todos = _todos(passed, today) if user.has_perm("activities.record_activity") else ()
    drafts = _drafts(found.rows, today) if user.has_perm("activities.manage_plans") else ()
    return HomePart(
        todos=(*todos, *drafts),
        figures=(_figure(period, months, today),),
        dates=tuple(_dates(today)),
        ribbon=tuple(_ribbon(period, planned, months, today)),
        has_plan=bool(found.rows),
    )


def _drafts(items: list[ItemRow], today: date) -> Iterable[Todo]:
    """One line for each plan under way that nobody passed."""
    waiting = Counter((r.plan_id, r.plan_title) for r in items if not r.counted)
    for (pk, title), count in waiting.items():
        url = reverse("activities:plan_detail", args=[pk])
        detail = f"还在起草，{count} 项还没有算进完成率"
        yield Todo("计划", title, detail, url, last_day(today.year, today.month), "去定下来", url)


def signups_part(user, today: date, period: Period) -> HomePart:
    """One query: what a member may sign up to and has not answered, and what one goes to."""
    if not user.has_perm("activities.sign_up"):
        return HomePart()
    own = own_signups(user.member_id, timezone.now())
    return HomePart(
        todos=tuple(map(_signup_todo, own.unanswered)),
        dates=tuple(_going(each, today) for each in own.going),
    )


def _going(signup: Waiting, today: date) -> DateAhead:
    """On its day, or today where it has begun; what is known only by its month says so."""
    stands = {"": "您在名单上", SignupState.LISTED: "您报了名", SignupState.WAITING: "您在候补"}
    by_month = signup.precision == Precision.MONTH
    told = (signup.title, signup.when_text if by_month else "", stands[signup.own])
    url = reverse("activities:signup_detail", args=[signup.signup])
    return DateAhead(max(signup.day, today), "，".join(filter(None, told)), url)


def _signup_todo(waiting: Waiting) -> Todo:
    until = waiting.deadline
    where = f"，{waiting.place}" if waiting.place else ""
    url = reverse("activities:signup_detail", args=[waiting.signup])
    return Todo(
        kind="报名",
        title=waiting.title,
        detail=f"{waiting.when_text}{where}" + (f"，{at_words(until)}截止" if until else ""),
        url=url,
        due=timezone.localdate(until) if until else waiting.day,
        act_label="看看、报名",
        act_url=url,
    )


def records_part(user, today: date, period: Period) -> HomePart:
    """One query: what was announced and has no result yet, and what a check found that is not put
    right, among the records that are in one's hands."""
    if not user.has_perm("activities.record_activity"):
        return HomePart()
    return HomePart(todos=tuple(map(_record_todo, records_waiting(user, today))))


def _record_todo(waiting: Waiting) -> Todo:
    return _problem_todo(waiting) if waiting.problems else _result_todo(waiting)


def selections_part(user, today: date, period: Period) -> HomePart:
    """One query: the selections that want the user's names, list or report."""
    waiting = selections_waiting(user)[:TODOS_AT_ONCE]
    return HomePart(todos=tuple(_selection_todo(each, today) for each in waiting))


def _selection_todo(waiting: SelectionWaiting, today: date) -> Todo:
    due = waiting.due or last_day(today.year, today.month)
    return Todo(
        kind="评选",
        title=waiting.title,
        detail=f"等您{waiting.what}" + ("" if waiting.due else "，没有定截止的日子"),
        url=waiting.url,
        due=due,
        act_label=waiting.what.rpartition("，")[2],
        act_url=waiting.url,
        late=due < today,
    )


def _result_todo(activity: Waiting) -> Todo:
    return Todo(
        kind="活动",
        title=activity.title,
        detail=f"通知的是{activity.when_text}，还没记结果。没办成的话写明不办了",
        url=activity.url,
        due=activity.final_day,
        act_label="补记结果",
        act_url=reverse("activities:activity_hold", args=[activity.pk]),
        late=True,
    )


def _problem_todo(activity: Waiting) -> Todo:
    problems = " ".join(activity.problems.split())
    return Todo(
        kind="检查",
        title=activity.title,
        detail=f"{activity.when_text}查出的问题还没整改：{shortened(problems)}",
        url=activity.url,
        due=activity.day,
        act_label="记整改",
        act_url=f"{activity.url}#kind",
    )


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_PROBLEM else f"{text[:LONGEST_PROBLEM]}…"


def _todos(items: list[ItemRow], today: date) -> tuple[Todo, ...]:
    """What is late or has its last month now: the latest first, as many as one reads."""
    waiting = [row for row in items if row.mark == Mark.LATE or _ends_now(row, today)]
    waiting.sort(key=lambda row: row.last_month, reverse=True)
    return tuple(_todo(row) for row in waiting[:TODOS_AT_ONCE])


def _ends_now(row: ItemRow, today: date) -> bool:
    open_now = row.mark in (Mark.DOING, Mark.MOVED) and not row.record
    return open_now and (row.last_month.year, row.last_month.month) == (today.year, today.month)


def _todo(row: ItemRow) -> Todo:
    late = row.mark == Mark.LATE
    months = months_text(row.first_month, row.last_month)
    detail = f"计划{months}，还没有记录" + ("。没办成的话可以改期" if late else "")
    return Todo(
        kind="活动",
        title=row.text,
        detail=detail,
        url=row.url,
        due=last_day(row.last_month.year, row.last_month.month),
        act_label="补记录" if late else "记结果",
        act_url=f"{reverse('activities:activity_create')}?item={row.pk}",
        late=late,
    )


def _figure(period: Period, months: dict, today: date) -> HomeFigure:
    by_key = {fact.key: fact for fact in activity_facts(period, _totals(months.values()))}
    return HomeFigure(
        label="活动参与",
        fact=by_key["activities.attendance"],
        second=_named(by_key["activities.held"], "共"),
        bars=tuple(_bar(months, year, month, today) for year, month in period.months()),
    )


def _named(fact: Fact, label: str) -> Fact:
    return Fact(fact.key, label, fact.value, fact.unit, fact.source)


def _totals(months: Iterable[dict]) -> Totals:
    months = list(months)
    return Totals(
        held=sum(row["held"] for row in months),
        attendance=_sum(row["attendance"] for row in months),
        counted=sum(row["counted"] for row in months),
        without_headcount=sum(row["without_headcount"] for row in months),
        unplanned=sum(row["unplanned"] for row in months),
        spent=_sum(row["spent"] for row in months),
    )


def _sum(values: Iterable):
    """None when every value is None: nothing was recorded."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _bar(months: dict, year: int, month: int, today: date) -> int | None:
    """People in that month; None for a month that hasn't come."""
    if date(year, month, 1) > today:
        return None
    return months.get((year, month), {}).get("attendance") or 0


def _dates(today: date) -> list[DateAhead]:
    """The next festivals, each leading to what is planned for its month."""
    days = [
        (date(year, month, day), name)
        for year in (today.year, today.year + 1)
        for month, named in festivals(year).items()
        for day, name in named
    ]
    ahead = [each for each in days if today <= each[0] <= today + DAYS_AHEAD]
    return [DateAhead(day, name, _month_url(day.year, day.month)) for day, name in ahead][
        :DATES_AT_ONCE
    ]


def _ribbon(period: Period, planned: list[ItemRow], months: dict, today: date):
    """Each month of the period; nothing at all while no item is planned for it."""
    for year, number in period.months() if planned else ():
        here = [row for row in planned if (row.origin.year, row.origin.month) == (year, number)]
        unplanned = months.get((year, number), {}).get("unplanned", 0)
        yield RibbonMonth(
            number=number,
            url=_month_url(year, number),
            marks=(*(row.mark.value for row in here), *[Mark.EXTRA.value] * unplanned),
            done=sum(row.mark == Mark.DONE for row in here),
            planned=len(here),
            current=(year, number) == (today.year, today.month),
        )


@lru_cache(maxsize=64)
def _month_url(year: int, month: int) -> str:
    return list_url("activities:plan_item_list", Period.month(year, month))
