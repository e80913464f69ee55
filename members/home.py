"""What the roster puts on the home page."""

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from members.facts import active_fact, active_members, status_day
from members.models import User
from members.queries import term_running_out, unread_by, with_whole_roster
from members.queries.home import Days, OnHome, on_home
from members.queries.membership import own_applications
from members.rules.retirement import months_ahead
from members.rules.terms import time_left
from unionoffice.home import DateAhead, HomeFigure, HomeMessage, HomePart, Todo
from unionoffice.periods import Period, PeriodKind, add_months, chinese_date, last_day

BIRTHDAYS, RETIREMENTS, OVERDUE = 7, 3, 12  # days, months ahead, months back
NAMED = 2  # names that a line tells


def home_part(user: User, today: date, period: Period) -> HomePart:
    """How many 会员 there are, for those who may see the whole roster; whose day is ahead; what
    waits for those who decide."""
    last, month = today + timedelta(days=BIRTHDAYS - 1), Period.month(today.year, today.month)
    past = Period(PeriodKind.FREE, add_months(today.replace(day=1), -OVERDUE), today)
    days = Days(today, last, months_ahead(today, RETIREMENTS), past, month)
    found = on_home(user, days)
    figures = ()
    if with_whole_roster(user):
        day = status_day(period, today)
        fact = active_fact(active_members(day), day)
        figures = (HomeFigure(fact.label, fact),)
    todos = (
        *_asking(found, today),
        *_correcting(found, today),
        *_over(found, today),
        *_term(found, today),
    )
    return HomePart(figures=figures, dates=tuple(_ahead(found, days)), todos=todos)


def messages_part(user: User, today: date, period: Period) -> HomePart:
    """What was written to the user and is not read yet."""
    return HomePart(
        messages=tuple(
            HomeMessage(text, sender, at, reverse("members:message_read", args=[pk]))
            for pk, text, sender, at in unread_by(user.member_id)
        )
    )


def invitation_part(user: User, today: date, period: Period) -> HomePart:
    """For a colleague who is no 会员: the way to join."""
    if not user.has_perm("members.apply") or own_applications(user).exists():
        return HomePart()
    return HomePart(todos=(_invitation(today),))


def _asking(found: OnHome, today: date) -> Iterable[Todo]:
    """Who asks to join, in one line."""
    if found.applications:
        url = reverse("members:application_list")
        asked = f"最早的{chinese_date(found.applications[0][0])}申请，等委员会定"
        title = f"{_people(found.applications)}申请入会"
        yield Todo("入会", title, asked, url, today, "去批准", url)


def _correcting(found: OnHome, today: date) -> Iterable[Todo]:
    """Who says that the own entry is wrong, in one line."""
    if found.corrections:
        url = reverse("members:correction_list")
        sent = f"最早的{chinese_date(found.corrections[0][0])}送来"
        title = f"{_people(found.corrections)}说资料不对"
        yield Todo("更正", title, sent, url, today, "去看看", url)


def _over(found: OnHome, today: date) -> Iterable[Todo]:
    """Who is past the age and still stands as working here, in one line."""
    if found.over:
        url = _url("retirement_list", tab="over")
        title = f"近一年 {_people(found.over)}到了退休年龄，还记着在岗"
        text = "退了的登记退休；返聘、延迟的核对一下出生日期和退休年龄"
        month = last_day(today.year, today.month)
        yield Todo("退休", title, text, url, month, "去看看", url)


def _term(found: OnHome, today: date) -> Iterable[Todo]:
    """A committee whose term runs out, for those who prepare the next election."""
    term = term_running_out(today) if found.term_runs_out else None
    if term:
        left = time_left(term.planned_end, today)
        yield Todo(
            "换届",
            f"{term}任期到{chinese_date(term.planned_end)}，{left}",
            "先向上级工会请示，批复以后再选",
            reverse("members:term_list"),
            term.planned_end,
            "设新一届",
            reverse("members:term_create"),
            late=term.planned_end < today,
        )


def _invitation(today: date) -> Todo:
    url = reverse("members:my_application")
    text = "自愿加入，手机上填一下就行，由工会委员会批准"
    end = last_day(today.year, today.month)
    return Todo("入会", "您还不是工会会员", text, url, end, "申请入会", url)


def _ahead(found: OnHome, days: Days) -> Iterable[DateAhead]:
    """A line for the birthdays of a week, and one for who retires this month and the next two."""
    if found.birthdays:
        words = f"{BIRTHDAYS} 天内 {_people(found.birthdays)}过生日"
        yield DateAhead(found.birthdays[0][0], words, _url("birthday_list", when=BIRTHDAYS))
    if found.retiring:
        words = f"{RETIREMENTS} 个月内 {_people(found.retiring)}到退休年龄"
        url = _url("retirement_list", period=days.months.code)
        yield DateAhead(found.retiring[0][0], words, url)
    yield from _milestones(found, days)


def _milestones(found: OnHome, days: Days) -> Iterable[DateAhead]:
    """A line each for this month's round years at work and new colleagues."""
    month = days.month.code
    if found.years:
        told = "、".join(f"{name} {years} 年" for years, name in found.years[:NAMED])
        more = "等" if len(found.years) > NAMED else ""
        words = f"这个月 {len(found.years)} 人满整年教龄（{told}{more}）"
        yield DateAhead(days.month.end, words, _url("milestone_list", period=month))
    if found.new:
        words = f"这个月 {_people(found.new)}新到校"
        yield DateAhead(days.today, words, _url("milestone_list", tab="new", period=month))


def _people(days: list[tuple[date, str]]) -> str:
    """1 人（张三）; 8 人（张三、李四等）."""
    names = "、".join(name for _, name in days[:NAMED])
    return f"{len(days)} 人（{names}{'等' if len(days) > NAMED else ''}）"


def _url(view: str, **query) -> str:
    return f"{reverse(f'members:{view}')}?{urlencode(query)}"
